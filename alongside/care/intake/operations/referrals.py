"""Keeping rows and the referrals they speak of, many at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.care.intake.models import Delivery, FeedRow, Hold, Referral
from alongside.care.intake.rules.deciding import Plan
from alongside.care.intake.types import HoldDecision, ReferralState
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction
from alongside.foundation.lib.bulk import bulk_insert, bulk_update, take_ids

ROW_COLUMNS = (
    *("id", "number", "sealed", "sha256", "fate", "code"),
    *("codes", "fault_column", "message", "referral_id"),
)
REFERRAL_COLUMNS = (
    *("id", "public_id", "force_code"),
    *("source_system", "crime_ref", "person_ref", "identity_key", "role", "state"),
    *("reported_at", "content_hash", "person_hash", "current_row_id"),
)
CHANGED_COLUMNS = (
    *("id", "role", "state", "reported_at", "extracted_at", "content_hash"),
    *("person_hash", "current_row_id"),
)
HOLD_COLUMNS = (
    *("area_id", "agency_id", "sender_id", "referral_id", "row_id", "code", "codes"),
    *("owner_team_id", "since"),
)


@dataclass(slots=True)
class NewRow:
    """One row to keep: its own text sealed, and its fate."""

    row_id: int
    number: int
    sealed: bytes
    sha256: bytes
    fate: str
    code: str
    codes: Sequence[str]
    fault_column: str
    message: str
    referral_id: int | None


@dataclass(slots=True)
class ReferralVersion:
    """The newest version of one referral, to be added or to replace the one held."""

    referral_id: int
    public_id: UUID
    row_id: int
    plan: Plan


def take_row_ids(*, actor: Actor, now: datetime, count: int) -> list[int]:
    """Keys for rows about to be kept."""
    return take_ids(FeedRow, count)


def take_referral_ids(*, actor: Actor, now: datetime, count: int) -> list[int]:
    """Keys for referrals about to be added."""
    return take_ids(Referral, count)


def keep_rows(
    *, actor: Actor, now: datetime, delivery: Delivery, rows: Iterable[NewRow]
) -> None:
    """Keep the rows of a delivery with their fates."""
    bulk_insert(
        FeedRow,
        ROW_COLUMNS,
        (
            (
                *(row.row_id, row.number, row.sealed),
                *(row.sha256, row.fate, row.code, list(row.codes), row.fault_column),
                *(row.message, row.referral_id),
            )
            for row in rows
        ),
        alike={"area_id": actor.area_id, "delivery_id": delivery.pk},
    )


def put_versions(
    *,
    actor: Actor,
    now: datetime,
    delivery: Delivery,
    extracted_at: datetime,
    versions: Sequence[ReferralVersion],
) -> None:
    """Add new referrals and bring known ones to their newest version."""
    new = [v for v in versions if v.plan.known is None]
    bulk_insert(
        Referral,
        REFERRAL_COLUMNS,
        map(_new_row, new),
        alike={
            "area_id": actor.area_id,
            "sender_id": delivery.sender_id,
            "agency_id": actor.agency_id,
            "received_at": delivery.received_at,
            "extracted_at": extracted_at,
        },
    )
    known = [v for v in versions if v.plan.known is not None]
    bulk_update(
        Referral, CHANGED_COLUMNS, (_changed_row(v, extracted_at) for v in known)
    )
    audit.record_events(
        actor=actor,
        now=now,
        action=AuditAction.REFERRAL_RECEIVED,
        kind="referral",
        subject_ids=[v.public_id for v in versions],
    )


def _new_row(version: ReferralVersion) -> tuple[object, ...]:
    plan, row = version.plan, version.plan.row
    who = row.identity
    return (
        *(version.referral_id, version.public_id, who.force_code, who.source_system),
        *(who.crime_ref, who.person_ref, plan.identity_key, row.role, plan.state),
        *(row.reported_at, plan.content_hash, row.person_hash, version.row_id),
    )


def _changed_row(
    version: ReferralVersion, extracted_at: datetime
) -> tuple[object, ...]:
    plan, row = version.plan, version.plan.row
    return (
        *(version.referral_id, row.role, plan.state, row.reported_at, extracted_at),
        *(plan.content_hash, row.person_hash, version.row_id),
    )


def put_holds(
    *,
    actor: Actor,
    now: datetime,
    delivery: Delivery,
    owner_team_id: int,
    versions: Sequence[ReferralVersion],
) -> None:
    """Open a hold for each version that is held, with its owner.

    A hold that an earlier version left open is ended first: a later word from
    the force has settled it, or is held for reasons of its own.
    """
    known = [v.referral_id for v in versions if v.plan.known is not None]
    if known:
        Hold.objects.filter(referral_id__in=known, ended_at=None).update(
            ended_at=now, decision=HoldDecision.SUPERSEDED
        )
    bulk_insert(
        Hold,
        HOLD_COLUMNS,
        (
            (
                *(actor.area_id, actor.agency_id, delivery.sender_id, v.referral_id),
                *(v.row_id, v.plan.verdict.codes[0], list(v.plan.verdict.codes)),
                *(owner_team_id, now),
            )
            for v in versions
            if v.plan.state is ReferralState.HELD
        ),
    )
