"""Who each referral is about: the linking step."""

from collections.abc import Iterator, Sequence
from itertools import chain
from uuid import UUID

from alongside.care.intake.types import ReadRow
from alongside.care.linking import operations as linking
from alongside.care.linking import queries as known_keys
from alongside.care.linking import rules as link_rules
from alongside.care.people import operations as people
from alongside.care.people.types import ChannelKind, ContactKind, SafetyState
from alongside.workflows.receiving.piece import Incoming, Receiving

SOURCE = "police feed"


def find_people(receiving: Receiving, incoming: Sequence[Incoming]) -> None:
    """Give each referral its person: the one it had, one known, or a new one."""
    strangers = []
    for one in incoming:
        if one.matter is not None:
            one.person_id = one.matter.person_id
            one.record_id = one.matter.record_id
            one.new_record = one.plan.person_changed
        else:
            one.new_record = True
            strangers.append(one)
        if one.new_record:
            one.keys = _keys(one.plan.row, receiving.link_secret)
    _link(receiving, strangers)
    _take_record_ids(receiving, [one for one in incoming if one.new_record])


def _link(receiving: Receiving, strangers: Sequence[Incoming]) -> None:
    keys = list({key for one in strangers for key in one.keys})
    groups = link_rules.group(
        [(place, one.keys) for place, one in enumerate(strangers)],
        known_keys.find_known(keys=keys),
    )
    new_ids = iter(
        people.take_person_ids(
            actor=receiving.actor,
            now=receiving.now,
            count=sum(group.known_person is None for group in groups),
        )
    )
    for group in groups:
        known = group.known_person
        person_id = next(new_ids) if known is None else known
        for position, place in enumerate(group.rows):
            one = strangers[place]
            one.person_id = person_id
            one.new_person = known is None and position == 0
            one.matched_on = link_rules.describe_match(group.matched_on[position])


def _take_record_ids(receiving: Receiving, incoming: Sequence[Incoming]) -> None:
    ids = people.take_record_ids(
        actor=receiving.actor, now=receiving.now, count=len(incoming)
    )
    for one, record_id in zip(incoming, ids, strict=True):
        one.record_id = record_id


def keep_people(receiving: Receiving, incoming: Sequence[Incoming]) -> None:
    """Keep what the force says about each person, and how records were linked."""
    fresh = [one for one in incoming if one.new_record]
    actor, now = receiving.actor, receiving.now
    people.add_records(
        actor=actor,
        now=now,
        source=SOURCE,
        records=[_record(receiving, one) for one in fresh],
    )
    linking.add_keys(
        actor=actor,
        now=now,
        keys=((one.record_id, one.person_id, one.keys) for one in fresh),
    )
    linking.add_decisions(
        actor=actor,
        now=now,
        rule=link_rules.RULE,
        decisions=(
            (one.record_id, one.person_id, one.matched_on)
            for one in fresh
            if one.matched_on
        ),
    )


def _keys(row: ReadRow, secret: bytes) -> tuple[UUID, ...]:
    return link_rules.exact_keys(
        given_names=row.given_names,
        surname=row.surname,
        date_of_birth=row.date_of_birth,
        phones=(row.mobile_phone, row.home_phone),
        email=row.email,
        postcode=row.postcode,
        secret=secret,
    )


def _record(receiving: Receiving, one: Incoming) -> people.NewRecord:
    row = one.plan.row
    return people.NewRecord(
        record_id=one.record_id,
        person_id=one.person_id,
        new_person=one.new_person,
        said_at=receiving.extracted_at,
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
