"""A link joins history, never permission to contact."""

import pytest

from alongside.care.contact.operations import ChannelRefused
from alongside.care.contact.types import Channel
from alongside.care.people.operations import ConfirmReasonNeeded
from alongside.foundation.lib.errors import NotFound
from alongside.workflows import read_person
from alongside.workflows.log_contact import log_contact, read_channels
from tests.integration.linking.merging import (
    FIRST,
    LATER,
    SECOND,
    case_of,
    join,
    part,
    supervisor,
    take_in,
)
from tests.integration.rights.people import acts

pytestmark = pytest.mark.django_db

HERS = {"mobile_phone": "07700 900111", "safe_phone": "y"}
THEIRS = {"mobile_phone": "07700 900222", "safe_phone": "y", "email": "o@post.example"}


def opened(person):
    with acts(supervisor()) as who:
        return read_person.read_person(
            actor=who, now=LATER, person_id=person, why="covering"
        )


def channels(row):
    with acts(supervisor()) as who:
        view = read_channels(actor=who, now=LATER, case_id=case_of(row)[1])
    return {one.channel: one for one in view.facts}, view.offered


def confirm(person, contact, why="Rang it: she answered"):
    with acts(supervisor()) as who:
        read_person.confirm_contact(
            actor=who, now=LATER, person_id=person, contact_id=contact, reason=why
        )


def test_what_came_by_joining_is_not_offered_until_it_is_confirmed():
    kept, gone = take_in(FIRST | HERS, SECOND | THEIRS)
    merge_id = join(kept, gone)

    facts, offered = channels(FIRST)
    assert facts[Channel.PHONE].exists
    assert not facts[Channel.EMAIL].exists and facts[Channel.EMAIL].unconfirmed
    refused = {one.channel: one.words for one in offered.refused}
    assert "nobody has confirmed" in refused[Channel.EMAIL]
    with acts(supervisor()) as who, pytest.raises(ChannelRefused):
        log_contact(
            actor=who,
            now=LATER,
            case_id=case_of(FIRST)[1],
            at=LATER,
            channel=Channel.EMAIL,
            result="declined",
            words="",
            next_action="",
            next_action_on=None,
        )

    person = opened(kept).person
    numbers = {one.value: one for one in person.contacts}
    assert numbers["+447700900111"].confirmed
    assert not numbers["+447700900222"].confirmed
    assert numbers["+447700900222"].linked_on == LATER

    email = numbers["o@post.example"].contact_id
    with pytest.raises(ConfirmReasonNeeded):
        confirm(kept, email, "  ")
    with pytest.raises(NotFound):
        confirm(gone, email)
    confirm(kept, email)
    assert channels(FIRST)[0][Channel.EMAIL].exists

    # Confirmed for one, and said by their own record for the other.
    part(merge_id)
    assert all(one.confirmed for one in opened(gone).person.contacts)
    assert all(one.confirmed for one in opened(kept).person.contacts)


def test_safe_does_not_carry_over_and_not_safe_does():
    kept, gone = take_in(FIRST | {"safe_phone": ""}, SECOND | THEIRS)
    assert channels(SECOND)[0][Channel.PHONE].safety == "safe"
    merge_id = join(kept, gone)
    assert channels(FIRST)[0][Channel.PHONE].safety == "not_known"
    part(merge_id)
    assert channels(SECOND)[0][Channel.PHONE].safety == "safe"


def test_a_referral_linked_on_arrival_brings_nothing_that_is_confirmed():
    who = {"given_names": "Asha", "surname": "Reed", "date_of_birth": "1992-02-03"}
    home = {"email": "asha@post.example", "postcode": "LE2 7DT"}
    first = FIRST | who | home | {"mobile_phone": "07700 900111"}
    again = SECOND | who | home | {"mobile_phone": "07700 900333", "safe_phone": "y"}
    (person,) = take_in(first)
    take_in(again)
    contacts = {one.value: one for one in opened(person).person.contacts}
    assert not contacts["+447700900333"].confirmed
    assert contacts["asha@post.example"].confirmed
    assert channels(FIRST)[0][Channel.PHONE].safety == "not_known"
