from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_need_to_know")]

    operations = [
        migrations.AddIndex(
            model_name="victimisation",
            index=models.Index(
                fields=["crime_ref"], name="victimisation_by_reference"
            ),
        ),
        migrations.AddIndex(
            model_name="victimisation",
            index=models.Index(
                condition=models.Q(case__isnull=True),
                fields=["agency", "record"],
                name="victimisation_held",
            ),
        ),
        migrations.AddIndex(
            model_name="caseaccess",
            index=models.Index(
                fields=["agency", "case"], name="caseaccess_by_agency"
            ),
        ),
    ]
