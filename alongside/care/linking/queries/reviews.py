"""What waits for a reviewer, one task opened, and how linking goes.

The database shows a task to whoever reviews and may see both people, and writes the
look before it answers.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.care.linking.models import LinkModel
from alongside.care.linking.tables import LIMITS
from alongside.care.linking.types import (
    Backlog,
    LastAnswer,
    LinkMonth,
    LiveWeights,
    MaskedRecord,
    OpenedReview,
    PastEvent,
    Question,
    ReviewLine,
    ReviewList,
    ReviewSide,
    ReviewState,
    SideCrime,
    SidePoint,
)
from alongside.care.matching.types import Standard, Why
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.beside import run_beside
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.request_id import current_request_id

PURPOSE = "link review"
LIST = """
    SELECT * FROM linking_list_reviews(%s, %s, %s, %s, %s, %s, %s, %s::uuid, %s)
"""
MOST = LIMITS["review_most"].number
PATIENCE = timedelta(days=LIMITS["review_ask_days"].number)
UNDO_WITHIN = timedelta(minutes=LIMITS["review_undo_minutes"].number)


def count_reviews(*, actor: Actor, now: datetime, most: int) -> int:
    """How many tasks wait for the actor; no more than `most` are counted."""
    permissions.check_has(actor, Permission.LINK_REVIEW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT linking_count_reviews(%s, %s)", [most, now - PATIENCE])
        return int(cursor.fetchone()[0])


def list_reviews(
    *,
    actor: Actor,
    now: datetime,
    asked: bool = False,
    why: Why | None = None,
    start: int = 0,
    size: int,
) -> ReviewList:
    """One page of tasks of people the actor may see, heaviest first. One look.

    `asked` lists those that somebody put aside with a question; `why` narrows to one
    rule.

    Raises:
        NotAllowed: the actor does not review.
    """
    permissions.check_has(actor, Permission.LINK_REVIEW)
    values: list[Any] = [
        *("asked" if asked else "todo", why.value if why else None, MOST),
        *(now - PATIENCE, start, size, PURPOSE, current_request_id(), now),
    ]
    with connection.cursor() as cursor:
        cursor.execute(LIST, values)
        rows = cursor.fetchall()
    return ReviewList(
        lines=tuple(_line(row) for row in rows),
        count=rows[0][10] if rows else 0,
        most=MOST,
    )


def _line(row: Sequence[Any]) -> ReviewLine:
    return ReviewLine(
        review_id=row[0],
        why=Why(row[1]),
        weight=row[2],
        opened_at=row[3],
        asked=row[4],
        asked_by=row[5],
        first=MaskedRecord(initials=row[6], birth_year=row[7]),
        second=MaskedRecord(initials=row[8], birth_year=row[9]),
    )


def find_next_review(
    *, actor: Actor, now: datetime, beside: UUID | None = None, back: bool = False
) -> UUID | None:
    """The first task, or the one after (or before) another; None if there is none."""
    permissions.check_has(actor, Permission.LINK_REVIEW)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT linking_next_review(%s::uuid, %s, %s)",
            [beside, back, now - PATIENCE],
        )
        found: UUID | None = cursor.fetchone()[0]
        return found


def open_review(*, actor: Actor, now: datetime, review_id: UUID) -> OpenedReview:
    """Everything the desk shows of one task. A look at both people, on the trail.

    Raises:
        NotAllowed: the actor does not review.
        NotFound: there is no such task that they may see (the attempt is on the trail).
    """
    permissions.check_has(actor, Permission.LINK_REVIEW)
    values: list[Any] = [review_id, PURPOSE, current_request_id(), now]
    with connection.cursor() as cursor:
        cursor.execute("SELECT linking_open_review(%s, %s, %s::uuid, %s)", values)
        found = cursor.fetchone()[0]
    if found is None:
        run_beside("SELECT linking_review_refused(%s, %s, %s::uuid, %s)", values)
        raise NotFound("We could not find that task")
    return _opened(json.loads(found))


def _opened(row: Mapping[str, Any]) -> OpenedReview:
    return OpenedReview(
        review_id=UUID(row["review"]),
        why=Why(row["why"]),
        weight=row["weight"],
        model=row["model"],
        opened_at=datetime.fromisoformat(row["opened_at"]),
        state=ReviewState(row["state"]),
        asked=row["asked"],
        asked_of=row["asked_of"],
        asked_by=row["asked_by"] or "",
        asked_at=_moment(row["asked_at"]),
        reach=row["reach"],
        first=_side(row["first"]),
        second=_side(row["second"]),
        one_crime=row["one_crime"],
        household=tuple(hint["why"] for hint in row["household"] or ()),
        history=tuple(_event(event) for event in row["history"] or ()),
    )


def _side(row: Mapping[str, Any]) -> ReviewSide:
    standard = row["standard"]
    born = row["date_of_birth"]
    return ReviewSide(
        given_names=row["given_names"],
        surname=row["surname"],
        date_of_birth=date.fromisoformat(born) if born else None,
        gender=row["gender"],
        source=row["source"],
        said_at=datetime.fromisoformat(row["said_at"]),
        standard=Standard(**standard) if standard else None,
        contacts=tuple(
            SidePoint(
                kind=point["kind"],
                value=point["value"],
                postcode=point["postcode"],
                others=point["others"],
            )
            for point in row["contacts"] or ()
        ),
        unsafe=tuple(row["unsafe"] or ()),
        walls=row["walls"],
        crimes=tuple(
            SideCrime(
                ref=crime["ref"],
                reported_at=_moment(crime["reported_at"]),
                home=crime["home"],
            )
            for crime in row["crimes"] or ()
        ),
    )


def _event(row: Mapping[str, Any]) -> PastEvent:
    return PastEvent(
        at=datetime.fromisoformat(row["at"]),
        what=row["what"],
        rule=row["rule"],
        why=row["why"],
        band=row["band"],
        first=row["first"],
        by=row["by"],
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def find_last_answer(*, actor: Actor, now: datetime) -> LastAnswer | None:
    """What the actor answered last, while it can still be undone."""
    permissions.check_has(actor, Permission.LINK_REVIEW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM linking_last_answer(%s)", [now - UNDO_WITHIN])
        row = cursor.fetchone()
    return LastAnswer(review_id=row[0], state=ReviewState(row[1])) if row else None


def find_merge_of(*, actor: Actor, review_id: UUID) -> UUID | None:
    """The joining that came of the actor's own answer and still stands."""
    permissions.check_has(actor, Permission.LINK_REVIEW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT linking_merge_of(%s)", [review_id])
        found: UUID | None = cursor.fetchone()[0]
        return found


def list_questions(*, actor: Actor, person_id: int) -> tuple[Question, ...]:
    """What to ask a person at the next contact; nothing of whom the actor may not
    contact."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM linking_questions_for(%s)", [person_id])
        rows = cursor.fetchall()
    return tuple(
        Question(words=words, asked_by=by, asked_at=at) for words, by, at in rows
    )


def count_months(*, actor: Actor, since: datetime) -> tuple[LinkMonth, ...]:
    """How linking went in each month from a moment on, the newest first.

    Raises:
        NotAllowed: the actor does not watch over it.
    """
    permissions.check_has(actor, Permission.LINK_QUALITY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM linking_quality(%s)", [since])
        return tuple(LinkMonth(*row) for row in cursor.fetchall())


def count_backlog(*, actor: Actor, now: datetime) -> Backlog:
    """What waits for a reviewer in the whole area.

    Raises:
        NotAllowed: the actor does not watch over it.
    """
    permissions.check_has(actor, Permission.LINK_QUALITY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM linking_backlog(%s)", [now])
        return Backlog(*cursor.fetchone())


def find_live_weights(*, actor: Actor) -> LiveWeights | None:
    """The area's own weights that are live; None where the shipped ones count."""
    found = LinkModel.objects.filter(live_from__isnull=False, retired_at=None).first()
    if found is None or found.live_from is None:
        return None
    return LiveWeights(
        version=found.version,
        made_at=found.made_at,
        live_from=found.live_from,
        records=found.records,
        weights=found.weights,
        evaluation=found.evaluation,
    )
