"""Words read over, written anew, taken back and translated, each in some of its states.

So that the demonstration's readers and its administrator find some to go on with. Done
once.
"""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from alongside.care.telling import queries as telling
from alongside.care.telling.operations.reading import read_over, take_words_back
from alongside.care.telling.operations.words import import_words, start_words
from alongside.care.telling.types import FRAME, FRAME_PARTS, Part, TextKey
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Role
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import AgencyKind
from alongside.walls.context import acting_as

TRANSLATED = Path(__file__).parent / "data" / "words.toml"
WROTE, READ, TOOK_BACK = (timedelta(days=days) for days in (6, 4, 2))
# Read over by two, with all that stands around them; and by one.
BY_TWO = ("charged", "suspect_arrested", "plea_entered", "suspect_bailed")
BY_ONE = ("first_hearing_listed", "sentenced")
FRIGHTENED = ("suspect_bailed", "Somebody rang us in fear: say first what bail is")
VOUCHED = "Ewa Nowak of the translation service read them to me"
OURS = """\
Your first day in court is set.
It is on {on}.
It is at {place}.
You do not have to go, unless somebody asks you to. We can meet you at the door."""


def play_words(*, now: datetime) -> int:
    """Read some words over; how many. None where it was done before."""
    try:
        administrator, supervisor, officer = _desks(now)
    except NotFound:
        return 0
    with acting_as(administrator), transaction.atomic():
        if telling.list_own(area_id=administrator.area_id):
            return 0
        _translate(administrator, now=now - WROTE)
        start_words(
            actor=administrator,
            now=now - WROTE,
            key=_key("first_hearing_listed", Part.STANDARD),
            words=OURS,
        )
    twice = [_key(FRAME, part) for part in FRAME_PARTS]
    twice += [_key(code, Part.STANDARD) for code in BY_TWO]
    once = [_key(code, Part.STANDARD) for code in BY_ONE]
    read = _read(supervisor, [*twice, *once], now=now - READ)
    read += _read(officer, twice, now=now - READ)
    polish = _key("charged", Part.STANDARD, "pl")
    read += _read(supervisor, [polish], now=now - READ)
    with acting_as(supervisor), transaction.atomic():
        code, why = FRIGHTENED
        key = _key(code, Part.STANDARD)
        take_words_back(actor=supervisor, now=now - TOOK_BACK, key=key, why=why)
    return read


def _desks(now: datetime) -> tuple[Actor, Actor, Actor]:
    """The administrator, and the two who read over."""
    kinds = {one.kind: one.agency_id for one in organisations.list_agencies()}
    supervisor, officer = (
        accounts.get_actor_of_role(
            agency_id=kinds[AgencyKind.SERVICE], role=role, now=now
        )
        for role in (Role.SUPERVISOR, Role.INFORMATION_GOVERNANCE)
    )
    administrator = accounts.get_actor_of_role(
        agency_id=kinds[AgencyKind.PLATFORM], role=Role.SYSTEM_ADMINISTRATOR, now=now
    )
    return administrator, supervisor, officer


def _translate(administrator: Actor, *, now: datetime) -> None:
    for language, rows in tomllib.loads(TRANSLATED.read_text("utf-8")).items():
        words = {
            _key(*_named(name), language=language): text for name, text in rows.items()
        }
        import_words(actor=administrator, now=now, words=words)


def _named(name: str) -> tuple[str, Part]:
    code, _, part = name.partition(".")
    return code, Part(part)


def _key(code: str, part: Part, language: str = "en") -> TextKey:
    return TextKey(language=language, code=code, part=part)


def _read(reader: Actor, keys: list[TextKey], *, now: datetime) -> int:
    with acting_as(reader), transaction.atomic():
        library = telling.read_library(area_id=reader.area_id)
        for key in keys:
            text = library.texts[key]
            read_over(
                actor=reader,
                now=now,
                key=key,
                version=text.version,
                digest=text.digest,
                checked_with="" if key.language == "en" else VOUCHED,
            )
    return len(keys)
