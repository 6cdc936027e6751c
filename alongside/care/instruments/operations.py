"""Making an area's own versions of instruments, putting them in use, retiring them."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from alongside.care.instruments.models import InstrumentVersion
from alongside.care.instruments.rules.keeping import check_kept, number_anew
from alongside.care.instruments.tables import latest
from alongside.care.instruments.tables.limits import LIMITS
from alongside.care.instruments.tables.parts import CODE, CODE_WORDS
from alongside.care.instruments.tables.reading import parse_instrument
from alongside.care.instruments.types import (
    FIRST_OWN,
    BadInstrument,
    Instrument,
    InstrumentState,
)
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.foundation.lib.local import local_day


class CannotMove(DomainError):
    """The state of the version does not allow it."""


class SavedSince(DomainError):
    user_message = (
        "Somebody else has saved this draft since you opened it. Your text is kept"
        " below: copy it, open the draft again and put your changes in"
    )


class BadText(DomainError):
    """What is to be kept as a draft cannot be. The text says why."""


@transaction.atomic
def start_draft(*, actor: Actor, now: datetime, code: str, text: str) -> int:
    """Begin a version of the area's own; its number. It may not be usable yet.

    Raises:
        NotAllowed: the actor may not.
        CannotMove: the area has a draft of this instrument already.
        BadText: the code is none, or the text is too long.
    """
    _check_keeper(actor)
    if not CODE.fullmatch(code):
        raise BadText(f"The code {CODE_WORDS}")
    mine = InstrumentVersion.objects.filter(area_id=actor.area_id, code=code)
    if mine.filter(state=InstrumentState.DRAFT).exists():
        raise CannotMove("There is a draft of this already. Go on with that one")
    newest = mine.aggregate(newest=Max("version"))["newest"]
    version = FIRST_OWN if newest is None else newest + 1
    made = InstrumentVersion.objects.create(
        area_id=actor.area_id,
        agency_id=actor.agency_id,
        code=code,
        version=version,
        text=_fit(number_anew(text, version)),
        made_by_id=actor.user_id,
        made_at=now,
    )
    _audit(actor, now, AuditAction.INSTRUMENT_DRAFTED, made)
    return version


@transaction.atomic
def save_draft(
    *, actor: Actor, now: datetime, code: str, version: int, text: str, saves: int
) -> None:
    """Keep another text of a draft. `saves` is how often it was saved when opened.

    Raises:
        NotAllowed, NotFound, CannotMove: the actor may not, or it is no draft.
        SavedSince: somebody saved it in between.
        BadText: it is too long.
    """
    row = _kept(actor, code, version)
    _must_be(row, InstrumentState.DRAFT)
    if row.saves != saves:
        raise SavedSince
    row.text, row.saves = _fit(text), saves + 1
    row.save(update_fields=["text", "saves"])
    _audit(actor, now, AuditAction.INSTRUMENT_DRAFTED, row)


@transaction.atomic
def publish(*, actor: Actor, now: datetime, code: str, version: int) -> Instrument:
    """Put a draft in use from now on, in the place of the version in use so far.

    What was answered with the earlier one keeps it.

    Raises:
        NotAllowed, NotFound, CannotMove: the actor may not, or it is no draft.
        BadInstrument: it cannot be used; every problem says where.
    """
    row = _kept(actor, code, version)
    _must_be(row, InstrumentState.DRAFT)
    instrument = _usable(row, now)
    for earlier in InstrumentVersion.objects.select_for_update().filter(
        area_id=actor.area_id, code=code, state=InstrumentState.LIVE
    ):
        _retire(earlier, actor, now)
    row.state = InstrumentState.LIVE
    row.published_by_id, row.published_at = actor.user_id, now
    row.save(update_fields=["state", "published_by", "published_at"])
    _audit(actor, now, AuditAction.INSTRUMENT_LIVE, row)
    return instrument


@transaction.atomic
def retire(*, actor: Actor, now: datetime, code: str, version: int) -> None:
    """Take a version out of use, or throw a draft away. It is kept and never comes
    back; a version that is shipped takes its place, where there is one.

    Raises:
        NotAllowed, NotFound, CannotMove: the actor may not, or it is retired.
    """
    row = _kept(actor, code, version)
    _must_be(row, InstrumentState.DRAFT, InstrumentState.LIVE)
    _retire(row, actor, now)


def _usable(row: InstrumentVersion, now: datetime) -> Instrument:
    instrument = parse_instrument(row.text)
    today = local_day(now)
    found = check_kept(
        instrument,
        code=row.code,
        version=row.version,
        shipped=latest(row.code, today),
        today=today,
    )
    if found:
        raise BadInstrument(found)
    return instrument


def _retire(row: InstrumentVersion, actor: Actor, now: datetime) -> None:
    row.state = InstrumentState.RETIRED
    row.retired_by_id, row.retired_at = actor.user_id, now
    row.save(update_fields=["state", "retired_by", "retired_at"])
    _audit(actor, now, AuditAction.INSTRUMENT_RETIRED, row)


def _kept(actor: Actor, code: str, version: int) -> InstrumentVersion:
    _check_keeper(actor)
    found = (
        InstrumentVersion.objects.select_for_update()
        .filter(area_id=actor.area_id, code=code, version=version)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def _check_keeper(actor: Actor) -> None:
    permissions.check_has(actor, Permission.INSTRUMENT_EDIT)
    if actor.for_provider:
        raise NotAllowed


def _must_be(row: InstrumentVersion, *states: InstrumentState) -> None:
    if row.state not in states:
        raise CannotMove("It is published, so it is never changed. Make a new version")


def _fit(text: str) -> str:
    most = LIMITS["document_length"].number
    if len(text) > most or "\x00" in text:
        raise BadText(f"The text must have {most} characters or fewer")
    return text.replace("\r\n", "\n")


def _audit(
    actor: Actor, now: datetime, action: AuditAction, row: InstrumentVersion
) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="instrument", public_id=row.public_id),
        purpose=f"{row.code} {row.version}",
    )
