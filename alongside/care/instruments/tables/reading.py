"""From a written instrument to one that can be asked."""

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.care.instruments.tables.checking import check_instrument
from alongside.care.instruments.tables.limits import LIMITS
from alongside.care.instruments.tables.parts import Part
from alongside.care.instruments.types import (
    BadInstrument,
    Band,
    Condition,
    Counting,
    Holds,
    Instrument,
    Moment,
    Option,
    Problem,
    Question,
    QuestionKind,
    Risk,
    Score,
    Section,
)
from alongside.foundation.lib.provenance import Confidence

SYNTAX = "this line cannot be read"


def parse_instrument(text: str) -> Instrument:
    """Read and check an instrument written as TOML.

    Raises:
        BadInstrument: with every problem that was found, each saying where.
    """
    most = LIMITS["document_length"].number
    if len(text) > most:
        raise BadInstrument((Problem("", f"this is longer than {most} characters"),))
    try:
        raw = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise BadInstrument((_syntax(str(error)),)) from None
    except RecursionError:
        raise BadInstrument((Problem("", "this is nested too deeply"),)) from None
    return read_instrument(raw)


def read_instrument(raw: Mapping[str, Any]) -> Instrument:
    """Read and check an instrument: tables, lists and values as in the files shipped.

    Raises:
        BadInstrument: with every problem that was found, each saying where.
    """
    found: list[Problem] = []
    top = Part("", raw, found)
    instrument = _instrument(top, _lists(top))
    top.finish()
    if not found:
        found.extend(check_instrument(instrument))
    if found:
        raise BadInstrument(tuple(found))
    return instrument


def _syntax(said: str) -> Problem:
    words, _, place = said.rpartition(" (at ")
    where = place.removesuffix(")")
    if not words:
        return Problem("", f"{SYNTAX}: {said}")
    return Problem(where, f"{SYNTAX}: {words[:1].lower()}{words[1:]}")


def _lists(top: Part) -> dict[str, Any]:
    """Lists of options that several questions share, by name."""
    if "confidence" not in top.values:
        top.wrong("confidence is missing")
    lists = top.take_raw("lists")
    if lists is None:
        return {}
    if not isinstance(lists, dict):
        top.wrong("lists must be lists of options by name")
        return {}
    return lists


def _instrument(top: Part, lists: Mapping[str, Any]) -> Instrument:
    return Instrument(
        code=top.code(),
        version=top.needed_whole("version"),
        title=top.text("title"),
        purpose=top.text("purpose"),
        source=top.text("source"),
        licence=top.text("licence"),
        confidence=top.one_of("confidence", Confidence, default=Confidence.LOCAL),
        in_force=top.day("in_force"),
        sections=tuple(_section(one, lists) for one in top.parts("section", "section")),
        scores=tuple(_score(one) for one in top.parts("score", "score")),
        who=top.codes("who"),
        moments=_moments(top),
        review_days=top.whole("review_days"),
        below_age=top.whole("below_age"),
        from_age=top.whole("from_age"),
        needs_licensed_text=top.yes("needs_licensed_text"),
        judgement=top.yes("judgement"),
        limits=top.numbers("limits"),
    )


def _moments(top: Part) -> tuple[Moment, ...]:
    codes = top.codes("moments")
    if set(codes) - set(Moment):
        top.wrong(f"moments must be some of: {', '.join(Moment)}")
        return (Moment.ANY,)
    return tuple(map(Moment, codes)) or (Moment.ANY,)


def _section(part: Part, lists: Mapping[str, Any]) -> Section:
    made = Section(
        code=part.code(),
        heading=part.text("heading"),
        help=part.text("help", needed=False),
        questions=tuple(
            _question(one, lists) for one in part.parts("question", "question")
        ),
    )
    part.finish()
    return made


def _question(part: Part, lists: Mapping[str, Any]) -> Question:
    if "kind" not in part.values:
        part.wrong("kind is missing")
    made = Question(
        code=part.code(),
        kind=part.one_of("kind", QuestionKind, default=QuestionKind.TEXT),
        words=part.text("words"),
        help=part.text("help", needed=False),
        options=_options(part, lists),
        rows=tuple(_option(one) for one in part.parts("rows", "row")),
        least=part.whole("least"),
        most=part.whole("most"),
        least_words=part.text("least_words", needed=False),
        most_words=part.text("most_words", needed=False),
        required=part.yes("required"),
        show_if=tuple(_condition(one) for one in part.parts("show_if", "condition")),
    )
    part.finish()
    return made


def _options(part: Part, lists: Mapping[str, Any]) -> tuple[Option, ...]:
    value = part.take_raw("options")
    if isinstance(value, str):
        if value not in lists:
            part.wrong(f"options names a list that is not there: {value}")
            return ()
        value = lists[value]
    return tuple(_option(one) for one in part.listed("options", value, "option"))


def _option(part: Part) -> Option:
    made = Option(
        code=part.code(),
        words=part.text("words"),
        score=part.whole("score") or 0,
        exclusive=part.yes("exclusive"),
    )
    part.finish()
    return made


def _condition(part: Part) -> Condition:
    value = part.take_raw("value")
    made = Condition(
        question=part.code("question"),
        holds=part.one_of("holds", Holds, default=Holds.IS),
        value=_plain(part, value),
    )
    part.finish()
    return made


def _plain(part: Part, value: Any) -> Any:
    """As answers are kept: days as text, several codes as a tuple."""
    if isinstance(value, list):
        return tuple(_plain(part, one) for one in value)
    if isinstance(value, date):
        return value.isoformat()
    if value is not None and (
        isinstance(value, bool) or not isinstance(value, str | int)
    ):
        part.wrong("value must be a code, a whole number or a day")
        return None
    return value


def _score(part: Part) -> Score:
    if "counting" not in part.values:
        part.wrong("counting is missing")
    made = Score(
        code=part.code(),
        words=part.text("words"),
        counting=part.one_of("counting", Counting, default=Counting.EACH),
        questions=part.codes("questions"),
        counted=part.codes("counted"),
        weights=part.numbers("weights"),
        bands=tuple(_band(one) for one in part.parts("band", "band")),
        better=part.text("better", needed=False),
    )
    part.finish()
    return made


def _band(part: Part) -> Band:
    made = Band(
        code=part.code(),
        words=part.text("words"),
        at_least=part.needed_whole("at_least"),
        up_to=part.whole("up_to"),
        risk=part.one_of("risk", Risk, default=Risk.NONE),
        review_days=part.whole("review_days"),
        asks=part.codes("asks"),
    )
    part.finish()
    return made
