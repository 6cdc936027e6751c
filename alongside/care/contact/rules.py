"""By which channels a person may be reached. No database, no clock."""

from collections.abc import Iterable, Mapping

from alongside.care.contact.types import (
    Channel,
    ChannelFacts,
    ChannelRow,
    OfferedChannel,
    OfferedChannels,
    RefusedChannel,
    RouteEnd,
    Safety,
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
