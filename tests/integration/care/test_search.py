"""Finding people: by what, by whom, what is shown of them, and what is written down."""

from dataclasses import replace

import pytest

from alongside.care.casework.models import Case
from alongside.care.people import queries
from alongside.care.people.rules import read_terms
from alongside.foundation.lib.errors import NotAllowed
from alongside.walls.context import acting_as
from tests.integration.walls.conftest import actor_of
from tests.support.receiving import NOW, send

pytestmark = pytest.mark.django_db

AMRIT = {
    "crime_ref": "26000000001",
    "given_names": "Amrit",
    "surname": "Kaur-Gill",
    "date_of_birth": "1987-02-03",
    "postcode": "LE3 1AA",
    "mobile_phone": "07700 900461",
    "email": "amrit@people.example",
}
ZOE = {
    "crime_ref": "26000000002",
    "given_names": "Zoë",
    "surname": "O'Sullivan",
    "date_of_birth": "1999-12-31",
    "postcode": "LE2 7DT",
    "mobile_phone": "07700 900462",
}
HELD = {
    "crime_ref": "26000000003",
    "given_names": "Hedda",
    "surname": "Quist",
    "date_of_birth": "1970-01-02",
    "consent_referral": "refused",
    "mobile_phone": "07700 900463",
}


@pytest.fixture(autouse=True)
def received():
    send(AMRIT, ZOE, HELD)


@pytest.fixture
def tom():
    return actor_of("worker@llr.example")


def search(actor, text, **how):
    with acting_as(actor):
        terms = read_terms(text)
        return queries.search_people(actor=actor, now=NOW, terms=terms, **how)


def initials(found):
    return [one.given_initial + one.surname_initial for one in found.people]


@pytest.mark.parametrize(
    "text",
    (
        *("amrit", "KAUR", "gill amrit", "Kaur-Gill, Amrit", "amr", "𝕬𝖒𝖗"),
        *("1987-02-03", "3/2/1987", "amrit 3 February 1987"),
        *("07700900461", "+44 7700 900461", "AMRIT@people.example"),
        *("LE3 1AA", "le31aa", "LE3", "le3 1", "amrit LE3"),
        *("26000000001", "kaur 26000000001"),
    ),
)
def test_a_person_is_found_by_what_is_known_of_them(tom, text):
    assert initials(search(tom, text)) == ["AK"]


@pytest.mark.parametrize(
    "text", ("zoe osullivan", "O’Sullivan", "zoë", "ZOE o'sullivan")
)
def test_accents_and_apostrophes_do_not_matter(tom, text):
    assert initials(search(tom, text)) == ["ZO"]


@pytest.mark.parametrize("text", ("amirt kaur", "amrit kuar", "amritt gil"))
def test_a_slip_of_the_keys_is_forgiven_and_said(tom, text):
    (found,) = search(tom, text).people
    assert found.alike


@pytest.mark.parametrize(
    "text",
    (
        *("amrit 1987-02-04", "amrit LE2", "zoe 07700900461", "LE31", "L"),
        *("26000000002 amrit", "nobody at all", "%", "' OR 1=1 --"),
        *("\x00", "x" * 5000, "李 明", "٣٢١", "a b c d e f g h", "#-4715"),
    ),
)
def test_what_does_not_fit_is_not_found(tom, text):
    found = search(tom, text)
    assert (found.people, found.count) == ((), 0)


def test_a_case_is_found_by_its_reference(tom):
    with acting_as(tom):
        ids = list(Case.objects.values_list("public_id", flat=True))
    for reference in (one.hex[:8] for one in ids):
        text = f"{reference[:4]}-{reference[4:]}".upper()
        assert search(tom, text).count == 1


def test_somebody_whose_referral_is_held_is_found_without_a_case(tom):
    (found,) = search(tom, "hedda quist").people
    assert (found.standing, found.tier) == ("", "")


def test_what_is_shown_is_masked(tom):
    (found,) = search(tom, "amrit").people
    shown = {getattr(found, name) for name in found.__dataclass_fields__}
    assert shown == {found.public_id, "A", "K", 1987, "LE3", "open", "standard", False}


@pytest.mark.parametrize(
    "text", ("amrit", "1987-02-03", "07700900461", "LE3 1AA", "26000000001", "amirt")
)
def test_somebody_else_is_answered_as_if_there_were_no_such_person(tom, text):
    stranger = replace(tom, agency_id=actor_of("provider@llr.example").agency_id)
    elsewhere = replace(tom, area_id=999_999_999)
    nobody = search(tom, "nobody at all")
    assert search(stranger, text) == nobody == search(elsewhere, text)


def test_only_roles_that_work_with_people_may_search():
    with pytest.raises(NotAllowed):
        search(actor_of("commissioner@llr.example"), "amrit")


def test_one_statement_whatever_is_found(tom, django_assert_num_queries):
    with acting_as(tom):
        for text in ("amrit", "LE", "nobody"):
            terms = read_terms(text)
            with django_assert_num_queries(0 if terms.is_empty else 1):
                queries.search_people(actor=tom, now=NOW, terms=terms)


def test_pages_are_parts_of_one_list(tom):
    every = search(tom, "LE2 LE2", size=50)
    assert initials(search(tom, "zoe", start=1)) == []
    assert every.count == search(tom, "LE2", start=0, size=1).count
