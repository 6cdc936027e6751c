"""An area's own words: drafted, put in use once, never changed, taken out of use."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from alongside.care.telling.models import OwnWords
from alongside.care.telling.permissions import check_known, check_may_edit_words
from alongside.care.telling.queries.words import list_problems, read_library
from alongside.care.telling.tables import ENGLISH
from alongside.care.telling.types import (
    FIRST_OWN,
    OwnState,
    Part,
    Problem,
    TextKey,
)
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound


class WordsCannotMove(DomainError):
    """The state of the words does not allow it."""


class WordsSavedSince(DomainError):
    user_message = (
        "Somebody else has saved this draft since you opened it. Your words are kept"
        " below: copy them, open the draft again and put your changes in"
    )


class BadWords(DomainError):
    """Words that cannot be put in use; `problems` says everything that is wrong."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("These words cannot be used yet: mend what is listed")
        self.problems = problems


@transaction.atomic
def start_words(*, actor: Actor, now: datetime, key: TextKey, words: str) -> int:
    """Begin words of the area's own; their version. Nobody gets them yet.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no such text.
        WordsCannotMove: there is a draft already.
    """
    check_may_edit_words(actor)
    check_known(key)
    if _own(actor, key).filter(state=OwnState.DRAFT).exists():
        raise WordsCannotMove("There is a draft of this already. Go on with that one")
    row = _begin(actor, now, key, words)
    _audit(actor, now, AuditAction.WORDS_DRAFTED, row)
    return row.version


@transaction.atomic
def save_words(
    *, actor: Actor, now: datetime, key: TextKey, words: str, saves: int
) -> None:
    """Keep other words in a draft. `saves` is how often it was saved when opened.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no draft.
        WordsSavedSince: somebody saved it in between.
    """
    check_may_edit_words(actor)
    row = _locked(actor, key, OwnState.DRAFT)
    if row.saves != saves:
        raise WordsSavedSince
    row.words, row.saves = _fit(words), saves + 1
    row.save(update_fields=["words", "saves"])
    _audit(actor, now, AuditAction.WORDS_DRAFTED, row)


@transaction.atomic
def publish_words(*, actor: Actor, now: datetime, key: TextKey) -> None:
    """Put a draft in use, in the place of the words so far. Workers are given them from
    now on; nothing leaves by itself in them until enough people have read them.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no draft.
        BadWords: they cannot be used; every problem is named.
    """
    check_may_edit_words(actor)
    row = _locked(actor, key, OwnState.DRAFT)
    problems = tuple(
        one
        for one in list_problems(area_id=actor.area_id, key=key, words=row.words)
        if one.stops
    )
    if problems:
        raise BadWords(problems)
    _put_in_use(actor, now, row)


@transaction.atomic
def retire_words(*, actor: Actor, now: datetime, key: TextKey, draft: bool) -> None:
    """Throw a draft away, or take words out of use. They are kept and never come back;
    what is shipped takes their place, where there is something.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is nothing to take away.
    """
    check_may_edit_words(actor)
    row = _locked(actor, key, OwnState.DRAFT if draft else OwnState.LIVE)
    _retire(actor, now, row)


@transaction.atomic
def import_words(*, actor: Actor, now: datetime, words: Mapping[TextKey, str]) -> int:
    """Put translations in use at once; how many are new. What is the same as before
    stays as it was. They were checked: `rules.translating` says how.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no such text.
        BadWords: some cannot be used.
    """
    check_may_edit_words(actor)
    library = read_library(area_id=actor.area_id)
    changed = 0
    for key, text in words.items():
        check_known(key)
        if key.language == ENGLISH:
            raise NotFound("English words are changed one by one")
        held = library.texts.get(key)
        if held is not None and held.words == _fit(text):
            continue
        draft = _own(actor, key).filter(state=OwnState.DRAFT).first()
        if draft is not None:
            _retire(actor, now, draft)
        _put_in_use(actor, now, _begin(actor, now, key, text))
        changed += 1
    return changed


def _own(actor: Actor, key: TextKey) -> QuerySet[OwnWords]:
    return OwnWords.objects.filter(
        area_id=actor.area_id, language=key.language, code=key.code, part=key.part
    )


def _locked(actor: Actor, key: TextKey, state: OwnState) -> OwnWords:
    row = _own(actor, key).select_for_update().filter(state=state).first()
    if row is None:
        raise NotFound("There are no such words of your own")
    return row


def _begin(actor: Actor, now: datetime, key: TextKey, words: str) -> OwnWords:
    newest = _own(actor, key).aggregate(newest=Max("version"))["newest"]
    return OwnWords.objects.create(
        area_id=actor.area_id,
        agency_id=actor.agency_id,
        language=key.language,
        code=key.code,
        part=key.part,
        version=FIRST_OWN if newest is None else newest + 1,
        words=_fit(words),
        made_by_id=actor.user_id,
        made_at=now,
    )


def _put_in_use(actor: Actor, now: datetime, row: OwnWords) -> None:
    key = TextKey(language=row.language, code=row.code, part=Part(row.part))
    for earlier in _own(actor, key).select_for_update().filter(state=OwnState.LIVE):
        _retire(actor, now, earlier)
    row.state = OwnState.LIVE
    row.published_by_id, row.published_at = actor.user_id, now
    row.save(update_fields=["state", "published_by", "published_at"])
    _audit(actor, now, AuditAction.WORDS_LIVE, row)


def _retire(actor: Actor, now: datetime, row: OwnWords) -> None:
    row.state = OwnState.RETIRED
    row.retired_by_id, row.retired_at = actor.user_id, now
    row.save(update_fields=["state", "retired_by", "retired_at"])
    _audit(actor, now, AuditAction.WORDS_RETIRED, row)


def _fit(words: str) -> str:
    """Words as they are kept: lines end in one way, nothing hangs over."""
    lines = words.replace("\r\n", "\n").replace("\x00", "").strip().split("\n")
    return "\n".join(line.rstrip() for line in lines)


def _audit(actor: Actor, now: datetime, action: AuditAction, row: OwnWords) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="words", public_id=row.public_id),
        purpose=f"{row.language} {row.code}.{row.part} {row.version}",
    )
