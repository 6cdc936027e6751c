from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0008_tasks_by_agency'),
        ('intake', '0004_waiting_for_referral'),
        ('organisations', '0004_closed_for'),
        ('people', '0004_relationship'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='victimisation',
            index=models.Index(condition=models.Q(('role', 'witness')), fields=['case'], name='victimisation_witness'),
        ),
    ]
