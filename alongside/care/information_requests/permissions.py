"""The checks that operations on requests share."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.care.information_requests import queries, rules
from alongside.care.information_requests.tables import STEPS
from alongside.care.information_requests.types import RequestState, StepBy, StepKind
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import DomainError, ProofNeeded
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.queries import read_calendar
from alongside.foundation.organisations.types import THE_SERVICE

if TYPE_CHECKING:
    from alongside.care.information_requests.models import InformationRequest

NEEDS = {
    StepBy.WORK: Permission.INFORMATION_REQUEST_WORK,
    StepBy.DECIDE: Permission.INFORMATION_REQUEST_DECIDE,
}


class WordsNeeded(DomainError):
    user_message = "Say it in a few words, so that the next person understands"


class DayImpossible(DomainError):
    user_message = "Enter a day that is not in the future"


class PeriodBackwards(DomainError):
    user_message = "The last day must not be before the first"


class NotNow(DomainError):
    user_message = (
        "How the request stands does not allow that any more. Look at it anew"
    )


class RequestChanged(DomainError):
    user_message = (
        "Somebody else has changed this request since you opened the page. Look at it"
        " again, then decide"
    )


class CannotGive(DomainError):
    """Something stands against giving what was asked for. The text says what."""


class ChooseFate(DomainError):
    user_message = "Say of each kind of records what becomes of it"


class ChooseReason(DomainError):
    user_message = "Choose why it is not given"


class AnotherPersonNeeded(ProofNeeded):
    user_message = "Somebody other than the one who prepared the answer has to decide"


def begin(*, actor: Actor, asked_id: UUID, step: StepKind) -> "InformationRequest":
    """The request, locked, where the actor may do this about it as it stands.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        NotNow: it has come too far, or not far enough.
    """
    permissions.check_has(actor, NEEDS[STEPS[step].by])
    row = queries.get_request(actor=actor, asked_id=asked_id, lock=True)
    if not rules.may_step(step, RequestState(row.state)):
        raise NotNow
    return row


def check_words(words: str, *, ask: str = "") -> str:
    """The words without spaces around them; refuse none, asking for them with `ask`."""
    if not words.strip():
        raise WordsNeeded(ask or None)
    return words.strip()


def answer_due(start: date, *, urgent: bool) -> date:
    """The day by which an answer is due, counted from a day. One statement."""
    return rules.answer_by(start, urgent=urgent, closed=own_days())


def own_days() -> frozenset[date]:
    """The days on which the service that answers is closed. One statement."""
    return read_calendar().closed_for(THE_SERVICE)


def restate(row: "InformationRequest", *, now: datetime) -> tuple[str, ...]:
    """Say where a request stands that nobody has prepared; the fields that changed.

    Its days are counted from the day on which it said everything it must.
    """
    row.state = rules.state_of(rules.lacking(queries.said_in(row)))
    if row.state == RequestState.OPEN and row.complete_on is None:
        row.complete_on = local_day(now)
    if row.state == RequestState.WAITING:
        row.complete_on = None
    row.due_on = answer_due(row.complete_on or row.received_on, urgent=row.urgent)
    return ("state", "complete_on", "due_on")
