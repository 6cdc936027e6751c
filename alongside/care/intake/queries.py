"""Questions about deliveries and referrals. Nothing here writes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from alongside.care.intake.models import (
    Delivery,
    DeliveryPart,
    DeliveryProgress,
    ExcludedOffence,
    FeedRow,
    Hold,
    Referral,
)
from alongside.care.intake.rules.deciding import KnownReferral
from alongside.care.intake.types import (
    Code,
    DeliveryKind,
    DeliveryReport,
    DeliveryState,
    HoldDecision,
    ReferralState,
)
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound

KNOWN_REFERRALS = """
    SELECT r.identity_key, r.id, r.public_id, r.state, r.extracted_at,
           r.content_hash, r.person_hash,
           coalesce((SELECT h.codes FROM intake_hold h WHERE h.referral_id = r.id
                      ORDER BY h.since DESC, h.id DESC LIMIT 1), '{}'),
           coalesce((SELECT array_agg(DISTINCT c) FROM intake_hold h, unnest(h.codes) c
                      WHERE h.referral_id = r.id AND h.decision = 'accepted'), '{}')
      FROM intake_referral r
     WHERE r.area_id = (SELECT ctx.claim(4)) AND r.identity_key = ANY (%s::uuid[])
"""


def find_known_referrals(*, identity_keys: Sequence[UUID]) -> dict[UUID, KnownReferral]:
    """What is held about these referrals. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN_REFERRALS, [list(identity_keys)])
        return {
            row[0]: KnownReferral(
                referral_id=row[1],
                public_id=row[2],
                state=ReferralState(row[3]),
                extracted_at=row[4],
                content_hash=row[5],
                person_hash=row[6],
                held_codes=tuple(Code(code) for code in row[7]),
                accepted_codes=frozenset(Code(code) for code in row[8]),
            )
            for row in cursor.fetchall()
        }


def list_excluded_offences(*, area_id: int) -> frozenset[str]:
    """The offences whose referrals the area holds."""
    rows = ExcludedOffence.objects.filter(area_id=area_id)
    return frozenset(rows.values_list("offence_code", flat=True))


def find_same_bytes(
    *, sender_id: int, kind: DeliveryKind, sha256: bytes
) -> Delivery | None:
    """The delivery that brought exactly these bytes, unless it was refused."""
    return (
        Delivery.objects.filter(sender_id=sender_id, kind=kind, sha256=sha256)
        .exclude(state=DeliveryState.REFUSED)
        .first()
    )


def report_of(delivery: Delivery, *, already_received: bool = False) -> DeliveryReport:
    """What became of a delivery."""
    return DeliveryReport(
        delivery_id=delivery.public_id,
        kind=DeliveryKind(delivery.kind),
        extract_id=delivery.extract_id,
        state=DeliveryState(delivery.state),
        rows=delivery.rows,
        accepted=delivery.accepted,
        held=delivery.held,
        rejected=delivery.rejected,
        codes=dict(delivery.codes),
        already_received=already_received,
        refusal=delivery.refusal,
    )


def get_delivery(*, actor: Actor, public_id: UUID, lock: bool = False) -> Delivery:
    """A delivery the actor's agency sent or received.

    Raises:
        NotFound: there is none that the actor may see.
    """
    rows = Delivery.objects.filter(public_id=public_id)
    if lock:
        rows = rows.select_for_update()
    found = rows.first()
    if found is None:
        raise NotFound("We could not find that delivery")
    return found


def get_rows_done(*, delivery_id: int) -> int:
    """How many rows of a delivery being received have been worked."""
    done = DeliveryProgress.objects.filter(pk=delivery_id).first()
    return done.rows_done if done else 0


def next_waiting() -> Delivery | None:
    """The oldest delivery that waits to be received and nobody is receiving."""
    return (
        Delivery.objects.select_for_update(skip_locked=True)
        .filter(state=DeliveryState.RECEIVED)
        .order_by("received_at", "pk")
        .first()
    )


def iterate_parts(*, delivery_id: int) -> Iterator[bytes]:
    """The sealed pieces of a waiting body, one at a time."""
    parts = DeliveryPart.objects.filter(delivery_id=delivery_id)
    for number in range(parts.count()):
        yield bytes(parts.get(number=number).sealed)


@dataclass(frozen=True, kw_only=True)
class DeliverySummary:
    """One line of a force's feed: counts of each fate, share workable, delay."""

    public_id: UUID
    kind: DeliveryKind
    state: DeliveryState
    extract_id: str
    received_at: datetime
    rows: int
    accepted: int
    held: int
    rejected: int
    codes: dict[str, int]
    slowest_seconds: int | None
    refusal: str

    @property
    def share_workable(self) -> float | None:
        """Accepted rows as a share of all rows (0 to 1); none of an empty file."""
        return self.accepted / self.rows if self.rows else None


def list_deliveries(
    *, actor: Actor, sender_id: int, limit: int, offset: int = 0
) -> list[DeliverySummary]:
    """A force's deliveries, newest first. One statement."""
    rows = Delivery.objects.filter(sender_id=sender_id).order_by("-received_at", "-pk")
    return [_summary(row) for row in rows[offset : offset + limit]]


def _summary(row: Delivery) -> DeliverySummary:
    return DeliverySummary(
        public_id=row.public_id,
        kind=DeliveryKind(row.kind),
        state=DeliveryState(row.state),
        extract_id=row.extract_id,
        received_at=row.received_at,
        rows=row.rows,
        accepted=row.accepted,
        held=row.held,
        rejected=row.rejected,
        codes=dict(row.codes),
        slowest_seconds=row.slowest_seconds,
        refusal=row.refusal,
    )


def summarise(delivery: Delivery) -> DeliverySummary:
    """The delivery as a line of its force's feed."""
    return _summary(delivery)


@dataclass(frozen=True, kw_only=True)
class HeldReferral:
    """One open hold, as the held page lists it. No name: that is a look."""

    hold_id: UUID
    referral_id: int
    referral_public_id: UUID
    force_code: str
    crime_ref: str
    code: Code
    codes: tuple[Code, ...]
    owner_team_id: int
    since: datetime
    wait_until: date | None
    wait_reason: str
    reported_at: datetime


def _held(hold: Hold) -> HeldReferral:
    return HeldReferral(
        hold_id=hold.public_id,
        referral_id=hold.referral_id,
        referral_public_id=hold.referral.public_id,
        force_code=hold.referral.force_code,
        crime_ref=hold.referral.crime_ref,
        code=Code(hold.code),
        codes=tuple(Code(code) for code in hold.codes),
        owner_team_id=hold.owner_team_id,
        since=hold.since,
        wait_until=hold.wait_until,
        wait_reason=hold.wait_reason,
        reported_at=hold.referral.reported_at,
    )


def _open_holds(actor: Actor) -> QuerySet[Hold]:
    return Hold.objects.filter(agency_id=actor.agency_id, ended_at=None)


def list_held(
    *,
    actor: Actor,
    today: date,
    limit: int,
    code: Code | None = None,
    waiting: bool = False,
    after: tuple[datetime, UUID] | None = None,
) -> list[HeldReferral]:
    """Open holds of the actor's agency, oldest first. One statement.

    Those put off until a later day are left out, unless `waiting` asks for them
    instead. `after` is the (since, hold) the page before ended with.
    """
    put_off = Q(wait_until__gt=today)
    rows = _open_holds(actor).filter(put_off if waiting else ~put_off)
    if code:
        rows = rows.filter(code=code)
    if after:
        since, hold_id = after
        rows = rows.filter(Q(since__gt=since) | Q(since=since, public_id__gt=hold_id))
    rows = rows.select_related("referral").order_by("since", "public_id")
    return [_held(hold) for hold in rows[:limit]]


def count_held(*, actor: Actor) -> dict[Code, int]:
    """How many open holds there are for each reason. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.code, count(*) FROM intake_hold h"
            " WHERE h.ended_at IS NULL AND h.agency_id = %s GROUP BY h.code",
            [actor.agency_id],
        )
        return {Code(code): number for code, number in cursor.fetchall()}


def get_hold(*, actor: Actor, public_id: UUID, lock: bool = False) -> Hold:
    """An open hold of the actor's agency, with its referral.

    Raises:
        NotFound: there is none, or somebody has decided it.
    """
    rows = _open_holds(actor).filter(public_id=public_id).select_related("referral")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.first()
    if found is None:
        raise NotFound("We could not find that referral, or somebody has decided it")
    return found


def describe_hold(hold: Hold) -> HeldReferral:
    """The hold as the held page lists it."""
    return _held(hold)


def get_current_row(*, referral_id: int) -> tuple[FeedRow, Delivery]:
    """The row that holds the referral's current version, sealed, and its delivery."""
    referral = Referral.objects.select_related("current_row__delivery").get(
        pk=referral_id
    )
    return referral.current_row, referral.current_row.delivery


@dataclass(frozen=True, kw_only=True)
class ReturnedReferral:
    """A referral sent back to the force, as the force reads it: no name."""

    source_system: str
    crime_ref: str
    person_ref: str
    row: int
    return_code: str
    message: str
    returned_at: datetime


def list_returns(*, actor: Actor, delivery_id: int) -> list[ReturnedReferral]:
    """What of a delivery was returned to the force, in row order. One statement."""
    holds = (
        Hold.objects.filter(row__delivery_id=delivery_id)
        .filter(decision=HoldDecision.RETURNED)
        .select_related("referral", "row")
        .order_by("row__number")
    )
    return [
        ReturnedReferral(
            source_system=hold.referral.source_system,
            crime_ref=hold.referral.crime_ref,
            person_ref=hold.referral.person_ref,
            row=hold.row.number,
            return_code=hold.return_code,
            message=hold.reason,
            returned_at=_moment(hold.ended_at),
        )
        for hold in holds
    ]


def _moment(value: datetime | None) -> datetime:
    if value is None:
        raise ValueError("A hold that has ended has a time")
    return value


FATES = """
    SELECT f.number, f.fate, f.code, f.fault_column, f.message, f.codes, f.referral_id
      FROM intake_feedrow f
     WHERE f.delivery_id = %s AND f.number > %s
     ORDER BY f.number LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class RowFate:
    """The fate of one row, without the person."""

    row: int
    fate: str
    code: str
    column: str
    message: str
    codes: tuple[str, ...]
    referral_id: int | None


def list_fates(*, delivery_id: int, after: int = 0, limit: int = 1000) -> list[RowFate]:
    """Fates of a delivery's rows, in row order, from the row after `after`."""
    with connection.cursor() as cursor:
        cursor.execute(FATES, [delivery_id, after, limit])
        return [
            RowFate(row[0], row[1], row[2], row[3], row[4], tuple(row[5]), row[6])
            for row in cursor.fetchall()
        ]


def find_by_extract(*, extract_id: str) -> list[Delivery]:
    """Visible deliveries of an extract, newest first."""
    rows = Delivery.objects.filter(extract_id=extract_id, state=DeliveryState.VISIBLE)
    return list(rows.order_by("-received_at", "-pk"))


def count_fates(*, delivery_id: int) -> dict[str, dict[str, int]]:
    """Rows of each fate and of each code, counted from the rows themselves."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fate, code, count(*) FROM intake_feedrow WHERE delivery_id = %s"
            " GROUP BY fate, code",
            [delivery_id],
        )
        counts: dict[str, dict[str, Any]] = {"fates": {}, "codes": {}}
        for fate, code, number in cursor.fetchall():
            counts["fates"][fate] = counts["fates"].get(fate, 0) + number
            counts["codes"][code] = number
        return counts
