"""The checks that operations on rights share."""

from typing import TYPE_CHECKING
from uuid import UUID

from alongside.care.casework import queries as casework
from alongside.care.code_rights.types import Problem
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import DomainError, NotFound

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
