"""Requests for people's records in the demonstration, each at another point.

One asks for everything and waits; of one the person must not be told; one was answered
in part; one was refused its counselling notes. Done once. `strong` pretends that a
second factor was given: there is nobody to give one.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.information_requests import queries
from alongside.care.information_requests.operations import answering, saying
from alongside.care.information_requests.types import (
    Approval,
    Asker,
    CameBy,
    Fate,
    Grounds,
    Notice,
    NoticeGiven,
    Part,
    PersonViews,
    Purpose,
    Scope,
    Section,
    SectionFacts,
    Views,
)
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Role
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries as organisations
from alongside.walls.context import acting_as

CAME = timedelta(days=12)
NOTES = Part(
    kind="notes", fate=Fate.GIVE, words="Notes of three calls about the messages"
)
CONTACTS = Part(kind="contacts", fate=Fate.WITHHOLD, reason="not_necessary")
SITTINGS = Part(
    kind="counselling_notes", fate=Fate.WITHHOLD, reason="counselling_presumption"
)
NONE_HELD = Part(kind="messages", fate=Fate.NOT_HELD)


@dataclass(frozen=True, kw_only=True)
class Played:
    """Who asks about whom, and the worker who writes it down."""

    worker: Actor
    keeper: Actor
    now: datetime
    case_id: UUID
    asker: Asker


def play_requests(*, now: datetime) -> int:
    """Write down what four people's records were asked for; how many. Done once."""
    feed = organisations.get_feed(force_code="leicestershire")
    listed = accounts.list_workers(agency_id=feed.receiver_id, now=now)
    staff = [accounts.get_actor(user_id=one.user_id, now=now) for one in listed]
    worker = next(a for a in staff if a.role is Role.SPECIALIST_WORKER)
    keeper = accounts.get_actor_of_role(
        agency_id=feed.receiver_id, role=Role.INFORMATION_GOVERNANCE, now=now
    )
    keeper = replace(keeper, strong_at=int(now.timestamp()))
    with acting_as(worker), transaction.atomic():
        cases = casework.list_my_cases(actor=worker, limit=6)
        if len(cases) < 4 or queries.list_requests(actor=worker, limit=1):
            return 0
    (_, name, force), *_ = organisations.list_forces(area_id=worker.area_id)
    stories = (_everything, _quietly, _in_part, _no_counselling)
    for number, (case, story) in enumerate(zip(cases, stories, strict=False), 1):
        story(
            Played(
                worker=worker,
                keeper=keeper,
                now=now,
                case_id=case.public_id,
                asker=_asker(name, force, number, now),
            )
        )
    return len(stories)


def _asker(name: str, force: int, number: int, now: datetime) -> Asker:
    return Asker(
        body="police",
        body_name=name,
        asker_id=force,
        officer_role="Detective constable, investigation unit",
        their_reference=f"VIR/26/{number:04}",
        received_on=local_day(now - CAME),
        received_by=CameBy.EMAIL,
    )


def _says(played: Played, **other: SectionFacts) -> dict[Section, SectionFacts]:
    """What a request that says everything says, but for what is said otherwise."""
    day = local_day(played.now - CAME)
    says: dict[Section, SectionFacts] = {
        Section.PURPOSE: Purpose(
            offence="Sending messages that threaten",
            line="Whether the messages began before the first report",
        ),
        Section.SCOPE: Scope(
            kinds=("notes", "contacts"),
            period_from=local_day(played.now - 9 * CAME),
            period_until=local_day(played.now - 5 * CAME),
            particulars="What was said of messages, and on which day",
        ),
        Section.GROUNDS: Grounds(
            necessity="The phone is lost, and nobody else wrote the days down",
            proportionality="Seven weeks, and only what is about the messages",
        ),
        Section.APPROVAL: Approval(approved_rank="inspector", approved_on=day),
        Section.NOTICE: NoticeGiven(
            notice=Notice.GIVEN, notice_on=day, notice_how="By letter"
        ),
        Section.VIEWS: PersonViews(
            views=Views.PARTLY,
            views_words="The calls, yes. When I rang you is nobody's business.",
            views_on=local_day(played.now - CAME / 2),
        ),
    }
    return says | {Section(name): facts for name, facts in other.items()}


def _write(played: Played, says: dict[Section, SectionFacts]) -> UUID:
    actor, now = played.worker, played.now
    with acting_as(actor), transaction.atomic():
        asked = saying.write_down(
            actor=actor, now=now, case_id=played.case_id, asker=played.asker
        )
        for section, facts in says.items():
            saying.say(
                actor=actor, now=now, asked_id=asked, section=section, facts=facts
            )
    return asked


def _prepare(played: Played, asked: UUID, *parts: Part, words: str) -> None:
    with acting_as(played.worker), transaction.atomic():
        answering.prepare(
            actor=played.worker,
            now=played.now,
            asked_id=asked,
            parts=parts,
            words=words,
        )


def _answer(played: Played, asked: UUID) -> None:
    keeper, now = played.keeper, played.now
    with acting_as(keeper), transaction.atomic():
        row = queries.get_request(actor=keeper, asked_id=asked)
        answering.decide(
            actor=keeper, now=now, asked_id=asked, version=row.version, words=""
        )
        answering.note_sent(
            actor=keeper,
            now=now,
            asked_id=asked,
            on=local_day(now),
            how="Secure e-mail to the investigation unit",
        )


def _everything(played: Played) -> None:
    """The whole file is asked for: it waits until they say what they need."""
    says = _says(played, scope=Scope(everything=True, particulars="The full case file"))
    del says[Section.VIEWS]
    _write(played, says)


def _quietly(played: Played) -> None:
    """The person must not be told; the answer waits to be decided."""
    notice = NoticeGiven(
        notice=Notice.WITHHELD,
        withheld_why="would_defeat",
        withheld_words="A person around them is looked at, and would hear of it",
    )
    views = PersonViews(
        views=Views.NOT_ASKED, views_words="They must not be told of the request yet"
    )
    asked = _write(played, _says(played, notice=notice, views=views))
    _prepare(
        played,
        asked,
        NOTES,
        CONTACTS,
        words="Only the notes speak of the messages; the list of calls shows nothing",
    )


def _in_part(played: Played) -> None:
    """Some of it was given."""
    asked = _write(played, _says(played))
    _prepare(
        played, asked, NOTES, CONTACTS, words="As they wish, and as far as it is needed"
    )
    _answer(played, asked)


def _no_counselling(played: Played) -> None:
    """Counselling notes were asked for without a word on why, and refused."""
    scope = Scope(
        kinds=("counselling_notes", "messages"),
        period_from=local_day(played.now - 9 * CAME),
        period_until=local_day(played.now - 5 * CAME),
        particulars="What was said in counselling of the messages",
    )
    views = PersonViews(
        views=Views.OBJECTS,
        views_words="What I said there I said to nobody else",
        views_on=local_day(played.now - CAME / 2),
    )
    asked = _write(played, _says(played, scope=scope, views=views))
    _prepare(
        played,
        asked,
        SITTINGS,
        NONE_HELD,
        words="Nothing shows that what was said there would prove anything",
    )
    _answer(played, asked)
