"""The support plan of a case: its goals, and what is done towards each."""

from django.db import models
from django.db.models import F, Q

from alongside.care.planning.models.counted import Counted
from alongside.care.planning.types import (
    ActionState,
    AgreedHow,
    GoalState,
    PlanChangeKind,
    PlanState,
    Whose,
)
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id


class Plan(Counted):
    """What is to change for a person, and how. At most one of a case is not closed.

    `agreed_on` is when the person agreed, `approved_at` when a supervisor did, where
    one is asked. Changing its goals makes it a draft again and takes both away.
    """

    public_id = public_id()
    area = area_key()
    case = away_key("casework.Case", db_index=False)
    state = models.TextField(choices=one_of(PlanState))
    opened_at = models.DateTimeField()
    opened_by = away_key("accounts.User", db_index=False)
    review_on = models.DateField()
    agreed_on = models.DateField(null=True)
    agreed_how = models.TextField(db_default="", choices=one_of(AgreedHow))
    agreed_with = models.TextField(db_default="")
    asked_at = models.DateTimeField(null=True)
    asked_by = away_key("accounts.User", null=True, db_index=False)
    approved_at = models.DateTimeField(null=True)
    approved_by = away_key("accounts.User", null=True, db_index=False)
    returned_words = models.TextField(db_default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = away_key("accounts.User", null=True, db_index=False)

    class Privacy:
        personal = frozenset(
            {"case", "agreed_how", "agreed_with", "returned_words", "agreed_on"}
        )
        ordinary = frozenset(
            {"id", "public_id", "area", "state", "opened_at", "opened_by", "review_on"}
            | {"asked_at", "asked_by", "approved_at", "approved_by"}
            | {"closed_at", "closed_by", "version"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=~Q(state=PlanState.CLOSED),
                name="plan_one_for_a_case",
            ),
            models.CheckConstraint(
                name="plan_agreed_is_agreed_with_somebody",
                condition=~Q(state__in=[PlanState.AGREED, PlanState.WAITING])
                | Q(agreed_on__isnull=False) & ~Q(agreed_how=""),
            ),
            models.CheckConstraint(
                name="plan_approved_by_another",
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False)
                & ~Q(approved_by=F("asked_by"))
                & ~Q(approved_by=F("opened_by")),
            ),
            models.CheckConstraint(
                name="plan_waiting_was_asked_for",
                condition=~Q(state=PlanState.WAITING)
                | Q(asked_at__isnull=False, asked_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["case"], name="plan_by_case"),
            models.Index(
                fields=["asked_at"],
                name="plan_waiting",
                condition=Q(state=PlanState.WAITING),
            ),
        ]

    def __str__(self) -> str:
        return f"Plan {self.public_id} ({self.state})"


class Goal(Counted):
    """Something that is to be different, in one of the eight needs, and why."""

    public_id = public_id()
    area = area_key()
    case = away_key("casework.Case", db_index=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    need = models.TextField()
    words = models.TextField()
    why = models.TextField(db_default="")
    state = models.TextField(choices=one_of(GoalState))
    review_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = away_key("accounts.User", db_index=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = away_key("accounts.User", null=True, db_index=False)
    ended_words = models.TextField(db_default="")

    class Privacy:
        personal = frozenset({"case", "need", "words", "why", "ended_words"})
        ordinary = frozenset(
            {"id", "public_id", "area", "plan", "state", "review_on", "made_at"}
            | {"made_by", "ended_at", "ended_by", "version"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="goal_ended_or_open",
                condition=Q(state=GoalState.OPEN, ended_at=None)
                | ~Q(state=GoalState.OPEN) & Q(ended_at__isnull=False),
            )
        ]
        indexes = [
            models.Index(
                fields=["case", "review_on"],
                name="goal_open_by_case",
                condition=Q(state=GoalState.OPEN),
            ),
        ]

    def __str__(self) -> str:
        return f"Goal {self.public_id} ({self.state})"


class Action(Counted):
    """Something that somebody does towards a goal, and by which day.

    `worker` is who, where it is ours; `owner_words` who, where it is a partner's.
    """

    public_id = public_id()
    area = area_key()
    case = away_key("casework.Case", db_index=False)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="actions")
    whose = models.TextField(choices=one_of(Whose))
    worker = away_key("accounts.User", null=True, db_index=False)
    owner_words = models.TextField(db_default="")
    words = models.TextField()
    due_on = models.DateField()
    state = models.TextField(choices=one_of(ActionState))
    done_on = models.DateField(null=True)
    outcome = models.TextField(db_default="")
    made_at = models.DateTimeField()
    made_by = away_key("accounts.User", db_index=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = away_key("accounts.User", null=True, db_index=False)

    class Privacy:
        personal = frozenset({"case", "whose", "owner_words", "words", "outcome"})
        ordinary = frozenset(
            {"id", "public_id", "area", "goal", "worker", "due_on", "state", "done_on"}
            | {"made_at", "made_by", "ended_at", "ended_by", "version"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="action_done_on_a_day",
                condition=Q(state=ActionState.DONE, done_on__isnull=False)
                | ~Q(state=ActionState.DONE) & Q(done_on=None),
            ),
            models.CheckConstraint(
                name="action_of_somebody",
                condition=Q(whose=Whose.OURS, worker__isnull=False)
                | Q(whose=Whose.PARTNER, worker=None) & ~Q(owner_words="")
                | Q(whose=Whose.PERSON, worker=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["case", "due_on"],
                name="action_due_by_case",
                condition=Q(state=ActionState.TO_DO),
            ),
            models.Index(
                fields=["worker", "due_on"],
                name="action_due_by_worker",
                condition=Q(state=ActionState.TO_DO),
            ),
        ]

    def __str__(self) -> str:
        return f"Action {self.public_id} ({self.state})"


class PlanChange(models.Model):
    """One thing that happened to what is planned in a case. Append-only."""

    area = area_key()
    case = away_key("casework.Case", db_index=False)
    at = models.DateTimeField()
    by = away_key("accounts.User", db_index=False)
    kind = models.TextField(choices=one_of(PlanChangeKind))
    words = models.TextField()
    detail = models.TextField(db_default="")

    class Privacy:
        personal = frozenset({"case", "words", "detail"})
        ordinary = frozenset({"id", "area", "at", "by", "kind"})

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="planchange_by_case")]

    def __str__(self) -> str:
        return f"{self.kind} of case {self.case_id}"
