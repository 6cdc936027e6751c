"""Whose assessments somebody may work with."""

from dataclasses import dataclass
from uuid import UUID

from alongside.care.assessment import queries
from alongside.care.assessment.models import Assessment
from alongside.care.casework import queries as casework
from alongside.care.casework.types import CaseStatus
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import DomainError, NotFound


class AssessmentChanged(DomainError):
    user_message = (
        "Somebody else has saved this assessment since you opened the page."
        " Look at what they wrote, then save yours again"
    )


class AssessmentOver(DomainError):
    """It is complete or withdrawn, or its case is closed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkedCase:
    """What is needed of a case to write about it."""

    key: int
    area_id: int
    agency_id: int
    team_id: int


def case_of(*, actor: Actor, case_id: UUID, may_be_closed: bool = False) -> WorkedCase:
    """A case that the actor works, held until the end of the transaction.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        AssessmentOver: it is closed.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    _check_ours(actor, case.agency_id)
    if not may_be_closed:
        _check_open(case.status)
    return WorkedCase(
        key=case.pk,
        area_id=case.area_id,
        agency_id=case.agency_id,
        team_id=case.team_id,
    )


def _check_ours(actor: Actor, agency_id: int) -> None:
    # Those with whom a case is shared may read what was shared, not work the case.
    if agency_id != actor.agency_id:
        raise NotFound("We could not find that case")


def _check_open(status: str) -> None:
    if status == CaseStatus.CLOSED:
        raise AssessmentOver("This case is closed. Reopen it first")


def own(*, actor: Actor, public_id: UUID, version: int) -> Assessment:
    """An assessment of a case that the actor works, at a version, held.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        AssessmentChanged: it is not at that version any more.
        AssessmentOver: its case is closed.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    row = queries.get_assessment(public_id=public_id, lock=True)
    _check_ours(actor, row.case.agency_id)
    _check_open(row.case.status)
    if row.version != version:
        raise AssessmentChanged
    return row
