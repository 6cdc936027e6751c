"""What is to be done in cases, and what was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from alongside.care.casework.models import Task
from alongside.care.casework.queries.lists import WorkCase, work_case
from alongside.care.casework.types import CaseStatus, TaskKind, TaskState
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import NotFound

NEXT = """
    SELECT DISTINCT ON (t.case_id) t.case_id, t.due_on, t.words
      FROM casework_task t
     WHERE t.case_id = ANY (%s::bigint[]) AND t.state = 'open'
       AND (t.owner_id IS NULL OR t.owner_id = %s)
       AND (%s OR NOT t.needs_supervisor)
     ORDER BY t.case_id, t.due_on, t.id
"""


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """Something to be done in a case, or that was. `owner` is empty where it falls to
    whoever holds the case."""

    public_id: UUID
    kind: TaskKind
    words: str
    due_on: date
    owner: str
    needs_supervisor: bool
    made_at: datetime
    made_by: str
    state: TaskState
    done_at: datetime | None
    done_by: str
    done_words: str
    source: str


@dataclass(frozen=True, kw_only=True)
class TaskElsewhere:
    """A task for the actor in a case that somebody else holds, or nobody."""

    case: WorkCase
    words: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class OpenTask:
    """An open task with its case. `worker` is whose it is; empty where it is nobody's
    because nobody holds the case."""

    case: WorkCase
    task_id: UUID
    kind: TaskKind
    words: str
    due_on: date
    worker: str
    needs_supervisor: bool


def list_open_tasks(
    *, actor: Actor, mine: bool, before: date | None, limit: int, skip: int = 0
) -> list[OpenTask]:
    """Open tasks of the actor's agency, soonest due first. One statement.

    `mine` leaves those given to the actor, those of cases they hold that are nobody
    else's to do, and those for supervisors, where they are one. `before` leaves those
    due before a day.
    """
    rows = Task.objects.filter(agency_id=actor.agency_id, state=TaskState.OPEN)
    rows = rows.exclude(case__status=CaseStatus.CLOSED)
    if mine:
        held = Q(case__worker_id=actor.user_id, needs_supervisor=False)
        if actor.has(Permission.CASE_ALLOCATE):
            held |= Q(case__worker_id=actor.user_id) | Q(needs_supervisor=True)
        rows = rows.filter(Q(owner_id=actor.user_id) | Q(owner=None) & held)
    if before is not None:
        rows = rows.filter(due_on__lt=before)
    rows = rows.select_related("owner", "case", "case__worker")
    return [_open(task) for task in rows.order_by("due_on", "pk")[skip : skip + limit]]


def _open(task: Task) -> OpenTask:
    whose = task.owner or task.case.worker
    return OpenTask(
        case=work_case(task.case),
        task_id=task.public_id,
        kind=TaskKind(task.kind),
        words=task.words,
        due_on=task.due_on,
        worker=whose.name if whose else "",
        needs_supervisor=task.needs_supervisor,
    )


def list_tasks(*, case_id: int, limit: int) -> list[TaskLine]:
    """The tasks of a case: those open, soonest due first, then those settled, newest
    first. One statement."""
    rows = Task.objects.filter(case_id=case_id).select_related(
        "owner", "made_by", "done_by"
    )
    newest = rows.order_by(F("done_at").desc(nulls_first=True), "due_on", "pk")
    return [_line(task) for task in newest[:limit]]


def find_task(*, case_id: int, task_id: UUID) -> TaskLine:
    """An open task of a case.

    Raises:
        NotFound: there is none that the actor may know of, or it is settled.
    """
    rows = Task.objects.filter(case_id=case_id, public_id=task_id)
    task = (
        rows.filter(state=TaskState.OPEN)
        .select_related("owner", "made_by", "done_by")
        .first()
    )
    if task is None:
        raise NotFound("We could not find that task, or it is settled already")
    return _line(task)


def next_tasks(*, actor: Actor, case_ids: Sequence[int]) -> dict[int, tuple[date, str]]:
    """The soonest open task of each case that is the actor's or its holder's, and that
    the actor may settle: by when and what. One statement."""
    if not case_ids:
        return {}
    with connection.cursor() as cursor:
        supervises = actor.has(Permission.CASE_ALLOCATE)
        cursor.execute(NEXT, [list(case_ids), actor.user_id, supervises])
        return {case: (due, words) for case, due, words in cursor.fetchall()}


def list_tasks_elsewhere(*, actor: Actor, limit: int) -> list[TaskElsewhere]:
    """What the actor is to do in cases they do not hold, soonest due first: given to
    them, or only for a supervisor, where they are one. One statement."""
    theirs = Q(owner_id=actor.user_id)
    if actor.has(Permission.CASE_ALLOCATE):
        theirs |= Q(needs_supervisor=True, owner=None)
    rows = (
        Task.objects.filter(theirs, agency_id=actor.agency_id, state=TaskState.OPEN)
        .exclude(case__status=CaseStatus.CLOSED)
        .exclude(case__worker_id=actor.user_id, case__worker__isnull=False)
        .select_related("case", "case__worker")
        .order_by("due_on", "pk")
    )
    return [
        TaskElsewhere(case=work_case(task.case), words=task.words, due_on=task.due_on)
        for task in rows[:limit]
    ]


def _line(task: Task) -> TaskLine:
    return TaskLine(
        public_id=task.public_id,
        kind=TaskKind(task.kind),
        words=task.words,
        due_on=task.due_on,
        owner=task.owner.name if task.owner else "",
        needs_supervisor=task.needs_supervisor,
        made_at=task.made_at,
        made_by=task.made_by.name if task.made_by else "",
        state=TaskState(task.state),
        done_at=task.done_at,
        done_by=task.done_by.name if task.done_by else "",
        done_words=task.done_words,
        source=task.source,
    )
