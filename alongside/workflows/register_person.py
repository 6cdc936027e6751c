"""Somebody who came by themselves, as a worker or another service wrote them down."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.operations import arrivals, working
from alongside.care.casework.types import NoteKind
from alongside.care.intake.rules import is_high_risk
from alongside.care.intake.rules.deciding import Plan, Verdict
from alongside.care.intake.types import (
    Action,
    Code,
    Identity,
    RawRow,
    ReadRow,
    RecordType,
    ReferralState,
    Role,
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
from alongside.care.people.types import ChannelKind
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.bulk import sending_together
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.times import read_moment
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import TeamKind
from alongside.walls.bits import COMPARTMENTS
from alongside.walls.context import acting_as
from alongside.workflows.area_secret import area_secret
from alongside.workflows.live_weights import live_weights
from alongside.workflows.receiving import cases, clocks, conflicts, matching, who
from alongside.workflows.receiving.piece import Incoming, Reception


class NoTeams(DomainError):
    user_message = (
        "Your service does not take people in by itself: send them to the victims'"
        " service of the area"
    )


class CameBy(StrEnum):
    """How somebody came to the service without the police sending them."""

    THEMSELVES = "themselves"
    FAMILY_OR_FRIEND = "family_or_friend"
    OTHER_SERVICE = "other_service"
    COMMUNITY = "community"
    FOUND_BY_US = "found_by_us"


@dataclass(frozen=True, kw_only=True, slots=True)
class NewArrival:
    """Who they are, how they may be reached, what happened and how they came.

    Text is as given and stripped; phones are in their standard form where they could
    be read (E.164), as the contact points of a record are. `safe` holds only the
    channels about which something was said. `flags` are codes of `reference.FLAGS`;
    `reported` says whether the police know of it, `crime_ref` what they call it.
    `chosen` is who the worker says they are, out of those they were shown; `others`
    are those they were shown and say they are not: linked to none of these by itself.
    """

    given_names: str
    surname: str
    came_by: CameBy
    happened: str
    date_of_birth: date | None = None
    gender: str = ""
    language: str = ""
    interpreter_needed: bool | None = None
    adjustments: str = ""
    mobile_phone: str = ""
    home_phone: str = ""
    email: str = ""
    address_lines: tuple[str, ...] = ()
    postcode: str = ""
    safe: Mapping[ChannelKind, bool] = field(default_factory=dict)
    contact_times: str = ""
    do_not_contact_reason: str = ""
    happened_on: date | None = None
    flags: tuple[str, ...] = ()
    reported: bool | None = None
    crime_ref: str = ""
    police_blind: bool = False
    chosen: UUID | None = None
    others: tuple[UUID, ...] = ()


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


SOURCE_SYSTEM = "service"
SOURCES = {
    CameBy.THEMSELVES: "the person themselves",
    CameBy.FAMILY_OR_FRIEND: "family or a friend",
    CameBy.OTHER_SERVICE: "another service",
    CameBy.COMMUNITY: "their community",
    CameBy.FOUND_BY_US: "this service",
}
# A list shows a line of what happened; all of it is in a note.
TITLE_LENGTH = 80
NOTHING = UUID(int=0)

# What is called the same here and in a referral.
SAME = (
    *("given_names", "surname", "date_of_birth", "gender", "language", "flags"),
    *("interpreter_needed", "adjustments", "address_lines", "postcode", "email"),
    *("contact_times", "do_not_contact_reason"),
)
# What only a force would say.
NOT_SAID: dict[str, Any] = {
    **dict.fromkeys(
        (
            *("offence_code", "location_postcode", "status", "outcome_type", "title"),
            *("officer_contact", "town", "preferred_method", "consent_referral"),
            *("guardian_name", "guardian_phone", "relationship_to_suspect"),
            *("suspect_ref", "asb_risk"),
        ),
        "",
    ),
    **dict.fromkeys(
        (
            *("recorded_at", "occurred_to", "outcome_on", "ethnicity_self"),
            *("consent_on", "suspect_same_address", "repeat_victim", "vps_offered"),
            *("dash_yes_count", "special_measures_discussed", "acknowledged_on"),
            "needs_assessed_on",
        )
    ),
    "action": Action.NEW,
    "record_type": RecordType.CRIME,
    "role": Role.VICTIM,
    "postcode_verified": False,
    "content_hash": NOTHING,
    "person_hash": NOTHING,
    "holds": (),
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
    reception = _reception(actor, now)
    one = _incoming(reception, arrival)
    one.keys = block_keys(one.standard, secret=reception.link_secret)
    behind = linking.hold_and_find(actor=actor, now=now, keys=one.keys)
    weights = live_weights()
    # As the service: who is suspected of what, and who may never open a case, is known
    # to nobody else.
    receiver = accounts.get_receiver(agency_id=actor.agency_id, now=now)
    with acting_as(receiver):
        suspects = casework.find_suspects(crime_ref=arrival.crime_ref)
    arrived, public_id = _decide(arrival, one, behind, weights, suspects=suspects)
    with sending_together():
        _keep_person(reception, arrival, one, arrived, weights=weights)
    # What happened may put the case behind a wall at once that whoever wrote it down
    # does not pass.
    with acting_as(receiver):
        case_id = _keep_case(reception, arrival, one)
        conflicts.bar_staff(replace(reception, actor=receiver), [one])
    if public_id is None:
        public_id = people_queries.list_public_ids(person_ids=[one.person_id])[
            one.person_id
        ]
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.PERSON_ADDED,
        subject=Subject(kind="case", public_id=case_id, person_ids=(public_id,)),
    )
    band = arrived.decision.band if arrived.decision else Band.LINK
    return Registered(person_id=public_id, case_id=case_id, band=band)


def _reception(actor: Actor, now: datetime) -> Reception:
    teams = organisations.map_teams(agency_id=actor.agency_id)
    if TeamKind.FIRST_CONTACT not in teams:
        raise NoTeams
    return Reception(
        actor=actor,
        now=now,
        teams=teams,
        said_at=now,
        link_secret=area_secret(area_id=actor.area_id),
        workable_at=now,
    )


def _incoming(reception: Reception, arrival: NewArrival) -> Incoming:
    actor, now = reception.actor, reception.now
    row = _row(arrival, now)
    (record_id,) = people.take_record_ids(actor=actor, now=now, count=1)
    (person_id,) = people.take_person_ids(actor=actor, now=now, count=1)
    (matter_id,) = arrivals.take_victimisation_ids(actor=actor, now=now, count=1)
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
        person_id=person_id,
        record_id=record_id,
        new_record=True,
        standard=who.standard_of(row),
        victimisation_id=matter_id,
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
) -> None:
    one.person_id = arrived.person
    one.new_person = arrived.is_new
    one.decision = arrived.decision
    people.add_records(
        actor=reception.actor,
        now=reception.now,
        source=SOURCES[arrival.came_by],
        records=[who.record_of(reception, one)],
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


def _keep_case(reception: Reception, arrival: NewArrival, one: Incoming) -> UUID:
    actor, now = reception.actor, reception.now
    cases.find_cases(reception, [one])
    joins = cases.find_joins(reception, [one])
    cases.keep_cases(reception, [one], joins)
    cases.keep_matters(reception, [one])
    case_key = one.case_id or 0
    if one.new_case:
        enhanced = case_key in cases.enhanced_cases([one])
        promised = clocks.contact_clocks(reception, one, enhanced=enhanced)
        journey.start_clocks(actor=actor, now=now, clocks=list(promised))
    journey.replace_clocks(actor=actor, now=now, replacements=joins.replacements)
    case_id = casework.list_public_ids(case_ids=[case_key])[case_key]
    if len(arrival.happened) > TITLE_LENGTH:
        working.add_note(
            actor=actor,
            now=now,
            case_id=case_id,
            kind=NoteKind.SHARED,
            text=arrival.happened,
        )
    conflicts.return_uncleared(reception, joins.cases)
    return case_id


def _row(arrival: NewArrival, now: datetime) -> ReadRow:
    """What was written down, the way a referral is read."""
    at = read_moment(arrival.happened_on.isoformat()) if arrival.happened_on else None
    same = {name: getattr(arrival, name) for name in SAME}
    safe: dict[str, Any] = {
        f"safe_{kind.value}": arrival.safe.get(kind) for kind in ChannelKind
    }
    return ReadRow(
        **NOT_SAID,
        **same,
        **safe,
        identity=Identity("", SOURCE_SYSTEM, arrival.crime_ref, ""),
        reported_at=now,
        occurred_from=at,
        offence_title=_title(arrival.happened),
        mobile_phone=arrival.mobile_phone or None,
        home_phone=arrival.home_phone or None,
        mobile_phone_as_given=arrival.mobile_phone,
        home_phone_as_given=arrival.home_phone,
        email_as_given=arrival.email,
        postcode_as_given=arrival.postcode,
        do_not_contact=True if arrival.do_not_contact_reason else None,
        high_risk=is_high_risk(arrival.flags),
    )


def _title(happened: str) -> str:
    line = " ".join(happened.split())
    return line if len(line) <= TITLE_LENGTH else f"{line[: TITLE_LENGTH - 1]}…"
