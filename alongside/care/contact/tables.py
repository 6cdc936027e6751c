"""Channels and attempt results in `data/`, checked once when the service starts."""

from pathlib import Path

from alongside.care.contact.types import AttemptResult, Channel, ChannelRow, RouteEnd
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

DATA = Path(__file__).parent / "data"


def load_channels(text: str) -> tuple[ChannelRow, ...]:
    """Read the channels: every one, in the order in which they are offered."""
    rows = read_toml(text, "channel", name="channels.toml")
    channels = read_rows(rows, _channel, key=lambda row: row.code)
    if {row.code for row in channels} != set(Channel):
        raise BadDataFile("channels.toml: a channel has no row")
    return channels


def load_results(text: str) -> tuple[AttemptResult, ...]:
    """Read the results. One that made contact cannot end the route."""
    rows = read_toml(text, "result", name="attempt_results.toml")
    return read_rows(rows, _result, key=lambda row: row.code)


def results_for(channel: Channel) -> tuple[AttemptResult, ...]:
    """What may come of an attempt by that channel, in the order shown."""
    return tuple(row for row in ATTEMPT_RESULTS.values() if channel in row.channels)


def _channel(row: Row) -> ChannelRow:
    return ChannelRow(
        code=row.one_of("code", Channel),
        label=row.text("label"),
        missing=row.text("missing"),
        caution=row.text("caution"),
        **row.provenance(),
    )


def _result(row: Row) -> AttemptResult:
    contact_made = row.yes("contact_made")
    ends_route = row.one_of("ends_route", RouteEnd)
    if contact_made and ends_route is not RouteEnd.NO:
        raise row.wrong("ends_route", "cannot be, where contact was made")
    return AttemptResult(
        code=row.text("code"),
        label=row.text("label"),
        meaning=row.text("meaning"),
        channels=_channels(row),
        contact_made=contact_made,
        ends_route=ends_route,
        needs_next_date=row.yes("needs_next_date"),
        **row.provenance(),
    )


def _channels(row: Row) -> frozenset[Channel]:
    names = row.names("channels")
    if not names or not names <= set(Channel):
        raise row.wrong("channels", "must name channels that exist")
    return frozenset(Channel(name) for name in names)


def _file(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


CHANNELS = {row.code: row for row in load_channels(_file("channels.toml"))}
ATTEMPT_RESULTS = {row.code: row for row in load_results(_file("attempt_results.toml"))}
