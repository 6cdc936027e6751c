"""Reading words over: that they may be sent, and taking that back."""

from datetime import datetime

from django.db import transaction

from alongside.care.telling.models import WordsReading
from alongside.care.telling.permissions import check_may_read_over
from alongside.care.telling.queries.words import read_library
from alongside.care.telling.rules import Library
from alongside.care.telling.tables import ENGLISH
from alongside.care.telling.types import Text, TextKey
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound

MOST_WORDS = 500


class CannotReadOver(DomainError):
    """How things stand does not allow it. The text says why."""


class VouchingNeeded(DomainError):
    user_message = "Say who made sure that the translation is right"


class WhyTakenBackNeeded(DomainError):
    user_message = "Say what is wrong with these words"


@transaction.atomic
def read_over(
    *,
    actor: Actor,
    now: datetime,
    key: TextKey,
    version: int,
    digest: str,
    checked_with: str = "",
) -> None:
    """Say that one has read these very words, and that they may be sent.

    `digest` is of the words that were shown. `checked_with` says who made sure of a
    translation: a name, or that the reader speaks it.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no such text.
        CannotReadOver: the words changed meanwhile, or the actor wrote or read them.
        VouchingNeeded: nobody vouches for the translation.
    """
    check_may_read_over(actor)
    library, text = _held(actor, key)
    if (text.version, text.digest) != (version, digest):
        raise CannotReadOver("The words have changed since. Read what is here now")
    if text.written_by == actor.user_id:
        raise CannotReadOver("You wrote these words. Somebody else reads them over")
    if any(one.reader == actor.user_id for one in library.live_readings(key)):
        raise CannotReadOver("You have read these words over already")
    if key.language != ENGLISH and not checked_with.strip():
        raise VouchingNeeded
    row = WordsReading.objects.create(
        area_id=actor.area_id,
        agency_id=actor.agency_id,
        language=key.language,
        code=key.code,
        part=key.part,
        version=version,
        digest=digest,
        checked_with=checked_with.strip()[:MOST_WORDS],
        read_by_id=actor.user_id,
        read_at=now,
    )
    _audit(actor, now, AuditAction.WORDS_READ_OVER, row)


@transaction.atomic
def take_words_back(*, actor: Actor, now: datetime, key: TextKey, why: str) -> int:
    """Say that words may not be sent after all; how many had said that they may.

    Nothing leaves by itself in them from this moment, not even what waits out its hold
    (`workflows.send_updates`).

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no such text.
        CannotReadOver: nobody has said that they may be sent.
        WhyTakenBackNeeded: there is no reason.
    """
    check_may_read_over(actor)
    _, text = _held(actor, key)
    if not why.strip():
        raise WhyTakenBackNeeded
    rows = WordsReading.objects.select_for_update().filter(
        area_id=actor.area_id,
        language=key.language,
        code=key.code,
        part=key.part,
        version=text.version,
        taken_back_at=None,
    )
    found = list(rows)
    if not found:
        raise CannotReadOver("Nobody has said that these words may be sent")
    for row in found:
        row.taken_back_at, row.taken_back_by_id = now, actor.user_id
        row.taken_back_why = why.strip()[:MOST_WORDS]
        row.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
        _audit(actor, now, AuditAction.WORDS_TAKEN_BACK, row)
    return len(found)


def _held(actor: Actor, key: TextKey) -> tuple[Library, Text]:
    library = read_library(area_id=actor.area_id)
    text = library.texts.get(key)
    if text is None:
        raise NotFound("There are no such words")
    return library, text


def _audit(actor: Actor, now: datetime, action: AuditAction, row: WordsReading) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="words", public_id=row.public_id),
        purpose=f"{row.language} {row.code}.{row.part} {row.version}",
    )
