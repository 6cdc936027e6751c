"""Since when somebody is in the Victim Contact Scheme."""

from django.db import migrations, models

# Of a scheme that was joined before the day was kept: the newest joining that counts.
JOINED = """
    UPDATE code_rights_rightrecord r SET in_scheme_since = (
           SELECT max(s."on") FROM code_rights_rightstep s
            WHERE s.record_id = r.id AND s.step = 'joined' AND NOT EXISTS (
                  SELECT 1 FROM code_rights_rightstep c WHERE c.corrects_id = s.id))
     WHERE r.kind = 'contact_scheme'
       AND r.state NOT IN ('', 'referred', 'contacted', 'left', 'over')
"""


class Migration(migrations.Migration):
    dependencies = [("code_rights", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="rightrecord",
            name="in_scheme_since",
            field=models.DateField(null=True),
        ),
        migrations.RunSQL(JOINED, migrations.RunSQL.noop),
    ]
