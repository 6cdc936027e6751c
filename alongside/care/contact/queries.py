"""Questions about contact. Nothing here writes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max

from alongside.care.contact.models import ContactAttempt
from alongside.care.contact.tables import ATTEMPT_RESULTS
from alongside.care.contact.types import Channel, RouteEnd, Safety, Way, Ways
from alongside.care.people.rules import CHANNEL_POINTS

WAYS = "SELECT case_id, what, name, state, at, by_force FROM contact_ways(%s, %s)"
ENDING = {
    row.code: row.ends_route
    for row in ATTEMPT_RESULTS.values()
    if row.ends_route is not RouteEnd.NO
}
REACHED = sorted(row.code for row in ATTEMPT_RESULTS.values() if row.contact_made)


@dataclass(frozen=True, kw_only=True)
class AttemptLine:
    """One attempt as the timeline shows it."""

    at: datetime
    by: str
    channel: Channel
    safety: str
    result: str
    words: str


def list_attempts(*, case_id: int, limit: int) -> list[AttemptLine]:
    """Attempts to reach the person, newest first. One statement."""
    rows = ContactAttempt.objects.filter(case_id=case_id).select_related("by")
    return [
        AttemptLine(
            at=row.at,
            by=row.by.name,
            channel=Channel(row.channel),
            safety=row.safety,
            result=row.result,
            words=row.words,
        )
        for row in rows.order_by("-at", "-pk")[:limit]
    ]


def list_ways(*, case_ids: Sequence[int], force: str) -> dict[int, Ways]:
    """What is known of each way to the people of these cases, as far as the actor may
    know it; without a number, an address or a name. Two statements.

    `force` is what a record that a force sent names as its source.
    """
    points: dict[int, dict[str, datetime]] = defaultdict(dict)
    marks: dict[int, dict[str, tuple[str, datetime, bool]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(WAYS, [list(case_ids), force])
        for case_id, what, name, state, at, by_force in cursor.fetchall():
            if what == "point":
                points[case_id][name] = at
            else:
                marks[case_id][name] = (state, at, by_force)
    ended, reached = _tried(case_ids)
    return {
        case_id: Ways(
            ways=tuple(_ways(held, marks[case_id], ended.get(case_id, {}))),
            reached_at=reached.get(case_id),
        )
        for case_id, held in points.items()
    }


def _ways(
    held: Mapping[str, datetime],
    marks: Mapping[str, tuple[str, datetime, bool]],
    ended: Mapping[str, tuple[RouteEnd, datetime]],
) -> list[Way]:
    ways = []
    for channel, kinds in CHANNEL_POINTS.items():
        since = [held[kind.value] for kind in sorted(kinds) if kind.value in held]
        if not since:
            continue
        state, marked_at, by_force = marks.get(channel.value, ("", None, False))
        end, ended_at = ended.get(channel.value, (RouteEnd.NO, None))
        ways.append(
            Way(
                channel=Channel(channel.value),
                held_at=max(since),
                safety=Safety(state or Safety.NOT_KNOWN),
                marked_at=marked_at,
                by_force=by_force,
                ended=end,
                ended_at=ended_at,
            )
        )
    return ways


def _tried(
    case_ids: Sequence[int],
) -> tuple[dict[int, dict[str, tuple[RouteEnd, datetime]]], dict[int, datetime]]:
    """When each way last came to an end, and when somebody was last spoken with."""
    ended: dict[int, dict[str, tuple[RouteEnd, datetime]]] = defaultdict(dict)
    reached: dict[int, datetime] = {}
    rows = ContactAttempt.objects.filter(
        case_id__in=list(case_ids), result__in=sorted({*ENDING, *REACHED})
    )
    newest = rows.values_list("case_id", "channel", "result").annotate(last=Max("at"))
    for case_id, channel, result, at in newest.order_by("last", "channel", "result"):
        if result in ENDING:
            ended[case_id][channel] = (ENDING[result], at)
        else:
            reached[case_id] = at
    return ended, reached
