"""Templates, ways, reasons, limits and policies in `data/`, checked at the start."""

import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import TypeVar

from alongside.care.contact.types import Channel
from alongside.care.journey.rules import HOURS
from alongside.care.journey.tables import EVENTS, NOT_OWED, RULES
from alongside.care.journey.types import MetBy, ProgressEvent
from alongside.care.telling.types import (
    Facts,
    Frame,
    Kind,
    Language,
    LimitCode,
    Policy,
    Reason,
    TellingLimit,
    Way,
    Wording,
)
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml
from alongside.foundation.lib.provenance import Sourced

S = TypeVar("S", bound=Sourced)
K = TypeVar("K")

DATA = Path(__file__).parent / "data"
ENGLISH = "en"
PLACEHOLDERS = frozenset(field.name for field in fields(Facts))
IN_GREETING = frozenset({"name"})
# The promises that are kept by telling.
TOLD_RULES = sorted({rule.code for rule in RULES if rule.met_by is MetBy.TOLD_ON})
# What somebody is owed to be told of, and all else that a force tells us.
OWED = frozenset(ProgressEvent) | {
    event
    for rule in RULES
    if rule.met_by is MetBy.TOLD_ON
    for event in rule.triggers & EVENTS.keys()
}
# Words that tell whoever else reads them what it is about.
NEVER_SAID = (
    *("victim", "crime", "assault", "rape", "abuse", "stalk", "burglar", "robber"),
    *("murder", "violen", "sexual", "alongside"),
)


def load_templates(text: str, *, name: str) -> tuple[Wording, ...]:
    """Read the words of one language.

    Raises BadDataFile for an event or placeholder nobody knows, or words that tell
    others what it is about.
    """
    return read_rows(
        read_toml(text, "template", name=name), _template, key=lambda row: row.code
    )


def load_frame(text: str, *, name: str) -> Frame:
    """Read what stands around every update of one language."""
    rows = read_rows(
        read_toml(text, "frame", name=name), _frame, key=lambda _row: "frame"
    )
    if len(rows) != 1:
        raise BadDataFile(f"{name}: holds more than one frame")
    return rows[0]


def check_whole(templates: Iterable[Wording], *, name: str) -> None:
    """Refuse a language in which an event has no words for every case of it."""
    general = {row.event for row in templates if not row.when}
    lacking = sorted(OWED - general)
    if lacking:
        raise BadDataFile(f"{name}: {lacking[0]} has no words")


def load_ways(text: str) -> dict[Channel, Way]:
    """Read the ways to tell somebody, in the order in which they are offered."""
    return _keyed(text, "way", "ways.toml", make=_way, key=lambda row: row.code)


def load_reasons(text: str, *, name: str) -> dict[str, Reason]:
    """Read reasons. One that ends promises names a reason that the journey knows."""
    return _keyed(text, "reason", name, make=_reason, key=lambda row: row.code)


def load_limits(text: str) -> dict[LimitCode, TellingLimit]:
    """Read the limits: every one, and no other."""
    found = _keyed(text, "limit", "limits.toml", make=_limit, key=lambda row: row.code)
    if found.keys() != set(LimitCode):
        raise BadDataFile("limits.toml: a limit has no row")
    return found


def load_languages(text: str) -> dict[str, Language]:
    """Read the languages people here are told in."""
    found = _keyed(
        text, "language", "languages.toml", make=_language, key=lambda row: row.code
    )
    if ENGLISH not in found:
        raise BadDataFile("languages.toml: English is missing")
    return found


def load_policies(text: str) -> dict[str, Policy]:
    """Read by area what may leave by itself."""
    return _keyed(
        text, "policy", "automatic.toml", make=_policy, key=lambda row: row.area
    )


def limit(code: LimitCode) -> int:
    """One limit of telling."""
    return LIMITS[code].number


def missing_languages() -> tuple[Language, ...]:
    """The languages without words of their own."""
    return tuple(row for code, row in LANGUAGES.items() if code not in TEMPLATES)


def _keyed(
    text: str,
    table: str,
    name: str,
    *,
    make: Callable[[Row], S],
    key: Callable[[S], K],
) -> dict[K, S]:
    rows = read_rows(read_toml(text, table, name=name), make, key=key)
    return {key(row): row for row in rows}


def _template(row: Row) -> Wording:
    event = row.text("event")
    if event not in EVENTS:
        raise row.wrong("event", "is one that nobody knows")
    return Wording(
        code=row.text("code"),
        event=event,
        when={str(key): str(value) for key, value in row.table("when").items()},
        version=row.whole("version"),
        standard=_words(row, Kind.STANDARD),
        easy_read=_words(row, Kind.EASY_READ),
        reviewed_by=row.text("reviewed_by", ""),
        reviewed_on=row.day_or_none("reviewed_on"),
        **row.provenance(),
    )


def _words(row: Row, key: str) -> str:
    words = row.text(key)
    _check_said(row, key, words)
    _check_places(row, key, words, PLACEHOLDERS)
    if not any(_places(line) <= {"date"} for line in words.splitlines()):
        raise row.wrong(key, "may be left with nothing to say")
    return words


def _frame(row: Row) -> Frame:
    frame = Frame(
        subject=row.text("subject"),
        greeting=row.text("greeting"),
        sign_off=row.text("sign_off"),
        **row.provenance(),
    )
    _check_said(row, "subject", frame.subject)
    _check_places(row, "subject", frame.subject, frozenset())
    _check_places(row, "greeting", frame.greeting, IN_GREETING)
    _check_places(row, "sign_off", frame.sign_off, PLACEHOLDERS)
    return frame


def _places(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def _check_places(row: Row, key: str, words: str, known: frozenset[str]) -> None:
    try:
        unknown = sorted(_places(words) - known)
    except ValueError:
        raise row.wrong(key, "has a bracket that does not close") from None
    if unknown:
        raise row.wrong(key, f"has the placeholder {unknown[0]}, which nobody knows")


def _check_said(row: Row, key: str, words: str) -> None:
    for said in NEVER_SAID:
        if said in words.lower():
            raise row.wrong(key, f"says “{said}”, which others may read")


def _way(row: Row) -> Way:
    return Way(
        code=row.one_of("code", Channel),
        label=row.text("label"),
        done=row.text("done"),
        leaves=row.yes("leaves"),
        needs_mark=row.yes("needs_mark"),
        **row.provenance(),
    )


def _reason(row: Row) -> Reason:
    not_owed = row.text("not_owed", "")
    if not_owed and not_owed not in NOT_OWED:
        raise row.wrong("not_owed", "is a reason that nobody knows")
    return Reason(
        code=row.text("code"),
        label=row.text("label"),
        not_owed=not_owed,
        **row.provenance(),
    )


def _limit(row: Row) -> TellingLimit:
    return TellingLimit(
        code=row.one_of("code", LimitCode),
        number=row.whole("number"),
        meaning=row.text("meaning"),
        **row.provenance(),
    )


def _language(row: Row) -> Language:
    return Language(
        code=row.text("code"),
        label=row.text("label"),
        right_to_left=row.yes("right_to_left"),
        **row.provenance(),
    )


def _policy(row: Row) -> Policy:
    events = row.names("events")
    if not events <= set(EVENTS):
        raise row.wrong("events", "names an event that nobody knows")
    hours = row.whole("from_hour"), row.whole("until_hour")
    if not 0 <= hours[0] < hours[1] <= HOURS:
        raise row.wrong("from_hour", "must come before until_hour, in one day")
    return Policy(
        area=row.text("area"),
        events=events,
        tiers=row.names("tiers"),
        from_hour=hours[0],
        until_hour=hours[1],
        youngest=row.whole("youngest"),
        **row.provenance(),
    )


def _file(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


def _by_language() -> tuple[Mapping[str, tuple[Wording, ...]], Mapping[str, Frame]]:
    templates: dict[str, tuple[Wording, ...]] = {}
    frames: dict[str, Frame] = {}
    for path in sorted((DATA / "words").glob("*.toml")):
        if path.stem not in LANGUAGES:
            raise BadDataFile(f"{path.name}: is in no language of languages.toml")
        text = path.read_text(encoding="utf-8")
        templates[path.stem] = load_templates(text, name=path.name)
        frames[path.stem] = load_frame(text, name=path.name)
        check_whole(templates[path.stem], name=path.name)
    return templates, frames


LIMITS = load_limits(_file("limits.toml"))
WAYS = load_ways(_file("ways.toml"))
DROPPED = load_reasons(_file("dropped.toml"), name="dropped.toml")
FAILED = load_reasons(_file("failed.toml"), name="failed.toml")
LANGUAGES = load_languages(_file("languages.toml"))
POLICIES = load_policies(_file("automatic.toml"))
TEMPLATES, FRAMES = _by_language()
