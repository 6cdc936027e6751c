"""Words, ways, reasons, limits and policies in `data/`, checked at the start."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from alongside.care.contact.types import Channel
from alongside.care.journey.rules import HOURS
from alongside.care.journey.tables import EVENTS, NOT_OWED
from alongside.care.telling.tables import words as shipped
from alongside.care.telling.tables.saying import PLACEHOLDERS
from alongside.care.telling.tables.words import OWED, TOLD_RULES
from alongside.care.telling.types import (
    Facts,
    FormRow,
    Frame,
    Kind,
    Language,
    LimitCode,
    Policy,
    Reason,
    Sample,
    TellingLimit,
    Way,
    Wording,
)
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml
from alongside.foundation.lib.provenance import Confidence, Sourced

__all__ = ["OWED", "PLACEHOLDERS", "TOLD_RULES"]

S = TypeVar("S", bound=Sourced)
K = TypeVar("K")

DATA = Path(__file__).parents[1] / "data"
ENGLISH = "en"
YEAR = 12


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


def load_forms(text: str) -> tuple[FormRow, ...]:
    """Read what follows from what somebody said of how they read."""
    return read_rows(
        read_toml(text, "form", name="forms.toml"),
        _form,
        key=lambda row: (row.instrument, row.question, row.answer),
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


def _form(row: Row) -> FormRow:
    return FormRow(
        instrument=row.text("instrument"),
        question=row.text("question"),
        answer=row.text("answer"),
        label=row.text("label"),
        kind=row.one_of("kind", Kind) if row.text("kind", "") else Kind.STANDARD,
        by_hand=row.text("by_hand", ""),
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
    months = tuple(row.text("months", "").split())
    if len(months) not in {0, YEAR}:
        raise row.wrong("months", "must be twelve, or none")
    held, us = row.provenance(), row.text("us", "")
    if (months or us) and held["confidence"] is Confidence.MEMORY:
        raise row.wrong("months", "is from memory: nobody has looked at it")
    return Language(
        code=row.text("code"),
        label=row.text("label"),
        right_to_left=row.yes("right_to_left"),
        months=months,
        us=us,
        **held,
    )


def load_sample(text: str) -> Sample:
    """Read what words are filled with where they are read over."""
    rows = read_rows(
        read_toml(text, "sample", name="sample.toml"), _sample, key=lambda _row: ""
    )
    return rows[0]


def _sample(row: Row) -> Sample:
    return Sample(
        name=row.text("name"),
        happened_on=row.day("date"),
        next_on=row.day("on"),
        facts=Facts(
            reference=row.text("reference"),
            place=row.text("place"),
            who=row.text("who"),
        ),
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
        templates[path.stem] = shipped.load_templates(
            text, name=path.name, never=NEVER_SAID
        )
        frames[path.stem] = shipped.load_frame(text, name=path.name, never=NEVER_SAID)
        shipped.check_whole(templates[path.stem], name=path.name)
    for language, rows in templates.items():
        shipped.check_alike(rows, templates[ENGLISH], name=f"{language}.toml")
    return templates, frames


LIMITS = load_limits(_file("limits.toml"))
FORMS = load_forms(_file("forms.toml"))
WAYS = load_ways(_file("ways.toml"))
DROPPED = load_reasons(_file("dropped.toml"), name="dropped.toml")
FAILED = load_reasons(_file("failed.toml"), name="failed.toml")
LANGUAGES = load_languages(_file("languages.toml"))
POLICIES = load_policies(_file("automatic.toml"))
NEVER_SAID, THINK_ABOUT = shipped.load_never_said(_file("never_said.toml"))
SAMPLE = load_sample(_file("sample.toml"))
TEMPLATES, FRAMES = _by_language()
# What an event says chooses among these; the words are then those of a language.
CASES = {row.code: row for row in TEMPLATES[ENGLISH]}
TEXTS = shipped.texts_of(TEMPLATES, FRAMES)
