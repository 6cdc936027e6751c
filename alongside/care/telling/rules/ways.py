"""Which ways may be used to tell somebody, and what may leave by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from alongside.care.contact.types import (
    Channel,
    ChannelFacts,
    OfferedChannel,
    OfferedChannels,
    Safety,
)
from alongside.care.telling.types import (
    DraftWords,
    Policy,
    Suits,
    Way,
    WayOffered,
)

NOT_MARKED = (
    "Nobody has marked this safe. What is written goes only where it is marked safe."
)
NOT_HELD = "There is no such way to reach them."


def offer_ways(
    ways: Mapping[Channel, Way],
    *,
    channels: Iterable[ChannelFacts],
    answer: OfferedChannels,
    do_not_contact: str = "",
) -> tuple[WayOffered, ...]:
    """Every way to tell one person, and why it may not be used, where it may not.

    `answer` is what the rules of safe contact offer; what is written asks for more: a
    mark. `do_not_contact` says why they are not to be contacted at all.
    """
    facts = {one.channel: one for one in channels}
    offered = {one.channel: one for one in answer.offered}
    refused = {one.channel: one.words for one in answer.refused}
    return tuple(
        _offer(
            way,
            facts.get(way.code),
            offered.get(way.code),
            refused.get(way.code) or do_not_contact,
        )
        for way in ways.values()
    )


def _offer(
    way: Way, facts: ChannelFacts | None, offered: OfferedChannel | None, refused: str
) -> WayOffered:
    safety = facts.safety if facts else Safety.NOT_KNOWN
    why = refused
    if not why and way.needs_mark and safety is not Safety.SAFE:
        why = NOT_MARKED
    # Nobody keeps the safety of a meeting: only what is written needs to be known.
    if not why and offered is None and way.needs_mark:
        why = NOT_HELD
    return WayOffered(
        way=way,
        safety=safety,
        caution=offered.caution if offered else "",
        refused=why,
    )


def close_leaving(ways: Iterable[WayOffered], refused: str) -> tuple[WayOffered, ...]:
    """The same ways, of which none that leaves by a machine may be used."""
    return tuple(
        replace(one, refused=refused) if one.way.leaves and not one.refused else one
        for one in ways
    )


def is_time(policy: Policy, hour: int) -> bool:
    """Whether anything may leave by itself in this hour of the day in London."""
    return policy.from_hour <= hour < policy.until_hour


def why_by_hand(
    policy: Policy | None,
    *,
    event: str,
    written: DraftWords | None,
    reviewed: bool,
    tier: str,
    high_risk: bool,
    has_warnings: bool,
    age: int | None,
    times: str,
    suits: Suits,
    wanted: WayOffered | None,
) -> str:
    """Why an update does not leave by itself; empty where it may.

    `written` are the words in the person's own language and form, None where there are
    none; `reviewed`, whether enough people have read them over. `age` is None where
    nobody knows it, `times` when they said they may be reached, `suits` what they said
    of how they read. `wanted` is the way by
    which the person asked to be told, None where they did not say.
    """
    reasons = (
        (policy is None or event not in policy.events, "The area sends it by hand."),
        (policy is None or tier not in policy.tiers, "Their support is by hand."),
        (high_risk, "The risk is high."),
        (has_warnings, "A warning stands."),
        (
            policy is None or age is None or age < policy.youngest,
            "They are a child, or nobody knows their age.",
        ),
        (times.strip() != "", "They said when they may be reached."),
        (suits.by_hand != "", suits.by_hand),
        (written is None, "There are no words in their language."),
        (
            written is not None and written.kind is not suits.kind,
            "Nobody has reviewed words in the form they asked for.",
        ),
        (not reviewed, "Nobody has reviewed the words."),
        (wanted is None, "They have not said how they want to be told."),
        (
            wanted is not None and (bool(wanted.refused) or not wanted.way.leaves),
            "What they asked for does not leave by itself.",
        ),
        (
            wanted is not None and wanted.safety is not Safety.SAFE,
            "The channel is not marked safe.",
        ),
    )
    return next((words for holds, words in reasons if holds), "")
