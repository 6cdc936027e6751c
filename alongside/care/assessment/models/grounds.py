"""Why enhanced support is owed, ground by ground."""

from django.db import models
from django.db.models import Q

from alongside.care.assessment.types import BasisKind, GroundCode
from alongside.foundation.lib.fields import area_key, away_key, one_of


class CaseGround(models.Model):
    """One ground for one case, with what it rests on. Never a bare flag.

    It counts from the moment it is found until somebody declines it. What was decided
    is never changed: who decides anew ends this row and makes another. `doubted_at` is
    since when what it rested on is no longer so, though somebody had confirmed it.
    """

    area = area_key()
    case = away_key("casework.Case", db_index=False)
    victimisation = away_key("casework.Victimisation", null=True, db_index=False)
    ground = models.TextField(choices=one_of(GroundCode))
    basis = models.TextField(choices=one_of(BasisKind))
    value = models.TextField()
    words = models.TextField()
    since = models.DateTimeField()
    recorded_by = away_key("accounts.User", null=True, db_index=False)
    confirmed_by = away_key("accounts.User", null=True, db_index=False)
    confirmed_at = models.DateTimeField(null=True)
    declined_by = away_key("accounts.User", null=True, db_index=False)
    declined_at = models.DateTimeField(null=True)
    reason = models.TextField(db_default="")
    ended_at = models.DateTimeField(null=True)
    doubted_at = models.DateTimeField(null=True)

    class Privacy:
        personal = frozenset(
            {"case", "victimisation", "ground", "basis", "value", "words", "reason"}
        )
        ordinary = frozenset(
            {"id", "area", "since", "recorded_by", "confirmed_by", "confirmed_at"}
            | {"declined_by", "declined_at", "ended_at", "doubted_at"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ground_rests_on_something", condition=~Q(words="")
            ),
            models.CheckConstraint(
                name="ground_confirmed_by_and_when",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="ground_declined_by_whom_and_why",
                condition=Q(declined_by=None, declined_at=None)
                | Q(declined_by__isnull=False, declined_at__isnull=False)
                & Q(confirmed_at=None)
                & ~Q(reason=""),
            ),
            models.UniqueConstraint(
                fields=["case", "victimisation", "ground", "basis", "value"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="ground_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Ground {self.ground} of case {self.case_id}"
