"""Agreements, consents and shares for tests. Everybody is invented."""

from datetime import datetime, timedelta
from uuid import UUID

from alongside.care.casework.models import Case, Victimisation
from alongside.care.consent.types import BasisCode, Giver, Said, Way
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.models import Agency
from alongside.foundation.organisations.types import AgreementTerms, Flow
from alongside.walls.bits import FACETS
from alongside.walls.context import acting_as
from alongside.workflows import keep_agreements, share_case
from alongside.workflows.share_case import Plan, SaidNow

SUPPORT = "specialist_support"
ADULT = Said(giver=Giver.PERSON, age=34)


def mask(*facets: str) -> int:
    """A mask of the facets named."""
    return sum(FACETS[name] for name in facets)


WHO_AND_WHAT = mask("identity", "contact", "crime")


def agency(code: str) -> Agency:
    """One of the demonstration's agencies."""
    return Agency.objects.get(code=code)


def case_of(crime_ref: str) -> UUID:
    """The case of whoever is the victim of a crime; for somebody who sees it."""
    matter = Victimisation.objects.get(crime_ref=crime_ref)
    cases = Case.objects.values_list("public_id", flat=True)
    found: UUID = cases.get(pk=matter.case_id or 0)
    return found


def make_agreement(
    keeper: Actor,
    *,
    now: datetime,
    partner: str = "harbour",
    purpose: str = SUPPORT,
    fields: int = WHO_AND_WHAT,
    live: bool = True,
    days: int = 365,
) -> UUID:
    """An agreement of the keeper's register; lasts `days` from today."""
    today = local_day(now)
    with acting_as(keeper):
        made = keep_agreements.draft(
            actor=keeper,
            now=now,
            terms=AgreementTerms(
                title=f"Sharing with {partner}",
                reference="ISA-1",
                legal_basis="Invented Act 1999, section 1",
                signatories="Head of service; Chief executive",
                starts=today,
                last_day=today + timedelta(days=days),
                review_on=today + timedelta(days=min(days, 180)),
                other_party_ids=(agency(partner).pk,),
                flows=(Flow(purpose=purpose, fields=fields),),
            ),
        )
        if live:
            keep_agreements.put_live(actor=keeper, now=now, agreement_id=made)
    return made


def agree(
    actor: Actor,
    case: UUID,
    *,
    now: datetime,
    fields: int = WHO_AND_WHAT,
    partner: str = "harbour",
    purpose: str = SUPPORT,
    said: Said = ADULT,
    days: int | None = None,
) -> UUID:
    """A yes to sharing, said today."""
    last_day = None if days is None else local_day(now) + timedelta(days=days)
    return share_case.record_agreed(
        actor=actor,
        now=now,
        said_now=said_now(case, now=now, partner=partner, purpose=purpose, said=said),
        fields=fields,
        basis=BasisCode.CONSENT,
        last_day=last_day,
    )


def said_now(
    case: UUID,
    *,
    now: datetime,
    partner: str = "harbour",
    purpose: str = SUPPORT,
    said: Said = ADULT,
) -> SaidNow:
    """Something said today on the phone."""
    return SaidNow(
        case_id=case,
        purpose=purpose,
        recipient_id=agency(partner).public_id,
        said=said,
        way=Way.SPOKEN,
        said_on=local_day(now),
        words="Said on the phone",
    )


def plan(case: UUID, *, fields: int = WHO_AND_WHAT, **changes: object) -> Plan:
    """A share with Harbour that rests on consent, unless something else is said."""
    given: dict[str, object] = {
        "case_id": case,
        "recipient_id": agency("harbour").public_id,
        "purpose": SUPPORT,
        "fields": fields,
        "basis": BasisCode.CONSENT,
        "reason": "",
        "last_day": None,
    }
    return Plan(**(given | changes))  # type: ignore[arg-type]
