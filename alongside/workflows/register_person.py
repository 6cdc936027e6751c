"""Somebody who came by themselves, as a worker or another service wrote them down."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.operations import arrivals, working
from alongside.care.casework.types import NoteKind
from alongside.care.intake.rules.deciding import Plan, Verdict
from alongside.care.intake.types import (
    Code,
    RawRow,
    ReferralState,
)
from alongside.care.journey import operations as journey
from alongside.care.linking.operations import arriving as linking
from alongside.care.linking.queries import candidates as known
from alongside.care.linking.types import Behind, DecisionRow
from alongside.care.matching.rules.keys import block_keys
from alongside.care.matching.rules.weights import Weights
from alongside.care.matching.types import Band
from alongside.care.people import operations as people
from alongside.care.people import queries as people_queries
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.bulk import sending_together
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import Calendar, TeamKind
from alongside.walls.bits import COMPARTMENTS, DUTIES
from alongside.walls.context import acting_as
from alongside.workflows.area_secret import area_secret
from alongside.workflows.live_weights import weights_of
from alongside.workflows.receiving import (
    cases,
    clocks,
    conflicts,
    journeys,
    matching,
    who,
)
from alongside.workflows.receiving.by_hand import (
    NOTHING,
    TITLE_LENGTH,
    CameBy,
    NewArrival,
    as_read,
)
from alongside.workflows.receiving.cases import Joins
from alongside.workflows.receiving.piece import Incoming, Reception
from alongside.workflows.receiving.reaching import follow_arrivals


class NoTeams(DomainError):
    user_message = (
        "Your service does not take people in by itself: send them to the victims'"
        " service of the area"
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Registered:
    """What became of somebody who was written down.

    LINK: a record more of somebody whom the actor may see. REVIEW: somebody new here,
    and somebody else looks whether they are known already; so it is too wherever the
    one they may be is hidden from the actor, so that nothing here tells of them. NEW:
    nobody like them is known. A page says the same of REVIEW and NEW.
    """

    person_id: UUID
    case_id: UUID
    band: Band


SOURCES = {
    CameBy.THEMSELVES: "the person themselves",
    CameBy.FAMILY_OR_FRIEND: "family or a friend",
    CameBy.OTHER_SERVICE: "another service",
    CameBy.COMMUNITY: "their community",
    CameBy.FOUND_BY_US: "this service",
}


@transaction.atomic
def register_person(*, actor: Actor, now: datetime, arrival: NewArrival) -> Registered:
    """Take somebody in: their record, whose it is, and the case it joins or opens.

    Two who take in the same person at once make one person: the second waits.

    Raises:
        NotAllowed: the actor may not add people.
        NotFound: who they are said to be is nobody the actor may see.
        NoTeams: the actor's agency has nobody to give them to.
        RegisterBusy: others like them are being added: to be tried again.
    """
    permissions.check_has(actor, Permission.PERSON_ADD)
    if not actor.clearance & DUTIES["register"]:
        raise NoTeams
    one = _incoming(arrival, now)
    secret = area_secret(area_id=actor.area_id)
    one.keys = block_keys(one.standard, secret=secret)
    found = _hold_and_find(actor, now, one)
    reception = _reception(actor, now, found, secret)
    suspects = _suspects(arrival, found.receiver)
    arrived, public_id = _decide(
        arrival, one, found.behind, found.weights, suspects=suspects
    )
    with sending_together():
        fresh = _keep_person(reception, arrival, one, arrived, weights=found.weights)
        # As the service: what happened may put the case behind a wall at once that
        # whoever wrote it down does not pass, and who may never open it is known to
        # nobody else.
        with acting_as(found.receiver):
            case_id, joins = _keep_case(reception, one, key=found.case_key)
            conflicts.bar_staff(replace(reception, actor=found.receiver), [one])
        person_id = public_id or fresh.public_id
        audit.record_event(
            actor=actor,
            now=now,
            action=AuditAction.PERSON_ADDED,
            subject=Subject(kind="case", public_id=case_id, person_ids=(person_id,)),
        )
    _tell_more(reception, arrival, case_id, joins, receiver=found.receiver)
    band = arrived.decision.band if arrived.decision else Band.LINK
    return Registered(person_id=person_id, case_id=case_id, band=band)


@dataclass(frozen=True, slots=True)
class _Found:
    """What one journey to the database brings, once nobody else can add them."""

    behind: Behind
    weights: Weights
    teams: Mapping[TeamKind, int]
    receiver: Actor
    case_key: int
    calendar: Calendar


def _hold_and_find(actor: Actor, now: datetime, one: Incoming) -> _Found:
    """Hold whoever arrives, look for them, and take the keys of what is to be kept."""
    behind, (live, keys, more_keys, teams, receiver, closed) = linking.hold_and_find(
        actor=actor,
        now=now,
        keys=one.keys,
        besides=(
            known.ask_live_model(),
            people.ask_record_and_person(actor=actor, now=now),
            arrivals.ask_matter_and_case(actor=actor, now=now),
            organisations.ask_teams(agency_id=actor.agency_id),
            accounts.ask_receiver(agency_id=actor.agency_id, now=now),
            organisations.ask_calendar(),
        ),
    )
    ((one.record_id, one.person_id),) = keys
    ((one.victimisation_id, case_key),) = more_keys
    return _Found(
        behind=behind,
        weights=weights_of(known.read_live_model(live)),
        teams=organisations.read_teams(teams),
        receiver=accounts.read_receiver(receiver),
        case_key=case_key,
        calendar=organisations.calendar_of(closed),
    )


def _suspects(arrival: NewArrival, receiver: Actor) -> frozenset[int]:
    """Who is suspected of the crime they name, which only the service may know."""
    if not arrival.crime_ref:
        return frozenset()
    with acting_as(receiver):
        return casework.find_suspects(crime_ref=arrival.crime_ref)


def _reception(actor: Actor, now: datetime, found: _Found, secret: bytes) -> Reception:
    if TeamKind.FIRST_CONTACT not in found.teams:
        raise NoTeams
    return Reception(
        actor=actor,
        now=now,
        teams=found.teams,
        said_at=now,
        link_secret=secret,
        workable_at=now,
        calendar=found.calendar,
    )


def _incoming(arrival: NewArrival, now: datetime) -> Incoming:
    row = as_read(arrival, now)
    plan = Plan(
        identity_key=NOTHING,
        row=row,
        verdict=Verdict(RawRow(1, "", None, None), Code.CREATED),
        known=None,
        state=ReferralState.LIVE,
        content_hash=NOTHING,
        person_changed=False,
    )
    return Incoming(
        plan=plan,
        crime_key=uuid4(),  # nobody's number for it is known
        referral_id=0,
        public_id=NOTHING,
        row_id=0,
        new_record=True,
        standard=who.standard_of(row),
        walls=COMPARTMENTS["police_blind"] if arrival.police_blind else 0,
    )


def _decide(
    arrival: NewArrival,
    one: Incoming,
    behind: Behind,
    weights: Weights,
    *,
    suspects: frozenset[int],
) -> tuple[matching.Arrived, UUID | None]:
    """Whose record it is, and their public id where they are known.

    Somebody whom the actor may not see is not linked: whoever wrote the record would
    then see theirs. Somebody else looks at the two instead. Nobody is linked to who is
    suspected of the crime they come about, whoever says so: they are somebody new.
    """
    coming = matching.Arrival(
        record=one.record_id,
        standard=one.standard,
        keys=one.keys,
        known=None,
        fresh=one.person_id,
        never=frozenset(_keys_of(arrival.others)),
        opposite=suspects,
    )
    person_id = _chosen(arrival)
    if person_id is not None and person_id not in suspects:
        by_hand = replace(coming, known=person_id)
        return matching.Arrived(by_hand, person_id, None, one.keys), arrival.chosen
    (arrived,) = matching.decide_all([coming], behind, weights=weights)
    decision = arrived.decision
    if decision is None or decision.person is None:
        return arrived, None
    public_id = known.find_joinable(person_id=decision.person)
    if public_id is None:
        hidden = matching.look_instead(decision)
        return matching.Arrived(coming, coming.fresh, hidden, one.keys), None
    return arrived, public_id


def _chosen(arrival: NewArrival) -> int | None:
    """Who the worker says they are."""
    if arrival.chosen is None:
        return None
    person_id, _ = people_queries.get_person_key(public_id=arrival.chosen)
    if known.find_joinable(person_id=person_id) is None:
        raise NotFound("We could not find that person")
    return person_id


def _keys_of(others: tuple[UUID, ...]) -> Iterator[int]:
    for public_id in others:
        person_id, _ = people_queries.get_person_key(public_id=public_id)
        yield person_id


def _keep_person(
    reception: Reception,
    arrival: NewArrival,
    one: Incoming,
    arrived: matching.Arrived,
    *,
    weights: Weights,
) -> people.NewRecord:
    one.person_id = arrived.person
    one.new_person = arrived.is_new
    one.decision = arrived.decision
    record = who.record_of(reception, one)
    people.add_records(
        actor=reception.actor,
        now=reception.now,
        source=SOURCES[arrival.came_by],
        records=[record],
    )
    matching.keep_all(reception, [arrived], weights=weights)
    if arrived.decision is None:
        linking.add_decisions(
            actor=reception.actor,
            now=reception.now,
            model="",
            rule=linking.BY_HAND,
            decisions=[DecisionRow(one.record_id, one.person_id, Band.LINK, None)],
        )
    return record


def _keep_case(reception: Reception, one: Incoming, *, key: int) -> tuple[UUID, Joins]:
    actor, now = reception.actor, reception.now
    standing = cases.find_cases(reception, [one], key=key)
    joins = cases.find_joins(reception, [one], standing=standing)
    opened = cases.keep_cases(reception, [one], joins)
    cases.keep_matters(reception, [one])
    journeys.keep_first(reception, one)
    case_key = one.case_id or 0
    if one.new_case:
        enhanced = case_key in cases.enhanced_cases([one])
        promised = clocks.contact_clocks(reception, one, enhanced=enhanced)
        journey.start_clocks(actor=actor, now=now, clocks=list(promised))
    journey.replace_clocks(actor=actor, now=now, replacements=joins.replacements)
    follow_arrivals(reception, [one])
    case_id = (opened[0] if opened else standing[one.person_id]).public_id
    return case_id, joins


def _tell_more(
    reception: Reception,
    arrival: NewArrival,
    case_id: UUID,
    joins: Joins,
    *,
    receiver: Actor,
) -> None:
    """What not every arrival needs."""
    is_long = len(arrival.happened) > TITLE_LENGTH
    if not is_long and not any(case.compartments for case in joins.cases):
        return
    with acting_as(receiver):
        if is_long:
            working.add_note(
                actor=reception.actor,
                now=reception.now,
                case_id=case_id,
                kind=NoteKind.SHARED,
                text=arrival.happened,
            )
        conflicts.return_uncleared(reception, joins.cases)
