"""Writing a request down, one thing at a time."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.information_requests.models import InformationRequest
from alongside.care.information_requests.operations.steps import keep
from alongside.care.information_requests.permissions import (
    DayImpossible,
    PeriodBackwards,
    answer_due,
    begin,
    check_words,
    restate,
)
from alongside.care.information_requests.tables import BODIES, KINDS
from alongside.care.information_requests.types import (
    Asker,
    RequestState,
    Scope,
    Section,
    SectionFacts,
    StepKind,
)
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit.types import AuditAction
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.local import local_day


class UnknownChoice(DomainError):
    user_message = "Choose one of what is offered"


@transaction.atomic
def write_down(*, actor: Actor, now: datetime, case_id: UUID, asker: Asker) -> UUID:
    """Write down that somebody asks for what we hold about the person of a case.

    Whatever it says or does not say: what it lacks is asked for afterwards.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        UnknownChoice: no such body may ask.
        DayImpossible: it is to have come on a day that is still to come.
        WordsNeeded: it does not say who asks, or why it cannot wait.
    """
    permissions.check_has(actor, Permission.INFORMATION_REQUEST_WORK)
    case = casework.get_case(actor=actor, public_id=case_id)
    if case.agency_id != actor.agency_id:
        raise NotFound("We could not find that case")
    if asker.body not in BODIES:
        raise UnknownChoice
    if asker.received_on > local_day(now):
        raise DayImpossible
    check_words(asker.body_name, ask="Say which body asks")
    check_words(asker.officer_role, ask="Say who asks there, by rank or role")
    if asker.urgent:
        check_words(asker.urgent_why, ask="Say why it cannot wait")
    row = InformationRequest.objects.create(
        area_id=actor.area_id,
        agency_id=actor.agency_id,
        case=case,
        state=RequestState.WAITING,
        opened_at=now,
        opened_by_id=actor.user_id,
        due_on=answer_due(asker.received_on, urgent=asker.urgent),
        version=1,
        **_columns(asker),
    )
    row.refresh_from_db(fields=["public_id"])
    keep(
        row=row,
        actor=actor,
        now=now,
        step=StepKind.WRITTEN_DOWN,
        action=AuditAction.INFORMATION_REQUEST_MADE,
    )
    made: UUID = row.public_id
    return made


def _columns(facts: Asker | SectionFacts) -> dict[str, Any]:
    """What is said, as columns of the request of the same names."""
    columns = {name.name: getattr(facts, name.name) for name in fields(facts)}
    for name, value in columns.items():
        if isinstance(value, str) and not isinstance(value, StrEnum):
            columns[name] = value.strip()
        if isinstance(value, tuple):
            columns[name] = list(value)
    return columns


@transaction.atomic
def say(
    *,
    actor: Actor,
    now: datetime,
    asked_id: UUID,
    section: Section,
    facts: SectionFacts,
) -> RequestState:
    """Write down what the request says on one thing; where it stands then.

    What was said before stays in the steps.

    Raises:
        NotAllowed, NotFound, NotNow: the actor may not, or not any more.
        DayImpossible, PeriodBackwards: a day is still to come, or out of order.
        UnknownChoice: a kind of records is asked for that there is not.
    """
    row = begin(actor=actor, asked_id=asked_id, step=StepKind.SAID)
    _check(facts, today=local_day(now))
    columns = _columns(facts)
    for name, value in columns.items():
        setattr(row, name, value)
    changed = restate(row, now=now)
    keep(
        row=row,
        actor=actor,
        now=now,
        step=StepKind.SAID,
        section=section,
        facts=_as_text(asdict(facts)),
        fields=(*columns, *changed),
    )
    return RequestState(row.state)


def _check(facts: SectionFacts, *, today: date) -> None:
    if isinstance(facts, Scope):
        if not set(facts.kinds) <= set(KINDS):
            raise UnknownChoice
        first, last = facts.period_from, facts.period_until
        if first and last and last < first:
            raise PeriodBackwards
        return
    for name in fields(facts):
        value = getattr(facts, name.name)
        if isinstance(value, date) and value > today:
            raise DayImpossible


def _as_text(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON holds them; what is empty is left out."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value
    }


@transaction.atomic
def note(*, actor: Actor, now: datetime, asked_id: UUID, words: str) -> None:
    """Write down something that was done about a request.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        WordsNeeded: there is nothing to write.
    """
    row = begin(actor=actor, asked_id=asked_id, step=StepKind.NOTED)
    keep(row=row, actor=actor, now=now, step=StepKind.NOTED, words=check_words(words))
