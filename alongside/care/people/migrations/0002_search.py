import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

# The words a person can be found by: those of the name, in lower case and without
# accents, and the date of birth as a number behind "#", which no word begins with.
# What this answers is stored, so a change to it is a migration of its own.
WORDS = """
CREATE FUNCTION public.people_words(given text, surname text, born date)
RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN array_remove(string_to_array(translate(lower(public.unaccent(
               'public.unaccent'::regdictionary,
               normalize(left(given, 200) || ' ' || left(surname, 200), NFKC))),
               E'-.,;:/&()#_"\t\n\r\\u00a0''`\\u2019\\u2018\\u02bc\\u00b4',
               '                '), ' '), '')
           || CASE WHEN born IS NULL THEN '{}'::text[]
                   ELSE ARRAY['#' || (born - date '2000-01-01')] END;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunSQL(
            WORDS, "DROP FUNCTION public.people_words(text, text, date)"
        ),
        migrations.AddField(
            model_name="personrecord",
            name="words",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.F("given_names"),
                    models.F("surname"),
                    models.F("date_of_birth"),
                    function="people_words",
                ),
                output_field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.TextField(), size=None
                ),
            ),
        ),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("word", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["word"], name="nameword_exact"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"],
                        name="nameword_alike",
                        opclasses=["gin_trgm_ops"],
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="personrecord",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["words"], name="record_by_words"
            ),
        ),
        migrations.AddIndex(
            model_name="contactpoint",
            index=models.Index(
                fields=["value"],
                condition=~models.Q(kind="address"),
                name="contactpoint_by_value",
            ),
        ),
        migrations.AddIndex(
            model_name="contactpoint",
            index=models.Index(
                fields=["postcode"],
                condition=models.Q(kind="address"),
                name="contactpoint_by_postcode",
            ),
        ),
        migrations.RunSQL(
            """INSERT INTO people_nameword (word)
               SELECT DISTINCT w FROM people_personrecord r, unnest(r.words) AS w
                WHERE w NOT LIKE '#%'""",
            migrations.RunSQL.noop,
        ),
    ]
