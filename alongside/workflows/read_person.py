"""Everything the person page shows, and saying which channels are safe."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.queries import CaseFacts, CrimeLine, HouseholdLine
from alongside.care.casework.types import CaseStatus, Repeat
from alongside.care.contact import queries as contact
from alongside.care.linking.queries import joined
from alongside.care.people import operations, queries
from alongside.care.people.tables import PURPOSES
from alongside.care.people.types import (
    ChannelKind,
    ContactDetail,
    OpenedPerson,
    PersonLabel,
    SafetyState,
)
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.vault import queries as vault
from alongside.foundation.vault.types import HeldDetails
from alongside.workflows.log_contact import (
    ATTEMPTS_LOOKED_AT,
    ChannelView,
    view_channels,
)
from alongside.workflows.out_of_reach import follow_person

PURPOSE = "person page"


class ReasonNeeded(DomainError):
    """The reader's team holds no case of the person, and no reason was given."""

    user_message = "Say why you need to open this person"


class JoinedInto(DomainError):
    """The person turned out to be one with another, under whose id they are now."""

    user_message = "They are held as one with another person now"

    def __init__(self, person_id: UUID) -> None:
        super().__init__()
        self.person_id = person_id


class UnknownReason(DomainError):
    user_message = "Choose why you need to open this person"


class SafetyReasonNeeded(DomainError):
    user_message = "Say how you know, so that the next worker can trust it"


@dataclass(frozen=True, kw_only=True)
class OneContact:
    """One contact point of a person, to be looked at."""

    label: PersonLabel
    contact: ContactDetail


@dataclass(frozen=True, kw_only=True)
class PersonView:
    """One person: what each source said, how to reach them, and their cases."""

    person: OpenedPerson
    channels: ChannelView
    cases: tuple[CaseFacts, ...]
    crimes: tuple[CrimeLine, ...]
    household: tuple[HouseholdLine, ...]
    repeats: tuple[Repeat, ...]
    held: HeldDetails


def read_person(
    *, actor: Actor, now: datetime, person_id: UUID, why: str = ""
) -> PersonView:
    """One person, whole. Eight statements; the look is on the trail.

    `why` is the code of the reason that was given, where one was asked for.

    Raises:
        NotFound: there is no such person that the actor may know of.
        JoinedInto: they were joined with another, whom to look at instead.
        ReasonNeeded: their cases are with other teams, and no reason was given.
    """
    key, shown = queries.get_person_key(public_id=person_id)
    cases = casework.list_person_cases(actor=actor, person_id=key)
    if not cases:
        known = joined.get_known_as(person_id=person_id)
        if known is not None and known != person_id:
            raise JoinedInto(known)
    if not why and cases and not any(_is_ours(actor, case) for case in cases):
        raise ReasonNeeded
    person = queries.open_person(
        person_id=key,
        public_id=person_id,
        shown_record_id=shown,
        purpose=why or PURPOSE,
        now=now,
    )
    working = [case for case in cases if case.status is not CaseStatus.CLOSED]
    attempts = contact.list_attempts(
        case_id=working[0].case_id if working else 0, limit=ATTEMPTS_LOOKED_AT
    )
    return PersonView(
        person=person,
        channels=view_channels(
            person=person,
            attempts_made=attempts,
            high_risk=any(case.high_risk for case in cases),
        ),
        cases=tuple(cases),
        crimes=tuple(casework.list_crimes(case_ids=[case.case_id for case in cases])),
        household=tuple(casework.list_household(person_id=key, now=now)),
        repeats=casework.count_repeats(person_ids=[key], now=now).get(key, ()),
        held=vault.get_held(person_id=person_id),
    )


def _is_ours(actor: Actor, case: CaseFacts) -> bool:
    return case.worker_id == actor.user_id or case.team_id == actor.team_id


@transaction.atomic
def give_reason(
    *, actor: Actor, now: datetime, person_id: UUID, code: str, words: str
) -> None:
    """Put on the trail why somebody is about to be opened. The words stand only there.

    Raises:
        UnknownReason: the reason is none of those that may be chosen, or needs words.
    """
    purpose = PURPOSES.get(code)
    said = words.strip()
    if purpose is None or not purpose.may_choose or purpose.needs_words and not said:
        raise UnknownReason
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.PERSON_ASKED_WHY,
        subject=Subject(kind="person", public_id=person_id, person_ids=(person_id,)),
        purpose=f"{code}: {said}" if said else code,
    )


def read_label(*, actor: Actor, now: datetime, person_id: UUID) -> PersonLabel:
    """The person's name, for the top of a form.

    Raises:
        NotFound: there is no such person that the actor may know of.
    """
    key, _ = queries.get_person_key(public_id=person_id)
    labels = queries.open_labels(person_ids=[key], purpose=PURPOSE, now=now)
    if key not in labels:
        raise NotFound("We could not find that person")
    return labels[key]


def read_household_line(
    *, actor: Actor, now: datetime, person_id: UUID, other_id: UUID
) -> tuple[PersonLabel, HouseholdLine]:
    """The person's name, and the hint that another lives with them.

    Raises:
        NotFound: there is no such hint that the actor may know of.
    """
    label = read_label(actor=actor, now=now, person_id=person_id)
    lines = casework.list_household(person_id=label.person_id, now=now)
    found = [line for line in lines if line.other.public_id == other_id]
    if not found:
        raise NotFound("We could not find that person")
    return label, found[0]


def read_contact(
    *, actor: Actor, now: datetime, person_id: UUID, contact_id: int
) -> OneContact:
    """One contact point of a person. The look is on the trail.

    Raises:
        NotFound: the actor may not know of the person, or it is none of theirs.
    """
    key, shown = queries.get_person_key(public_id=person_id)
    person = queries.open_person(
        person_id=key,
        public_id=person_id,
        shown_record_id=shown,
        purpose="contact",
        now=now,
    )
    for one in person.contacts:
        if one.contact_id == contact_id:
            return OneContact(label=person.label, contact=one)
    raise NotFound("We could not find that contact detail")


@transaction.atomic
def confirm_contact(
    *, actor: Actor, now: datetime, person_id: UUID, contact_id: int, reason: str
) -> None:
    """Say that a contact point that came with a linked record is this person's.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is no contact point of theirs.
        ConfirmReasonNeeded: it does not say how we know.
    """
    operations.confirm_contact(
        actor=actor, now=now, person_id=person_id, contact_id=contact_id, reason=reason
    )
    key, _ = queries.get_person_key(public_id=person_id)
    follow_person(actor=actor, now=now, person_key=key)


@transaction.atomic
def mark_channel(
    *,
    actor: Actor,
    now: datetime,
    person_id: UUID,
    channel: ChannelKind,
    state: SafetyState,
    reason: str,
) -> None:
    """Say that a channel of a person is safe, or is not, and how we know.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the person.
        SafetyReasonNeeded: no reason was given.
    """
    read_label(actor=actor, now=now, person_id=person_id)
    if not reason.strip():
        raise SafetyReasonNeeded
    key, shown = queries.get_person_key(public_id=person_id)
    operations.set_channel_safety(
        actor=actor,
        now=now,
        record_id=shown,
        subject=Subject(kind="person", public_id=person_id, person_ids=(person_id,)),
        channel=channel,
        state=state,
        reason=reason.strip(),
    )
    follow_person(actor=actor, now=now, person_key=key)
