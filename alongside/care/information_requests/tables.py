"""Rows of data: who may ask, what a request must say, why it is refused, by when."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from alongside.care.information_requests.types import (
    Deadline,
    DeadlineCode,
    Lack,
    Named,
    Rank,
    Reason,
    RecordKind,
    RequestState,
    Section,
    Step,
    StepBy,
    StepKind,
    Stops,
    Unsaid,
)
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

DATA = Path(__file__).parent / "data"

N = TypeVar("N", bound=Named)


def load_named(
    text: str, table: str, make: Callable[[Row], N], *, name: str
) -> dict[str, N]:
    """Read rows that are a code with its words."""
    rows = read_rows(read_toml(text, table, name=name), make, key=lambda row: row.code)
    return {row.code: row for row in rows}


def load_lacks(text: str) -> dict[str, Lack]:
    """Read what a request must say: every section asks for something."""
    found = load_named(text, "lack", _lack, name="lacks.toml")
    if {row.section for row in found.values()} != set(Section):
        raise BadDataFile("lacks.toml: a section asks for nothing")
    return found


def load_deadlines(text: str) -> dict[DeadlineCode, Deadline]:
    """Read by when something is owed: every deadline has its row."""
    rows = read_rows(
        read_toml(text, "deadline", name="deadlines.toml"),
        _deadline,
        key=lambda row: row.code,
    )
    if {row.code for row in rows} != set(DeadlineCode):
        raise BadDataFile("deadlines.toml: a deadline has no row")
    return {row.code: row for row in rows}


def load_steps(text: str) -> dict[StepKind, Step]:
    """Read what may be done: every step has its row, and every state a way on."""
    rows = read_rows(
        read_toml(text, "step", name="steps.toml"), _step, key=lambda row: row.code
    )
    if {row.code for row in rows} != set(StepKind):
        raise BadDataFile("steps.toml: a step has no row")
    if {state for row in rows for state in row.from_states} != set(RequestState):
        raise BadDataFile("steps.toml: nothing can be done in one of the states")
    return {row.code: row for row in rows}


def _named(row: Row) -> Named:
    return Named(code=row.text("code"), label=row.text("label"), **row.provenance())


def _rank(row: Row) -> Rank:
    return Rank(
        code=row.text("code"),
        label=row.text("label"),
        requests=row.yes("requests"),
        counselling=row.yes("counselling"),
        **row.provenance(),
    )


def _kind(row: Row) -> RecordKind:
    return RecordKind(
        code=row.text("code"),
        label=row.text("label"),
        counselling=row.yes("counselling"),
        **row.provenance(),
    )


def _unsaid(row: Row) -> Unsaid:
    return Unsaid(
        code=row.text("code"),
        label=row.text("label"),
        keep_quiet=row.yes("keep_quiet"),
        **row.provenance(),
    )


def _reason(row: Row) -> Reason:
    return Reason(
        code=row.text("code"),
        label=row.text("label"),
        words=row.text("words"),
        **row.provenance(),
    )


def _lack(row: Row) -> Lack:
    return Lack(
        code=row.text("code"),
        label=row.text("label"),
        section=row.one_of("section", Section),
        words=row.text("words"),
        stops=row.one_of("stops", Stops),
        **row.provenance(),
    )


def _deadline(row: Row) -> Deadline:
    return Deadline(
        code=row.one_of("code", DeadlineCode),
        label=row.text("label"),
        working_days=row.whole("working_days"),
        **row.provenance(),
    )


def _step(row: Row) -> Step:
    states = row.names("from")
    if not states <= set(RequestState):
        raise row.wrong("from", "must name states")
    to = row.text("to", "")
    if to and to not in set(RequestState):
        raise row.wrong("to", "must be a state")
    return Step(
        code=row.one_of("code", StepKind),
        label=row.text("label"),
        from_states=frozenset(RequestState(state) for state in states),
        to=RequestState(to) if to else None,
        by=row.one_of("by", StepBy),
        **row.provenance(),
    )


def _read(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


BODIES = load_named(_read("bodies.toml"), "body", _named, name="bodies.toml")
RANKS = load_named(_read("ranks.toml"), "rank", _rank, name="ranks.toml")
KINDS = load_named(_read("kinds.toml"), "kind", _kind, name="kinds.toml")
UNSAID = load_named(_read("unsaid.toml"), "unsaid", _unsaid, name="unsaid.toml")
REASONS = load_named(_read("reasons.toml"), "reason", _reason, name="reasons.toml")
LACKS = load_lacks(_read("lacks.toml"))
DEADLINES = load_deadlines(_read("deadlines.toml"))
STEPS = load_steps(_read("steps.toml"))


def asks_for_counselling(kinds: tuple[str, ...]) -> bool:
    """Whether any of these kinds of records is counselling information."""
    return any(KINDS[kind].counselling for kind in kinds if kind in KINDS)
