"""What is to be done in a case, by whom and by when."""

from django.db import models
from django.db.models import Q

from alongside.care.casework.models.cases import Case
from alongside.care.casework.types import TaskKind, TaskState
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id


class Task(models.Model):
    """Something to be done in a case by a day. Done or dropped, never taken away.

    Nobody as `owner`: whoever holds the case. `source` names what made it by itself.
    """

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.TextField(choices=one_of(TaskKind))
    words = models.TextField()
    due_on = models.DateField()
    owner = away_key("accounts.User", null=True, db_index=False)
    needs_supervisor = models.BooleanField(db_default=False)
    source = models.TextField(db_default="")
    made_at = models.DateTimeField()
    made_by = away_key("accounts.User", null=True, db_index=False)
    state = models.TextField(choices=one_of(TaskState), db_default=TaskState.OPEN)
    done_at = models.DateTimeField(null=True)
    done_by = away_key("accounts.User", null=True, db_index=False)
    done_words = models.TextField(db_default="")

    class Privacy:
        personal = frozenset({"case", "kind", "words", "source", "done_words"})
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "due_on", "owner", "made_at"}
            | {"needs_supervisor", "made_by", "state", "done_at", "done_by"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(name="task_says_what", condition=~Q(words="")),
            models.CheckConstraint(
                name="task_open_or_settled",
                condition=Q(state=TaskState.OPEN, done_at=None)
                | Q(state=TaskState.DONE, done_at__isnull=False)
                | Q(state=TaskState.DROPPED, done_at__isnull=False) & ~Q(done_words=""),
            ),
            models.UniqueConstraint(
                fields=["case", "kind", "source"],
                condition=Q(state=TaskState.OPEN) & ~Q(source=""),
                name="task_once_while_open",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "due_on", "id"], name="task_by_case"),
            models.Index(
                fields=["owner", "due_on", "id"],
                name="task_open_by_owner",
                condition=Q(state=TaskState.OPEN),
            ),
            models.Index(
                fields=["agency", "due_on", "id"],
                name="task_open_by_agency",
                condition=Q(state=TaskState.OPEN),
            ),
            models.Index(
                fields=["agency", "due_on", "id"],
                name="task_open_for_supervisor",
                condition=Q(state=TaskState.OPEN, needs_supervisor=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Task {self.public_id}, {self.state}"
