"""What happens in `data/`: stages, events and moves, checked once when the service
starts."""

from collections import defaultdict
from collections.abc import Mapping

from alongside.care.journey.tables.files import read_data
from alongside.care.journey.types import (
    DetailKind,
    DetailRow,
    DutyHolder,
    EventRow,
    JourneyLimit,
    Move,
    OutcomeRow,
    OwnEvent,
    ProgressEvent,
    Stage,
    StagePart,
    StatusRow,
)
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml
from alongside.foundation.reference.tables import OUTCOMES

EVENT_CODES: frozenset[str] = frozenset(ProgressEvent) | frozenset(OwnEvent)
LIMIT_CODES = {
    *("same_news", "same_news_by_hand", "waiting_look", "wish_days"),
    *("reach_days", "never_so_days"),
}
INCIDENTS = frozenset({StagePart.INCIDENT, StagePart.INCIDENT_OVER})

MovesFrom = Mapping[tuple[str, str], tuple[Move, ...]]


def load_stages(text: str) -> tuple[Stage, ...]:
    """Read the stages, in the order in which a matter usually meets them."""
    rows = read_toml(text, "stage", name="stages.toml")
    return read_rows(rows, _stage, key=lambda stage: stage.code)


def load_events(text: str) -> tuple[EventRow, ...]:
    """Read the events: every one that is known, in the order in which they usually
    come."""
    rows = read_toml(text, "event", name="events.toml")
    events = read_rows(rows, _event, key=lambda event: event.code)
    if {event.code for event in events} != EVENT_CODES:
        raise BadDataFile("events.toml: an event has no row, or a row no event")
    return events


def load_moves(text: str, stages: Mapping[str, Stage]) -> MovesFrom:
    """Read where events take a matter, by the event and the stage it finds.

    Refused are two rows for the same, and a way back that does not say why.
    """
    rows = read_toml(text, "move", name="moves.toml")
    found: dict[tuple[str, str], list[Move]] = defaultdict(list)
    for row in rows:
        move = _move(row, stages)
        row.finish()
        for origin in sorted(move.origins):
            if _goes_back(stages, origin, move.to) and not move.again:
                raise row.wrong("again", f"is missing: from {origin} it goes back")
            if any(_clash(move, other) for other in found[move.event, origin]):
                raise row.wrong("from", f"has a row for {origin} already")
            found[move.event, origin].append(move)
    return {key: tuple(moves) for key, moves in found.items()}


def load_details(text: str) -> tuple[DetailRow, ...]:
    """Read what is asked about events, in the order of the form."""
    rows = read_toml(text, "detail", name="details.toml")
    return read_rows(rows, _detail, key=lambda row: (row.code, row.events))


def load_outcomes(text: str) -> dict[str, OutcomeRow]:
    """Read which event each outcome code says."""
    rows = read_toml(text, "outcome", name="outcomes.toml")
    read = read_rows(rows, _outcome, key=lambda row: row.code)
    return {row.code: row for row in read}


def load_statuses(text: str) -> dict[str, StatusRow]:
    """Read which event each status says that takes an outcome back."""
    rows = read_toml(text, "status", name="statuses.toml")
    read = read_rows(rows, _status, key=lambda row: row.code)
    return {row.code: row for row in read}


def load_limits(text: str) -> dict[str, JourneyLimit]:
    """Read the limits: exactly those that are used."""
    rows = read_toml(text, "limit", name="limits.toml")
    limits = {row.code: row for row in read_rows(rows, _limit, key=lambda r: r.code)}
    if limits.keys() != LIMIT_CODES:
        raise BadDataFile("limits.toml: does not hold exactly the limits used")
    return limits


def details_of(event: str) -> tuple[DetailRow, ...]:
    """What is asked about an event, in the order of the form."""
    return tuple(row for row in DETAILS if event in row.events)


def _move(row: Row, stages: Mapping[str, Stage]) -> Move:
    event, field, said = row.text("event"), row.text("field", ""), row.names("said")
    to = row.text("to", "")
    named = row.names("from")
    if event not in EVENT_CODES:
        raise row.wrong("event", "is none that is known")
    if to and to not in stages:
        raise row.wrong("to", "is no stage")
    if bool(field) != bool(said):
        raise row.wrong("field", "and said go together")
    unknown = sorted(named - stages.keys() - set(StagePart))
    if unknown or not named:
        raise row.wrong("from", f"names no stage or part: {unknown}")
    return Move(
        event=event,
        field=field,
        said=said,
        origins=frozenset(
            code for code, stage in stages.items() if {code, stage.part} & named
        ),
        to=to,
        again=row.text("again", ""),
        **row.provenance(),
    )


def _goes_back(stages: Mapping[str, Stage], origin: str, to: str) -> bool:
    """Whether a move goes back. An incident that becomes a crime does not."""
    order = list(stages)
    if not to or (stages[origin].part in INCIDENTS) != (stages[to].part in INCIDENTS):
        return False
    return order.index(to) < order.index(origin)


def _clash(one: Move, other: Move) -> bool:
    return one.field == other.field and (not one.field or bool(one.said & other.said))


def _detail(row: Row) -> DetailRow:
    kind, options = row.one_of("kind", DetailKind), dict(row.table("options"))
    if (kind is DetailKind.CHOICE) != bool(options):
        raise row.wrong("options", "belong to a choice, and a choice has some")
    events = row.names("events")
    if not events or not events <= EVENT_CODES:
        raise row.wrong("events", "names none, or one that is not known")
    return DetailRow(
        code=row.text("code"),
        events=events,
        label=row.text("label"),
        kind=kind,
        options=options,
        needed=row.yes("needed"),
        **row.provenance(),
    )


def _limit(row: Row) -> JourneyLimit:
    return JourneyLimit(
        code=row.text("code"),
        number=row.whole("number"),
        unit=row.text("unit"),
        label=row.text("label"),
        **row.provenance(),
    )


def _outcome(row: Row) -> OutcomeRow:
    code, event = row.text("code"), row.text("event")
    if code not in OUTCOMES or event not in EVENT_CODES:
        raise row.wrong("code", "is no outcome, or its event is none that is known")
    return OutcomeRow(code=code, event=event, **row.provenance())


def _status(row: Row) -> StatusRow:
    event = row.text("event")
    if event not in EVENT_CODES:
        raise row.wrong("event", "is none that is known")
    return StatusRow(code=row.text("code"), event=event, **row.provenance())


def _stage(row: Row) -> Stage:
    return Stage(
        code=row.text("code"),
        part=row.one_of("part", StagePart),
        label=row.text("label"),
        who_tells=row.text("who_tells"),
        meaning=row.text("meaning"),
        **row.provenance(),
    )


def _event(row: Row) -> EventRow:
    return EventRow(
        code=row.text("code"),
        label=row.text("label"),
        who_tells=row.one_of("who_tells", DutyHolder),
        **row.provenance(),
    )


STAGES = {stage.code: stage for stage in load_stages(read_data("stages.toml"))}
EVENTS = {event.code: event for event in load_events(read_data("events.toml"))}
MOVES = load_moves(read_data("moves.toml"), STAGES)
DETAILS = load_details(read_data("details.toml"))
OUTCOME_EVENTS = load_outcomes(read_data("outcomes.toml"))
STATUS_EVENTS = load_statuses(read_data("statuses.toml"))
LIMITS = load_limits(read_data("limits.toml"))
