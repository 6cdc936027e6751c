"""A first day's work on the sample, so that the demonstration is not all unopened.

Done by the demonstration's own workers through the operations a worker's pages
call: cases given out, people rung, notes written, holds settled. Done once; a
second `make demo` finds it done.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from tomllib import loads

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.operations import working
from alongside.care.casework.types import NoteKind
from alongside.care.contact.types import Channel
from alongside.care.intake import queries as intake
from alongside.care.intake.operations import holds
from alongside.care.intake.types import Code, ReturnCode
from alongside.care.people import queries as people
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Permission, Role
from alongside.foundation.lib.local import local_day
from alongside.foundation.lib.working_days import add_working_days
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.reference.tables import CLOSED_DAYS
from alongside.foundation.vault.types import DetailKind
from alongside.walls.context import acting_as
from alongside.workflows.close_case import Ending, close
from alongside.workflows.log_contact import log_contact, read_channels
from alongside.workflows.protected_details import protect
from alongside.workflows.settle_hold import accept_held

FILE = Path(__file__).parent / "data" / "story.toml"
PROTECTED = FILE.with_name("protected.toml")
CASES_EACH = 14


@dataclass(frozen=True, slots=True)
class _Scene:
    """What happens in one case. `result` is by channel; empty words write no note."""

    results: dict[Channel, str]
    words: str
    next_action: str
    in_days: int
    note: str
    close_as: str


def play(*, now: datetime) -> int:
    """Work some of the sample's cases; how many. None where that was done before."""
    feed = organisations.get_feed(force_code="leicestershire")
    workers = accounts.list_workers(agency_id=feed.receiver_id, now=now)
    actors = [accounts.get_actor(user_id=one.user_id, now=now) for one in workers]
    supervisor = next(a for a in actors if a.has(Permission.CASE_ALLOCATE))
    with acting_as(supervisor), transaction.atomic():
        if any(casework.count_my_cases(actor=actor) for actor in actors):
            return 0
    scenes = _scenes()
    worked = 0
    for actor in actors:
        if actor is not supervisor:
            worked += _work(actor, supervisor=supervisor, scenes=scenes, now=now)
    _settle_holds(supervisor, now=now)
    return worked


def _scenes() -> list[_Scene]:
    rows = loads(FILE.read_text(encoding="utf-8"))["scene"]
    return [
        _Scene(
            results={Channel(k): v for k, v in row.get("results", {}).items()},
            words=row.get("words", ""),
            next_action=row.get("next_action", ""),
            in_days=row.get("in_days", 0),
            note=row.get("note", ""),
            close_as=row.get("close_as", ""),
        )
        for row in rows
    ]


def _work(
    actor: Actor, *, supervisor: Actor, scenes: Sequence[_Scene], now: datetime
) -> int:
    if actor.team_id is None:
        return 0
    with acting_as(supervisor), transaction.atomic():
        queue = casework.list_queue(
            actor=supervisor, team_id=actor.team_id, limit=CASES_EACH
        )
        for case in queue:
            working.allocate_case(
                actor=supervisor,
                now=now - timedelta(hours=3),
                case_id=case.public_id,
                worker_id=actor.user_id,
                worker_name=actor.label,
                team_id=actor.team_id,
            )
    if actor.role is Role.SPECIALIST_WORKER:
        _protect(actor, queue, now=now)
    for minutes, case, scene in _cast(queue, scenes):
        with acting_as(actor), transaction.atomic():
            _play_scene(actor, case, scene, now=now - timedelta(minutes=minutes))
    return len(queue)


def _protect(
    actor: Actor, queue: Sequence[casework.WorkCase], *, now: datetime
) -> None:
    """Keep what must not be found out, for the first of the specialist's cases."""
    rows = loads(PROTECTED.read_text(encoding="utf-8"))["detail"]
    with acting_as(actor), transaction.atomic():
        for row in rows:
            if row["case"] < len(queue):
                case = queue[row["case"]]
                person_id, _ = people.get_person_key_by_id(person_id=case.person_id)
                protect(
                    actor=actor,
                    now=now - timedelta(hours=2),
                    person_id=person_id,
                    kind=DetailKind(row["kind"]),
                    text=row["text"],
                    case_id=case.public_id,
                )


def _cast(
    queue: Sequence[casework.WorkCase], scenes: Sequence[_Scene]
) -> Iterator[tuple[int, casework.WorkCase, _Scene]]:
    """Each case with what happens in it, some minutes apart, the first longest ago."""
    roles = islice(cycle(scenes), len(queue))
    for place, (case, scene) in enumerate(zip(queue, roles, strict=True)):
        yield 9 * (len(queue) - place), case, scene


def _play_scene(
    actor: Actor, case: casework.WorkCase, scene: _Scene, *, now: datetime
) -> None:
    view = read_channels(actor=actor, now=now, case_id=case.public_id)
    channels = {offered.channel for offered in view.offered.offered}
    way = next((c for c in scene.results if c in channels), None)
    if way is not None:
        log_contact(
            actor=actor,
            now=now,
            case_id=case.public_id,
            at=now - timedelta(minutes=4),
            channel=way,
            result=scene.results[way],
            words=scene.words,
            next_action=scene.next_action,
            next_action_on=add_working_days(local_day(now), scene.in_days, CLOSED_DAYS),
        )
    if scene.note:
        working.add_note(
            actor=actor,
            now=now,
            case_id=case.public_id,
            kind=NoteKind.SHARED,
            text=scene.note,
        )
    if scene.close_as and way is not None:
        version = casework.get_case(actor=actor, public_id=case.public_id).version
        close(
            actor=actor,
            now=now,
            case_id=case.public_id,
            version=version,
            ending=Ending(disposition=scene.close_as, reason=scene.words),
        )


def _settle_holds(supervisor: Actor, *, now: datetime) -> None:
    """Settle a few holds each way, and leave the rest to be settled."""
    with acting_as(supervisor), transaction.atomic():
        by_code = {
            code: intake.list_held(
                actor=supervisor, today=local_day(now), code=code, limit=2
            )
            for code in (
                Code.UNKNOWN_OFFENCE_CODE,
                Code.INSUFFICIENT_CONTACT_DETAILS,
                Code.CHILD_PROTECTION_DO_NOT_CONTACT,
            )
        }
        for held in by_code[Code.UNKNOWN_OFFENCE_CODE]:
            accept_held(
                actor=supervisor,
                now=now,
                hold_id=held.hold_id,
                reason="The offence is plain from its title",
            )
        for held in by_code[Code.INSUFFICIENT_CONTACT_DETAILS]:
            holds.return_to_force(
                actor=supervisor,
                now=now,
                hold_id=held.hold_id,
                code=ReturnCode.INSUFFICIENT_CONTACT_DETAILS,
                note="Please send a phone number, an address or an e-mail address",
            )
        for held in by_code[Code.CHILD_PROTECTION_DO_NOT_CONTACT]:
            holds.wait_until(
                actor=supervisor,
                now=now,
                hold_id=held.hold_id,
                day=add_working_days(local_day(now), 5, CLOSED_DAYS),
                reason="The officer will say after the strategy meeting",
            )
