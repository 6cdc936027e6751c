"""What the database refuses, in words, and the checks that operations share."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, transaction

from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound


class StaleFactor(DomainError):
    user_message = "Confirm that it is you first, with your second factor"


class HeldByLaw(DomainError):
    user_message = "A legal hold stands against erasing this person. Lift it first"


class AnotherPersonNeeded(DomainError):
    user_message = "Somebody other than the one who proposed it has to approve this"


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
