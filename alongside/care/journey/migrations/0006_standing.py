"""A promise with no day set may be owed again: what settled it was taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journey", "0005_escalations")]

    operations = [
        migrations.RemoveConstraint(
            model_name="clock", name="clock_without_a_day_is_settled"
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                fields=["case"],
                name="clock_without_a_day",
                condition=models.Q(due_on=None),
            ),
        ),
    ]
