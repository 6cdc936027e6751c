"""Reading held referrals: the list, and one with everything the force said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.care.casework import queries as casework
from alongside.care.casework.queries import HeldMatter
from alongside.care.intake import queries as intake
from alongside.care.intake.queries import HeldCounts, HeldReferral
from alongside.care.intake.tables import COLUMNS
from alongside.care.intake.types import Code, DeliveryKind, FeedColumn
from alongside.care.people import queries as people
from alongside.care.people.types import PersonLabel
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries as organisations
from alongside.workflows.open_row import open_current_row

Place = tuple[datetime, UUID]

LIST_PURPOSE = "List of held referrals"
LOOK_PURPOSE = "Held referral"


@dataclass(frozen=True, kw_only=True)
class HeldLine:
    """A held referral with who it is about, who sent it and whose it is."""

    held: HeldReferral
    person: PersonLabel | None
    matter: HeldMatter | None
    force_name: str
    team_name: str


@dataclass(frozen=True, kw_only=True)
class HeldList:
    """One page of held referrals. `earlier` and `later` say if there are more."""

    lines: tuple[HeldLine, ...]
    counts: HeldCounts
    earlier: bool
    later: bool


@dataclass(frozen=True, kw_only=True)
class HeldDetail:
    """A held referral with what the force said, column by column of the format."""

    line: HeldLine
    extract_id: str
    received_at: datetime
    said: tuple[tuple[FeedColumn, str], ...]


def read_held_list(
    *,
    actor: Actor,
    now: datetime,
    limit: int,
    code: Code | None = None,
    waiting: bool = False,
    after: Place | None = None,
    before: Place | None = None,
    request_id: UUID | None = None,
) -> HeldList:
    """A page of the agency's held referrals, oldest first. Seven statements.

    Raises:
        NotAllowed: the actor may not see held referrals.
    """
    permissions.check_has(actor, Permission.HELD_VIEW)
    today = local_day(now)
    found = intake.list_held(
        actor=actor,
        today=today,
        limit=limit + 1,
        code=code,
        waiting=waiting,
        after=after,
        before=before,
    )
    more = len(found) > limit
    shown = found[-limit:] if before else found[:limit]
    return HeldList(
        lines=_describe(actor, now, shown, request_id),
        counts=intake.count_held(actor=actor, today=today),
        earlier=more if before else after is not None,
        later=more if not before else True,
    )


def read_held(
    *, actor: Actor, now: datetime, hold_id: UUID, request_id: UUID | None = None
) -> HeldDetail:
    """One held referral and the row the force sent. The look goes on the trail.

    Raises:
        NotAllowed: the actor may not see held referrals.
        NotFound: there is none like that, or somebody has decided it.
        Tampered: the row kept is not the one that was stored.
    """
    line = read_held_line(actor=actor, now=now, hold_id=hold_id, request_id=request_id)
    raw, delivery = open_current_row(
        referral_id=line.held.referral_id,
        area_code=organisations.get_area_code(area_id=actor.area_id),
    )
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.PERSON_SEEN,
        subject=Subject(
            kind="what the force said",
            public_id=line.held.referral_public_id,
            person_ids=(line.person.public_id,) if line.person else (),
        ),
        purpose=LOOK_PURPOSE,
        request_id=request_id,
    )
    columns = COLUMNS[DeliveryKind(delivery.kind)]
    said = raw.values or ("",) * len(columns)
    return HeldDetail(
        line=line,
        extract_id=delivery.extract_id,
        received_at=delivery.received_at,
        said=tuple(zip(columns, said, strict=True)),
    )


def read_held_line(
    *, actor: Actor, now: datetime, hold_id: UUID, request_id: UUID | None = None
) -> HeldLine:
    """One held referral without what the force said: enough to say which it is.

    Raises:
        NotAllowed, NotFound: as `read_held`.
    """
    permissions.check_has(actor, Permission.HELD_VIEW)
    hold = intake.get_hold(actor=actor, public_id=hold_id)
    (line,) = _describe(actor, now, [intake.describe_hold(hold)], request_id)
    return line


def _describe(
    actor: Actor,
    now: datetime,
    found: Sequence[HeldReferral],
    request_id: UUID | None,
) -> tuple[HeldLine, ...]:
    matters = casework.find_held_matters(
        actor=actor, referral_ids=[held.referral_id for held in found]
    )
    labels = people.open_labels(
        person_ids=[matter.person_id for matter in matters.values()],
        purpose=LIST_PURPOSE,
        now=now,
        request_id=request_id,
    )
    forces = {f[0]: f[1] for f in organisations.list_forces(area_id=actor.area_id)}
    teams = {
        team.team_id: team.name
        for team in organisations.list_teams(agency_id=actor.agency_id)
    }
    lines = []
    for held in found:
        matter = matters.get(held.referral_id)
        lines.append(
            HeldLine(
                held=held,
                person=labels.get(matter.person_id) if matter else None,
                matter=matter,
                force_name=forces.get(held.force_code, held.force_code),
                team_name=teams.get(held.owner_team_id, ""),
            )
        )
    return tuple(lines)
