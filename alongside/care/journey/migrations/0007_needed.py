import alongside.care.journey.types.events
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0009_witnesses'),
        ('intake', '0004_waiting_for_referral'),
        ('journey', '0006_standing'),
        ('organisations', '0004_closed_for'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='journeyevent',
            index=models.Index(condition=models.Q(('event', alongside.care.journey.types.events.ProgressEvent['WITNESS_REQUIRED']), ('superseded_by', None)), fields=['victimisation'], name='journeyevent_needed'),
        ),
    ]
