"""What a result asks for, what closing asks for, and what outcomes are counted by."""

from collections.abc import Iterator
from pathlib import Path

from alongside.care.assessment.types.filled import (
    AgeBand,
    AskRow,
    Escalation,
    NoExitReason,
    OutcomeLimit,
    OutcomeRow,
    TellWhom,
)
from alongside.care.casework.types import CountsAs
from alongside.care.instruments.tables import INSTRUMENTS
from alongside.care.instruments.types import Risk
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

DATA = Path(__file__).parents[1] / "data"
ASKS_FILE, ESCALATION_FILE = DATA / "asks.toml", DATA / "escalation.toml"
EXITS_FILE, OUTCOMES_FILE = DATA / "exits.toml", DATA / "outcomes.toml"
GROUND = "ground:"  # what proposes a ground of enhanced support begins so
LIMIT_CODES = {"publish_least", "draft_days"}


def load_asks(text: str) -> dict[str, AskRow]:
    """Read what each code that a result asks for means. What the shipped instruments
    ask for must be there."""
    rows = read_toml(text, "ask", name=ASKS_FILE.name)
    found = {row.code: row for row in read_rows(rows, _ask, key=lambda r: r.code)}
    if {ask for ask in _asked() if not ask.startswith(GROUND)} - found.keys():
        raise BadDataFile(f"{ASKS_FILE.name}: an instrument asks for what has no row")
    return found


def load_escalations(text: str) -> tuple[Escalation, ...]:
    """Read when incidents raise a risk. What they ask for must be known."""
    rows = read_toml(text, "escalation", name=ESCALATION_FILE.name)
    found = read_rows(rows, _escalation, key=lambda row: row.instrument)
    for row in found:
        if not set(row.asks) <= ASKS.keys():
            raise BadDataFile(f"{ESCALATION_FILE.name}: asks for what nobody knows")
    return found


def load_exits(text: str) -> dict[str, NoExitReason]:
    """Read why a case may close without scores. No heading of endings is left out,
    and none has two reasons that are put down by themselves."""
    rows = read_toml(text, "reason", name=EXITS_FILE.name)
    found = {row.code: row for row in read_rows(rows, _exit, key=lambda r: r.code)}
    told: list[CountsAs] = []
    for row in found.values():
        told += row.endings if row.by_itself else ()
    if len(told) != len(set(told)):
        raise BadDataFile(f"{EXITS_FILE.name}: two reasons for one ending")
    named = {ending for row in found.values() for ending in row.endings}
    if named != set(CountsAs) - {CountsAs.NOT_KNOWN}:
        raise BadDataFile(f"{EXITS_FILE.name}: an ending has no reason")
    return found


def load_outcomes(text: str) -> dict[str, OutcomeRow]:
    """Read which instruments are counted, in their order."""
    rows = read_toml(text, "outcome", name=OUTCOMES_FILE.name)
    found = read_rows(rows, _outcome, key=lambda row: row.instrument)
    return {row.instrument: row for row in sorted(found, key=lambda row: row.order)}


def load_bands(text: str) -> tuple[AgeBand, ...]:
    """Read the age bands: one after the other, from nought on, the last without end."""
    rows = read_toml(text, "band", name=OUTCOMES_FILE.name)
    found = read_rows(rows, _band, key=lambda row: row.code)
    starts = [0, *(band.below_age for band in found[:-1])]
    if [band.from_age for band in found] != starts or found[-1].below_age is not None:
        raise BadDataFile(f"{OUTCOMES_FILE.name}: the age bands leave a gap")
    return found


def load_limits(text: str) -> dict[str, OutcomeLimit]:
    """Read the numbers that reports go by: exactly those that are used."""
    rows = read_toml(text, "limit", name=OUTCOMES_FILE.name)
    found = {row.code: row for row in read_rows(rows, _limit, key=lambda r: r.code)}
    if found.keys() != LIMIT_CODES:
        raise BadDataFile(f"{OUTCOMES_FILE.name}: not exactly the limits used")
    return found


def _asked() -> Iterator[str]:
    for instrument in INSTRUMENTS.values():
        for score in instrument.scores:
            for band in score.bands:
                yield from band.asks


def _ask(row: Row) -> AskRow:
    return AskRow(
        code=row.text("code"),
        words=row.text("words"),
        task=row.text("task", ""),
        due_days=row.whole("due_days"),
        needs_supervisor=row.yes("needs_supervisor"),
        tells=row.one_of("tells", TellWhom),
        form=row.yes("form"),
        **row.provenance(),
    )


def _escalation(row: Row) -> Escalation:
    return Escalation(
        instrument=row.text("instrument"),
        incidents=row.whole("incidents"),
        days=row.whole("days"),
        raises_to=row.one_of("raises_to", Risk),
        asks=tuple(sorted(row.names("asks"))),
        **row.provenance(),
    )


def _exit(row: Row) -> NoExitReason:
    names = row.names("endings")
    if not names <= {ending.value for ending in CountsAs}:
        raise row.wrong("endings", "names an ending nobody knows")
    return NoExitReason(
        code=row.text("code"),
        label=row.text("label"),
        endings=frozenset(CountsAs(name) for name in names),
        by_itself=row.yes("by_itself"),
        needs_words=row.yes("needs_words"),
        **row.provenance(),
    )


def _outcome(row: Row) -> OutcomeRow:
    return OutcomeRow(
        instrument=row.text("instrument"),
        label=row.text("label"),
        order=row.whole("order"),
        closes=row.yes("closes"),
        **row.provenance(),
    )


def _band(row: Row) -> AgeBand:
    return AgeBand(
        code=row.text("code"),
        label=row.text("label"),
        from_age=row.whole("from_age"),
        below_age=row.whole_or_none("below_age"),
        **row.provenance(),
    )


def _limit(row: Row) -> OutcomeLimit:
    return OutcomeLimit(
        code=row.text("code"),
        number=row.whole("number"),
        label=row.text("label"),
        **row.provenance(),
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


ASKS = load_asks(_text(ASKS_FILE))
ESCALATIONS = load_escalations(_text(ESCALATION_FILE))
EXITS = load_exits(_text(EXITS_FILE))
OUTCOMES = load_outcomes(_text(OUTCOMES_FILE))
AGE_BANDS = load_bands(_text(OUTCOMES_FILE))
LIMITS = load_limits(_text(OUTCOMES_FILE))
