"""What somebody agreed to, what of their case is shared, and what may be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alongside.care.casework.queries.consents import (
    SaidByPolice,
    list_said_by_police,
)
from alongside.care.consent import queries as consent
from alongside.care.consent.queries import EntryLine, StandingLine
from alongside.care.consent.tables import BASES, PURPOSES
from alongside.care.consent.types import EntryKind, Purpose, Standing
from alongside.care.people import queries as people
from alongside.care.referrals import queries as referrals
from alongside.care.referrals.queries import MessageLine, ReferralLine, ShareLine
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.local import local_day
from alongside.foundation.lib.times import age_on
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.queries import AgreementLine, PartyLine
from alongside.foundation.organisations.types import AgreementState
from alongside.workflows.read_case import CaseBrief, read_brief


class NoAgreement(DomainError):
    """Nothing may flow without an agreement. The text says which is missing."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One purpose for which an agreement lets parts of a case go to one agency.

    `fields` is what the agreement lets flow; `agreed` how the person's own word on it
    stands, where they gave one.
    """

    agreement: AgreementLine
    recipient: PartyLine
    purpose: Purpose
    fields: int
    agreed: StandingLine | None

    @property
    def consented(self) -> int:
        """The parts that both the agreement and the person's consent cover."""
        if self.agreed is None or self.agreed.standing is not Standing.AGREED:
            return 0
        return self.fields & self.agreed.entry.fields

    @property
    def against_wishes(self) -> bool:
        """Whether they have said no to it, or taken back their yes."""
        noes = {Standing.REFUSED, Standing.WITHDRAWN}
        return self.agreed is not None and self.agreed.standing in noes


@dataclass(frozen=True, kw_only=True)
class SharedLine:
    """One share, with the referral that came with it and what was said about that."""

    share: ShareLine
    referral: ReferralLine | None
    messages: tuple[MessageLine, ...]
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class SharingView:
    """Everything the page about consent and sharing shows."""

    brief: CaseBrief
    entries: tuple[EntryLine, ...]
    standing: tuple[StandingLine, ...]
    said_by_police: tuple[SaidByPolice, ...]
    shares: tuple[SharedLine, ...]
    offers: tuple[Offer, ...]


def read_sharing(*, actor: Actor, now: datetime, case_id: UUID) -> SharingView:
    """What is agreed and shared about one case. Ten statements.

    Raises:
        NotFound: there is no such case of the actor's agency.
    """
    brief = read_own_brief(actor=actor, now=now, case_id=case_id)
    entries = consent.list_entries(actor=actor, person_id=brief.case.person_id)
    standing = consent.state_now(entries, now=now)
    shares = referrals.list_case_shares(actor=actor, case_id=brief.case.case_id)
    return SharingView(
        brief=brief,
        entries=tuple(entries),
        standing=tuple(standing),
        said_by_police=tuple(list_said_by_police(case_id=brief.case.case_id)),
        shares=tuple(_with_referrals(shares, now=now)),
        offers=tuple(list_offers(actor=actor, now=now, standing=standing)),
    )


def read_own_brief(*, actor: Actor, now: datetime, case_id: UUID) -> CaseBrief:
    """A case that the actor's own agency holds, and its person's name.

    Raises:
        NotFound: there is no such case of the actor's agency.
    """
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    if brief.case.agency_id != actor.agency_id:
        raise NotFound("We could not find that case")
    return brief


def list_offers(
    *, actor: Actor, now: datetime, standing: Sequence[StandingLine]
) -> list[Offer]:
    """What may be shared today, for what and with whom. Three statements."""
    on = local_day(now)
    agreements = organisations.list_agreements(
        agency_id=actor.agency_id, state=AgreementState.LIVE
    )
    said = {(s.entry.purpose, s.entry.recipient_id): s for s in standing}
    widest: dict[tuple[int, str], Offer] = {}
    for agreement in agreements:
        if not agreement.holds_on(on):
            continue
        for offer in _offers(agreement, said):
            key = (offer.recipient.agency_id, offer.purpose.code)
            known = widest.get(key)
            if known is None or known.fields.bit_count() < offer.fields.bit_count():
                widest[key] = offer
    return sorted(widest.values(), key=lambda o: (o.recipient.name, o.purpose.label))


def find_offer(
    *, actor: Actor, now: datetime, person_id: int, recipient_id: UUID, purpose: str
) -> Offer:
    """What may be shared with one agency for one purpose. Four statements.

    Raises:
        NoAgreement: no live agreement covers it; the text says which is missing.
        NotFound: there is no such agency or purpose.
    """
    entries = consent.list_entries(actor=actor, person_id=person_id)
    standing = consent.state_now(entries, now=now)
    for offer in list_offers(actor=actor, now=now, standing=standing):
        if (offer.recipient.public_id, offer.purpose.code) == (recipient_id, purpose):
            return offer
    named = PURPOSES.get(purpose)
    others = organisations.list_others(area_id=actor.area_id, agency_id=actor.agency_id)
    recipient = next((one for one in others if one.public_id == recipient_id), None)
    if named is None or recipient is None:
        raise NotFound("We could not find that")
    raise NoAgreement(
        f"There is no live agreement between {actor.agency_name} and {recipient.name}"
        f" for “{named.label}”. Information governance can make one"
    )


def read_age(*, person_id: int, now: datetime) -> int | None:
    """The person's age in years, where their date of birth is known. One statement."""
    labels = people.open_labels(person_ids=[person_id], purpose="consent", now=now)
    born = labels[person_id].date_of_birth if person_id in labels else None
    return age_on(local_day(now), born=born) if born else None


def rests_on(view: SharingView, entry: EntryLine) -> list[SharedLine]:
    """The open shares that end when the consent of this line is withdrawn."""
    return [
        line
        for line in view.shares
        if line.is_open
        and (line.share.purpose, line.share.recipient_id)
        == (entry.purpose, entry.recipient_id)
        and BASES[line.share.basis].is_consent
    ]


def can_withdraw(view: SharingView, entry: EntryLine) -> bool:
    """Whether this line is a yes that still stands."""
    return entry.kind is EntryKind.GIVEN and any(
        line.entry.entry_id == entry.entry_id and line.standing is Standing.AGREED
        for line in view.standing
    )


def _offers(
    agreement: AgreementLine, said: dict[tuple[str, int | None], StandingLine]
) -> Iterator[Offer]:
    for flow in agreement.flows:
        purpose = PURPOSES.get(flow.purpose)
        if purpose is None or not purpose.to_others:
            continue
        for party in agreement.parties:
            yield Offer(
                agreement=agreement,
                recipient=party,
                purpose=purpose,
                fields=flow.fields,
                agreed=said.get((purpose.code, party.agency_id)),
            )


def _with_referrals(
    shares: Sequence[ShareLine], *, now: datetime
) -> Iterator[SharedLine]:
    on: date = local_day(now)
    sent = referrals.list_referrals(share_ids=[share.share_id for share in shares])
    said = referrals.list_messages(
        referral_ids=[referral.referral_id for referral in sent.values()]
    )
    for share in shares:
        referral = sent.get(share.share_id)
        messages = said.get(referral.referral_id, []) if referral else []
        yield SharedLine(
            share=share,
            referral=referral,
            messages=tuple(messages),
            is_open=share.is_open(now=now, on=on),
        )
