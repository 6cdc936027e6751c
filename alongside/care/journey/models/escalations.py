"""Who was told that a promise passed its day."""

from django.db import models
from django.db.models import Q

from alongside.care.journey.models.clocks import Clock
from alongside.care.journey.types import DutyHolder
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id


class Escalation(models.Model):
    """That somebody was told, once for each rung, of a promise past its day.

    `user` is the worker who was told, `agency` the force; neither where supervisors
    were told or a letter is to be written. What came of it is written down once.
    """

    public_id = public_id()
    area = area_key()
    case = away_key("casework.Case", db_index=False, db_constraint=False)
    clock = models.ForeignKey(
        Clock,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    rung = models.TextField()
    rung_from = models.DateField()
    holder = models.TextField(choices=one_of(DutyHolder))
    user = away_key("accounts.User", null=True, db_index=False)
    agency = away_key("organisations.Agency", null=True, db_index=False)
    at = models.DateTimeField()
    answer = models.TextField(db_default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = away_key("accounts.User", null=True, db_index=False)

    class Privacy:
        personal = frozenset({"case", "clock", "answer"})
        ordinary = frozenset(
            {"id", "public_id", "area", "rung", "rung_from", "holder", "user"}
            | {"agency", "at", "answered_at", "answered_by"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock", "rung"], name="escalation_once"),
            models.CheckConstraint(
                name="escalation_answer_is_whole",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | ~Q(answer="")
                & Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="escalation_by_time"),
            models.Index(fields=["case"], name="escalation_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.rung} told of clock {self.clock_id}"
