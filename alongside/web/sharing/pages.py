"""What the pages about consent and sharing show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.urls import reverse

from alongside.care.consent.queries import EntryLine, StandingLine
from alongside.care.consent.types import EntryKind, Standing
from alongside.care.referrals.tables import DECLINES
from alongside.care.referrals.types import ReferralState, ShareKind
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day
from alongside.walls.bits import EVERY_FACET
from alongside.web.casework.say import whose
from alongside.web.components.base import Act, EmptyState, Link, Tag, Tone
from alongside.web.components.casefile import ActList, Fact, FactCard
from alongside.web.components.lists import Column, DataTable
from alongside.web.sharing import say
from alongside.web.words import say_day, say_moment
from alongside.workflows.read_case import CaseBrief
from alongside.workflows.read_sharing import Offer, SharedLine, SharingView
from alongside.workflows.share_case import Plan

NOTHING_SHARED = EmptyState(
    heading="Nothing is shared with anybody",
    text="Only this service sees this case.",
)
NOTHING_OFFERED = EmptyState(
    heading="There is nobody to share with",
    text="There is no live information-sharing agreement with another agency."
    " Information governance can make one.",
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


@dataclass(frozen=True, kw_only=True)
class AskPage:
    """One form. `notes` stand above it; with `closes`, what saving will close."""

    title: str
    heading: str
    caption: str
    back: str
    form: forms.Form
    save: str
    notes: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    warns: bool = False


@dataclass(frozen=True, kw_only=True)
class ConfirmPage:
    """Asking once before something is done. `kept` is what was typed, name by name."""

    title: str
    heading: str
    caption: str
    back: str
    kept: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    words: str
    save: str
    again: bool = True


@dataclass(frozen=True, kw_only=True)
class OfferPage:
    """With whom something may be shared, and for what."""

    title: str
    heading: str
    caption: str
    back: str
    table: DataTable | None
    empty: EmptyState


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


def address(brief: CaseBrief) -> str:
    """The page about consent and sharing of a case."""
    return reverse("sharing:case", args=[brief.case.public_id])


def ask(
    heading: str,
    brief: CaseBrief,
    form: forms.Form,
    *,
    save: str,
    notes: Sequence[str] = (),
) -> AskPage:
    """A form about consent or sharing of one case."""
    return AskPage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        caption=whose(brief),
        back=address(brief),
        form=form,
        save=save,
        notes=tuple(notes),
    )


def withdrawal(
    view: SharingView, entry: EntryLine, form: forms.Form, rests: Sequence[SharedLine]
) -> AskPage:
    """The one page on which consent is withdrawn: exactly what closes, and for whom."""
    heading = "Withdraw consent?"
    whom, day = entry.recipient_name or "us", say_day(entry.said_on)
    return AskPage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        caption=whose(view.brief),
        back=address(view.brief),
        form=form,
        save="Withdraw consent",
        notes=(
            f"On {day} they agreed: {say.purpose(entry.purpose)}, with {whom}.",
            "It ends the moment you save, also for whoever has a page open.",
        ),
        closes=tuple(_what_closes(rests))
        or ("Nothing is shared on the strength of it now.",),
        warns=True,
    )


def offers(view: SharingView, *, refer: bool) -> OfferPage:
    """Whom to share with, or refer to."""
    heading = "Refer to a service" if refer else "Share with another agency"
    return OfferPage(
        title=heading,
        heading=heading,
        caption=whose(view.brief),
        back=address(view.brief),
        table=_offer_table(view, refer=refer) if view.offers else None,
        empty=NOTHING_OFFERED,
    )


def preview(
    brief: CaseBrief, offer: Offer, plan: Plan, kept: Sequence[tuple[str, str]]
) -> ConfirmPage:
    """What another agency will see, asked once."""
    facts = [
        Fact(name="They will see", value=say.parts(plan.fields)),
        Fact(name="They will not see", value=_rest(plan.fields)),
        Fact(name="For", value=offer.purpose.label),
        Fact(name="It rests on", value=say.basis(plan.basis)),
        Fact(name="Agreement", value=offer.agreement.title),
        Fact(name="Until", value=_until(offer, plan)),
    ]
    if plan.asked is not None:
        facts.append(Fact(name="You ask them", value=plan.asked))
        by = say_day(plan.answer_by) if plan.answer_by else ""
        facts.append(Fact(name="Answer by", value=by))
    verb = "Refer them to" if plan.asked is not None else "Share this with"
    return ConfirmPage(
        title=f"{verb} {offer.recipient.name}?",
        heading=f"{verb} {offer.recipient.name}?",
        caption=whose(brief),
        back=address(brief),
        kept=tuple(kept),
        facts=tuple(facts),
        words="You can stop at any time. What they have read or written down by then"
        " stays with them.",
        save="Refer" if plan.asked is not None else "Share",
    )


def stopping(brief: CaseBrief, line: SharedLine) -> ConfirmPage:
    """Asking once before a share is stopped."""
    share = line.share
    return ConfirmPage(
        title=f"Stop sharing with {share.recipient_name}?",
        heading=f"Stop sharing with {share.recipient_name}?",
        caption=whose(brief),
        back=address(brief),
        kept=(),
        facts=(
            Fact(name="They no longer see", value=say.parts(share.fields)),
            Fact(name="For", value=say.purpose(share.purpose)),
        ),
        words="It ends at once. To share again, you make a new share."
        + (" The referral is withdrawn." if line.referral else ""),
        save="Stop sharing",
        again=False,
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


def _what_closes(rests: Sequence[SharedLine]) -> Iterator[str]:
    for line in rests:
        share = line.share
        what = "Referral to" if line.referral else "Shared with"
        yield (
            f"{what} {share.recipient_name}, since {say_day(local_day(share.made_at))}:"
            f" {say.parts(share.fields).lower()}"
        )


def _offer_table(view: SharingView, *, refer: bool) -> DataTable:
    route = reverse(
        "sharing:refer" if refer else "sharing:share", args=[view.brief.case.public_id]
    )
    return DataTable(
        caption="Agencies with a live agreement",
        columns=(
            Column(heading="With whom, and what for"),
            Column(heading="What they have said"),
            Column(heading="What the agreement lets them see"),
        ),
        rows=tuple(
            (
                Link(
                    text=f"{offer.recipient.name}: {offer.purpose.label}",
                    href=f"{route}?to={offer.recipient.public_id}"
                    f"&for={offer.purpose.code}",
                ),
                _said(offer),
                say.parts(offer.fields),
            )
            for offer in view.offers
        ),
    )


def _said(offer: Offer) -> str:
    if offer.agreed is None:
        return "Nothing yet"
    day = say_day(offer.agreed.entry.said_on)
    return f"{say.STANDINGS[offer.agreed.standing].text}, {day}"


def _rest(mask: int) -> str:
    return say.parts(~mask & EVERY_FACET)


def _until(offer: Offer, plan: Plan) -> str:
    ends = [offer.agreement.last_day]
    if plan.last_day:
        ends.append(plan.last_day)
    moment: datetime | None = None
    if offer.agreed and offer.consented and plan.basis.value.endswith("consent"):
        moment = offer.agreed.entry.until
    return say.until(moment, min(ends))
