"""What the pages about held referrals show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.text import capfirst

from alongside.care.intake.tables import HOLDS
from alongside.care.intake.types import Code, FeedColumn, HoldReason, Section
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day
from alongside.foundation.lib.times import age_on
from alongside.web.components.base import Act, EmptyState, Link, Tag, Tone
from alongside.web.components.casefile import Fact
from alongside.web.components.lists import FilterField, FilterRow, HeldCard, Pager
from alongside.web.intake.said import say_value
from alongside.web.words import say_day, say_days_since, say_moment
from alongside.workflows.read_held import HeldDetail, HeldLine, HeldList, Place

WAITING = "waiting"
SECTIONS = {
    Section.PERSON: "The person",
    Section.CONTACT: "Contact and safety",
    Section.CRIME: "The crime",
    Section.CONSENT: "Consent and what has been done",
    Section.EXTRACT: "The extract it came in",
}
NOTHING_TO_DECIDE = EmptyState(
    heading="Nothing is held",
    text="Every referral the police have sent is being worked or was returned to them.",
)
NOTHING_LIKE_THAT = EmptyState(
    heading="No held referrals match",
    text="Choose another reason, or show every reason.",
)
NOTHING_WAITS = EmptyState(
    heading="Nothing has been put off",
    text="A referral that you put off until a day stands here until that day.",
)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which held referrals the reader asked for, and from where in the list."""

    code: Code | None
    waiting: bool
    after: Place | None
    before: Place | None


@dataclass(frozen=True, kw_only=True)
class HeldListPage:
    """The list. `count` is the whole number behind the filter, in words."""

    title: str
    count: str
    filter: FilterRow
    cards: tuple[HeldCard, ...]
    empty: EmptyState
    pager: Pager | None


@dataclass(frozen=True, kw_only=True)
class Group:
    """Part of what the force said. `blank` names the columns it left empty."""

    heading: str
    facts: tuple[Fact, ...]
    blank: str


@dataclass(frozen=True, kw_only=True)
class HeldPage:
    """One held referral: why, whose, how long, and what the force said."""

    title: str
    heading: str
    tag: Tag
    reasons: tuple[HoldReason, ...]
    facts: tuple[Fact, ...]
    groups: tuple[Group, ...]
    acts: tuple[Act, ...]
    back: str


@dataclass(frozen=True, kw_only=True)
class SettlePage:
    """A form that settles a held referral, under a line that says which one."""

    title: str
    heading: str
    about: str
    form: forms.Form
    back: str


def held_list(
    found: HeldList, *, choice: Choice, actor: Actor, now: datetime
) -> HeldListPage:
    """The list of held referrals, one card each."""
    chosen = found.counts.waiting if choice.waiting else found.counts.to_decide
    total = chosen.get(choice.code, 0) if choice.code else sum(chosen.values())
    ending = "put off" if choice.waiting else "to decide"
    return HeldListPage(
        title="Held referrals",
        count=f"{total:,} {ending}",
        filter=_filter(found, choice, chosen),
        cards=tuple(_card(line, actor=actor, now=now) for line in found.lines),
        empty=_empty(choice),
        pager=_pager(found, choice, total),
    )


def _empty(choice: Choice) -> EmptyState:
    if choice.code:
        return NOTHING_LIKE_THAT
    return NOTHING_WAITS if choice.waiting else NOTHING_TO_DECIDE


def _filter(found: HeldList, choice: Choice, chosen: Mapping[Code, int]) -> FilterRow:
    to_decide = sum(found.counts.to_decide.values())
    waiting = sum(found.counts.waiting.values())
    reasons = [("", f"Every reason ({sum(chosen.values()):,})")]
    reasons += [
        (code.value, f"{row.label} ({chosen.get(code, 0):,})")
        for code, row in HOLDS.items()
        if chosen.get(code) or code is choice.code
    ]
    narrowed = choice.code is not None or choice.waiting
    return FilterRow(
        fields=(
            FilterField(
                name="show",
                label="Show",
                options=(
                    ("", f"To decide ({to_decide:,})"),
                    (WAITING, f"Put off until a day ({waiting:,})"),
                ),
                chosen=WAITING if choice.waiting else "",
            ),
            FilterField(
                name="reason",
                label="Reason",
                options=tuple(reasons),
                chosen=choice.code.value if choice.code else "",
            ),
        ),
        clear=Link(text="Show everything to decide", href="?") if narrowed else None,
    )


def _pager(found: HeldList, choice: Choice, total: int) -> Pager | None:
    if not found.lines or not (found.earlier or found.later):
        return None
    first, last = found.lines[0].held, found.lines[-1].held
    earlier = _at(choice, "before", (first.since, first.hold_id))
    later = _at(choice, "after", (last.since, last.hold_id))
    return Pager(
        shown=f"{len(found.lines)} of {total:,}, oldest first",
        previous=earlier if found.earlier else "",
        next=later if found.later else "",
    )


def _at(choice: Choice, side: str, place: Place) -> str:
    since, hold_id = place
    kept = {"reason": choice.code.value} if choice.code else {}
    if choice.waiting:
        kept["show"] = WAITING
    return "?" + urlencode({**kept, side: f"{since.isoformat()}~{hold_id}"})


def _card(line: HeldLine, *, actor: Actor, now: datetime) -> HeldCard:
    held = line.held
    first, *others = (HOLDS[code] for code in held.codes)
    return HeldCard(
        reference=f"crime {held.crime_ref}",
        about=", ".join(_about(line)),
        problem=first.label,
        explanation=first.words,
        others=tuple(f"{row.label}. {row.words}" for row in others),
        sent=f"Reported on {say_day(local_day(held.reported_at))}, sent by "
        f"{line.force_name}",
        held=f"Held {_how_long(line, now)}",
        tried=_put_off(line),
        tag=_tag(line, now),
        acts=(_open(line), *_acts(line, actor)),
    )


def _name(line: HeldLine) -> str:
    return line.person.name if line.person else "Name not known"


def _about(line: HeldLine) -> list[str]:
    words = [_name(line)]
    if line.person and line.person.date_of_birth:
        day = local_day(line.held.reported_at)
        age = age_on(day, born=line.person.date_of_birth)
        words.append(f"aged {age} when it was reported")
    if line.matter:
        words.append(line.matter.role.replace("_", " and "))
        if line.matter.offence_title:
            words.append(line.matter.offence_title)
    return words


def _how_long(line: HeldLine, now: datetime) -> str:
    days = say_days_since(line.held.since, now)
    since = "since today" if days == "today" else f"for {days}"
    owner = f", with {line.team_name}" if line.team_name else ""
    return f"{since}{owner}"


def _put_off(line: HeldLine) -> str:
    until = line.held.wait_until
    if until is None:
        return ""
    return f"put off until {say_day(until)}: {line.held.wait_reason}"


def _tag(line: HeldLine, now: datetime) -> Tag:
    until = line.held.wait_until
    if until is not None and until > local_day(now):
        return Tag(text="Put off", tone=Tone.INFO)
    return Tag(text="Held", tone=Tone.SOON)


def _open(line: HeldLine) -> Act:
    return Act(
        text="See what the police said",
        href=reverse("intake:held_one", args=[line.held.hold_id]),
        about=f"about {_name(line)}",
        primary=True,
    )


def _acts(line: HeldLine, actor: Actor) -> tuple[Act, ...]:
    if not actor.has(Permission.HELD_DECIDE):
        return ()
    about = f"for {_name(line)}"
    return tuple(
        Act(text=text, href=reverse(route, args=[line.held.hold_id]), about=about)
        for text, route in (
            ("Accept anyway", "intake:accept"),
            ("Return to the force", "intake:return"),
            ("Wait until a day", "intake:wait"),
        )
    )


def held_one(found: HeldDetail, *, actor: Actor, now: datetime) -> HeldPage:
    """One held referral with everything the force said."""
    line = found.line
    return HeldPage(
        title=f"Held referral: {_name(line)}",
        heading=_name(line),
        tag=_tag(line, now),
        reasons=tuple(HOLDS[code] for code in line.held.codes),
        facts=_facts(found, now),
        groups=tuple(_groups(found.said)),
        acts=_acts(line, actor),
        back=reverse("intake:held"),
    )


def _facts(found: HeldDetail, now: datetime) -> tuple[Fact, ...]:
    line = found.line
    facts = [
        Fact(name="About", value=capfirst(", ".join(_about(line)[1:])) or "Not known"),
        Fact(name="Crime", value=line.held.crime_ref),
        Fact(name="Reported", value=say_moment(line.held.reported_at)),
        Fact(
            name="Sent",
            value=f"{line.force_name}, extract {found.extract_id}, received on "
            f"{say_moment(found.received_at)}",
        ),
        Fact(name="Held", value=capfirst(_how_long(line, now))),
    ]
    put_off = _put_off(line)
    if put_off:
        facts.append(Fact(name="Waiting", value=capfirst(put_off)))
    return tuple(facts)


def _groups(said: tuple[tuple[FeedColumn, str], ...]) -> list[Group]:
    groups = []
    for section, heading in SECTIONS.items():
        columns = [(column, v) for column, v in said if column.section is section]
        blank = [column.label for column, value in columns if not value.strip()]
        groups.append(
            Group(
                heading=heading,
                facts=tuple(
                    Fact(name=column.label, value=say_value(column, value))
                    for column, value in columns
                    if value.strip()
                ),
                blank=", ".join(blank),
            )
        )
    return groups


def settle(heading: str, form: forms.Form, *, line: HeldLine) -> SettlePage:
    """One of the three forms."""
    labels = "; ".join(HOLDS[code].label for code in line.held.codes)
    return SettlePage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        about=f"{', '.join(_about(line))}. Held because: {labels}.",
        form=form,
        back=reverse("intake:held_one", args=[line.held.hold_id]),
    )


def say_accepted() -> str:
    """What the banner says when a held referral has been accepted."""
    return "The referral is accepted and its case is open"


def say_returned(force_name: str) -> str:
    """What the banner says when a referral has gone back."""
    return f"The referral is returned to {force_name}"


def say_waiting(until: str) -> str:
    """What the banner says when a referral has been put off."""
    return f"Put off until {until}: it comes back to the list on that day"
