"""What is asked about somebody who came by themselves, and what becomes of it."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.http import QueryDict

from alongside.care.people.types import ChannelKind, EntryHint, LikelyPerson
from alongside.web.register import pages
from alongside.web.register.forms import AddSomebody, IsItThem, Who
from alongside.workflows.receiving.by_hand import CameBy

GIVEN = {
    "given_names": "Asha",
    "surname": "Reed",
    "date_of_birth_0": "3",
    "date_of_birth_1": "2",
    "date_of_birth_2": "1992",
    "mobile_phone": "07700 900111",
    "email": "Asha@Example.org",
    "address": "Flat 2\n14 Elm Row\n",
    "postcode": "le11aa",
    "safe": ["phone", "sms"],
    "unsafe": ["letter"],
    "happened": "He followed her home",
    "flags": ["stalking"],
    "reported": "yes",
    "crime_ref": "26/123",
    "came_by": "themselves",
}
SOMEONE = UUID(int=5)
LIKE_HER = LikelyPerson(
    public_id=SOMEONE,
    given_initial="A",
    surname_initial="R",
    birth_year=1992,
    outward="LE1",
)


def sent(**changes):
    query = QueryDict(mutable=True)
    for name, value in (GIVEN | changes).items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def mistakes(**changes):
    form = AddSomebody(sent(**changes))
    return {} if form.is_valid() else dict(form.errors)


def test_what_was_typed_is_taken_as_records_hold_it():
    form = AddSomebody(sent())
    assert form.is_valid(), form.errors
    arrival = form.arrival(chosen=None, others=(SOMEONE,))
    assert (arrival.given_names, arrival.surname) == ("Asha", "Reed")
    assert arrival.date_of_birth == date(1992, 2, 3)
    assert arrival.mobile_phone == "+447700900111"
    assert (arrival.email, arrival.postcode) == ("asha@example.org", "LE1 1AA")
    assert arrival.address_lines == ("Flat 2", "14 Elm Row")
    assert arrival.safe == {
        ChannelKind.PHONE: True,
        ChannelKind.SMS: True,
        ChannelKind.LETTER: False,
    }
    assert (arrival.reported, arrival.crime_ref) == (True, "26/123")
    assert arrival.came_by is CameBy.THEMSELVES
    assert arrival.others == (SOMEONE,)


def test_a_crime_reference_of_what_was_never_reported_is_not_kept():
    form = AddSomebody(sent(reported="no"))
    assert form.is_valid()
    arrival = form.arrival(chosen=None, others=())
    assert (arrival.reported, arrival.crime_ref) == (False, "")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"given_names": "", "surname": " "}, "given_names"),
        ({"unsafe": ["phone", "letter"]}, "unsafe"),
        ({"mobile_phone": "ring the bell"}, "mobile_phone"),
        ({"email": "asha at home"}, "email"),
        ({"happened": ""}, "happened"),
        ({"reported": ""}, "reported"),
        ({"came_by": "parachute"}, "came_by"),
        ({"date_of_birth_1": "13"}, "date_of_birth"),
        ({"flags": ["no such flag"]}, "flags"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(changes, field):
    assert list(mistakes(**changes)) == [field]


def test_a_name_alone_is_enough_of_a_person():
    bare: dict[str, Any] = {
        name: "" for name in GIVEN if name not in {"happened", "came_by"}
    }
    bare |= {"safe": [], "unsafe": [], "flags": [], "reported": "not_known"}
    assert mistakes(**bare | {"given_names": "Lu"}) == {}


def test_half_typed_details_are_compared_as_far_as_they_go():
    form = Who(QueryDict("given_names=As&date_of_birth_0=3&email=half"))
    form.is_valid()
    assert form.cleaned_data["given_names"] == "As"
    assert "date_of_birth" not in form.cleaned_data
    assert form.phones == ()


def test_who_is_hidden_is_said_in_one_sentence_that_never_changes():
    hidden, seen = (
        pages.likely(EntryHint(ask=True)),
        pages.likely(EntryHint(people=(LIKE_HER,), ask=True)),
    )
    assert hidden.people == ()
    assert hidden.ask == seen.ask == pages.ASK
    assert seen.people[0].text == "A**** R****, born 1992, LE1"
    assert pages.likely(EntryHint()).is_empty


def test_whoever_was_shown_somebody_says_whether_it_is_them():
    people = pages.choices(EntryHint(people=(LIKE_HER,)))
    unanswered = IsItThem(QueryDict(""), people=people, ask=True)
    assert not unanswered.is_valid()
    assert set(unanswered.errors) == {"who", "asked"}
    yes = IsItThem(QueryDict(f"who={SOMEONE}"), people=people, ask=False)
    assert yes.is_valid()
    assert yes.chosen == SOMEONE
    no = IsItThem(QueryDict("who=else&asked=on"), people=people, ask=True)
    assert no.is_valid()
    assert no.chosen is None
    other = IsItThem(QueryDict(f"who={UUID(int=6)}"), people=people, ask=False)
    assert not other.is_valid()
    assert not IsItThem(None, people=[], ask=False).is_needed


def test_the_answers_are_shown_and_sent_back_as_they_were():
    data = sent(hostile="<script>", step="check")
    form = AddSomebody(data)
    assert form.is_valid()
    none = IsItThem(None, people=[], ask=False)
    page = pages.check(form, none, EntryHint(), data)
    facts = {fact.name: fact.value for card in page.answers for fact in card.facts}
    assert facts["Which ways of reaching them are safe?"] == "Phone call, Text message"
    assert facts["Date of birth"] == "3 February 1992"
    assert facts["Address"] == "Flat 2, 14 Elm Row"
    assert facts["Crime reference, if they have one"] == "26/123"
    typed = dict(page.typed)
    assert typed["date_of_birth_2"] == "1992"
    assert not {"hostile", "step"} & set(typed)
    again = AddSomebody(QueryDict("&".join(f"{k}={v}" for k, v in page.typed)))
    assert again["safe"].value() == ["phone", "sms"]


def test_what_happens_next_is_said_though_the_case_is_hidden():
    page = pages.added(UUID("7f3a9b21-0000-4000-8000-000000000000"), None)
    assert page.case is None
    assert page.reference == "7F3A-9B21"
    assert page.closed.startswith("You cannot open this case")
    assert page.steps
