"""Requests for people's records, as a page: rows of data and steps."""

from collections.abc import Iterable, Mapping

from alongside.care.information_requests.tables import (
    BODIES,
    DEADLINES,
    KINDS,
    LACKS,
    RANKS,
    REASONS,
    STEPS,
    UNSAID,
)
from alongside.care.information_requests.types import Named, RequestState, Stops
from scripts.docs import PROVENANCE, page, provenance, table, words

ABOUT = (
    "The police, or another authorised body, ask for what we hold about a person. Who"
    " may ask, what a request must say, by when it is answered, what may be done and"
    " why records are not given. The rows are in"
    " `alongside/care/information_requests/data/`."
)
STOPS = {
    Stops.ALL: "nothing is given without it",
    Stops.COUNSELLING: "counselling notes are not given without it",
    Stops.VIEWS: "ours to ask; nothing is given before",
}
# What follows from what a request lacks or what was decided, not from a step alone.
FOLLOWS = (
    "    [*] --> waiting: Something is missing",
    "    [*] --> open: It says everything it must",
    "    waiting --> open: It says everything it must",
    "    open --> waiting: Something is missing",
    "    prepared --> open: Sent back to be prepared again",
    "    decided --> open: Decision taken back before it was sent",
    "    decided --> answered: Answer sent",
    "    decided --> refused: Answer sent, nothing given",
)


def information_requests_page() -> str:
    """Every table of rows, and the way of a request as a picture."""
    return page(
        "Requests for records",
        ABOUT,
        _part("Who may ask", ("body",), _named(BODIES)),
        _part("Kinds of records", ("kind", "counselling"), _kinds()),
        _part("What a request must say", ("what", "says", "stops"), _lacks()),
        _part("Whose approval counts", ("rank", "requests", "counselling"), _ranks()),
        _part("Why somebody was not told", ("why", "nobody may tell them"), _unsaid()),
        _part("By when", ("what", "working days"), _deadlines()),
        f"## What may be done\n\n{_picture()}",
        table(("step", "from", "to", "by", *PROVENANCE), _steps()),
        _part("Why records are not given", ("why", "the answer says"), _reasons()),
    )


def _part(title: str, head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    return f"## {title}\n\n{table((*head, *PROVENANCE), rows)}"


def _named(rows: Mapping[str, Named]) -> Iterable[tuple[object, ...]]:
    return ((row.label, *provenance(row)) for row in rows.values())


def _yes(value: bool) -> str:
    return "yes" if value else ""


def _kinds() -> Iterable[tuple[object, ...]]:
    for row in KINDS.values():
        yield (row.label, _yes(row.counselling), *provenance(row))


def _lacks() -> Iterable[tuple[object, ...]]:
    for row in LACKS.values():
        yield (row.label, row.words, STOPS[row.stops], *provenance(row))


def _ranks() -> Iterable[tuple[object, ...]]:
    for row in RANKS.values():
        enough = (_yes(row.requests), _yes(row.counselling))
        yield (row.label, *enough, *provenance(row))


def _unsaid() -> Iterable[tuple[object, ...]]:
    for row in UNSAID.values():
        yield (row.label, _yes(row.keep_quiet), *provenance(row))


def _deadlines() -> Iterable[tuple[object, ...]]:
    for row in DEADLINES.values():
        yield (row.label, row.working_days, *provenance(row))


def _reasons() -> Iterable[tuple[object, ...]]:
    for row in REASONS.values():
        yield (row.label, row.words, *provenance(row))


def _steps() -> Iterable[tuple[object, ...]]:
    for row in STEPS.values():
        states = ", ".join(one for one in RequestState if one in row.from_states)
        yield (row.label, states, row.to or "", words(row.by), *provenance(row))


def _picture() -> str:
    """The states, and the steps from one to another."""
    arrows = [
        f"    {start} --> {row.to}: {row.label}"
        for row in STEPS.values()
        for start in RequestState
        if row.to and start in row.from_states
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", *FOLLOWS, *arrows, "```"])
