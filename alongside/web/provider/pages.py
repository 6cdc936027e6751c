"""What other agencies share with ours: the list, and one opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.urls import reverse

from alongside.care.assessment.tables import GROUNDS
from alongside.care.referrals.queries import ReferralLine
from alongside.care.referrals.types import ReferralState, ShareKind
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day
from alongside.foundation.lib.times import age_on
from alongside.walls.bits import EVERY_FACET
from alongside.web.casework import say as case_say
from alongside.web.casework.pages import case as case_pages
from alongside.web.casework.pages import crimes
from alongside.web.components.base import Act, EmptyState, Link, Tag, Tone
from alongside.web.components.casefile import ActList, Fact, FactCard
from alongside.web.components.lists import Column, DataTable
from alongside.web.components.person import PhoneNumber, SafeContactStrip
from alongside.web.sharing import say
from alongside.web.words import say_day, say_moment
from alongside.workflows.log_contact import ChannelView
from alongside.workflows.read_shared import Inbox, InboxLine, SharedView

NO_NAME = "Name not shared"
NOTHING_WAITS = EmptyState(
    heading="Nothing waits for your answer",
    text="When a service refers somebody to you, they stand here first.",
)
NOTHING_SHARED = EmptyState(
    heading="Nothing else is shared with you now",
    text="What a service shares with you stands here for as long as it is shared.",
)


@dataclass(frozen=True, kw_only=True)
class InboxPage:
    """What waits, what is shared, and what no longer is."""

    title: str
    waiting: DataTable | None
    no_wait: EmptyState
    shared: DataTable | None
    no_share: EmptyState
    closed: DataTable | None


@dataclass(frozen=True, kw_only=True)
class SharedPage:
    """One thing that is shared with us."""

    title: str
    heading: str
    caption: str
    tag: Tag
    back: str
    facts: tuple[Fact, ...]
    accept: str
    acts: ActList | None
    strip: SafeContactStrip | None
    phones: tuple[PhoneNumber, ...]
    contacts: DataTable | None
    cards: tuple[FactCard, ...]
    notes: DataTable | None
    promises: DataTable | None
    withheld: str


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """One form about a referral."""

    title: str
    heading: str
    caption: str
    back: str
    form: forms.Form
    save: str
    notes: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    warns: bool = False


def inbox(found: Inbox, *, now: datetime) -> InboxPage:
    """The list, what waits for an answer first."""
    on = local_day(now)
    waiting = [line for line in found.lines if _waits(line)]
    others = [line for line in found.lines if not _waits(line)]
    waiting.sort(key=lambda line: line.referral.answer_by if line.referral else on)
    return InboxPage(
        title="Shared with us",
        waiting=_waiting(waiting, on) if waiting else None,
        no_wait=NOTHING_WAITS,
        shared=_shared(others) if others else None,
        no_share=NOTHING_SHARED,
        closed=_closed(found) if found.closed else None,
    )


def shared(view: SharedView, *, actor: Actor, now: datetime) -> SharedPage:
    """One thing that is shared: only the parts that are."""
    share = view.share
    may_answer = actor.has(Permission.SHARE_ANSWER)
    sent = view.referral is not None and view.referral.state is ReferralState.SENT
    return SharedPage(
        title="Shared with us",
        heading=view.label.name if view.label else NO_NAME,
        caption=f"From {share.sender_name}: {say.purpose(share.purpose)}",
        tag=say.STATES[view.referral.state]
        if view.referral
        else Tag(text="Shared", tone=Tone.INFO),
        back=reverse("provider:inbox"),
        facts=tuple(_facts(view, local_day(now))),
        accept=_address("accept", view) if may_answer and sent else "",
        acts=_acts(view) if may_answer and view.referral else None,
        strip=_strip(view.channels) if view.channels else None,
        phones=tuple(case_pages.phones(view.channels)) if view.channels else (),
        contacts=_contacts(view),
        cards=tuple(_cards(view)),
        notes=_notes(view),
        promises=_promises(view),
        withheld=say.parts(~share.fields & EVERY_FACET),
    )


def form(
    view: SharedView,
    heading: str,
    asked: forms.Form,
    *,
    save: str,
    warns: bool = False,
) -> FormPage:
    """A form about one referral."""
    said = [f"{one.by}, {say_moment(one.at)}: {one.words}" for one in view.messages]
    closes = ("You no longer see anything of it.",) if warns else ()
    return FormPage(
        title=f"Error: {heading}" if asked.errors else heading,
        heading=heading,
        caption=view.label.name if view.label else NO_NAME,
        back=_address("shared", view),
        form=asked,
        save=save,
        notes=tuple(said),
        closes=closes,
        warns=warns,
    )


def _waits(line: InboxLine) -> bool:
    return line.referral is not None and line.referral.state is ReferralState.SENT


def _link(line: InboxLine) -> Link:
    return Link(
        text=line.label.name if line.label else NO_NAME,
        href=reverse("provider:shared", args=[line.share.public_id]),
        about=f", shared {say_day(local_day(line.share.made_at))}",
    )


def _waiting(lines: list[InboxLine], on: date) -> DataTable:
    return DataTable(
        caption="Waiting for your answer",
        columns=(
            Column(heading="Person"),
            Column(heading="From"),
            Column(heading="What for"),
            Column(heading="Answer by"),
        ),
        rows=tuple(
            (
                _link(line),
                line.share.sender_name,
                say.purpose(line.share.purpose),
                _answer_by(line.referral, on),
            )
            for line in lines
            if line.referral
        ),
    )


def _shared(lines: list[InboxLine]) -> DataTable:
    return DataTable(
        caption="Shared with you now",
        columns=(
            Column(heading="Person"),
            Column(heading="From"),
            Column(heading="What for"),
            Column(heading="You see"),
            Column(heading="Until"),
        ),
        rows=tuple(
            (
                _link(line),
                line.share.sender_name,
                say.purpose(line.share.purpose),
                say.parts(line.share.fields),
                say.until(line.share.until, line.share.last_day),
            )
            for line in lines
        ),
    )


def _closed(found: Inbox) -> DataTable:
    kinds = {ShareKind.REFERRAL: "A referral", ShareKind.SHARE: "A share"}
    return DataTable(
        caption="No longer shared with you",
        columns=(Column(heading="What"), Column(heading="Since when")),
        rows=tuple(
            (
                f"{kinds[line.kind]}, {case_say.reference(line.public_id)}",
                say_moment(line.closed_at),
            )
            for line in found.closed
        ),
    )


def _facts(view: SharedView, on: date) -> Iterator[Fact]:
    share = view.share
    if view.label:
        born = view.label.date_of_birth
        age = f"{say_day(born)}, age {age_on(on, born=born)}" if born else "Not known"
        yield Fact(name="Born", value=age)
    if view.referral:
        yield Fact(name="They ask you", value=view.referral.asked)
    if view.referral and view.referral.state is ReferralState.SENT:
        yield Fact(name="Answer by", value=_answer_by(view.referral, on))
    yield Fact(name="You see", value=say.parts(share.fields))
    yield Fact(name="It rests on", value=say.basis(share.basis))
    yield Fact(name="Agreement", value=share.agreement_title)
    yield Fact(name="Until", value=say.until(share.until, share.last_day))
    yield Fact(name="Shared by", value=f"{share.made_by}, {say_moment(share.made_at)}")
    for message in view.messages:
        name = f"{message.by}, {say_moment(message.at)}"
        yield Fact(name=name, value=message.words)


def _answer_by(referral: ReferralLine, on: date) -> str:
    far = case_say.how_far(referral.answer_by, on)
    return f"{say_day(referral.answer_by)}, {far}"


def _strip(channels: ChannelView) -> SafeContactStrip:
    return SafeContactStrip(
        channels=tuple(case_pages.channel(facts) for facts in channels.facts),
        times=channels.person.records[0].contact_times,
        unmarked_is_unsafe=channels.high_risk,
    )


def _acts(view: SharedView) -> ActList:
    acts = [Act(text="Ask them something", href=_address("ask", view))]
    if view.referral and view.referral.state is ReferralState.SENT:
        acts.append(Act(text="Decline", href=_address("decline", view)))
    else:
        acts.append(Act(text="Our part is done", href=_address("done", view)))
    return ActList(acts=tuple(acts))


def _contacts(view: SharedView) -> DataTable | None:
    found = (
        [c for c in view.channels.person.contacts if c.confirmed]
        if view.channels
        else []
    )
    if not found:
        return None
    return DataTable(
        caption="How to reach them",
        columns=(Column(heading="What"), Column(heading="Detail")),
        rows=tuple(
            (
                one.kind.label,
                case_say.phone(one.value)
                if one.kind in case_pages.PHONES
                else ", ".join(part for part in (one.value, one.postcode) if part),
            )
            for one in found
        ),
    )


def _cards(view: SharedView) -> Iterator[FactCard]:
    if view.case:
        yield FactCard(heading="Their case", facts=tuple(_case_facts(view)))
    yield from crimes.cards(view.crimes)
    if view.grounds:
        yield FactCard(
            heading="Why they need more support",
            facts=tuple(
                Fact(name=GROUNDS[one.ground].label, value=one.words)
                for one in view.grounds
            ),
        )


def _case_facts(view: SharedView) -> Iterator[Fact]:
    if view.case is None:
        return
    yield Fact(name="Held by", value=view.case.worker_name or view.case.team_name)
    yield Fact(name="Support", value=case_say.TIERS[view.case.tier].text)
    if view.case.next_action:
        yield Fact(name="Next", value=view.case.next_action)


def _notes(view: SharedView) -> DataTable | None:
    if not view.notes:
        return None
    return DataTable(
        caption="Notes, newest first",
        columns=(Column(heading="When"), Column(heading="Who"), Column(heading="Note")),
        rows=tuple((say_moment(one.at), one.by, one.text) for one in view.notes),
    )


def _promises(view: SharedView) -> DataTable | None:
    if not view.clocks:
        return None
    return DataTable(
        caption="What they are owed",
        columns=(
            Column(heading="Promise"),
            Column(heading="Owed by"),
            Column(heading="Due"),
        ),
        rows=tuple(
            (one.label, case_say.OWED_BY[one.holder], say_day(one.due_on))
            for one in view.clocks
        ),
    )


def _address(page: str, view: SharedView) -> str:
    return reverse(f"provider:{page}", args=[view.share.public_id])
