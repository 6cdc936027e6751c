"""Updates as pages, the case's timeline and the sending round read them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from alongside.care.contact.types import Channel
from alongside.care.telling.models import Update
from alongside.care.telling.types import HourChoice, Kind, ToSend, UpdateState
from alongside.foundation.accounts.types import Actor

ON_THEIR_WAY = """
    SELECT u.public_id, e.public_id, e.event, u.state, u.channel, u.leaves_at,
           u.sent_at, c.public_id, c.person_id, coalesce(w.name, '')
      FROM telling_update u
      JOIN journey_journeyevent e ON e.id = u.event_id
      JOIN casework_case c ON c.id = u.case_id
      LEFT JOIN accounts_user w ON w.id = u.asked_by_id
     WHERE (u.state IN ('leaving', 'sending') OR u.state = 'sent' AND u.told_at IS NULL)
       AND c.agency_id = %(agency)s
     ORDER BY u.leaves_at, u.id LIMIT %(limit)s
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class UpdateLine:
    """One update, whole, as the pages show it."""

    update_id: UUID
    event_id: UUID
    event: str
    occurred_at: datetime
    template: str
    template_version: int
    kind: Kind
    language: str
    channel: Channel | None
    state: UpdateState
    words: str
    changed: bool
    made_at: datetime
    made_by: str
    asked_at: datetime | None
    asked_by: str
    by_itself: bool
    leaves_at: datetime | None
    hour: HourChoice | None
    hour_why: str
    sent_at: datetime | None
    told_at: datetime | None
    failed: str
    tried_at: datetime | None
    ended_at: datetime | None
    ended_by: str
    ended_why: str
    ended_words: str
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OnItsWay:
    """An update that is leaving, or left and has not been heard of."""

    update_id: UUID
    event_id: UUID
    event: str
    state: UpdateState
    channel: Channel
    leaves_at: datetime
    sent_at: datetime | None
    case_id: UUID
    person_id: int
    asked_by: str


def list_updates(*, case_key: int, limit: int) -> list[UpdateLine]:
    """What was written to the person of a case, newest first. One statement."""
    rows = Update.objects.filter(case_id=case_key).select_related(
        "event", "made_by", "asked_by", "ended_by"
    )
    return [_line(row) for row in rows.order_by("-made_at", "-pk")[:limit]]


def find_update(*, case_key: int, event_id: UUID) -> UpdateLine | None:
    """The update of an event that counts: the one that was not dropped."""
    rows = Update.objects.filter(case_id=case_key, event__public_id=event_id)
    rows = rows.exclude(state=UpdateState.DROPPED)
    found = rows.select_related("event", "made_by", "asked_by", "ended_by").first()
    return _line(found) if found else None


def list_on_their_way(*, actor: Actor, limit: int) -> list[OnItsWay]:
    """What is leaving, or left and has not been heard of, soonest first."""
    with connection.cursor() as cursor:
        cursor.execute(ON_THEIR_WAY, {"agency": actor.agency_id, "limit": limit})
        return [
            OnItsWay(
                update_id=row[0],
                event_id=row[1],
                event=row[2],
                state=UpdateState(row[3]),
                channel=Channel(row[4]),
                leaves_at=row[5],
                sent_at=row[6],
                case_id=row[7],
                person_id=row[8],
                asked_by=row[9],
            )
            for row in cursor.fetchall()
        ]


def list_leaving(
    *, actor: Actor, now: datetime, stuck: timedelta, limit: int
) -> list[ToSend]:
    """What is due to leave, and what was being sent when its sender stopped."""
    rows = Update.objects.filter(case__agency_id=actor.agency_id)
    due = rows.filter(state=UpdateState.LEAVING, leaves_at__lte=now)
    lost = rows.filter(state=UpdateState.SENDING, tried_at__lte=now - stuck)
    found = (due | lost).order_by("leaves_at", "pk")
    return [_to_send(row) for row in found.select_related("case")[:limit]]


def list_arriving(*, actor: Actor, limit: int) -> list[ToSend]:
    """What left by a sender who says when it arrives, and has not said."""
    rows = Update.objects.filter(case__agency_id=actor.agency_id)
    found = rows.filter(state=UpdateState.SENT, told_at=None).order_by("leaves_at")
    return [_to_send(row) for row in found.select_related("case")[:limit]]


def _to_send(row: Update) -> ToSend:
    return ToSend(
        update_id=row.public_id,
        case_id=row.case.public_id,
        asked_by=row.asked_by_id or 0,
        by_itself=row.made_by_id is None,
        sent_at=row.sent_at,
        provider_ref=row.provider_ref,
    )


def _line(row: Update) -> UpdateLine:
    return UpdateLine(
        update_id=row.public_id,
        event_id=row.event.public_id,
        event=row.event.event,
        occurred_at=row.event.occurred_at,
        template=row.template,
        template_version=row.template_version,
        kind=Kind(row.kind),
        language=row.language,
        channel=Channel(row.channel) if row.channel else None,
        state=UpdateState(row.state),
        words=row.words,
        changed=row.changed,
        made_at=row.made_at,
        made_by=row.made_by.name if row.made_by else "",
        asked_at=row.asked_at,
        asked_by=row.asked_by.name if row.asked_by else "",
        by_itself=row.made_by_id is None,
        leaves_at=row.leaves_at,
        hour=HourChoice(row.hour) if row.hour else None,
        hour_why=row.hour_why,
        sent_at=row.sent_at,
        told_at=row.told_at,
        failed=row.failed,
        tried_at=row.tried_at,
        ended_at=row.ended_at,
        ended_by=row.ended_by.name if row.ended_by else "",
        ended_why=row.ended_why,
        ended_words=row.ended_words,
        version=row.version,
    )
