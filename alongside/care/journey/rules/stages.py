"""How far each matter of a victimisation has come, from the events that count.

Whatever the order in which events arrive, and however often, the answers are the
same: events are put in order by when they happened.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from alongside.care.journey.rules.details import said
from alongside.care.journey.tables import EVENTS, MOVES
from alongside.care.journey.types import Happened, Move, Standing, Step
from alongside.care.journey.types.matters import EventMatter, KnownEvent, MatterKey

CRIME, INCIDENT, NOT_REPORTED = "S10", "N10", "S00"
INCIDENT_TYPE = "incident"
# What charges somebody with an offence, and what puts one charge in place of another.
ALTERED = "charge_altered"
CHARGES = frozenset({"charged", ALTERED})
CHARGE = "this_charge"  # how moves.toml asks what became of it

_RANK = {code: rank for rank, code in enumerate(EVENTS)}


def first_stage(*, record_type: str, reported: bool) -> str:
    """Where a matter begins: an incident, a crime, or a crime nobody has reported."""
    if record_type == INCIDENT_TYPE:
        return INCIDENT
    return CRIME if reported else NOT_REPORTED


def matters_of(
    *, suspect_ref: str, offence_code: str, events: Iterable[Happened]
) -> frozenset[MatterKey]:
    """The matters of a victimisation that stand: suspect by offence.

    `suspect_ref` and `offence_code` are those of the referral. Once somebody is known,
    nothing stands for "nobody known yet"; once events of a suspect name offences,
    the offence of the referral (written as none) stands only if it is among them.
    """
    known = list(events)
    suspects = {suspect_ref, *(event.suspect_ref for event in known)} - {""}
    return frozenset(
        (suspect, "" if offence == offence_code else offence)
        for suspect in suspects or {""}
        for offence in _offences(suspect, known) or {""}
    )


def concerns(event: Happened, key: MatterKey, *, offence_code: str) -> bool:
    """Whether an event concerns a matter: it names it, or names nobody and nothing.

    `offence_code` is that of the referral, which a matter writes as none.
    """
    suspect, offence = key
    return event.suspect_ref in {"", suspect} and event.offence_code in {
        *("", offence or offence_code),
    }


def settle(
    victim: EventMatter, events: Collection[Happened]
) -> dict[MatterKey, Standing]:
    """Every matter of a victimisation that stands, and how far it has come."""
    keys = matters_of(
        suspect_ref=victim.suspect_ref, offence_code=victim.offence_code, events=events
    )
    return {key: way_of(victim, events, key)[0] for key in keys}


def way_of(
    victim: EventMatter, events: Collection[Happened], key: MatterKey
) -> tuple[Standing, list[Step]]:
    """How far a matter of a victimisation has come by its events, and each step."""
    return follow(victim.begins, victim.since, _of(events, key, victim))


def told_again(
    event: Happened, source: str, known: Iterable[KnownEvent], *, within: timedelta
) -> list[KnownEvent]:
    """Events that count, came from `source`, and tell the same news as this one: the
    same happened, to nobody else, about no other offence and for no other day, within
    so long."""
    return [
        one
        for one in known
        if one.counts
        and one.source == source
        and one.happened.event == event.event
        and one.happened.content_hash != event.content_hash
        and abs(one.happened.occurred_at - event.occurred_at) <= within
        and not _others(one.happened, event)
    ]


def _others(one: Happened, other: Happened) -> bool:
    """Whether they name two different suspects, offences or days to come."""
    named = (
        {one.suspect_ref, other.suspect_ref},
        {one.offence_code, other.offence_code},
        {said(one.detail, "on"), said(other.detail, "on")},
    )
    return any(len(values - {""}) > 1 for values in named)


def _of(
    events: Collection[Happened], key: MatterKey, victim: EventMatter
) -> Iterator[Happened]:
    """The events of a matter. One by which another charge took its place says so."""
    suspect, offence = key
    gone = _replaced(events, suspect).get(offence or victim.offence_code, frozenset())
    for event in events:
        if concerns(event, key, offence_code=victim.offence_code):
            yield event
        elif event.content_hash in gone:
            yield replace(event, detail={**event.detail, CHARGE: "replaced"})


def _replaced(
    events: Collection[Happened], suspect: str
) -> Mapping[str, frozenset[UUID]]:
    """By which events each charge of a suspect made way for another.

    Whoever tells of it may say which; else it is the only one there was.
    """
    charges: set[str] = set()
    found: dict[str, frozenset[UUID]] = {}
    if not any(one.event == ALTERED and one.offence_code for one in events):
        return found
    for event in sorted(set_of(events), key=_order):
        named = event.offence_code
        if event.event not in CHARGES or event.suspect_ref not in {"", suspect}:
            continue
        if event.event == ALTERED and named:
            before = str(event.detail.get("instead_of") or "").strip()
            others = charges - {named}
            old = before or (others.pop() if len(others) == 1 else "")
            if old in charges and old != named:
                found[old] = found.get(old, frozenset()) | {event.content_hash}
                charges.discard(old)
        charges |= {named} - {""}
    return found


def follow(
    stage: str, since: datetime, events: Iterable[Happened]
) -> tuple[Standing, list[Step]]:
    """Where a matter that began at `stage` is after these events, and each step there.

    An event nobody expects at the stage it finds is a step that moves nothing.
    """
    standing, steps = Standing(stage, None, since), []
    for event in sorted(set_of(events), key=_order):
        step = _step(standing.stage, event)
        if step.moved:
            standing = Standing(step.stage, event.event_id, event.occurred_at)
        steps.append(step)
    return standing, steps


def set_of(events: Iterable[Happened]) -> Iterator[Happened]:
    """The events, each once, whatever was said twice."""
    seen = set()
    for event in events:
        if event.content_hash not in seen:
            seen.add(event.content_hash)
            yield event


def move_for(stage: str, event: str, detail: Mapping[str, object]) -> Move | None:
    """The row that says where an event takes a matter that is at this stage.

    One that holds for what the event says comes before one that holds for anything.
    """
    otherwise = None
    for move in MOVES.get((event, stage), ()):
        if not move.field:
            otherwise = move
        elif said(detail, move.field) in move.said:
            return move
    return otherwise


def _offences(suspect: str, events: Iterable[Happened]) -> frozenset[str]:
    """The offences that events of a suspect name."""
    return frozenset(
        event.offence_code
        for event in events
        if event.offence_code and event.suspect_ref in {"", suspect}
    )


def _step(stage: str, event: Happened) -> Step:
    move = move_for(stage, event.event, event.detail)
    at = event.occurred_at
    if move is None:
        expected = event.event not in _MOVING
        return Step(event.event_id, stage, at, unexpected=not expected)
    to = move.to or stage
    return Step(event.event_id, to, at, moved=to != stage, again=move.again)


def _order(event: Happened) -> tuple[datetime, int, str]:
    """When it happened; of two at once the one that usually comes first."""
    return event.occurred_at, _RANK[event.event], str(event.content_hash)


_MOVING = {event for event, _ in MOVES}
