"""Of which days of answer staff were told: once as they come near, once past them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("information_requests", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="informationrequest",
            name="soon_told_of",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="informationrequest",
            name="late_told_of",
            field=models.DateField(null=True),
        ),
    ]
