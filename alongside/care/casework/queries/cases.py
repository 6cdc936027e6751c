"""One case and what is kept about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from string import hexdigits
from uuid import UUID

from alongside.care.casework.models import Case, CaseChange, Note, Victimisation
from alongside.care.casework.types import CaseStatus, ChangeKind, NoteKind, Tier
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.reference.tables import OFFENCES

SHORT = 8  # digits of a case's id that people read out


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """A case without the person's name."""

    case_id: int
    public_id: UUID
    agency_id: int
    person_id: int
    status: CaseStatus
    tier: Tier
    high_risk: bool
    team_id: int
    team_name: str
    worker_id: int | None
    worker_name: str
    opened_at: datetime
    touched_at: datetime
    closed_at: datetime | None
    disposition: str
    next_action: str
    next_action_on: date | None
    version: int
    compartments: int = 0  # a mask of the walls it stands behind


@dataclass(frozen=True, kw_only=True)
class CrimeLine:
    """A crime or incident the person had a part in."""

    victimisation_id: int
    referral_id: int | None
    live: bool
    role: str
    record_type: str
    high_risk: bool
    crime_ref: str
    offence_code: str
    offence_title: str
    flags: tuple[str, ...]
    reported_at: datetime
    occurred_from: datetime | None
    location_postcode: str
    status: str
    outcome_type: str
    outcome_on: date | None
    officer_contact: str
    relationship_to_suspect: str
    suspect_same_address: bool | None
    received_at: datetime | None  # by this service; none where no force referred
    sender_name: str
    extract_id: str  # of the delivery with the newest version

    @property
    def what(self) -> str:
        """What it was: in the force's words, else its code, else crime or incident."""
        offence = OFFENCES.get(self.offence_code)
        named = self.offence_title or (offence.title if offence else "")
        return named or self.record_type.capitalize()

    @property
    def by_hand(self) -> bool:
        """Whether somebody told us of it, and no force sent it."""
        return self.referral_id is None

    @property
    def called(self) -> str:
        """What tells it from others: its reference where it has one."""
        return self.crime_ref or self.what


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """One line of a case's history."""

    at: datetime
    by: str
    kind: ChangeKind
    words: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class NoteLine:
    """One note."""

    at: datetime
    by: str
    kind: NoteKind
    text: str


def get_case(*, actor: Actor, public_id: UUID, lock: bool = False) -> Case:
    """A case the actor may see; row security decides.

    `lock` holds the row until the end of the transaction.

    Raises:
        NotFound: there is none that the actor may know of.
    """
    rows = Case.objects.filter(public_id=public_id)
    rows = (
        rows.select_for_update(of=("self",))
        if lock
        else rows.select_related("team", "worker")
    )
    found = rows.first()
    if found is None:
        raise NotFound("We could not find that case")
    return found


def has_open_case(*, person_id: int) -> bool:
    """Whether the person has a case that is not closed."""
    rows = Case.objects.filter(person_id=person_id)
    return rows.exclude(status=CaseStatus.CLOSED).exists()


def case_facts(case: Case) -> CaseFacts:
    """What a page shows of a case read with its team and worker."""
    return CaseFacts(
        case_id=case.pk,
        public_id=case.public_id,
        agency_id=case.agency_id,
        person_id=case.person_id,
        status=CaseStatus(case.status),
        tier=Tier(case.tier),
        high_risk=case.high_risk,
        team_id=case.team_id,
        team_name=case.team.name,
        worker_id=case.worker_id,
        worker_name=case.worker.name if case.worker else "",
        opened_at=case.opened_at,
        touched_at=case.touched_at,
        closed_at=case.closed_at,
        disposition=case.disposition,
        next_action=case.next_action,
        next_action_on=case.next_action_on,
        version=case.version,
        compartments=case.compartments,
    )


def find_case_facts(*, case_id: int) -> CaseFacts | None:
    """A case by its key, where the actor may see the case itself. One statement."""
    case = Case.objects.filter(pk=case_id).select_related("team", "worker").first()
    return case_facts(case) if case else None


def find_by_reference(*, reference: str) -> tuple[UUID, int] | None:
    """The case of this short reference and whose it is, where the actor may see it.

    None where there is none, or more than one: a short reference is no name. One
    statement.
    """
    digits = reference.replace("-", "").replace(" ", "").lower()
    if len(digits) != SHORT or not set(digits) <= set(hexdigits):
        return None
    ends = tuple(UUID(digits + fill * (32 - SHORT)) for fill in ("0", "f"))
    rows = Case.objects.filter(public_id__range=ends)
    found = list(rows.values_list("public_id", "person_id")[:2])
    return found[0] if len(found) == 1 else None


def list_person_cases(*, actor: Actor, person_id: int) -> list[CaseFacts]:
    """The person's cases that the actor may see, newest first. One statement."""
    rows = Case.objects.filter(person_id=person_id).select_related("team", "worker")
    return [case_facts(case) for case in rows.order_by("-opened_at", "-pk")]


def list_crimes(*, case_ids: Sequence[int]) -> list[CrimeLine]:
    """What happened to the person, newest report first, each crime once."""
    rows = (
        Victimisation.objects.filter(case_id__in=list(case_ids), same_as=None)
        .select_related("referral__sender", "referral__current_row__delivery")
        .defer("referral__current_row__sealed", "referral__current_row__sha256")
    )
    return [
        CrimeLine(
            victimisation_id=row.pk,
            referral_id=row.referral_id,
            live=row.live,
            role=row.role,
            record_type=row.record_type,
            high_risk=row.high_risk,
            crime_ref=row.crime_ref,
            offence_code=row.offence_code,
            offence_title=row.offence_title,
            flags=tuple(row.flags),
            reported_at=row.reported_at,
            occurred_from=row.occurred_from,
            location_postcode=row.location_postcode,
            status=row.status,
            outcome_type=row.outcome_type,
            outcome_on=row.outcome_on,
            officer_contact=row.officer_contact,
            relationship_to_suspect=row.relationship_to_suspect,
            suspect_same_address=row.suspect_same_address,
            received_at=row.referral.received_at if row.referral else None,
            sender_name=row.referral.sender.name if row.referral else "",
            extract_id=(
                row.referral.current_row.delivery.extract_id if row.referral else ""
            ),
        )
        for row in rows.order_by("-reported_at", "-pk")
    ]


def list_changes(*, case_id: int, limit: int) -> list[ChangeLine]:
    """The case's history, newest first. One statement."""
    rows = CaseChange.objects.filter(case_id=case_id).select_related("by")
    return [
        ChangeLine(
            at=row.at,
            by=row.by.name if row.by else "",
            kind=ChangeKind(row.kind),
            words=row.words,
            reason=row.reason,
        )
        for row in rows.order_by("-at", "-pk")[:limit]
    ]


def list_notes(*, actor: Actor, case_id: int, limit: int) -> list[NoteLine]:
    """Notes of the case, newest first. One statement."""
    rows = Note.objects.filter(case_id=case_id).select_related("by")
    return [
        NoteLine(at=row.at, by=row.by.name, kind=NoteKind(row.kind), text=row.text)
        for row in rows.order_by("-at", "-pk")[:limit]
    ]


def list_public_ids(*, case_ids: Sequence[int]) -> dict[int, UUID]:
    """The public id of each case the actor may see. One statement."""
    return dict(
        Case.objects.filter(pk__in=list(case_ids)).values_list("pk", "public_id")
    )
