"""What the forms about consent and sharing show: each asks once before it is done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.urls import reverse

from alongside.care.consent.queries import EntryLine
from alongside.foundation.lib.local import local_day
from alongside.walls.bits import EVERY_FACET
from alongside.web.casework.say import whose
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.casefile import Fact
from alongside.web.components.lists import Column, DataTable
from alongside.web.sharing import say
from alongside.web.words import say_day
from alongside.workflows.read_case import CaseBrief
from alongside.workflows.read_sharing import Offer, SharedLine, SharingView
from alongside.workflows.share_case import Plan

NOTHING_OFFERED = EmptyState(
    heading="There is nobody to share with",
    text="There is no live information-sharing agreement with another agency."
    " Information governance can make one.",
)


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
