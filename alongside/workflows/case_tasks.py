"""Writing down a task for somebody of the agency, and reading one."""

from datetime import date, datetime
from uuid import UUID

from alongside.care.casework import queries as casework
from alongside.care.casework.operations import errors, tasks
from alongside.care.casework.queries import TaskLine
from alongside.care.casework.types import NewTask, TaskKind
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.workflows.pass_on import Hands, read_hands
from alongside.workflows.read_case import CaseBrief, read_brief

__all__ = ["add_task", "read_hands", "read_task"]


def read_task(
    *, actor: Actor, now: datetime, case_id: UUID, task_id: UUID
) -> tuple[CaseBrief, TaskLine]:
    """An open task, and the case it is in. Three statements.

    Raises:
        NotFound: there is none that the actor may know of, or it is settled.
    """
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    task = casework.find_task(case_id=brief.case.case_id, task_id=task_id)
    return brief, task


def add_task(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    kind: TaskKind,
    words: str,
    due_on: date,
    owner_id: UUID | None,
) -> None:
    """Write down a task, for one worker or for whoever holds the case.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no such case or worker.
        CannotMove, WordsNeeded, DayNeeded: it is closed, or something is missing.
    """
    if due_on < local_day(now):
        raise errors.DayNeeded
    case = casework.get_case(actor=actor, public_id=case_id)
    task = NewTask(
        kind=kind,
        words=words,
        due_on=due_on,
        owner_id=_owner(owner_id, read_hands(actor=actor, now=now, case_key=case.pk)),
    )
    tasks.add_tasks(actor=actor, now=now, case_id=case_id, tasks=[task])


def _owner(owner_id: UUID | None, hands: Hands) -> int | None:
    if owner_id is None:
        return None
    for worker, _ in hands.workers:
        if worker.public_id == owner_id:
            return worker.user_id
    raise NotFound("We could not find that worker")
