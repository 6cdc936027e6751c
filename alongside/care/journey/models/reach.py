"""That somebody is out of reach, and on what that rests."""

from django.db import models
from django.db.models import Q

from alongside.care.journey.types import DutyHolder
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id


class OutOfReach(models.Model):
    """Somebody cannot be told safely, cannot be found, or is nobody's to be told.

    While it stands promises to them are not owed. It ends, with a reason, and is never
    edited but for the day by which somebody must look at it again. `holder` is the
    body it is about where the basis leaves that open; `recorded_by` is empty where it
    followed from what was marked and tried.
    """

    public_id = public_id()
    area = area_key()
    case = away_key("casework.Case", db_index=False)
    basis = models.TextField()
    holder = models.TextField(choices=[("", ""), *one_of(DutyHolder)])
    since = models.DateTimeField()
    words = models.TextField()
    review_on = models.DateField(null=True)
    recorded_by = away_key("accounts.User", null=True, db_index=False)
    until = models.DateTimeField(null=True)
    ended_by = away_key("accounts.User", null=True, db_index=False)
    ended_why = models.TextField(db_default="")

    class Privacy:
        personal = frozenset({"case", "basis", "holder", "words", "ended_why"})
        ordinary = frozenset(
            {"id", "public_id", "area", "since", "review_on", "recorded_by"}
            | {"until", "ended_by"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "basis", "holder"],
                condition=Q(until=None),
                name="outofreach_once",
            ),
            models.CheckConstraint(
                name="outofreach_ends_with_a_reason",
                condition=Q(until=None, ended_why="")
                | Q(until__isnull=False) & ~Q(ended_why=""),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-since"], name="outofreach_by_case"),
            models.Index(
                fields=["review_on", "id"],
                name="outofreach_standing",
                condition=Q(until=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basis} for case {self.case_id}"
