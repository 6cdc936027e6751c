"""The checks that operations of telling share."""

from typing import TYPE_CHECKING
from uuid import UUID

from alongside.care.casework import queries as casework
from alongside.care.telling.tables import ENGLISH, LANGUAGES, TEXTS
from alongside.care.telling.types import TextKey
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound

if TYPE_CHECKING:
    from alongside.care.casework.models import Case


class CannotTell(DomainError):
    """How things stand does not allow it. The text says what to do."""


class UpdateChanged(DomainError):
    user_message = (
        "Somebody else has worked on this since you opened the page. What it says now"
        " is shown below. Look at it, then go on if it still makes sense"
    )


class TellingWordsNeeded(DomainError):
    user_message = "Write what they are to be told"


class WayRefused(DomainError):
    """The channel may not be used for this person; the sentence says why."""


class TellingTimeImpossible(DomainError):
    user_message = "Choose a time between what happened and now"


def begin(*, actor: Actor, case_id: UUID) -> "Case":
    """The case, locked, where the actor works in it. It may be closed: what is owed
    outlives support.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    # Those with whom a case is shared read what was told; they do not tell.
    if case.agency_id != actor.agency_id:
        raise NotFound("We could not find that case")
    return case


def check_may_edit_words(actor: Actor) -> None:
    """Let only those write an area's words who keep what the service says.

    Raises:
        NotAllowed: the actor may not.
    """
    permissions.check_has(actor, Permission.WORDS_EDIT)
    if actor.for_provider:
        raise NotAllowed


def check_may_read_over(actor: Actor) -> None:
    """Let only those of the service say that words may be sent who know its people.

    Raises:
        NotAllowed: the actor may not.
    """
    permissions.check_has(actor, Permission.WORDS_READ_OVER)
    if actor.for_provider:
        raise NotAllowed


def check_known(key: TextKey) -> None:
    """Refuse a text that no event has, or a language nobody here is told in.

    Raises:
        NotFound: there is no such text.
    """
    english = TextKey(language=ENGLISH, code=key.code, part=key.part)
    if english not in TEXTS or key.language not in LANGUAGES:
        raise NotFound("There are no such words")
