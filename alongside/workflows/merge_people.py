"""Joining two people who turned out to be one, and parting them again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.care.linking.operations.merging import merge_people, unmerge_people
from alongside.care.linking.queries import joined
from alongside.care.linking.types import (
    MergeLine,
    MergeRefusal,
    MergeWarning,
    PartOutcome,
)
from alongside.care.people import queries as people
from alongside.care.people.types import PersonLabel
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import (
    DomainError,
    NotAllowed,
    NotFound,
    ProofNeeded,
)
from alongside.workflows.follow_history import follow_history
from alongside.workflows.out_of_reach import follow_person

PURPOSE = "duplicate"
NOT_FOUND = "We could not find that person"
# What is said where the database refuses. Not allowed, not found and not proven have
# errors of their own.
REFUSED: Mapping[MergeRefusal, str] = {
    MergeRefusal.SAME: "That is one person already",
    MergeRefusal.NOT_ALL: "You may not see everything that is held about them."
    " Ask a supervisor or information governance to do it",
    MergeRefusal.ELSEWHERE: "Another service holds a case of one of them."
    " Speak to that service first",
    MergeRefusal.NEVER_LINK: "Somebody has said that these are two people."
    " That has to be taken back first",
    MergeRefusal.LEGAL_HOLD: "A legal hold stands on one of them, so nothing is moved",
    MergeRefusal.ERASURE: "One of them is being erased, so nothing is moved",
    MergeRefusal.CONSENT: "One of them said no to something that is shared about the"
    " other. End that share first",
    MergeRefusal.BUSY: "A delivery is being received. Try again in a minute",
    MergeRefusal.REASON: "Say how you know",
    MergeRefusal.JOINED_SINCE: "They were joined with somebody else since."
    " Part those first",
    MergeRefusal.SHARE_SINCE: "Something is shared about one of them because the other"
    " agreed. End that share first",
}
WARNED: Mapping[MergeWarning, str] = {
    MergeWarning.SHARED_PHONE: "They have the same phone number, as people of one"
    " household may.",
    MergeWarning.SHARED_ADDRESS: "They have the same address, as partners and family"
    " do.",
    MergeWarning.BIRTHS_DIFFER: "Their dates of birth differ.",
    MergeWarning.MARKS_DIFFER: "What is safe for one is not safe for the other.",
    MergeWarning.NOT_CONFIRMED: "Nothing said about safe contact carries over: each"
    " phone number, e-mail and address has to be confirmed again.",
    MergeWarning.WALLS_DIFFER: "One stands behind walls that the other does not. Every"
    " case of theirs will stand behind all of them.",
    MergeWarning.HOUSEHOLD: "They have been noted as two people who live together.",
    MergeWarning.BARRED: "A member of staff is barred from one of them, and will be"
    " barred from both.",
    MergeWarning.SHARED_CASE: "A case is shared with another service, which goes on.",
    MergeWarning.SAME_CRIME: "Both are in the same crime: they may be two people.",
}
# What is counted for a reader, and as what. The rest follows from these.
COUNTED: Mapping[str, str] = {
    "people.PersonRecord.person": "Records",
    "casework.Case.person": "Cases",
    "casework.Case": "Cases closed",
    "casework.Victimisation.case": "Crimes moved to the case that stays open",
    "assessment.CaseGround.case": "Grounds of enhanced support moved",
    "casework.Task.case": "Tasks moved",
    "code_rights.RightRecord.case": "Rights in hand moved",
    "information_requests.InformationRequest.case": "Requests for records moved",
    "telling.Update.case": "News still to be told moved",
    "journey.Clock.case": "Promises still to be kept moved",
    "consent.ConsentEntry.person": "Lines of consent",
    "casework.Conflict.person": "Conflicts of staff",
    "rights.RightsRequest.person": "Information rights requests",
    "rights.Restriction.person": "Restrictions",
    "rights.Correction.person": "Corrections",
    "linking.ReviewTask.state": "Reviews settled",
    "linking.HouseholdHint.low": "Household notes",
    "casework.Case.worker": "Cases that lose their worker",
}
ASKED: Mapping[str, str] = {
    "casework.Case": "The case that was closed has been worked on since, or another"
    " was opened. It stays as it is now.",
    "casework.Case.tier": "How much support the open case owes has changed since."
    " It stays as it is now.",
    "casework.Case.high_risk": "How the risk of the open case is marked has changed"
    " since. It stays as it is now.",
    "casework.Case.compartments": "The walls around a case have changed since."
    " They stay as they are now.",
    "casework.Victimisation": "A referral has come since. It goes with its case.",
}
ASKED_OTHERWISE = "Something that was moved has changed since. It stays as it is now."


class Refused(DomainError):
    """Something stands against it; the sentence says what, `code` for the trail."""

    def __init__(self, user_message: str | None = None, *, code: str = "") -> None:
        super().__init__(user_message)
        self.code = code


class CannotJoin(Refused):
    """They may not be joined, or not by this actor."""

    user_message = "These two cannot be joined"


class CannotPart(Refused):
    """They may not be parted, or not by this actor."""

    user_message = "These two cannot be parted"


class ChangedSince(DomainError):
    """What joining moved was changed since: somebody has to say that it may stay."""

    user_message = "Something has changed since they were joined"


class SecondFactorNeeded(ProofNeeded):
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

    It is done and undone at once, so that it says exactly what would be. Both are
    opened by name, which is on the trail.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of one of them.
    """
    permissions.check_has(actor, Permission.PERSON_MERGE)
    labels = [_label(person, now) for person in (kept, gone)]
    outcome = merge_people(
        actor=actor, now=now, kept=kept, gone=gone, reason="", only_try=True
    )
    return MergePlan(
        kept=labels[0],
        gone=labels[1],
        moves=_counted(outcome.moves),
        warnings=tuple(WARNED[code] for code in outcome.warnings),
        closing=outcome.closed,
        refusal=_words(outcome.refusal) if outcome.refusal else "",
    )


def merge(*, actor: Actor, now: datetime, kept: UUID, gone: UUID, reason: str) -> UUID:
    """Join `gone` into `kept`; the id of the merge. What the crimes against both raise
    together is proposed at once.

    A refusal of the database is on the trail, in the transaction of whoever calls:
    where that is undone for it, they write it down beside.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of one of them.
        SecondFactorNeeded: a second factor must be given anew.
        CannotJoin: something stands against it; the sentence says what.
    """
    outcome = merge_people(actor=actor, now=now, kept=kept, gone=gone, reason=reason)
    if outcome.refusal is not None:
        _raise(outcome.refusal, CannotJoin)
    if outcome.merge_id is None:
        raise CannotJoin
    person, _ = people.get_person_key(public_id=kept)
    follow_history(actor=actor, now=now, person_ids=[person])
    follow_person(actor=actor, now=now, person_key=person)
    return outcome.merge_id


def plan_unmerge(*, actor: Actor, now: datetime, merge_id: UUID) -> PartPlan:
    """What parting would put back, and what somebody has to agree to first.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no such merge.
    """
    outcome = _part(actor=actor, now=now, merge_id=merge_id, only_try=True)
    if outcome.kept is None or outcome.gone is None:
        raise NotFound("We could not find that: they may be parted already")
    return PartPlan(
        merge_id=merge_id,
        kept=outcome.kept,
        gone=outcome.gone,
        moves=_counted(outcome.moves),
        asks=_asks(outcome),
        refusal=_words(outcome.refusal) if outcome.refusal else "",
    )


def unmerge(
    *,
    actor: Actor,
    now: datetime,
    merge_id: UUID,
    reason: str,
    leave_changed: bool = False,
    never_again: bool = True,
) -> None:
    """Part two people again: every value that joining moved goes back, and what was
    proposed for their being one goes, unless somebody has decided it.

    `leave_changed` says that what was changed since may stay as it is now;
    `never_again` that the two are never to be linked or proposed again.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no such merge.
        SecondFactorNeeded: a second factor must be given anew.
        CannotPart: something stands against it; the sentence says what.
        ChangedSince: something was changed since, and nobody said it may stay.
    """
    outcome = _part(
        actor=actor,
        now=now,
        merge_id=merge_id,
        reason=reason,
        leave_changed=leave_changed,
        never_again=never_again,
    )
    if outcome.refusal is not None:
        _raise(outcome.refusal, CannotPart)
    if outcome.asks and not leave_changed:
        raise ChangedSince(" ".join(_asks(outcome)))
    both = [
        people.get_person_key(public_id=name)[0]
        for name in (outcome.kept, outcome.gone)
        if name is not None
    ]
    follow_history(actor=actor, now=now, person_ids=both, parted=True)
    for person in both:
        follow_person(actor=actor, now=now, person_key=person)


def read_merges(*, actor: Actor, now: datetime, person_id: UUID) -> list[MergeLine]:
    """Every time a person was joined with somebody, newest first.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the person.
    """
    permissions.check_has(actor, Permission.PERSON_MERGE)
    label = _label(person_id, now)
    return joined.list_merges(person_key=label.person_id)


def known_as(*, person_id: UUID) -> UUID | None:
    """By which id a person is known now, where they were joined into another.

    None where they were not, or where there is no such person. Says nothing else.
    """
    known = joined.get_known_as(person_id=person_id)
    return None if known == person_id else known


def _part(
    *,
    actor: Actor,
    now: datetime,
    merge_id: UUID,
    reason: str = "",
    leave_changed: bool = False,
    never_again: bool = False,
    only_try: bool = False,
) -> PartOutcome:
    return unmerge_people(
        actor=actor,
        now=now,
        merge_id=merge_id,
        reason=reason,
        leave_changed=leave_changed,
        never_again=never_again,
        only_try=only_try,
    )


def _label(person_id: UUID, now: datetime) -> PersonLabel:
    key, _ = people.get_person_key(public_id=person_id)
    labels = people.open_labels(person_ids=[key], purpose=PURPOSE, now=now)
    if key not in labels:
        raise NotFound(NOT_FOUND)
    return labels[key]


def _counted(moves: Mapping[str, int]) -> tuple[Moved, ...]:
    return tuple(
        Moved(what=what, count=moves[relation])
        for relation, what in COUNTED.items()
        if moves.get(relation)
    )


def _asks(outcome: PartOutcome) -> tuple[str, ...]:
    sentences = (ASKED.get(relation, ASKED_OTHERWISE) for relation in outcome.asks)
    return tuple(dict.fromkeys(sentences))


def _words(refusal: MergeRefusal) -> str:
    return REFUSED.get(refusal, NOT_FOUND)


def _raise(refusal: MergeRefusal, error: type[CannotJoin | CannotPart]) -> None:
    if refusal is MergeRefusal.ROLE:
        raise NotAllowed
    if refusal is MergeRefusal.UNKNOWN:
        raise NotFound(NOT_FOUND)
    if refusal is MergeRefusal.STALE:
        raise SecondFactorNeeded
    raise error(_words(refusal), code=refusal.value)
