"""What the database refuses, in words, and the checks that operations share."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, transaction

from alongside.care.information_rights.models import RightsRequest
from alongside.care.information_rights.tables import limit
from alongside.care.information_rights.types import LimitCode
from alongside.foundation.lib.errors import (
    DomainError,
    NotAllowed,
    NotFound,
    ProofNeeded,
)


class StaleFactor(ProofNeeded):
    user_message = "Confirm that it is you first, with your second factor"


class HeldByLaw(DomainError):
    user_message = "A legal hold stands against erasing this person. Lift it first"


class AnotherPersonNeeded(ProofNeeded):
    user_message = "Somebody other than the one who proposed it has to approve this"


class NotReady(DomainError):
    """Something is still to be decided, or to be checked by another person."""


class OwnCheck(NotReady, ProofNeeded):
    user_message = "Somebody other than the one who went through it must check it"


class InConflict(NotAllowed):
    user_message = "You do not have permission to do that"


_WORDS: dict[str, type[DomainError]] = {
    "no fresh second factor": StaleFactor,
    "a legal hold stands against it": HeldByLaw,
    "not approved by another person": AnotherPersonNeeded,
    "in conflict with the person": InConflict,
    "not information governance": NotAllowed,
    # A reason is asked for before: then it was lifted already, or never was.
    "nothing to lift, or no reason": NotFound,
}


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Say what a function of the database refused; other errors pass through.

    The block's own statements are undone; the caller's transaction goes on.
    """
    try:
        with transaction.atomic():
            yield
    except Error as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        known = _WORDS.get(getattr(diagnosis, "message_primary", None) or "")
        if known is None:
            raise
        raise known from None


def check_ready(row: RightsRequest, *, what: str) -> None:
    """Refuse to let a pack leave that was not gone through and checked as it stands.

    Raises:
        NotReady: it says what is missing.
    """
    if not row.reviewed_what or row.reviewed_what != what:
        raise NotReady("Something has changed since it was gone through. Look again")
    if limit(LimitCode.SECOND_CHECK) and row.checked_by_id is None:
        raise NotReady("A second person has to check it first")
