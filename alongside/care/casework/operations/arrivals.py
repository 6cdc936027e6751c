"""Cases and victimisations from a delivery, many at a time.

Each runs in the transaction of the delivery, which audits it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import F

from alongside.care.casework.models import Case, CaseChange, Victimisation
from alongside.care.casework.types import CaseStatus, ChangeKind, Tier
from alongside.care.intake.types import ReadRow
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction
from alongside.foundation.lib.asking import Question, ask_keys
from alongside.foundation.lib.bulk import bulk_insert, bulk_update, take_ids

CASE_COLUMNS = (
    *("id", "public_id", "person_id", "tier", "high_risk", "team_id"),
    *("next_action", "next_action_on", "compartments"),
)
JOIN_COLUMNS = (
    "id",
    "tier",
    "high_risk",
    "touched_at",
    "next_action",
    "next_action_on",
    "compartments",
)
CHANGE_COLUMNS = ("area_id", "case_id", "at", "by_id", "kind", "words", "reason")
FACT_COLUMNS = (
    *("record_type", "role", "high_risk", "offence_code", "offence_title", "flags"),
    *("reported_at", "occurred_from", "occurred_to", "location_postcode", "status"),
    *("outcome_type", "outcome_on", "officer_contact", "relationship_to_suspect"),
    *("suspect_same_address", "suspect_ref", "repeat_victim", "dash_yes_count"),
    *("asb_risk", "special_measures_discussed", "vps_offered", "acknowledged_on"),
    *("needs_assessed_on", "consent_referral", "consent_on"),
)
NEW_COLUMNS = (
    *("id", "record_id", "case_id", "referral_id"),
    *("same_as_id", "live", "crime_key", "force_code", "source_system", "crime_ref"),
    *FACT_COLUMNS,
)
KNOWN_COLUMNS = ("id", "record_id", "case_id", "live", *FACT_COLUMNS)
# In one order, whoever holds several; what only points at a case need not wait.
HOLD = """
    SELECT 1 FROM casework_case c
     WHERE c.id IN (SELECT v.case_id FROM casework_victimisation v
                     WHERE v.crime_key = ANY (%s::uuid[]))
     ORDER BY c.id FOR NO KEY UPDATE OF c
"""


@dataclass(slots=True)
class NewCase:
    """A case to open. The key is taken beforehand."""

    case_id: int
    public_id: UUID
    person_id: int
    tier: Tier
    high_risk: bool
    team_id: int
    next_action: str
    next_action_on: date
    compartments: int


@dataclass(slots=True)
class JoinedCase:
    """An open case that something joins, as it should stand afterwards."""

    case_id: int
    tier: Tier
    high_risk: bool
    next_action: str
    next_action_on: date | None
    compartments: int
    changes: list[tuple[ChangeKind, str]]  # what happened, in words


@dataclass(slots=True)
class MatterRow:
    """A victimisation to add, or to bring to its newest version."""

    victimisation_id: int
    record_id: int
    case_id: int | None
    referral_id: int | None  # none where nobody referred them
    same_as_id: int | None
    live: bool
    crime_key: UUID
    row: ReadRow


def take_case_ids(*, actor: Actor, now: datetime, count: int) -> list[int]:
    """Keys for cases about to be opened."""
    return take_ids(Case, count)


def take_victimisation_ids(*, actor: Actor, now: datetime, count: int) -> list[int]:
    """Keys for victimisations about to be added."""
    return take_ids(Victimisation, count)


def ask_matter_and_case(*, actor: Actor, now: datetime) -> Question:
    """Keys for one victimisation and one case about to be added, asked with others."""
    return ask_keys(Victimisation, Case)


def open_cases(*, actor: Actor, now: datetime, cases: Sequence[NewCase]) -> None:
    """Open many cases for the actor's agency."""
    bulk_insert(
        Case,
        CASE_COLUMNS,
        (
            (
                *(case.case_id, case.public_id, case.person_id, case.tier),
                *(case.high_risk, case.team_id, case.next_action),
                *(case.next_action_on, case.compartments),
            )
            for case in cases
        ),
        alike={
            "area_id": actor.area_id,
            "agency_id": actor.agency_id,
            "status": CaseStatus.OPEN,
            "opened_at": now,
            "touched_at": now,
            "disposition": "",
            "version": 1,
        },
    )
    audit.record_events(
        actor=actor,
        now=now,
        action=AuditAction.CASE_OPENED,
        kind="case",
        subject_ids=[case.public_id for case in cases],
    )


def join_cases(*, actor: Actor, now: datetime, cases: Sequence[JoinedCase]) -> None:
    """Bring open cases up to date with what joined them, and say so."""
    if not cases:
        return
    bulk_update(
        Case,
        JOIN_COLUMNS,
        (
            (
                *(case.case_id, case.tier, case.high_risk, now, case.next_action),
                *(case.next_action_on, case.compartments),
            )
            for case in cases
        ),
    )
    add_changes(
        actor=actor,
        now=now,
        changes=(
            (case.case_id, kind, words)
            for case in cases
            for kind, words in case.changes
        ),
    )


def add_changes(
    *,
    actor: Actor,
    now: datetime,
    changes: Iterable[tuple[int, ChangeKind, str]],
    reason: str = "",
) -> None:
    """Add to the histories of cases: (case, kind, words), all for one reason."""
    bulk_insert(
        CaseChange,
        CHANGE_COLUMNS,
        (
            (actor.area_id, case_id, now, actor.user_id, kind, words, reason)
            for case_id, kind, words in changes
        ),
    )


def set_walls(*, actor: Actor, now: datetime, case_id: int, compartments: int) -> None:
    """Have a case stand behind these walls inside its agency, a mask."""
    Case.objects.filter(pk=case_id).update(
        compartments=compartments, touched_at=now, version=F("version") + 1
    )


def hold_cases(*, actor: Actor, now: datetime, crime_keys: Sequence[UUID]) -> None:
    """Hold the cases that have to do with these crimes until the transaction ends.

    Whoever works one of them at this moment is waited for, and waits in turn: what is
    read of them afterwards is what stands. One statement.
    """
    if crime_keys:
        with connection.cursor() as cursor:
            cursor.execute(HOLD, [list(crime_keys)])


def touch_cases(*, actor: Actor, now: datetime, case_ids: Sequence[int]) -> None:
    """Say that something happened to these cases."""
    if case_ids:
        Case.objects.filter(pk__in=list(case_ids)).update(touched_at=now)


def name_crime(
    *, actor: Actor, now: datetime, victimisation_id: int, crime_key: UUID
) -> None:
    """Say which crime of a force a part in a crime is, that was written down by hand.

    Part of the operation that applies what the force told of it, which audits it. A
    referral of the same person that comes later is then the same part.
    """
    Victimisation.objects.filter(pk=victimisation_id, force_code="").update(
        crime_key=crime_key
    )


def add_victimisations(
    *, actor: Actor, now: datetime, matters: Sequence[MatterRow]
) -> None:
    """Add the part that people had in crimes and incidents."""
    bulk_insert(
        Victimisation,
        NEW_COLUMNS,
        (
            (
                *(m.victimisation_id, m.record_id, m.case_id, m.referral_id),
                *(m.same_as_id, m.live, m.crime_key),
                *(m.row.identity.force_code, m.row.identity.source_system),
                *(m.row.identity.crime_ref, *_facts(m.row)),
            )
            for m in matters
        ),
        alike={"area_id": actor.area_id, "agency_id": actor.agency_id},
    )


def renew_victimisations(
    *, actor: Actor, now: datetime, matters: Sequence[MatterRow]
) -> None:
    """Bring known victimisations to their newest version."""
    if not matters:
        return
    bulk_update(
        Victimisation,
        KNOWN_COLUMNS,
        (
            (m.victimisation_id, m.record_id, m.case_id, m.live, *_facts(m.row))
            for m in matters
        ),
    )


def _facts(row: ReadRow) -> tuple[object, ...]:
    return (
        *(row.record_type, row.role, row.high_risk, row.offence_code),
        *(row.offence_title, list(row.flags), row.reported_at, row.occurred_from),
        *(row.occurred_to, row.location_postcode, row.status, row.outcome_type),
        *(row.outcome_on, row.officer_contact, row.relationship_to_suspect),
        *(row.suspect_same_address, row.suspect_ref, row.repeat_victim),
        *(row.dash_yes_count, row.asb_risk, row.special_measures_discussed),
        *(row.vps_offered, row.acknowledged_on, row.needs_assessed_on),
        *(row.consent_referral, row.consent_on),
    )
