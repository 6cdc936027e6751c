"""What the pages about consent and sharing show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from alongside.care.consent.queries import EntryLine, StandingLine
from alongside.care.consent.types import EntryKind, Standing
from alongside.care.referrals.tables import DECLINES
from alongside.care.referrals.types import ReferralState, ShareKind
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day
from alongside.web.casework.say import whose
from alongside.web.components.base import Act, EmptyState, Link, Tag, Tone
from alongside.web.components.casefile import ActList, Fact, FactCard
from alongside.web.components.lists import Column, DataTable
from alongside.web.sharing import say
from alongside.web.words import say_day, say_moment
from alongside.workflows.read_sharing import SharedLine, SharingView

NOTHING_SHARED = EmptyState(
    heading="Nothing is shared with anybody",
    text="Only this service sees this case.",
)


@dataclass(frozen=True, kw_only=True)
class SharingPage:
    """What somebody has said, and what of their case is shared."""

    title: str
    heading: str
    caption: str
    back: str
    acts: ActList | None
    standing: DataTable | None
    police: tuple[str, ...]
    cards: tuple[FactCard, ...]
    empty: EmptyState
    closed: DataTable | None
    ledger: DataTable | None


def sharing(view: SharingView, *, actor: Actor) -> SharingPage:
    """The page of one case."""
    may_work = actor.has(Permission.CASE_WORK)
    return SharingPage(
        title="Sharing and consent",
        heading="Sharing and consent",
        caption=whose(view.brief),
        back=reverse("casework:case", args=[view.brief.case.public_id]),
        acts=_acts(view) if may_work else None,
        standing=_standing(view, may_work=may_work) if view.standing else None,
        police=tuple(_police(view)),
        cards=tuple(_card(view, one, may_work) for one in view.shares if one.is_open),
        empty=NOTHING_SHARED,
        closed=_closed([one for one in view.shares if not one.is_open]),
        ledger=_ledger(view.entries) if view.entries else None,
    )


def _acts(view: SharingView) -> ActList:
    case = view.brief.case.public_id
    return ActList(
        acts=(
            Act(
                text="Record what they said",
                href=reverse("sharing:record", args=[case]),
                primary=True,
            ),
            Act(text="Share", href=reverse("sharing:share", args=[case])),
            Act(text="Refer to a service", href=reverse("sharing:refer", args=[case])),
        )
    )


def _standing(view: SharingView, *, may_work: bool) -> DataTable:
    return DataTable(
        caption="What they have agreed to",
        columns=(
            Column(heading="What for"),
            Column(heading="With whom"),
            Column(heading="How it stands"),
            Column(heading="What may be shared"),
            Column(heading="Until"),
            Column(heading="Change"),
        ),
        rows=tuple(_standing_row(view, one, may_work) for one in view.standing),
    )


def _standing_row(
    view: SharingView, line: StandingLine, may_work: bool
) -> tuple[str | Link, ...]:
    entry = line.entry
    agreed = line.standing is Standing.AGREED
    whom = entry.recipient_name or say.US
    change: str | Link = ""
    if agreed and may_work:
        change = Link(
            text="Withdraw",
            href=reverse(
                "sharing:withdraw", args=[view.brief.case.public_id, entry.public_id]
            ),
            about=f" {say.purpose(entry.purpose)} with {whom}",
        )
    return (
        say.purpose(entry.purpose),
        whom,
        say.STANDINGS[line.standing].text,
        say.parts(entry.fields) if agreed else "",
        say.until(entry.until) if agreed else "",
        change,
    )


def _police(view: SharingView) -> Iterator[str]:
    for line in view.said_by_police:
        words = say.SAID_BY_POLICE.get(line.said, line.said.replace("_", " "))
        day = say_day(line.said_on or local_day(line.reported_at))
        yield f"The police said, of crime {line.crime_ref}: {words.lower()} ({day})."


def _card(view: SharingView, line: SharedLine, may_work: bool) -> FactCard:
    share = line.share
    return FactCard(
        heading=f"{share.recipient_name}: {say.purpose(share.purpose)}",
        tag=say.STATES[line.referral.state]
        if line.referral
        else Tag(text="Shared", tone=Tone.INFO),
        facts=tuple(_card_facts(view, line, may_work)),
    )


def _card_facts(view: SharingView, line: SharedLine, may_work: bool) -> Iterator[Fact]:
    share, case = line.share, view.brief.case.public_id
    yield Fact(name="They see", value=say.parts(share.fields))
    yield Fact(name="It rests on", value=say.basis(share.basis))
    yield Fact(name="Agreement", value=share.agreement_title)
    yield Fact(name="Until", value=say.until(share.until, share.last_day))
    yield Fact(name="Shared by", value=f"{share.made_by}, {say_moment(share.made_at)}")
    yield from _referral_facts(line)
    if may_work and line.referral:
        href = reverse("sharing:message", args=[case, share.public_id])
        yield Fact(name="Write to them", value="Ask or answer", href=href)
    if may_work:
        href = reverse("sharing:stop", args=[case, share.public_id])
        yield Fact(name="To end it", value="Stop sharing", href=href)


def _referral_facts(line: SharedLine) -> Iterator[Fact]:
    referral = line.referral
    if referral is None:
        return
    yield Fact(name="You asked", value=referral.asked)
    if referral.state is ReferralState.SENT:
        yield Fact(name="Answer due", value=say_day(referral.answer_by))
    if referral.answered_at:
        said = f"{referral.answered_by}, {say_moment(referral.answered_at)}"
        yield Fact(name="Answered by", value=said)
    for message in line.messages:
        name = f"{message.by}, {say_moment(message.at)}"
        yield Fact(name=name, value=message.words)


def _closed(lines: Sequence[SharedLine]) -> DataTable | None:
    if not lines:
        return None
    return DataTable(
        caption="No longer shared",
        columns=(
            Column(heading="With whom"),
            Column(heading="What for"),
            Column(heading="What they saw"),
            Column(heading="Ended"),
            Column(heading="Why"),
        ),
        rows=tuple(_closed_row(line) for line in lines),
    )


def _closed_row(line: SharedLine) -> tuple[str, ...]:
    share = line.share
    why = say.ENDINGS[share.ended_why] if share.ended_why else "Its last day passed"
    if line.referral and line.referral.decline_code:
        reason = DECLINES.get(line.referral.decline_code)
        label = reason.label if reason else line.referral.decline_code
        words = line.referral.decline_words
        why = f"{why}: {label}{': ' + words if words else ''}"
    ended = say_moment(share.ended_at) if share.ended_at else ""
    kind = " (referral)" if share.kind is ShareKind.REFERRAL else ""
    return (
        share.recipient_name,
        f"{say.purpose(share.purpose)}{kind}",
        say.parts(share.fields),
        ended or say.until(share.until, share.last_day),
        why,
    )


def _ledger(entries: Sequence[EntryLine]) -> DataTable:
    return DataTable(
        caption="Everything they have said, newest first",
        columns=(
            Column(heading="Date"),
            Column(heading="What"),
            Column(heading="Who and how"),
            Column(heading="In their words"),
            Column(heading="Written down by"),
        ),
        rows=tuple(_ledger_row(entry) for entry in entries),
    )


def _ledger_row(entry: EntryLine) -> tuple[str, ...]:
    whom = entry.recipient_name or say.US.lower()
    what = f"{say.KINDS[entry.kind]}: {say.purpose(entry.purpose)}, with {whom}"
    if entry.kind is EntryKind.RELIED_ON and entry.basis:
        what = f"{what}. {say.basis(entry.basis)}"
    if entry.fields:
        what = f"{what}. {say.parts(entry.fields)}"
    return (
        say_day(entry.said_on),
        what,
        ". ".join(_who_and_how(entry)),
        entry.words,
        f"{entry.recorded_by}, {say_moment(entry.recorded_at)}",
    )


def _who_and_how(entry: EntryLine) -> Iterator[str]:
    if entry.giver:
        yield say.GIVERS[entry.giver]
    if entry.age is not None:
        yield f"Aged {entry.age}"
    if entry.way:
        yield say.WAYS[entry.way]
    if entry.assessed_by:
        yield f"Understanding found by {entry.assessed_by}"
