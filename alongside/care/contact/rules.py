"""By which channels a person may be reached. No database, no clock."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from alongside.care.contact.types import (
    Channel,
    ChannelFacts,
    ChannelRow,
    Closing,
    OfferedChannel,
    OfferedChannels,
    RefusedChannel,
    RouteEnd,
    Safety,
    Way,
    Ways,
)

DO_NOT_CONTACT = "They are marked as not to be contacted."
MARKED_UNSAFE = "Marked as not safe."
NOT_CONFIRMED = (
    "Came with a record that was linked, and nobody has confirmed that it is theirs."
)
NOT_MARKED_SAFE = (
    "Not marked safe. For domestic abuse, stalking, honour-based, sexual and child"
    " cases a channel nobody has marked safe is treated as unsafe."
)
ENDED = {
    RouteEnd.UNSAFE: "Somebody else answered here. This route is not used again.",
    RouteEnd.NOT_WORKING: "These details do not reach them.",
}


def offered_channels(
    channels: Iterable[ChannelFacts],
    high_risk: bool,
    *,
    rows: Mapping[Channel, ChannelRow],
    do_not_contact: bool = False,
) -> OfferedChannels:
    """The channels that may be used, and those that may not with the reason.

    A channel whose safety nobody knows is refused for a high-risk crime and offered
    with a caution for any other. Nothing overrides a channel marked unsafe. What came
    with a linked record is not offered before a worker confirms it. `rows` are
    `tables.CHANNELS`.
    """
    offered: list[OfferedChannel] = []
    refused: list[RefusedChannel] = []
    for facts in channels:
        row = rows[facts.channel]
        words = _why_refused(facts, row, high_risk, do_not_contact=do_not_contact)
        if words:
            refused.append(RefusedChannel(facts.channel, row.label, words))
        else:
            caution = "" if facts.safety is Safety.SAFE else row.caution
            offered.append(OfferedChannel(facts.channel, row.label, caution))
    return OfferedChannels(tuple(offered), tuple(refused))


def _why_refused(
    facts: ChannelFacts, row: ChannelRow, high_risk: bool, *, do_not_contact: bool
) -> str:
    """Why the channel may not be used, most serious reason first; else empty."""
    unknown_at_risk = high_risk and facts.safety is Safety.NOT_KNOWN
    reasons = (
        (do_not_contact, DO_NOT_CONTACT),
        (facts.ended is not RouteEnd.NO, ENDED.get(facts.ended, "")),
        (facts.safety is Safety.UNSAFE, MARKED_UNSAFE),
        (not facts.exists and facts.unconfirmed, NOT_CONFIRMED),
        (not facts.exists, row.missing),
        (unknown_at_risk, NOT_MARKED_SAFE),
    )
    return next((words for holds, words in reasons if holds), "")


def closing_of(way: Way) -> Closing | None:
    """What closed a way, if anything did.

    A way of which nobody said anything is open: no promise is dropped because nobody
    asked. What was marked not safe is closed until somebody marks it safe; where
    somebody else answered, or it does not reach them, until it is marked safe or a
    newer number or address is known.
    """
    if way.safety is Safety.UNSAFE and way.marked_at is not None:
        return Closing(
            channel=way.channel,
            at=way.marked_at,
            unsafe=True,
            by_force=way.by_force,
            tried=False,
        )
    if way.ended is RouteEnd.NO or way.ended_at is None or _opened(way, way.ended_at):
        return None
    return Closing(
        channel=way.channel,
        at=way.ended_at,
        unsafe=way.ended is RouteEnd.UNSAFE,
        by_force=False,
        tried=True,
    )


def closings_of(known: Ways) -> tuple[Closing, ...]:
    """What closed every way to somebody; none where one is open, where nothing is held
    at all, or where they were spoken with since."""
    closings = [closing_of(way) for way in known.ways]
    closed = tuple(one for one in closings if one is not None)
    if not closed or len(closed) < len(closings):
        return ()
    newest = max(one.at for one in closed)
    if known.reached_at is not None and known.reached_at > newest:
        return ()
    return closed


def way_since(known: Ways, since: datetime) -> bool:
    """Whether a way to them has appeared since: somebody spoke with them, marked a way
    safe, or learned of a number or an address that nothing speaks against."""
    if known.reached_at is not None and known.reached_at > since:
        return True
    return any(closing_of(way) is None and _opened(way, since) for way in known.ways)


def _opened(way: Way, since: datetime) -> bool:
    marked = way.safety is Safety.SAFE and way.marked_at is not None
    return way.held_at > since or (marked and (way.marked_at or since) > since)
