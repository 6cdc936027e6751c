"""What the pages about a force's feed show."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from alongside.care.intake.queries import DeliverySummary
from alongside.care.intake.tables import HOLDS
from alongside.care.intake.types import Code, DeliveryKind, DeliveryState, Fate
from alongside.web.components.base import EmptyState, Link, Tag, Tone
from alongside.web.components.feed import Pattern, ShareBar, SharePart
from alongside.web.components.lists import Pager
from alongside.web.words import say_count, say_moment, say_share
from alongside.workflows.read_feed import FeedPage, Force

DAY, HOUR = 86_400, 3_600

KINDS = {
    DeliveryKind.REFERRALS: "Referrals",
    DeliveryKind.PROGRESS: "Progress messages",
}
STATES = {
    DeliveryState.RECEIVED: Tag(text="Being received", tone=Tone.INFO),
    DeliveryState.REFUSED: Tag(text="Refused", tone=Tone.LATE),
}
FATES = {
    Fate.ACCEPTED: ("Accepted", Pattern.PLAIN),
    Fate.HELD: ("Held", Pattern.STRIPED),
    Fate.REJECTED: ("Rejected", Pattern.DOTTED),
}
# The codes that are no reason to hold; those have their words in the tables.
CODES = {
    Code.CREATED: "New",
    Code.UPDATED: "Changed",
    Code.UNCHANGED: "Nothing new in it",
    Code.WITHDRAWN: "Withdrawn by the force",
    Code.BAD_ROW: "Could not be read",
    Code.STALE: "Older than what we have",
    Code.UNKNOWN_RECORD: "About a record we do not have",
    Code.WAITING_FOR_REFERRAL: "Waits for the referral of its crime",
}
NOTHING_SENT = EmptyState(
    heading="Nothing has been received yet",
    text="When the force sends a file, what became of each row will be shown here.",
)


@dataclass(frozen=True, kw_only=True)
class DeliveryCard:
    """One delivery in the list. `bar` is missing where nothing of it was kept."""

    name: str
    href: str
    kind: str
    received: str
    tag: Tag | None
    bar: ShareBar | None
    workable: str
    slowest: str
    refusal: str


@dataclass(frozen=True, kw_only=True)
class FeedsPage:
    """The forces whose feeds may be seen."""

    title: str
    feeds: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class FeedPageShown:
    """A force's deliveries, newest first."""

    title: str
    heading: str
    count: str
    cards: tuple[DeliveryCard, ...]
    empty: EmptyState
    export: str
    pager: Pager | None


def say_code(code: str) -> str:
    """A fate's code in a few words."""
    known = Code(code)
    return HOLDS[known].label if known in HOLDS else CODES[known]


def say_delay(seconds: int | None) -> str:
    """A delay in whole days, or hours where it is less than one; empty for none."""
    if seconds is None:
        return ""
    if seconds >= DAY:
        return say_count(seconds // DAY, "day")
    return say_count(seconds // HOUR, "hour") if seconds >= HOUR else "Under an hour"


def share_bar(summary: DeliverySummary, *, key: str) -> ShareBar:
    """What became of a delivery's rows, as a bar and in words."""
    counts: Mapping[Fate, int] = {
        Fate.ACCEPTED: summary.accepted,
        Fate.HELD: summary.held,
        Fate.REJECTED: summary.rejected,
    }
    sentence = (
        f"{say_count(summary.rows, 'row')}: {summary.accepted:,} accepted, "
        f"{summary.held:,} held, {summary.rejected:,} rejected."
    )
    return ShareBar(
        key=key,
        sentence=sentence,
        parts=tuple(
            SharePart(label=FATES[fate][0], count=count, pattern=FATES[fate][1])
            for fate, count in counts.items()
        ),
    )


def feeds(forces: list[Force]) -> FeedsPage:
    """The list of forces."""
    return FeedsPage(
        title="Feeds",
        feeds=tuple(
            Link(text=force.name, href=reverse("intake:feed", args=[force.code]))
            for force in forces
        ),
    )


def feed(found: FeedPage, *, number: int, rows: int) -> FeedPageShown:
    """One page of a force's deliveries, each with its fates as a bar."""
    cards = tuple(
        _card(found.force, summary, key=f"delivery{place}")
        for place, summary in enumerate(found.deliveries)
    )
    return FeedPageShown(
        title=f"{found.force.name} feed",
        heading=f"{found.force.name} feed",
        count=say_count(found.total, "delivery", "deliveries"),
        cards=cards,
        empty=NOTHING_SENT,
        export="?format=csv" if found.total else "",
        pager=_pager(found, number=number, rows=rows),
    )


def _card(force: Force, summary: DeliverySummary, *, key: str) -> DeliveryCard:
    visible = summary.state is DeliveryState.VISIBLE
    return DeliveryCard(
        name=summary.extract_id or "A file that could not be read",
        href=address(force, summary) if visible else "",
        kind=KINDS[summary.kind],
        received=say_moment(summary.received_at),
        tag=STATES.get(summary.state),
        bar=share_bar(summary, key=key) if visible else None,
        workable=say_share(summary.share_workable),
        slowest=say_delay(summary.slowest_seconds),
        refusal=summary.refusal,
    )


def address(force: Force, summary: DeliverySummary) -> str:
    """Where a delivery has its page."""
    return reverse("intake:delivery", args=[force.code, summary.public_id])


def _pager(found: FeedPage, *, number: int, rows: int) -> Pager | None:
    if found.total <= rows:
        return None
    first = (number - 1) * rows + 1
    last = first + len(found.deliveries) - 1
    return Pager(
        shown=f"{first:,} to {last:,} of {found.total:,}",
        previous="?" + urlencode({"page": number - 1}) if number > 1 else "",
        next="?" + urlencode({"page": number + 1}) if last < found.total else "",
    )


FEED_HEAD = (
    *("delivery", "extract", "kind", "state", "received", "rows", "accepted"),
    *("held", "rejected", "share_workable", "slowest_days", "refusal"),
)


def feed_rows(deliveries: tuple[DeliverySummary, ...]) -> list[tuple[str, ...]]:
    """The same list as lines of a file."""
    return [
        (
            str(one.public_id),
            one.extract_id,
            one.kind.value,
            one.state.value,
            one.received_at.isoformat(),
            str(one.rows),
            str(one.accepted),
            str(one.held),
            str(one.rejected),
            "" if one.share_workable is None else f"{one.share_workable:.4f}",
            "" if one.slowest_seconds is None else str(one.slowest_seconds // DAY),
            one.refusal,
        )
        for one in deliveries
    ]
