"""Promises with a limit."""

from django.db import models
from django.db.models import Q

from alongside.care.journey.models.events import JourneyEvent
from alongside.care.journey.types import DutyHolder
from alongside.foundation.lib.fields import area_key, away_key, one_of


class Clock(models.Model):
    """A promise with a limit. Due, met, missed or not owed: see `rules.clock_state`.

    What is stored are the facts; the state on a day follows from them.
    """

    area = area_key()
    # The wall lets a row in only for a case that is there and may be seen.
    case = away_key("casework.Case", db_index=False, db_constraint=False)
    # Put in with its parents and never moved: a check a row would cost a delivery
    # more than it could ever catch.
    victimisation = away_key(
        "casework.Victimisation", null=True, db_index=False, db_constraint=False
    )
    event = models.ForeignKey(
        JourneyEvent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
        db_constraint=False,
    )
    rule = models.TextField()
    rule_from = models.DateField()  # the version of the rule
    starts_at = models.DateTimeField()
    # Empty for a promise with no day set, which has a row once somebody settled it;
    # taken back, another row says that it is owed again.
    due_on = models.DateField(null=True)
    enhanced = models.BooleanField()
    holder = models.TextField(choices=one_of(DutyHolder))
    met_on = models.DateField(null=True)
    evidence = models.TextField(default="")
    not_owed_reason = models.TextField(default="")
    # Not owed because of a fact that may change (a wish, safety), not because somebody
    # settled it.
    by_fact = models.BooleanField(db_default=False)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    settled_by = away_key("accounts.User", null=True, db_index=False)
    settled_at = models.DateTimeField(null=True)

    class Privacy:
        personal = frozenset(
            {"case", "victimisation", "event", "rule", "enhanced", "evidence"}
            | {"not_owed_reason"}
        )
        ordinary = frozenset(
            {"id", "area", "rule_from", "starts_at", "due_on", "holder", "met_on"}
            | {"replaced_by", "settled_by", "settled_at", "by_fact"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clock_met_has_evidence",
                condition=Q(met_on=None, evidence="")
                | Q(met_on__isnull=False) & ~Q(evidence=""),
            ),
            models.CheckConstraint(
                name="clock_met_or_not_owed_never_both",
                condition=Q(met_on=None) | Q(not_owed_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "due_on"], name="clock_by_case"),
            models.Index(
                fields=["due_on", "id"],
                name="clock_running_by_due",
                condition=Q(met_on=None, not_owed_reason="", replaced_by=None),
            ),
            models.Index(
                fields=["case"],
                name="clock_without_a_day",
                condition=Q(due_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} of case {self.case_id}, due {self.due_on}"
