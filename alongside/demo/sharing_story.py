"""Agreements, consents, shares and referrals of the demonstration.

Done once, after the first day's work, through the operations the pages call: three
agreements go live and one is a draft; some people agree to be referred, Harbour
answers some of them, and one person changes their mind.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tomllib import loads
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.consent.rules import why_may_not_give
from alongside.care.consent.tables import GIVING
from alongside.care.consent.types import BasisCode, Giver, Said, Way
from alongside.care.referrals import operations as referrals
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Role
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.queries import PartyLine
from alongside.foundation.organisations.types import AgreementTerms, Flow
from alongside.walls.bits import FACETS
from alongside.walls.context import acting_as
from alongside.workflows import keep_agreements, share_case
from alongside.workflows.read_sharing import read_age
from alongside.workflows.share_case import Plan, SaidNow

FILE = Path(__file__).parent / "data" / "sharing.toml"


@dataclass(frozen=True, kw_only=True)
class _Cast:
    """Who acts, and the agencies by their names' first word."""

    now: datetime
    worker: Actor
    keeper: Actor
    provider: Actor
    others: dict[str, PartyLine]


def play_sharing(*, now: datetime) -> int:
    """Make the agreements and play the scenes; how many. None where done before."""
    given = loads(FILE.read_text(encoding="utf-8"))
    keeper = _account(now, Role.INFORMATION_GOVERNANCE, "service")
    with acting_as(keeper), transaction.atomic():
        if organisations.list_agreements(agency_id=keeper.agency_id):
            return 0
        others = organisations.list_others(
            area_id=keeper.area_id, agency_id=keeper.agency_id
        )
    cast = _Cast(
        now=now,
        worker=_account(now, Role.SPECIALIST_WORKER, "service"),
        keeper=keeper,
        provider=_account(now, Role.PROVIDER_MANAGER, "harbour"),
        others={one.name.split()[0].lower(): one for one in others},
    )
    for row in given["agreement"]:
        _agree(cast, row)
    played = 0
    for row, case in zip(given["scene"], _adult_cases(cast), strict=False):
        _play(cast, row, case)
        played += 1
    return played


def _agree(cast: _Cast, row: dict[str, Any]) -> None:
    today = local_day(cast.now)
    terms = AgreementTerms(
        title=row["title"],
        reference=row["reference"],
        legal_basis=row["legal_basis"],
        signatories=row["signatories"],
        starts=today - timedelta(days=row["since_days"]),
        last_day=today + timedelta(days=row["for_days"]),
        review_on=today + timedelta(days=row["review_days"]),
        other_party_ids=tuple(cast.others[name].agency_id for name in row["with"]),
        flows=tuple(
            Flow(purpose=purpose, fields=_mask(parts))
            for purpose, parts in row["flows"].items()
        ),
    )
    with acting_as(cast.keeper), transaction.atomic():
        made = keep_agreements.draft(actor=cast.keeper, now=cast.now, terms=terms)
        if row["live"]:
            keep_agreements.put_live(actor=cast.keeper, now=cast.now, agreement_id=made)


def _adult_cases(cast: _Cast) -> Iterator[tuple[UUID, int]]:
    """The worker's own cases of people who decide for themselves, with their age."""
    worker = cast.worker
    with acting_as(worker), transaction.atomic():
        mine = casework.list_my_cases(actor=worker, limit=100)
        ages = [
            (case.public_id, read_age(person_id=case.person_id, now=cast.now))
            for case in mine
        ]
    return ((case, age) for case, age in ages if age is not None and _decides(age))


def _play(cast: _Cast, row: dict[str, Any], found: tuple[UUID, int]) -> None:
    case, age = found
    to = cast.others[row["with"]]
    worker, now = cast.worker, cast.now
    said = SaidNow(
        case_id=case,
        purpose=row["purpose"],
        recipient_id=to.public_id,
        said=Said(giver=Giver.PERSON, age=age),
        way=Way(row["way"]),
        said_on=local_day(now),
        words=row["words"],
    )
    with acting_as(worker), transaction.atomic():
        if row["says"] == "no":
            share_case.record_refused(actor=worker, now=now, said_now=said)
            return
        entry = share_case.record_agreed(
            actor=worker,
            now=now,
            said_now=said,
            fields=_mask(row["parts"]),
            basis=BasisCode.EXPLICIT_CONSENT,
            last_day=None,
        )
        share = _share(cast, row, case, to)
    _answer(cast, row, share)
    if row.get("withdraws"):
        with acting_as(worker), transaction.atomic():
            share_case.withdraw(
                actor=worker,
                now=now,
                case_id=case,
                entry_id=entry,
                giver=Giver.PERSON,
                way=Way.SPOKEN,
                words=row["withdraws"],
            )


def _share(cast: _Cast, row: dict[str, Any], case: UUID, to: PartyLine) -> UUID:
    return share_case.share(
        actor=cast.worker,
        now=cast.now,
        plan=Plan(
            case_id=case,
            recipient_id=to.public_id,
            purpose=row["purpose"],
            fields=_mask(row["parts"]),
            basis=BasisCode.EXPLICIT_CONSENT,
            reason="",
            last_day=None,
            asked=row.get("asked"),
        ),
    )


def _answer(cast: _Cast, row: dict[str, Any], share: UUID) -> None:
    provider, now = cast.provider, cast.now
    with acting_as(provider), transaction.atomic():
        if row.get("answer") == "accepts":
            referrals.accept_referral(actor=provider, now=now, share_id=share)
        if row.get("answer") == "declines":
            referrals.decline_referral(
                actor=provider, now=now, share_id=share, code="no_capacity", words=""
            )
        if row.get("asks"):
            referrals.write_message(
                actor=provider, now=now, share_id=share, words=row["asks"]
            )


def _mask(parts: list[str]) -> int:
    return sum(FACETS[name] for name in parts)


def _decides(age: int) -> bool:
    return not why_may_not_give(Said(giver=Giver.PERSON, age=age), GIVING)


def _account(now: datetime, role: Role, agency_code: str) -> Actor:
    agency = next(
        one for one in organisations.list_agencies() if one.code == agency_code
    )
    return accounts.get_actor_of_role(agency_id=agency.agency_id, role=role, now=now)
