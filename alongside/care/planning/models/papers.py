"""Safety plans and exit plans: written section by section, version after version."""

from django.db import models

from alongside.foundation.lib.fields import area_key, away_key, public_id


class _Paper(models.Model):
    """One version. The newest of a case is the one in force; nothing is overwritten.

    `sections` are words by the code of the section; `with_person` is whether it was
    made with the person.
    """

    public_id = public_id()
    area = area_key()
    case = away_key("casework.Case", db_index=False)
    number = models.IntegerField()
    sections = models.JSONField()
    with_person = models.BooleanField()
    review_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = away_key("accounts.User", db_index=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Version {self.number} for case {self.case_id}"


class SafetyPlan(_Paper):
    """How somebody keeps safe. A code word is a protected detail, and never in it."""

    class Privacy:
        personal = frozenset({"case", "sections", "with_person"})
        ordinary = frozenset(
            {"id", "public_id", "area", "number", "review_on", "made_at", "made_by"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number"], name="safetyplan_once_a_version"
            )
        ]


class ExitPlan(_Paper):
    """What goes on after our support, who to turn to, what would bring them back."""

    class Privacy:
        personal = frozenset({"case", "sections", "with_person"})
        ordinary = frozenset(
            {"id", "public_id", "area", "number", "review_on", "made_at", "made_by"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number"], name="exitplan_once_a_version"
            )
        ]
