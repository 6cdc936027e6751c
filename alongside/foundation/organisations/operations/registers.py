"""Setting up areas, agencies and teams, and keeping the register of agreements.

Setting up is safe to repeat. Agreements lie below the accounts and the trail: the
workflow `keep_agreements` sees to permission and to the trail.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.models import (
    Agency,
    AgreementChange,
    AgreementChase,
    AgreementFlow,
    AgreementParty,
    Area,
    SharingAgreement,
    Team,
)
from alongside.foundation.organisations.types import (
    AgencyKind,
    AgreementState,
    AgreementTerms,
    Keeper,
    TeamKind,
)


class DaysImpossible(DomainError):
    """The days of an agreement cannot be so. The text says which."""


class CannotMove(DomainError):
    """The agreement's state does not allow it."""


class NothingFlows(DomainError):
    user_message = "Say with whom, and what may be shared for at least one purpose"


@transaction.atomic(using="owner")
def set_up_area(
    *,
    actor: str,
    now: datetime,
    code: str,
    name: str,
    commissioner_name: str,
    district_codes: Sequence[str],
) -> Area:
    """Make the area, or bring it up to date. `actor` names who set it up."""
    area, _ = Area.objects.using("owner").update_or_create(
        code=code,
        defaults={
            "name": name,
            "commissioner_name": commissioner_name,
            "district_codes": list(district_codes),
        },
    )
    return area


@transaction.atomic(using="owner")
def set_up_agency(
    *,
    actor: str,
    now: datetime,
    area: Area,
    code: str,
    name: str,
    kind: AgencyKind,
    force_code: str | None = None,
    teams: Sequence[tuple[str, str, TeamKind]] = (),
) -> Agency:
    """Make an agency with its teams (code, name, kind), or bring it up to date."""
    agency, _ = Agency.objects.using("owner").update_or_create(
        area=area,
        code=code,
        defaults={"name": name, "kind": kind, "force_code": force_code},
    )
    for team_code, team_name, team_kind in teams:
        Team.objects.using("owner").update_or_create(
            agency=agency,
            code=team_code,
            defaults={"name": team_name, "kind": team_kind},
        )
    return agency


@transaction.atomic
def draft_agreement(
    *,
    actor: Keeper,
    now: datetime,
    terms: AgreementTerms,
    agreement_id: UUID | None = None,
) -> SharingAgreement:
    """Write a draft into the actor's register, or write it anew.

    Raises:
        NotFound: the actor's agency keeps no such agreement.
        CannotMove: it is no longer a draft.
        DaysImpossible, NothingFlows: what it says cannot be.
    """
    _check_terms(terms)
    agreement = SharingAgreement(area_id=actor.area_id, agency_id=actor.agency_id)
    if agreement_id is not None:
        agreement = _kept(actor, agreement_id)
        _must_be(agreement, AgreementState.DRAFT)
    agreement.state = AgreementState.DRAFT
    for name in ("title", "reference", "legal_basis", "signatories"):
        setattr(agreement, name, getattr(terms, name).strip())
    agreement.starts, agreement.last_day = terms.starts, terms.last_day
    agreement.review_on = terms.review_on
    agreement.save()
    _write_parts(agreement, terms)
    _note(agreement, actor, now, "Draft written" if agreement_id is None else "Changed")
    return agreement


@transaction.atomic
def put_live(*, actor: Keeper, now: datetime, agreement_id: UUID) -> SharingAgreement:
    """Have a signed draft hold from its first day on.

    Raises:
        NotFound: the actor's agency keeps no such agreement.
        CannotMove: it is no draft.
        DaysImpossible: its last day has passed.
    """
    agreement = _kept(actor, agreement_id)
    _must_be(agreement, AgreementState.DRAFT)
    if agreement.last_day < local_day(now):
        raise DaysImpossible("Its last day has passed. Change the last day first")
    agreement.state = AgreementState.LIVE
    agreement.save(update_fields=["state"])
    _note(agreement, actor, now, "Put live")
    return agreement


@transaction.atomic
def extend_agreement(
    *,
    actor: Keeper,
    now: datetime,
    agreement_id: UUID,
    last_day: date,
    review_on: date,
    reference: str,
) -> SharingAgreement:
    """Give a live agreement a later last day, as a new version signed by the parties.

    Raises:
        NotFound, CannotMove: there is none, or it is not live.
        DaysImpossible: the new last day is no later, or the review lies after it.
    """
    agreement = _kept(actor, agreement_id)
    _must_be(agreement, AgreementState.LIVE)
    if agreement.last_day < local_day(now):
        raise CannotMove("Its last day has passed. Draft a new agreement")
    if last_day <= agreement.last_day:
        raise DaysImpossible("The new last day must be after the present one")
    _check_review(review_on, last_day)
    agreement.last_day, agreement.review_on = last_day, review_on
    agreement.reference = reference.strip()
    agreement.version += 1
    agreement.save(update_fields=["last_day", "review_on", "reference", "version"])
    _note(agreement, actor, now, f"Extended, as version {agreement.version}")
    return agreement


@transaction.atomic
def note_review(
    *, actor: Keeper, now: datetime, agreement_id: UUID, next_review_on: date
) -> SharingAgreement:
    """Say that a live agreement has been reviewed, and when it is reviewed again.

    Raises:
        NotFound, CannotMove: there is none, or it is not live.
        DaysImpossible: the next review is not ahead, or lies after the last day.
    """
    agreement = _kept(actor, agreement_id)
    _must_be(agreement, AgreementState.LIVE)
    if next_review_on <= local_day(now):
        raise DaysImpossible("The next review must be a day to come")
    _check_review(next_review_on, agreement.last_day)
    agreement.reviewed_on, agreement.review_on = local_day(now), next_review_on
    agreement.save(update_fields=["reviewed_on", "review_on"])
    _note(agreement, actor, now, "Reviewed")
    return agreement


@transaction.atomic
def end_agreement(
    *, actor: Keeper, now: datetime, agreement_id: UUID, reason: str
) -> SharingAgreement:
    """End an agreement before its last day. The database closes its shares with it.

    Raises:
        NotFound, CannotMove: there is none, or it has ended.
    """
    agreement = _kept(actor, agreement_id)
    if agreement.state == AgreementState.ENDED:
        raise CannotMove("This agreement has ended already")
    agreement.state, agreement.ended_at = AgreementState.ENDED, now
    agreement.save(update_fields=["state", "ended_at"])
    _note(agreement, actor, now, f"Ended: {reason.strip()}")
    return agreement


@transaction.atomic
def note_chase(
    *, actor: Keeper, now: datetime, agreement_id: int, stage: str, for_day: date
) -> bool:
    """Note that an agreement was chased at a stage; false where it was before."""
    _, fresh = AgreementChase.objects.get_or_create(
        agreement_id=agreement_id,
        stage=stage,
        for_day=for_day,
        defaults={"area_id": actor.area_id, "at": now},
    )
    return fresh


def _kept(actor: Keeper, agreement_id: UUID) -> SharingAgreement:
    rows = SharingAgreement.objects.select_for_update(of=("self",))
    found = rows.filter(public_id=agreement_id, agency_id=actor.agency_id).first()
    if found is None:
        raise NotFound("We could not find that agreement")
    return found


def _must_be(agreement: SharingAgreement, state: AgreementState) -> None:
    if agreement.state != state:
        now = AgreementState(agreement.state).label.lower()
        raise CannotMove(f"This agreement is {now}. Only a {state} one can do that")


def _check_terms(terms: AgreementTerms) -> None:
    if terms.last_day < terms.starts:
        raise DaysImpossible("The last day must not be before the first")
    _check_review(terms.review_on, terms.last_day)
    if not terms.other_party_ids or not terms.flows:
        raise NothingFlows


def _check_review(review_on: date, last_day: date) -> None:
    if review_on > last_day:
        raise DaysImpossible("The review must come before the agreement ends")


def _write_parts(agreement: SharingAgreement, terms: AgreementTerms) -> None:
    mine = {"area_id": agreement.area_id, "agreement": agreement}
    agreement.parties.all().delete()
    agreement.flows.all().delete()
    AgreementParty.objects.bulk_create(
        AgreementParty(**mine, agency_id=key) for key in terms.other_party_ids
    )
    AgreementFlow.objects.bulk_create(
        AgreementFlow(**mine, purpose=flow.purpose, fields=flow.fields)
        for flow in terms.flows
    )


def _note(
    agreement: SharingAgreement, actor: Keeper, now: datetime, words: str
) -> None:
    AgreementChange.objects.create(
        area_id=agreement.area_id,
        agreement=agreement,
        at=now,
        by_name=actor.label,
        words=words,
    )
