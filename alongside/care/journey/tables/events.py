"""The events and stages in `data/`, checked once when the service starts."""

from collections.abc import Mapping
from typing import Any

from alongside.care.journey.tables.files import read_data
from alongside.care.journey.types import DutyHolder, EventRow, ProgressEvent, Stage
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml


def load_stages(text: str) -> tuple[Stage, ...]:
    """Read the stages, in the order in which a matter usually meets them."""
    rows = read_toml(text, "stage", name="stages.toml")
    return read_rows(rows, _stage, key=lambda stage: stage.code)


def load_events(text: str, stages: Mapping[str, Stage]) -> tuple[EventRow, ...]:
    """Read the events: every event of the feed, each with a stage that exists."""
    rows = read_toml(text, "event", name="events.toml")
    events = read_rows(rows, _event, key=lambda event: event.code)
    if {event.code for event in events} != set(ProgressEvent):
        raise BadDataFile("events.toml: an event of the feed has no row")
    for event in events:
        named = {event.stage, *event.detail_stages.values()} - {""}
        if not named <= stages.keys():
            raise BadDataFile(f"events.toml: {event.code} names an unknown stage")
    return events


def _stage(row: Row) -> Stage:
    return Stage(
        code=row.text("code"),
        label=row.text("label"),
        who_tells=row.text("who_tells"),
        meaning=row.text("meaning"),
        **row.provenance(),
    )


def _event(row: Row) -> EventRow:
    stages: Mapping[str, Any] = row.table("detail_stages")
    detail_field = row.text("detail_field", "")
    if bool(detail_field) != bool(stages):
        raise row.wrong("detail_field", "and detail_stages go together")
    return EventRow(
        code=row.one_of("code", ProgressEvent),
        label=row.text("label"),
        stage=row.text("stage", ""),
        who_tells=row.one_of("who_tells", DutyHolder),
        detail_field=detail_field,
        detail_stages={str(said): str(stage) for said, stage in stages.items()},
        **row.provenance(),
    )


STAGES = {stage.code: stage for stage in load_stages(read_data("stages.toml"))}


EVENTS = {event.code: event for event in load_events(read_data("events.toml"), STAGES)}
