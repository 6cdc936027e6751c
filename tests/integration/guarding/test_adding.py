"""Adding somebody: what is asked, what is said of who may be known, what is kept."""

from datetime import date

import pytest
from django.db import connection, transaction

from alongside.care.casework.types import ConflictKind
from alongside.care.guarding.operations import conflicts
from alongside.walls.context import acting_as
from alongside.web.register.pages import ASK
from alongside.workflows.check_entry import check_corrected
from alongside.workflows.rectify import rectify
from tests.integration.guarding.conftest import ASHA, OMAR
from tests.integration.guarding.test_household import person_of
from tests.integration.web.casework.conftest import text_of
from tests.integration.web.conftest import *  # noqa: F403  how somebody signs in
from tests.support.receiving import receiver

pytestmark = pytest.mark.django_db
WAY = "/people/add"
ANSWERS = {
    "safe": ["phone"],
    "unsafe": ["letter"],
    "happened": "Somebody shouts at her door at night",
    "reported": "no",
    "came_by": "themselves",
}
NEW = {
    **ANSWERS,
    "given_names": "Ottoline",
    "surname": "Varga",
    "date_of_birth_0": "9",
    "date_of_birth_1": "4",
    "date_of_birth_2": "1971",
    "mobile_phone": "07700 900 654",
    "postcode": "LE3 1AA",
}
LIKE_ASHA = {
    **ANSWERS,
    "given_names": "Asha",
    "surname": "Reed",
    "date_of_birth_0": "3",
    "date_of_birth_1": "2",
    "date_of_birth_2": "1992",
    "mobile_phone": "07700 900111",
}


def rows(sql, *values):
    with acting_as(receiver()), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def people():
    return rows("SELECT count(*) FROM people_person")[0][0]


def test_somebody_new_is_added_and_what_is_next_is_said(received, client_as):
    tom, before = client_as("worker"), people()
    assert 'href="/people/add"' in text_of(tom.get("/work"))
    assert "How to reach them safely" in text_of(tom.get(WAY))

    checked = text_of(tom.post(WAY, NEW))

    assert "Check your answers" in checked
    assert people() == before, "nothing is kept before it is saved"
    assert "Ottoline" in checked
    assert ASK not in checked
    assert "There may be a record already" not in checked
    again = text_of(tom.post(WAY, {**NEW, "step": "change"}))
    assert 'value="Ottoline"' in again
    assert "There is a problem" not in again

    kept = tom.post(WAY, {**NEW, "step": "save"})

    assert people() == before + 1
    page = text_of(tom.get(kept["Location"]))
    assert "They have been added" in page
    assert "Make first contact" in page
    case = page.split('href="/cases/')[1].split('"')[0]
    shown = text_of(tom.get(f"/cases/{case}"))
    assert "Ottoline Varga" in shown
    assert "Somebody shouts at her door" in shown


def test_somebody_known_is_warned_of_and_joined(received, client_as):
    sam, before = client_as("specialist"), people()
    asha = person_of(ASHA["crime_ref"])

    typed = text_of(sam.post(f"{WAY}/likely", LIKE_ASHA))

    assert "A**** R****, born 1992, LE1" in typed
    assert f'"href": "/people/{asha[1]}"' in typed
    for secret in ("Reed", "900111", "Elm Row"):
        assert secret not in typed
    checked = text_of(sam.post(WAY, LIKE_ASHA))
    assert "Is it one of them?" in checked
    unanswered = text_of(sam.post(WAY, {**LIKE_ASHA, "step": "save"}))
    assert "Choose whether it is one of them" in unanswered
    assert people() == before

    kept = sam.post(WAY, {**LIKE_ASHA, "step": "save", "who": str(asha[1])})

    assert people() == before
    assert "They have been added" in text_of(sam.get(kept["Location"]))


def test_who_is_said_to_be_somebody_else_is_somebody_else(received, client_as):
    sam, before = client_as("specialist"), people()
    kept = sam.post(WAY, {**LIKE_ASHA, "step": "save", "who": "else"})
    assert kept.status_code == 302
    assert people() == before + 1


def test_behind_a_wall_there_is_one_sentence_and_a_second_person(received, client_as):
    tom, before = client_as("worker"), people()

    typed = text_of(tom.post(f"{WAY}/likely", LIKE_ASHA))

    assert ASK in typed
    for secret in ("****", "1992", "LE1", "/people/", "sexual"):
        assert secret not in typed
    checked = text_of(tom.post(WAY, LIKE_ASHA))
    assert ASK in checked
    assert "Is it one of them?" not in checked
    refused = text_of(tom.post(WAY, {**LIKE_ASHA, "step": "save"}))
    assert "Ask a supervisor before you add a new one" in refused
    assert people() == before

    kept = tom.post(WAY, {**LIKE_ASHA, "step": "save", "asked": "on"})

    # Hers would have been shown to who wrote the record: so somebody else looks.
    assert people() == before + 1
    assert "They have been added" in text_of(tom.get(kept["Location"]))
    asha = person_of(ASHA["crime_ref"])[0]
    assert rows(
        "SELECT count(*) FROM linking_reviewtask"
        " WHERE %s IN (person_id, other_person_id)",
        asha,
    ) == [(1,)]


def test_to_the_barred_somebody_known_is_nobody(received, client_as, act, now):
    tom, strangers = client_as("worker"), []
    with acting_as(act("worker")):
        conflicts.declare_conflict(
            actor=act("worker"),
            now=now,
            reference=ASHA["crime_ref"],
            kind=ConflictKind.RELATED,
            reason="My sister",
        )
    for typed in (LIKE_ASHA, NEW):
        answer = tom.post(f"{WAY}/likely", typed)
        strangers.append((answer.status_code, text_of(answer)))
    assert strangers == [(200, "{}")] * 2
    before = people()
    kept = tom.post(WAY, {**LIKE_ASHA, "step": "save"})
    assert people() == before + 1
    shown, new = (
        text_of(tom.get(kept["Location"])),
        tom.post(WAY, {**NEW, "step": "save"}),
    )
    alike = text_of(tom.get(new["Location"]))
    assert _steps(shown) == _steps(alike)
    assert tom.get(f"/cases/{kept['Location'].rpartition('/')[2]}").status_code == 200


def test_a_case_behind_a_wall_is_spoken_of_like_one_that_is_none(received, client_as):
    tom = client_as("worker")
    told = "He followed her home, and she does not want to say more of it today. " * 3
    hidden = {**NEW, "flags": ["sexual"], "happened": told, "step": "save"}
    answer = tom.post(WAY, hidden)
    assert answer.status_code == 302, text_of(answer)
    page = text_of(tom.get(answer["Location"]))
    assert "They have been added" in page
    assert "/cases/" not in page
    nothing = text_of(tom.get("/people/added/00000000-0000-0000-0000-000000000007"))
    assert _steps(page) == _steps(nothing)
    assert "You cannot open this case" in page
    assert "You cannot open this case" in nothing


def test_too_little_to_compare_is_not_compared(received, client_as):
    tom = client_as("worker")
    for typed in ({}, {"given_names": "A"}, {"surname": "\x00"}, {"gender": "x"}):
        answer = tom.post(f"{WAY}/likely", typed)
        assert (answer.status_code, text_of(answer)) == (200, "{}")


@pytest.mark.parametrize("name", ("information", "police", "administrator"))
def test_others_add_nobody(received, client_as, name):
    client = client_as(name)
    assert client.get(WAY).status_code == 403
    assert client.post(WAY, NEW).status_code == 403
    assert client.post(f"{WAY}/likely", NEW).status_code == 403


def test_a_provider_is_told_where_to_send_them(received, client_as):
    client = client_as("provider.worker")
    assert client.get(WAY).status_code == 403
    assert 'href="/people/add"' not in text_of(client.get("/", follow=True))


def test_a_correction_that_makes_two_people_alike_is_said(received, act, now):
    officer, omar = act("information"), person_of(OMAR["crime_ref"])
    asha = person_of(ASHA["crime_ref"])
    right = {
        "given_names": "Asha",
        "surname": "Reed",
        "date_of_birth": date(1992, 2, 3),
    }

    def alike(typed):
        return check_corrected(actor=officer, now=now, person_id=omar[1], right=typed)

    with acting_as(officer), transaction.atomic():
        before = alike({})
        warned = alike(right)
        rectify(
            actor=officer,
            now=now,
            person_id=omar[1],
            request_id=None,
            right=right,
            reason="She showed her passport",
        )
    assert before.is_empty
    assert [one.public_id for one in warned.people] == [asha[1]]
    assert not warned.ask


def _steps(page):
    return page.split("What happens next")[1].split("</ul>")[0]
