"""Why a case is owed enhanced support: proposed, confirmed, declined, added.

Whatever changes the grounds changes the tier with them, and plans the clocks anew that
still run. What was due before and why stays in the history of the case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from alongside.care.assessment import operations as assessment
from alongside.care.assessment import queries
from alongside.care.assessment.permissions import case_of
from alongside.care.assessment.queries import GroundLine
from alongside.care.assessment.types import GroundCode, GroundFound, GroundState
from alongside.care.casework import queries as casework
from alongside.care.casework.operations.errors import ReasonNeeded
from alongside.care.casework.operations.tiers import set_tier
from alongside.care.casework.types import Tier
from alongside.care.journey import operations as journey
from alongside.care.journey.operations.facts import plan_by_facts
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.local import local_day
from alongside.workflows.read_case import CaseBrief, read_brief
from alongside.workflows.receiving.clocks import find_replacements


class GroundsCount(DomainError):
    user_message = (
        "A ground still speaks for enhanced support. Decline it first if it is not so"
    )


class StandardAlready(DomainError):
    user_message = "Standard support is owed already"


GONE = "We could not find that ground: it may have ended"


@dataclass(frozen=True, kw_only=True)
class CaseGrounds:
    """Every ground a case has and had, A first."""

    brief: CaseBrief
    grounds: tuple[GroundLine, ...]


def ground_name(*, case_id: UUID, ground_id: int) -> UUID:
    """What a page calls a ground: always the same, and nothing can be told from it."""
    return uuid5(case_id, f"ground {ground_id}")


def read_grounds(*, actor: Actor, now: datetime, case_id: UUID) -> CaseGrounds:
    """Every ground of a case, and what became of it. Three statements.

    Raises:
        NotFound: there is no such case that the actor may know of.
    """
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    found = queries.list_every_ground(case_id=brief.case.case_id)
    return CaseGrounds(brief=brief, grounds=tuple(found))


def find_ground(grounds: CaseGrounds, name: UUID) -> GroundLine:
    """The ground of a case that a page calls so, while it may be decided.

    Raises:
        NotFound: there is none, or it has ended.
    """
    case_id = grounds.brief.case.public_id
    for line in grounds.grounds:
        named = ground_name(case_id=case_id, ground_id=line.ground_id)
        if named == name and line.state is not GroundState.ENDED:
            return line
    raise NotFound(GONE)


@transaction.atomic
def propose_grounds(
    *, actor: Actor, now: datetime, case_id: UUID, found: Sequence[GroundFound]
) -> int:
    """Record what speaks for enhanced support in a case, and owe it. How many are new.

    `value` of what is found says on what it rests ("dash 1:3f…"): the same again
    changes nothing, and does not bring back what was declined.

    Raises:
        NotFound: the actor may not know of the case.
    """
    fresh = assessment.propose_grounds(
        actor=actor, now=now, case_id=case_id, found=found
    )
    if fresh:
        _follow(actor=actor, now=now, case_id=case_id, lower=False)
    return fresh


@transaction.atomic
def decide_ground(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    ground_id: int,
    confirm: bool,
    reason: str,
) -> None:
    """Confirm or decline a ground (see `assessment.operations.decide_ground`)."""
    assessment.decide_ground(
        actor=actor,
        now=now,
        case_id=case_id,
        ground_id=ground_id,
        confirm=confirm,
        reason=reason,
    )
    _follow(actor=actor, now=now, case_id=case_id, lower=not confirm, reason=reason)


@transaction.atomic
def add_ground(
    *, actor: Actor, now: datetime, case_id: UUID, ground: GroundCode, reason: str
) -> None:
    """Owe more on a worker's judgement (see `assessment.operations.add_ground`)."""
    assessment.add_ground(
        actor=actor, now=now, case_id=case_id, ground=ground, reason=reason
    )
    _follow(actor=actor, now=now, case_id=case_id, lower=False, reason=reason)


@transaction.atomic
def lower_tier(*, actor: Actor, now: datetime, case_id: UUID, reason: str) -> None:
    """Owe standard support from now on, where no ground speaks for more, saying why.

    What is late by then stays late; what still runs is planned anew.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        AssessmentOver: the case is closed.
        ReasonNeeded: no reason was given.
        GroundsCount, StandardAlready: there is nothing to lower.
    """
    case = case_of(actor=actor, case_id=case_id)
    if not reason.strip():
        raise ReasonNeeded
    if queries.list_cases_with_grounds(case_ids=[case.key]):
        raise GroundsCount
    if casework.get_case(actor=actor, public_id=case_id).tier == Tier.STANDARD:
        raise StandardAlready
    _follow(actor=actor, now=now, case_id=case_id, lower=True, reason=reason)


def _follow(
    *, actor: Actor, now: datetime, case_id: UUID, lower: bool, reason: str = ""
) -> None:
    """Have the tier and the running clocks of a case follow its grounds.

    Only where somebody took a ground away may it come down; what is late by then stays
    late.
    """
    case = casework.get_case(actor=actor, public_id=case_id)
    owed = bool(queries.list_cases_with_grounds(case_ids=[case.pk]))
    tier = Tier.ENHANCED if owed else Tier.STANDARD
    if tier is Tier.STANDARD and not lower:
        return
    if not set_tier(actor=actor, now=now, case_id=case_id, tier=tier, reason=reason):
        return
    replacements = find_replacements(
        case_ids=[case.pk],
        enhanced=owed,
        due_from=None if owed else local_day(now),
    )
    journey.replace_clocks(actor=actor, now=now, replacements=replacements)
    plan_by_facts(actor=actor, now=now, case_ids=[case.pk])
