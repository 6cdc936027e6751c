"""The checks that operations on rights share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.care.casework import queries as casework
from alongside.care.casework.queries import CrimeLine
from alongside.care.casework.types import Tier
from alongside.care.code_rights import rules
from alongside.care.code_rights.models import RightRecord
from alongside.care.code_rights.queries import (
    CaseFound,
    StepLine,
    find_crimes,
    find_live_steps,
    find_window,
)
from alongside.care.code_rights.rules.promises import Matter
from alongside.care.code_rights.tables import kind_at
from alongside.care.code_rights.types import (
    Problem,
    RightKind,
    Step,
    StepAsked,
    StepTaken,
)
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.local import local_day

if TYPE_CHECKING:
    from alongside.care.casework.models import Case


class RightChanged(DomainError):
    user_message = (
        "Somebody else has written something down about this since you opened the"
        " page. Look at what it says now, then go on"
    )


class CannotStep(DomainError):
    """How things stand does not allow it. The text says what to do."""


class BadStep(DomainError):
    """What is written down cannot be kept: every problem, by field."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(". ".join(one.words for one in problems))
        self.problems = problems


class WhyNeeded(DomainError):
    user_message = "Say why this is put right"


def begin(*, actor: Actor, case_id: UUID) -> "Case":
    """The case, locked, where the actor may write about rights in it.

    A right may outlive our support: a closed case takes steps too.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    # Those with whom a case is shared read what is there; they do not change it.
    if case.agency_id != actor.agency_id:
        raise NotFound("We could not find that case")
    return case


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A record, with everything a new step of it is held against."""

    record: RightRecord
    crime: CrimeLine
    found: CaseFound
    born: date | None
    before: tuple[StepLine, ...]

    def taken(self, step: Step, asked: StepAsked, *, step_id: UUID) -> StepTaken:
        """What is told of a step that was written down."""
        return StepTaken(
            step_id=step_id,
            record_id=self.record.public_id,
            version=self.record.version,
            kind=self.kind,
            step=step,
            on=asked.on,
            fields=rules.kept_fields(step, asked.fields),
            victimisation_id=self.record.victimisation_id,
            suspect_ref=self.record.suspect_ref,
        )

    @property
    def kind(self) -> RightKind:
        """The version of the kind the record goes by."""
        return kind_at(self.record.kind, self.record.kind_version)

    def see(self, asked: StepAsked, *, now: datetime) -> Step:
        """The step that is asked for.

        Raises:
            CannotStep: it does not follow.
            BadStep: what is written down cannot be kept, or comes too late.
        """
        state = self.before[-1].step if self.before else None
        if not rules.may_follow(self.kind, state.code if state else "", asked.step):
            raise CannotStep("That does not follow from how things stand now")
        step = self.kind.step(asked.step)
        self.see_fields(step, asked, after=self.before[-1:], now=now)
        return step

    def see_fields(
        self, step: Step, asked: StepAsked, *, after: Sequence[StepLine], now: datetime
    ) -> None:
        """Refuse what cannot be kept. `after` holds the step before it, if any.

        Raises:
            BadStep: with every problem.
        """
        problems = tuple(self._problems(step, asked, after, now))
        if problems:
            raise BadStep(problems)

    def _problems(
        self, step: Step, asked: StepAsked, after: Sequence[StepLine], now: datetime
    ) -> Iterator[Problem]:
        began = self.crime.occurred_from
        floor = after[-1].on if after else (local_day(began) if began else None)
        yield from rules.find_problems(step, asked, on=local_day(now), not_before=floor)
        late = self._late(step, asked)
        if late:
            yield late

    def _late(self, step: Step, asked: StepAsked) -> Problem | None:
        if not step.asks or self.kind.window is None:
            return None
        stands = find_window(
            self.kind,
            self.crime,
            self.found,
            suspect_ref=self.record.suspect_ref,
            told_on=_day(asked.fields.get(self.kind.window.told)),
            born=self.born,
        )
        return rules.late_problem(
            self.kind.window,
            stands.until if stands else None,
            on=asked.on,
            explained=bool(asked.words.strip()),
        )


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def read_checked(case: "Case", record: RightRecord, *, born: date | None) -> Checked:
    """A record with what its steps are held against. Five statements."""
    found = find_crimes(case_id=case.pk)
    crime = found.crime(record.victimisation_id)
    if crime is None:
        raise NotFound("We could not find that crime")
    before = find_live_steps(record_key=record.pk)
    return Checked(
        record=record, crime=crime, found=found, born=born, before=tuple(before)
    )


def matter_of(case: "Case", crime: CrimeLine) -> Matter:
    """What promises go by."""
    return Matter(
        case_key=case.pk,
        victimisation_id=crime.victimisation_id,
        record_type=crime.record_type,
        offence_code=crime.offence_code,
        enhanced=case.tier == Tier.ENHANCED,
    )
