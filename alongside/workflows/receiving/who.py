"""Who each referral is about: the linking step."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from alongside.care.casework import queries as casework
from alongside.care.intake.types import ReadRow
from alongside.care.linking.queries import candidates as known
from alongside.care.linking.types import ReviewRow
from alongside.care.matching.rules.keys import block_keys
from alongside.care.matching.rules.standard import standardise
from alongside.care.matching.rules.weights import Weights
from alongside.care.matching.types import Standard
from alongside.care.people import operations as people
from alongside.care.people.types import (
    FROM_A_FORCE,
    ChannelKind,
    ContactKind,
    SafetyState,
)
from alongside.workflows.live_weights import live_weights
from alongside.workflows.receiving import matching
from alongside.workflows.receiving.piece import Incoming, Receiving, Reception
from alongside.workflows.receiving.sides import Sides

SOURCE = FROM_A_FORCE


class Form(NamedTuple):
    """What a row says of its person as it is compared, and the keys made of that."""

    standard: Standard
    keys: tuple[int, ...]


class Linked(NamedTuple):
    """Whose each new record is, by which weights, and what somebody is to look at."""

    arrived: Sequence[matching.Arrived]
    reviews: Sequence[ReviewRow]
    weights: Weights


def form_of(row: ReadRow, *, secret: bytes) -> Form:
    """A row's person in the form in which records are compared. No database."""
    standard = standard_of(row)
    return Form(standard, block_keys(standard, secret=secret))


def find_people(
    receiving: Receiving, incoming: Sequence[Incoming], forms: Mapping[int, Form]
) -> Linked:
    """Give each referral its person: the one it had, one known, or a new one.

    `forms` are by the number of the row. Nothing is written yet: everything that is
    to be asked is asked here, and need not wait for the writing.
    """
    for one in incoming:
        one.new_record = one.matter is None or one.plan.person_changed
        if one.matter is not None:
            one.person_id = one.matter.person_id
            one.record_id = one.matter.record_id
    fresh = [one for one in incoming if one.new_record]
    for one in fresh:
        one.standard, one.keys = forms[one.plan.verdict.raw.number]
    _take_ids(receiving, fresh)
    return _decide(fresh)


def _take_ids(reception: Reception, fresh: Sequence[Incoming]) -> None:
    strangers = [one for one in fresh if one.matter is None]
    actor, now = reception.actor, reception.now
    records = people.take_record_ids(actor=actor, now=now, count=len(fresh))
    for one, record_id in zip(fresh, records, strict=True):
        one.record_id = record_id
    # One for each who may turn out to be somebody new; a number not used is no loss.
    persons = people.take_person_ids(actor=actor, now=now, count=len(strangers))
    for one, person_id in zip(strangers, persons, strict=True):
        one.person_id = person_id


def _decide(fresh: Sequence[Incoming]) -> Linked:
    keys = {key for one in fresh for key in one.keys}
    weights = live_weights()
    arrived = matching.decide_all(
        map(_arrival, fresh),
        known.find_behind(keys=sorted(keys)),
        weights=weights,
        sides=Sides(casework.find_sides(parts=[_part(one) for one in fresh])),
    )
    for one, found in zip(fresh, arrived, strict=True):
        one.person_id = found.person
        one.new_person = found.is_new
        one.decision = found.decision
        one.keys = tuple(found.keys)
    return Linked(arrived, matching.find_reviews(arrived), weights)


def _arrival(one: Incoming) -> matching.Arrival:
    return matching.Arrival(
        record=one.record_id,
        standard=one.standard,
        keys=one.keys,
        known=one.person_id if one.matter is not None else None,
        fresh=one.person_id,
        part=_part(one),
    )


def _part(one: Incoming) -> casework.Part:
    row = one.plan.row
    return casework.Part(
        row.identity.force_code, row.identity.person_ref, row.suspect_ref
    )


def keep_people(
    receiving: Receiving, incoming: Sequence[Incoming], linked: Linked
) -> None:
    """Keep what the force says about each person, and how records were linked."""
    people.add_records(
        actor=receiving.actor,
        now=receiving.now,
        source=SOURCE,
        records=[record_of(receiving, one) for one in incoming if one.new_record],
    )
    matching.keep_all(
        receiving, linked.arrived, weights=linked.weights, reviews=linked.reviews
    )


def standard_of(row: ReadRow) -> Standard:
    """What a row says of the person, as it is compared."""
    return standardise(
        given_names=row.given_names,
        surname=row.surname,
        date_of_birth=row.date_of_birth,
        gender=row.gender,
        postcode=row.postcode or row.postcode_as_given,
        address=", ".join(filter(None, chain(row.address_lines, (row.town,)))),
        phones=(
            row.mobile_phone or row.mobile_phone_as_given,
            row.home_phone or row.home_phone_as_given,
        ),
        email=row.email or row.email_as_given,
    )


def record_of(reception: Reception, one: Incoming) -> people.NewRecord:
    """What a row says of the person, as a record to be kept."""
    row = one.plan.row
    return people.NewRecord(
        record_id=one.record_id,
        person_id=one.person_id,
        new_person=one.new_person,
        said_at=reception.said_at,
        title=row.title,
        given_names=row.given_names,
        surname=row.surname,
        date_of_birth=row.date_of_birth,
        gender=row.gender,
        ethnicity_self=row.ethnicity_self,
        language=row.language,
        interpreter_needed=row.interpreter_needed,
        adjustments=row.adjustments,
        guardian_name=row.guardian_name,
        guardian_phone=row.guardian_phone,
        contact_times=row.contact_times,
        preferred_method=row.preferred_method,
        do_not_contact=row.do_not_contact,
        do_not_contact_reason=row.do_not_contact_reason,
        contacts=tuple(_contacts(row)),
        marks=tuple(_marks(row)),
    )


def _contacts(
    row: ReadRow,
) -> Iterator[tuple[ContactKind, str, str, str, bool | None]]:
    if row.mobile_phone_as_given:
        value = row.mobile_phone or row.mobile_phone_as_given
        yield ContactKind.MOBILE, value, row.mobile_phone_as_given, "", None
    if row.home_phone_as_given:
        value = row.home_phone or row.home_phone_as_given
        yield ContactKind.HOME_PHONE, value, row.home_phone_as_given, "", None
    if row.email_as_given:
        yield ContactKind.EMAIL, row.email or row.email_as_given, "", "", None
    lines = [line for line in chain(row.address_lines, (row.town,)) if line]
    if lines or row.postcode_as_given:
        yield (
            ContactKind.ADDRESS,
            "\n".join(lines),
            "",
            row.postcode or row.postcode_as_given,
            row.postcode_verified,
        )


def _marks(row: ReadRow) -> Iterator[tuple[ChannelKind, SafetyState]]:
    for channel, safe in (
        (ChannelKind.PHONE, row.safe_phone),
        (ChannelKind.VOICEMAIL, row.safe_voicemail),
        (ChannelKind.SMS, row.safe_sms),
        (ChannelKind.EMAIL, row.safe_email),
        (ChannelKind.LETTER, row.safe_letter),
    ):
        if safe is not None:
            yield channel, SafetyState.SAFE if safe else SafetyState.UNSAFE
