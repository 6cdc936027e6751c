"""What is owed with no day set: in one case, and across cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.queries import CrimeLine
from alongside.care.code_rights.queries import StepLine, list_steps
from alongside.care.journey.operations import standing as operations
from alongside.care.journey.queries.standing import (
    count_standing,
    list_not_known,
    list_standing,
)
from alongside.care.journey.types.standing import (
    ShownBy,
    StandingAsked,
    StandingCount,
    StandingLine,
    StandingOpen,
    StandingState,
)
from alongside.care.people import queries as people
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.queries import TeamChoice
from alongside.workflows.read_case import CaseBrief, read_brief

PURPOSE = "owed without a deadline"


class ShownElsewhere(DomainError):
    user_message = (
        "A step of a right shows that this was kept. Take that step back instead"
    )


@dataclass(frozen=True, kw_only=True)
class StandingPart:
    """One standing promise of a case, called by a name of its own.

    `crime` is the crime it comes from; `record_id` the right with whose step it was
    kept, where one shows it.
    """

    name: UUID
    line: StandingLine
    crime: CrimeLine
    record_id: UUID | None

    @property
    def may_take_back(self) -> bool:
        """Whether somebody settled it by hand."""
        return self.line.shown_by is ShownBy.SETTLED and self.record_id is None


@dataclass(frozen=True, kw_only=True)
class StandingView:
    """Everything that is owed in one case with no day set, the longest first."""

    brief: CaseBrief
    parts: tuple[StandingPart, ...]

    def of(self, *states: StandingState) -> tuple[StandingPart, ...]:
        """Those that stand so."""
        return tuple(part for part in self.parts if part.line.state in states)


@dataclass(frozen=True, kw_only=True)
class StandingRegister:
    """Standing promises across open cases: how many stand how, and of which nobody has
    said that they were kept, with the names of the people by key."""

    counts: tuple[StandingCount, ...]
    lines: tuple[StandingOpen, ...]
    has_more: bool
    names: dict[int, str]
    teams: tuple[TeamChoice, ...]


def read_standing(*, actor: Actor, now: datetime, case_id: UUID) -> StandingView:
    """What is owed in a case with no day set. Five statements.

    Raises:
        NotFound: there is no such case that the actor may know of.
    """
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    key = brief.case.case_id
    crimes = {one.victimisation_id: one for one in casework.list_crimes(case_ids=[key])}
    shown = _shown_by_rights(list_steps(case_id=key))
    return StandingView(
        brief=brief,
        parts=tuple(
            StandingPart(
                name=_name(case_id, line),
                line=line,
                crime=crimes[line.victimisation_id],
                record_id=shown.get(line.clock_id or 0),
            )
            for line in list_standing(case_ids=[key])
            if line.victimisation_id in crimes
        ),
    )


def _name(case_id: UUID, line: StandingLine) -> UUID:
    """What a page calls it: always the same, and nothing can be told from it."""
    return uuid5(case_id, "/".join(map(str, line.which)))


def _shown_by_rights(steps: Sequence[StepLine]) -> dict[int, UUID]:
    """The right that keeps each clock, by the steps that count."""
    return {key: line.record_id for line in steps if line.counts for key in line.met}


def find_part(view: StandingView, name: UUID) -> StandingPart:
    """One standing promise by its name.

    Raises:
        NotFound: there is none.
    """
    for part in view.parts:
        if part.name == name:
            return part
    raise NotFound("We could not find that promise")


@transaction.atomic
def settle_met(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    name: UUID,
    met_on: date,
    evidence: str,
) -> None:
    """Say that it was kept (see `journey.operations.standing.settle_met`)."""
    view = read_standing(actor=actor, now=now, case_id=case_id)
    operations.settle_met(
        actor=actor,
        now=now,
        case_id=case_id,
        which=find_part(view, name).line.which,
        met_on=met_on,
        evidence=evidence,
    )


@transaction.atomic
def settle_not_owed(
    *, actor: Actor, now: datetime, case_id: UUID, name: UUID, reason: str
) -> None:
    """Say that it is not owed (see `journey.operations.standing.settle_not_owed`)."""
    view = read_standing(actor=actor, now=now, case_id=case_id)
    operations.settle_not_owed(
        actor=actor,
        now=now,
        case_id=case_id,
        which=find_part(view, name).line.which,
        reason=reason,
    )


@transaction.atomic
def take_back(*, actor: Actor, now: datetime, case_id: UUID, name: UUID) -> None:
    """Say that what was written of it was a mistake: it is owed again.

    Raises:
        ShownElsewhere: a step of a right shows it, which is taken back itself.
        As `journey.operations.standing.take_back`.
    """
    view = read_standing(actor=actor, now=now, case_id=case_id)
    part = find_part(view, name)
    if part.record_id is not None:
        raise ShownElsewhere
    operations.take_back(
        actor=actor,
        now=now,
        case_id=case_id,
        which=part.line.which,
    )


def find_team(*, actor: Actor, public_id: str) -> TeamChoice | None:
    """A team of the actor's agency by the name of an address; none where there is none,
    and nothing is asked where none is named."""
    if not public_id:
        return None
    teams = organisations.list_teams(agency_id=actor.agency_id)
    return next((one for one in teams if str(one.public_id) == public_id), None)


def read_standing_register(
    *,
    actor: Actor,
    now: datetime,
    asked: StandingAsked,
    size: int,
    skip: int = 0,
) -> StandingRegister:
    """Standing promises across the open cases that the actor may see. Five statements,
    whatever the number; the lines only where one limit is asked about."""
    lines = list_not_known(asked, limit=size + 1, skip=skip) if asked.rule else []
    shown = lines[:size]
    labels = people.open_labels(
        person_ids=[line.person_key for line in shown], purpose=PURPOSE, now=now
    )
    return StandingRegister(
        counts=tuple(count_standing(asked)),
        lines=tuple(shown),
        has_more=len(lines) > size,
        names={key: label.name for key, label in labels.items()},
        teams=tuple(organisations.list_teams(agency_id=actor.agency_id)),
    )


def export_standing(
    *, actor: Actor, now: datetime, asked: StandingAsked, most: int
) -> list[StandingOpen]:
    """Promises of which nobody has said that they were kept, without names. Two
    statements; that they were taken out is written down."""
    lines = list_not_known(asked, limit=most)
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.OWED_EXPORTED,
        subject=Subject(kind="standing"),
        purpose=f"{len(lines)} promises",
    )
    return lines
