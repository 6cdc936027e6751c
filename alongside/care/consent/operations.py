"""Adding to the ledger. Nothing in it is ever changed."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.care.consent import queries, rules
from alongside.care.consent.models import ConsentEntry
from alongside.care.consent.tables import BASES, GIVING, PURPOSES
from alongside.care.consent.types import BasisCode, EntryKind, Giver, Said, Way
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError
from alongside.foundation.lib.local import local_day


class CannotGive(DomainError):
    """Consent given like this does not count. The text says why."""


class DayImpossible(DomainError):
    """It cannot have been said, or cannot end, on that day."""


class NothingAgreed(DomainError):
    user_message = "Choose what they agreed may be shared"


class UnknownPurpose(DomainError):
    user_message = "Choose what it is for"


class ReasonNeeded(DomainError):
    user_message = "Say why this basis applies, so that somebody can check it later"


class CannotWithdraw(DomainError):
    user_message = "Only what was agreed to can be withdrawn"


@transaction.atomic
def record_consent(
    *,
    actor: Actor,
    now: datetime,
    person_id: int,
    purpose: str,
    recipient_id: int | None,
    fields: int,
    basis: BasisCode,
    said: Said,
    way: Way,
    said_on: date,
    until: datetime | None,
    words: str,
) -> UUID:
    """Write down that somebody agreed to a purpose; the line's public id.

    Raises:
        NotAllowed: the actor may not.
        CannotGive: it does not count: who gave it, or how old the person is.
        DayImpossible, NothingAgreed, UnknownPurpose: it cannot be so.
    """
    if not BASES[basis].is_consent:
        raise CannotGive("This basis is not consent")
    if why := rules.why_may_not_give(said, GIVING):
        raise CannotGive(why)
    if not fields:
        raise NothingAgreed
    if until is not None and until <= now:
        raise DayImpossible("The last day must be a day to come")
    return _add(
        actor,
        now,
        AuditAction.CONSENT_GIVEN,
        _line(EntryKind.GIVEN, person_id, purpose, recipient_id)
        | _who(said, way, said_on, now)
        | {"fields": fields, "basis": basis, "until": until, "words": words.strip()},
    )


@transaction.atomic
def record_refusal(
    *,
    actor: Actor,
    now: datetime,
    person_id: int,
    purpose: str,
    recipient_id: int | None,
    said: Said,
    way: Way,
    said_on: date,
    words: str,
) -> UUID:
    """Write down that somebody said no; what rests on an earlier yes ends with it.

    Raises:
        NotAllowed: the actor may not.
        DayImpossible, UnknownPurpose: it cannot be so.
    """
    return _add(
        actor,
        now,
        AuditAction.CONSENT_REFUSED,
        _line(EntryKind.REFUSED, person_id, purpose, recipient_id)
        | _who(said, way, said_on, now)
        | {"words": words.strip()},
    )


@transaction.atomic
def withdraw_consent(
    *,
    actor: Actor,
    now: datetime,
    person_id: int,
    entry_id: UUID,
    giver: Giver,
    way: Way,
    words: str,
) -> UUID:
    """Write down that a consent is withdrawn. The database closes what rests on it.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the line.
        CannotWithdraw: the line is no consent.
    """
    entry = queries.get_entry(actor=actor, person_id=person_id, public_id=entry_id)
    if entry.kind is not EntryKind.GIVEN:
        raise CannotWithdraw
    line = _line(EntryKind.WITHDRAWN, person_id, entry.purpose, entry.recipient_id)
    return _add(
        actor,
        now,
        AuditAction.CONSENT_WITHDRAWN,
        line
        | {
            "giver": giver,
            "way": way,
            "said_on": local_day(now),
            "words": words.strip(),
            "withdraws_id": entry.entry_id,
        },
    )


@transaction.atomic
def rely_on(
    *,
    actor: Actor,
    now: datetime,
    person_id: int,
    purpose: str,
    recipient_id: int,
    fields: int,
    basis: BasisCode,
    until: datetime | None,
    reason: str,
) -> UUID:
    """Write down that we share on another lawful basis than consent, and why.

    Raises:
        NotAllowed: the actor may not.
        ReasonNeeded, NothingAgreed, UnknownPurpose: something needed is missing.
    """
    if BASES[basis].is_consent or not reason.strip():
        raise ReasonNeeded
    if not fields:
        raise NothingAgreed
    return _add(
        actor,
        now,
        AuditAction.BASIS_RELIED_ON,
        _line(EntryKind.RELIED_ON, person_id, purpose, recipient_id)
        | {
            "fields": fields,
            "basis": basis,
            "until": until,
            "words": reason.strip(),
            "said_on": local_day(now),
        },
    )


def _line(
    kind: EntryKind, person_id: int, purpose: str, recipient_id: int | None
) -> dict[str, object]:
    row = PURPOSES.get(purpose)
    if row is None or (recipient_id is not None and not row.to_others):
        raise UnknownPurpose
    return {
        "kind": kind,
        "person_id": person_id,
        "purpose": purpose,
        "recipient_id": recipient_id,
    }


def _who(said: Said, way: Way, said_on: date, now: datetime) -> dict[str, object]:
    if said_on > local_day(now):
        raise DayImpossible("The day they said it cannot be a day to come")
    return {
        "giver": said.giver,
        "age": said.age,
        "assessed_by": said.assessed_by.strip(),
        "guardian_checked": said.guardian_checked,
        "unsafe_to_ask": said.unsafe_to_ask,
        "way": way,
        "said_on": said_on,
    }


def _add(
    actor: Actor, now: datetime, action: AuditAction, line: dict[str, object]
) -> UUID:
    permissions.check_has(actor, Permission.CASE_WORK)
    blank = {
        "fields": 0,
        "basis": "",
        "way": "",
        "giver": "",
        "words": "",
        "assessed_by": "",
        "guardian_checked": False,
        "unsafe_to_ask": False,
    }
    entry = ConsentEntry.objects.create(
        area_id=actor.area_id,
        agency_id=actor.agency_id,
        recorded_by_id=actor.user_id,
        recorded_at=now,
        **(blank | line),
    )
    public_id: UUID = entry.public_id
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="consent", public_id=public_id),
    )
    return public_id
