"""Logging contact, and saying which channels are safe."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.care.casework.models import Case
from alongside.care.people.queries import list_public_ids
from tests.integration.web.casework.conftest import text_of, typed_day


@pytest.fixture
def attempt(now):
    """A phone call an hour ago that nobody answered, and what comes next."""
    at = now - timedelta(days=1)
    return {
        "channel": "phone",
        "result_phone": "no_answer",
        **typed_day("on", at),
        "time": "14:30",
        "words": "It rang out.",
        "next_action": "Ring again",
        **typed_day("next_action_on", now + timedelta(days=1)),
    }


@pytest.fixture
def asha_herself(asha):
    person = Case.objects.get(public_id=asha).person_id
    return list_public_ids(person_ids=[person])[person]


def test_only_safe_channels_are_offered_and_the_others_say_why(tom, asha):
    page = text_of(tom.get(f"/cases/{asha}/contact"))

    assert 'name="channel" type="radio" value="phone"' in page
    assert 'name="channel" type="radio" value="email"' not in page
    assert 'name="channel" type="radio" value="sms"' not in page
    assert "Marked as not safe." in page
    assert "a channel nobody has marked safe is treated as unsafe" in page
    assert "This is a high-risk case." in page


def test_an_ordinary_crime_offers_them_with_a_caution(tom, omar):
    page = text_of(tom.get(f"/cases/{omar}/contact"))

    assert 'name="channel" type="radio" value="sms"' in page
    assert "Write nothing that names the service or the crime." in page


def test_an_attempt_is_logged_with_what_comes_next(tom, asha, attempt):
    page = text_of(tom.post(f"/cases/{asha}/contact", attempt, follow=True))

    assert "Contact logged" in page
    assert "Phone call: No answer" in page
    assert "It rang out." in page
    assert "Ring again" in page


def test_an_unsafe_channel_cannot_be_used_whatever_is_sent(tom, asha, attempt):
    forced = attempt | {"channel": "email", "result_email": "email_sent"}

    page = text_of(tom.post(f"/cases/{asha}/contact", forced))

    assert "<title>Error: Log contact" in page
    assert "Phone call: No answer" not in text_of(tom.get(f"/cases/{asha}"))


MISTAKES: list[tuple[dict[str, str], str]] = [
    ({"channel": ""}, "Choose how you tried to reach them"),
    ({"result_phone": ""}, "Choose what came of it"),
    ({"time": "25:00"}, "Enter the time like 9:05 or 14:30"),
    ({"time": ""}, "Enter the time"),
    ({"next_action": ""}, "Say what happens next"),
    (
        {f"next_action_on_{n}": "" for n in range(3)},
        "Enter the day by which it happens",
    ),
    ({"on_1": "13"}, "Date of the attempt must be a real date"),
    ({"on_2": "2999"}, "An attempt cannot be in the future"),
    ({"next_action_on_2": "1999"}, "Choose a day that is not in the past"),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake[1])
def test_mistakes_are_said_beside_their_fields(tom, asha, attempt, mistake):
    change, said = mistake
    page = text_of(tom.post(f"/cases/{asha}/contact", attempt | change))

    assert "<title>Error: Log contact" in page
    assert page.count(said) >= 2


def test_a_result_that_made_contact_may_leave_the_plan_as_it_is(tom, asha, attempt):
    empty = {f"next_action_on_{n}": "" for n in range(3)} | {"next_action": ""}
    spoke = attempt | {"result_phone": "spoke"} | empty

    page = text_of(tom.post(f"/cases/{asha}/contact", spoke, follow=True))

    assert "Phone call: Spoke with them" in page
    assert "Make first contact" in page


def test_where_somebody_else_answers_the_route_is_closed(tom, asha, attempt):
    other = attempt | {"result_phone": "wrong_person_answered"}

    page = text_of(tom.post(f"/cases/{asha}/contact", other, follow=True))

    assert "This route is not used again" in page
    form = text_of(tom.get(f"/cases/{asha}/contact"))
    assert "There is no safe way to reach them" in form
    assert 'name="channel"' not in form


def test_the_person_page_says_what_each_source_said(tom, asha_herself):
    address = f"/people/{asha_herself}"
    tom.post(f"{address}/why", {"reason": "covering"})  # her case is another team's
    page = text_of(tom.get(address))

    assert "Asha Reed" in page
    assert "3 February 1992" in page
    assert "asha@people.example" in page
    assert "Assault with injury" in page
    assert "What each source said" in page


def test_a_channel_marked_safe_is_then_offered(tom, asha, asha_herself):
    address = f"/people/{asha_herself}/safety"
    typed = {"channel": "email", "state": "safe"}

    refused = text_of(tom.post(address, typed))
    assert "Say how you know" in refused
    done = text_of(tom.post(address, typed | {"reason": "She said so"}, follow=True))
    assert "Saved." in done
    assert "Tom Hollis" in done

    form = text_of(tom.get(f"/cases/{asha}/contact"))
    assert 'name="channel" type="radio" value="email"' in form


@pytest.mark.parametrize("page", ["", "/safety"])
def test_a_person_who_is_not_there(tom, page):
    assert tom.get(f"/people/{uuid4()}{page}").status_code == 404


@pytest.mark.parametrize("page", ["", "/safety"])
def test_a_person_is_for_those_who_work_cases(client_as, asha_herself, page):
    address = f"/people/{asha_herself}{page}"
    assert client_as("commissioner").get(address).status_code == 403
