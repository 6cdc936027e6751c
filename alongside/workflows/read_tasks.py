"""What is to be done, across cases: one's own, or everybody's for who supervises."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from alongside.care.casework import queries as casework
from alongside.care.casework.queries import OpenTask
from alongside.care.people import queries as people
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.local import local_day

PURPOSE = "tasks"


@dataclass(frozen=True, kw_only=True)
class Tasks:
    """Open tasks, with the names of their people by key."""

    lines: tuple[OpenTask, ...]
    has_more: bool
    names: Mapping[int, str]


def read_tasks(
    *,
    actor: Actor,
    now: datetime,
    everybodys: bool,
    overdue: bool,
    limit: int,
    skip: int = 0,
) -> Tasks:
    """Open tasks, soonest due first. Two statements; the names are looked at.

    Raises:
        NotAllowed: everybody's are asked for by somebody who does not supervise.
    """
    if everybodys:
        permissions.check_has(actor, Permission.CASE_SUPERVISE)
    found = casework.list_open_tasks(
        actor=actor,
        mine=not everybodys,
        before=local_day(now) if overdue else None,
        limit=limit + 1,
        skip=skip,
    )
    shown = tuple(found[:limit])
    labels = people.open_labels(
        person_ids={one.case.person_id for one in shown}, purpose=PURPOSE, now=now
    )
    return Tasks(
        lines=shown,
        has_more=len(found) > limit,
        names={key: label.name for key, label in labels.items()},
    )


def record_export(*, actor: Actor, now: datetime, tasks: Tasks) -> None:
    """Note that tasks were saved as a file."""
    cases = [one.case.public_id for one in tasks.lines]
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.WORKLOAD_EXPORTED,
        subject=Subject(kind="case", public_id=cases[0] if cases else None),
    )
