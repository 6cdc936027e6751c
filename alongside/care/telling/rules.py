"""Which words an event gets, which ways may be used, and what may leave by itself.

No database and no clock.
"""

import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from alongside.care.contact.types import (
    Channel,
    ChannelFacts,
    OfferedChannel,
    OfferedChannels,
    Safety,
)
from alongside.care.telling.types import (
    DraftWords,
    Facts,
    Frame,
    Kind,
    Policy,
    Way,
    WayOffered,
    Wording,
)

# Characters of a text message and of each part of a longer one: in the alphabet of
# phones (GSM 03.38) and in any other.
ONE_PLAIN, PART_PLAIN = 160, 153
ONE_OTHER, PART_OTHER = 70, 67
PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWICE = frozenset("^{}\\[~]|€")

NOT_MARKED = (
    "Nobody has marked this safe. What is written goes only where it is marked safe."
)
NOT_HELD = "There is no such way to reach them."


def choose_template(
    templates: Iterable[Wording], event: str, detail: Mapping[str, object]
) -> Wording | None:
    """The words for what an event says: those that ask for most of what fits."""
    said = {key: _said(value) for key, value in detail.items()}
    fitting = [
        row
        for row in templates
        if row.event == event and row.when.items() <= said.items()
    ]
    return max(fitting, key=lambda row: len(row.when), default=None)


def _said(value: object) -> str:
    return str(value).strip().lower().replace(" ", "_")


def fill(words: str, facts: Facts) -> str:
    """The words with what is known. A line that needs what nobody knows is left out."""
    known = asdict(facts)
    return "\n".join(
        line.format_map(known)
        for line in words.splitlines()
        if all(known.get(name) for name in _places(line))
    )


def _places(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def draft(
    templates: Mapping[str, Sequence[Wording]],
    *,
    event: str,
    detail: Mapping[str, object],
    facts: Facts,
    kind: Kind,
    language: str,
) -> DraftWords | None:
    """The update for an event in one language; None where it has no words."""
    chosen = choose_template(templates.get(language, ()), event, detail)
    if chosen is None:
        return None
    return DraftWords(
        template=chosen.code,
        version=chosen.version,
        kind=kind,
        language=language,
        words=fill(chosen.words(kind), facts),
    )


def whole(words: str, *, frame: Frame, name: str, facts: Facts) -> str:
    """What the person reads: greeting, words, and who to ask.

    `name` is what they are called; without one there is no greeting.
    """
    greeting = frame.greeting.format(name=name) if name.strip() else ""
    parts = (greeting, words.strip(), fill(frame.sign_off, facts))
    return "\n\n".join(part for part in parts if part)


def text_parts(words: str) -> int:
    """How many parts a text message has; each is charged and may arrive apart.

    Lengths as in GSM 03.38 and 03.40: a letter outside the phones' own alphabet
    makes every part of the message shorter.
    """
    if all(letter in PLAIN or letter in TWICE for letter in words):
        length = len(words) + sum(letter in TWICE for letter in words)
        one, part = ONE_PLAIN, PART_PLAIN
    else:
        length = len(words.encode("utf-16-le")) // 2
        one, part = ONE_OTHER, PART_OTHER
    return 1 if length <= one else -(-length // part)


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


def is_time(policy: Policy, hour: int) -> bool:
    """Whether anything may leave by itself in this hour of the day in London."""
    return policy.from_hour <= hour < policy.until_hour


def why_by_hand(
    policy: Policy | None,
    *,
    event: str,
    template: Wording | None,
    tier: str,
    high_risk: bool,
    has_warnings: bool,
    age: int | None,
    times: str,
    wanted: WayOffered | None,
) -> str:
    """Why an update does not leave by itself; empty where it may.

    `age` is None where nobody knows it, `times` when they said they may be reached.
    `wanted` is the way by which the person asked to be told, None where they did not
    say.
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
        (template is None, "There are no words in their language."),
        (
            template is not None and template.reviewed_on is None,
            "Nobody has reviewed the words.",
        ),
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
