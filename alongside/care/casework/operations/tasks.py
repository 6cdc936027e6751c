"""What is to be done in a case: written down, done, or not needed any more.

Tasks that something makes by itself come in here too, in its transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries
from alongside.care.casework.models import Case, Task
from alongside.care.casework.operations.arrivals import touch_cases
from alongside.care.casework.operations.errors import (
    CannotMove,
    ReasonNeeded,
    SupervisorNeeded,
    WordsNeeded,
)
from alongside.care.casework.types import CaseStatus, NewTask, TaskState
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound


@transaction.atomic
def add_tasks(
    *, actor: Actor, now: datetime, case_id: UUID, tasks: Sequence[NewTask]
) -> int:
    """Write down what is to be done in a case. How many are new.

    One of the same kind and source that is open already is not made again.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        CannotMove: the case is closed.
        WordsNeeded: a task does not say what is to be done.
    """
    case = _case(actor=actor, case_id=case_id)
    if case.status == CaseStatus.CLOSED:
        raise CannotMove("This case is closed. Reopen it first")
    if any(not task.words.strip() for task in tasks):
        raise WordsNeeded("Say what is to be done")
    known = _open_sources(case)
    wanted = {
        (task.kind, task.source or n): task
        for n, task in enumerate(tasks)
        if not task.source or (task.kind, task.source) not in known
    }
    Task.objects.bulk_create(
        [_row(case, task, actor=actor, now=now) for task in wanted.values()]
    )
    if wanted:
        _note(case, actor=actor, now=now, action=AuditAction.CASE_TASKS_ADDED)
    return len(wanted)


@transaction.atomic
def finish_task(
    *, actor: Actor, now: datetime, case_id: UUID, task_id: UUID, words: str = ""
) -> None:
    """Say that a task is done, and what came of it.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is settled already.
        SupervisorNeeded: only a supervisor may say so.
    """
    _settle(
        TaskState.DONE,
        actor=actor,
        now=now,
        case_id=case_id,
        task_id=task_id,
        words=words,
    )


@transaction.atomic
def drop_task(
    *, actor: Actor, now: datetime, case_id: UUID, task_id: UUID, reason: str
) -> None:
    """Say that a task is not needed any more, and why.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is settled already.
        SupervisorNeeded: only a supervisor may say so.
        ReasonNeeded: no reason was given.
    """
    if not reason.strip():
        raise ReasonNeeded
    _settle(
        TaskState.DROPPED,
        actor=actor,
        now=now,
        case_id=case_id,
        task_id=task_id,
        words=reason,
    )


def settle_tasks_of(
    *, actor: Actor, now: datetime, case_id: UUID, sources: Sequence[str], words: str
) -> int:
    """What came from these sources is done: how many tasks. Part of what did it.

    Those that only a supervisor may settle stay, unless the actor is one.
    """
    case = _case(actor=actor, case_id=case_id)
    rows = Task.objects.filter(case=case, state=TaskState.OPEN, source__in=sources)
    if not _is_supervisor(actor):
        rows = rows.filter(needs_supervisor=False)
    return rows.update(
        state=TaskState.DONE,
        done_at=now,
        done_by_id=actor.user_id,
        done_words=words.strip(),
    )


def end_tasks(*, actor: Actor, now: datetime, case: Case, why: str) -> None:
    """Drop what is left to do in a case that closes. Part of closing it.

    Raises:
        SupervisorNeeded: something in it has to be settled by a supervisor first.
    """
    left = Task.objects.filter(case=case, state=TaskState.OPEN)
    if left.filter(needs_supervisor=True).exists():
        raise SupervisorNeeded(
            "A task in this case is for a supervisor to settle. It can be closed after"
            " that"
        )
    left.update(
        state=TaskState.DROPPED,
        done_at=now,
        done_by_id=actor.user_id,
        done_words=why,
    )


def _settle(
    state: TaskState,
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    task_id: UUID,
    words: str,
) -> None:
    case = _case(actor=actor, case_id=case_id)
    rows = Task.objects.select_for_update().filter(case=case, public_id=task_id)
    task = rows.filter(state=TaskState.OPEN).first()
    if task is None:
        raise NotFound("We could not find that task, or it is settled already")
    if task.needs_supervisor and not _is_supervisor(actor):
        raise SupervisorNeeded
    task.state = state
    task.done_at = now
    task.done_by_id = actor.user_id
    task.done_words = words.strip()
    task.save(update_fields=["state", "done_at", "done_by", "done_words"])
    done = state is TaskState.DONE
    action = AuditAction.CASE_TASK_DONE if done else AuditAction.CASE_TASK_DROPPED
    _note(case, actor=actor, now=now, action=action)


def _case(*, actor: Actor, case_id: UUID) -> Case:
    permissions.check_has(actor, Permission.CASE_WORK)
    case = queries.get_case(actor=actor, public_id=case_id, lock=True)
    if case.agency_id != actor.agency_id:
        raise NotFound("We could not find that case")
    return case


def _is_supervisor(actor: Actor) -> bool:
    return actor.has(Permission.CASE_ALLOCATE)


def _open_sources(case: Case) -> set[tuple[str, str]]:
    rows = Task.objects.filter(case=case, state=TaskState.OPEN).exclude(source="")
    return set(rows.values_list("kind", "source"))


def _row(case: Case, task: NewTask, *, actor: Actor, now: datetime) -> Task:
    return Task(
        area_id=case.area_id,
        agency_id=case.agency_id,
        case=case,
        kind=task.kind,
        words=task.words.strip(),
        due_on=task.due_on,
        owner_id=task.owner_id,
        needs_supervisor=task.needs_supervisor,
        source=task.source,
        made_at=now,
        made_by_id=actor.user_id,
    )


def _note(case: Case, *, actor: Actor, now: datetime, action: AuditAction) -> None:
    touch_cases(actor=actor, now=now, case_ids=[case.pk])
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="case", public_id=case.public_id),
    )
