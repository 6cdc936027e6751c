"""What was told of events in whose place others stand now."""

import json
from collections import defaultdict
from collections.abc import Sequence

from django.db import connection

from alongside.care.journey.rules.heard import Heard
from alongside.care.journey.types import Happened

# An event may stand in the place of one that stood in the place of another. What a
# telling repeats is the telling itself, so each counts once.
HEARD = """
    WITH RECURSIVE gone AS (
        SELECT e.id AS head, e.id, e.victimisation_id
          FROM journey_journeyevent e WHERE e.id = ANY (%s::bigint[])
        UNION ALL
        SELECT g.head, e.id, e.victimisation_id
          FROM gone g JOIN journey_journeyevent e
            ON e.victimisation_id = g.victimisation_id AND e.superseded_by_id = g.id
    )
    SELECT g.head, t.id, t.told_at, t.evidence, e.id, e.event, e.suspect_ref,
           e.offence_code, e.occurred_at, e.detail, e.content_hash
      FROM gone g
      JOIN journey_telling t
        ON t.victimisation_id = g.victimisation_id AND t.event_id = g.id
       AND t.taken_back_at IS NULL AND t.carried_from_id IS NULL
      JOIN journey_journeyevent e ON e.id = g.id
     ORDER BY t.told_at, t.id
"""


def list_heard(*, event_ids: Sequence[int]) -> dict[int, list[Heard]]:
    """What somebody was told of each of these events, and of those in whose place it
    stood, the first first. One statement."""
    found: dict[int, list[Heard]] = defaultdict(list)
    if not event_ids:
        return found
    with connection.cursor() as cursor:
        cursor.execute(HEARD, [list(event_ids)])
        for head, telling_id, told_at, evidence, *of in cursor.fetchall():
            event_id, event, suspect, offence, occurred_at, detail, mark = of
            happened = Happened(
                event_id=event_id,
                event=event,
                suspect_ref=suspect,
                offence_code=offence,
                occurred_at=occurred_at,
                detail=json.loads(detail),
                content_hash=mark,
            )
            found[head].append(Heard(telling_id, told_at, evidence, happened))
    return found
