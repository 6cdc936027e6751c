"""The administrator's pages: reading, trying out, making one's own, putting in use."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.care.instruments.tables import INSTRUMENTS
from alongside.care.instruments.types import FIRST_OWN
from tests.integration.instruments.conftest import SMALL
from tests.support.signing_in import PAGE, fresh_code

LIST = "/instruments"
SHIPPED = [f"/instruments/{code}/{number}" for code, number in INSTRUMENTS]
OWN = f"/instruments/small/{FIRST_OWN}"


def signed_in(name):
    client = Client()
    email = f"{name}@llr.example"
    client.post("/sign-in", {"email": email, "password": "a-practice-passphrase"})
    client.post(PAGE, {"way": "app", "code": fresh_code(email)})
    return client


@pytest.fixture
def desk(fresh_database):
    return signed_in("administrator")


def words(answer):
    return answer.content.decode()


def made(desk, text=SMALL):
    return desk.post(f"{LIST}/new", {"code": "small", "text": text}, follow=True)


def asked(page):
    """What the preview says it has on it."""
    return page.context["page"].asked


def test_every_shipped_instrument_can_be_read_tried_and_kept(desk):
    listed = words(desk.get(LIST))
    assert "Domestic abuse risk list" in listed
    assert "dash,1," in words(desk.get(f"{LIST}?format=csv"))
    for address in SHIPPED:
        assert desk.get(address).status_code == 200, address
        assert desk.get(f"{address}/try").status_code == 200, address
        file = desk.get(f"{address}/file")
        assert "attachment" in file.headers["Content-Disposition"], address


def test_conditions_bands_and_licence_are_said_in_words(desk):
    page = words(desk.get("/instruments/dash/1"))
    assert "needs its owner’s permission" in page
    assert "0 to 9" in page and "10 to 13" in page and "14 or more" in page
    assert "Refer to an independent domestic violence adviser" in page
    page = words(desk.get("/instruments/suicide_prompt/1"))
    assert "Shown only if “Are you having thoughts of ending your life?”" in page


def test_test_answers_lead_on_and_come_to_something(desk):
    address = "/instruments/suicide_prompt/1/try"
    first = desk.get(address)
    sent = {"asked": asked(first), "q_thoughts": "yes", "q_self_harm": "no"}
    second = desk.post(address, sent)
    assert "led to 4 more questions" in words(second)
    sent |= {"asked": asked(second), "q_plan": "no", "q_means": "no"}
    third = desk.post(address, sent)
    assert "Choose an answer" in words(third)
    last = desk.post(address, sent | {"asked": asked(third), "q_before": "no"})
    assert "Follow the safety procedure now" in words(last)
    assert "call 999" in words(last)


def test_an_answer_outside_the_rules_is_said_beside_the_question(desk):
    page = desk.post("/instruments/outcomes/1/try", {"q_coping": "9"})
    assert "Choose one of the answers offered" in words(page)


def test_a_draft_with_problems_is_kept_and_says_where(desk):
    page = made(desk, SMALL.replace('questions = ["well"]', 'questions = ["gone"]'))
    assert "score unwell: counts gone, which is no question here" in words(page)
    answer = desk.post(f"{OWN}/publish", follow=True)
    assert "It cannot be put in use yet: 1 problem" in words(answer)


@pytest.mark.parametrize(
    ("before", "after", "words_said"),
    [
        ('["supervisor"]', '["the_moon"]', "band high: asks for the_moon"),
        ('code = "small"', 'code = "other"', "code must stay small"),
        ("2026-01-01", "2099-01-01", "in_force must be today or earlier"),
    ],
)
def test_what_nobody_could_follow_is_said_while_it_is_a_draft(
    desk, before, after, words_said
):
    page = made(desk, SMALL.replace(before, after))
    assert words_said in words(page)
    answer = desk.post(f"{OWN}/publish", follow=True)
    assert "It cannot be put in use yet: 1 problem" in words(answer)


def test_one_of_our_own_from_the_text_to_its_retirement(desk):
    page = made(desk)
    assert "Nothing is wrong with the text" in words(page)
    saved = desk.post(
        f"{OWN}/edit", {"text": words_of(page) + "# one more line\n", "saves": 1}
    )
    assert saved.status_code == 302
    stale = desk.post(f"{OWN}/edit", {"text": "mine", "saves": 1})
    assert "Somebody else has saved this draft" in words(stale)
    assert "mine" in words(stale)

    tried = desk.post(f"{OWN}/try", {"asked": "q_well", "q_well": "no"})
    assert "High risk" in words(tried)
    assert "It is in use now" in words(desk.post(f"{OWN}/publish", follow=True))
    assert desk.get(f"{OWN}/edit").status_code == 302
    assert "never changed" in words(desk.post(f"{OWN}/publish", follow=True))
    assert "It is out of use" in words(desk.post(f"{OWN}/retire", follow=True))


def words_of(page):
    return page.context["page"].form.initial["text"]


def test_our_own_of_a_shipped_one_begins_as_a_copy(desk):
    page = desk.post("/instruments/asb_matrix/1/own", follow=True)
    assert f"version = {FIRST_OWN}" in words_of(page)
    assert "Nothing is wrong with the text" in words(page)
    again = desk.post("/instruments/asb_matrix/1/own")
    assert "There is a draft of this already" in words(again)


@pytest.mark.parametrize(
    "address", [LIST, f"{LIST}/new", SHIPPED[0], f"{SHIPPED[0]}/own"]
)
def test_a_worker_comes_to_none_of_it(fresh_database, address):
    assert signed_in("worker").get(address).status_code == 403


def test_what_is_not_there_is_said_to_be_not_there(desk):
    assert desk.get("/instruments/nothing/7").status_code == 404
    assert desk.get("/instruments/dash/1/publish").status_code == 404


def test_the_list_takes_as_many_statements_however_many_there_are(desk):
    with CaptureQueriesContext(connection) as few:
        desk.get(LIST)
    made(desk)
    desk.post("/instruments/asb_matrix/1/own")
    desk.get(LIST)  # says what was just done
    with CaptureQueriesContext(connection) as more:
        desk.get(LIST)
    assert len(more) == len(few)
