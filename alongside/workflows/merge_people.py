"""Joining two people who turned out to be one, and parting them again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.care.people.types import PersonLabel
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import DomainError


class CannotJoin(DomainError):
    """They may not be joined, or not by this actor; the sentence says why."""

    user_message = "These two cannot be joined"


class CannotPart(DomainError):
    """They may not be parted, or not by this actor; the sentence says why."""

    user_message = "These two cannot be parted"


class ChangedSince(DomainError):
    """What joining moved was changed since: somebody has to say that it may stay."""

    user_message = "Something has changed since they were joined"


class SecondFactorNeeded(DomainError):
    user_message = "Confirm that it is you before joining or parting people"


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """How much of one kind would move: "3" of "Records"."""

    what: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MergePlan:
    """What joining two people would do. Nothing has been done.

    `refusal` is why it may not be done, empty where it may. `warnings` are sentences
    for whoever decides; `closing` is the case that would close, if any.
    """

    kept: PersonLabel
    gone: PersonLabel
    moves: tuple[Moved, ...] = ()
    warnings: tuple[str, ...] = ()
    closing: UUID | None = None
    refusal: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PartPlan:
    """What parting would do. `asks` are sentences to agree to: what changed since."""

    merge_id: UUID
    kept: UUID
    gone: UUID
    moves: tuple[Moved, ...] = ()
    asks: tuple[str, ...] = ()
    refusal: str = ""


def plan_merge(*, actor: Actor, now: datetime, kept: UUID, gone: UUID) -> MergePlan:
    """What would move if `gone` became part of `kept`, in words and counts.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of one of them.
    """
    raise CannotJoin("Joining people is not open yet")


def merge(*, actor: Actor, now: datetime, kept: UUID, gone: UUID, reason: str) -> UUID:
    """Join `gone` into `kept`; the id of the merge.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of one of them.
        SecondFactorNeeded: a second factor must be given anew.
        CannotJoin: something stands against it; the sentence says what.
    """
    raise CannotJoin("Joining people is not open yet")


def plan_unmerge(*, actor: Actor, now: datetime, merge_id: UUID) -> PartPlan:
    """What parting would put back, and what somebody has to agree to first.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no such merge.
    """
    raise CannotPart("Parting people is not open yet")


def unmerge(
    *,
    actor: Actor,
    now: datetime,
    merge_id: UUID,
    reason: str,
    leave_changed: bool = False,
    never_again: bool = True,
) -> None:
    """Part two people again: every value that joining moved goes back.

    `leave_changed` says that what was changed since may stay as it is now;
    `never_again` that the two are never to be linked or proposed again.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no such merge.
        SecondFactorNeeded: a second factor must be given anew.
        CannotPart: something stands against it; the sentence says what.
        ChangedSince: something was changed since, and nobody said it may stay.
    """
    raise CannotPart("Parting people is not open yet")
