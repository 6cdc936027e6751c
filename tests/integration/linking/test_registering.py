"""Somebody who came by themselves: whose record it is, and which case it joins."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from alongside.care.matching.types import Band
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotAllowed
from alongside.walls.backend import base
from alongside.walls.context import SETTING
from alongside.workflows.register_person import NoTeams
from tests.integration.linking.somebody import (
    ADA,
    BORN,
    arrive,
    like,
    worker,
)
from tests.integration.walls.conftest import actor_of
from tests.support.receiving import ask, count, send

pytestmark = pytest.mark.django_db
ELSEWHERE: dict[str, Any] = {"address_lines": ("9 Cank Street",), "postcode": "LE1 5GX"}


def test_nobody_like_them_is_known_so_a_case_is_opened():
    found = arrive()

    assert found.band is Band.NEW
    assert (count("people_person"), count("casework_case")) == (1, 1)
    assert ask("SELECT source FROM people_personrecord") == [("the person themselves",)]
    assert ask("SELECT band, why, model <> '' FROM linking_linkdecision") == [
        ("new", "", True)
    ]
    assert count("journey_clock", "rule = 'FC-FIRST'") == 1
    assert ask("SELECT referral_id, offence_title FROM casework_victimisation") == [
        (None, ADA.happened)
    ]
    assert count("linking_blockkey") > 5


def test_who_comes_again_is_the_same_person_in_the_same_case():
    first, second = arrive(), arrive(like(happened="They came back"))

    assert second.band is Band.LINK
    assert (second.person_id, second.case_id) == (first.person_id, first.case_id)
    assert count("people_personrecord") == 2 == count("casework_victimisation")
    (row,) = ask(
        "SELECT why, weight > 6, matched_on, against_id = (SELECT min(id) FROM"
        " people_personrecord) FROM linking_linkdecision WHERE band = 'link'"
    )
    assert row == (
        "agree",
        True,
        "name, date of birth, sex, address, phone number and e-mail address",
        True,
    )


def test_a_form_that_is_there_already_needs_no_keys_of_its_own():
    arrive()
    before = count("linking_blockkey")
    arrive()
    assert (count("linking_blockkey"), count("linking_linkrecord")) == (before, 2)
    arrive(like(**ELSEWHERE))
    assert count("linking_blockkey") > before


def test_who_was_referred_by_the_police_is_known_when_they_come_by_themselves():
    send({})
    found = arrive(
        like(
            given_names="Paul",
            surname="Nanda",
            date_of_birth=BORN.replace(1973, 7, 6),
            gender="male",
            mobile_phone="+447700900123",
        )
    )
    assert found.band is Band.LINK
    assert (count("people_person"), count("casework_case")) == (1, 1)


def test_somebody_who_may_be_one_is_new_and_somebody_looks():
    first = arrive()
    found = arrive(like(given_names="Abigail Rose"))

    assert found.band is Band.REVIEW
    assert found.person_id != first.person_id
    assert count("linking_reviewtask", "state = 'open'") == 1
    assert ask("SELECT why FROM linking_linkdecision WHERE band = 'review'") == [
        ("twin",)
    ]
    # Asked about once, however often they come.
    again = arrive(like(given_names="Abigail Rose"))
    assert again.person_id == found.person_id
    assert count("linking_reviewtask") == 1


def test_a_partner_who_shares_the_home_is_a_hint_and_nothing_more():
    arrive()
    found = arrive(
        like(
            given_names="Boris",
            surname="Hall",
            date_of_birth=BORN.replace(1969, 1, 2),
            gender="male",
            email="",
        )
    )
    assert found.band is Band.NEW
    assert count("linking_householdhint") == 1
    assert count("linking_reviewtask") == 0


def test_a_worker_says_who_they_are_or_are_not():
    first = arrive()
    apart = arrive(like(others=(first.person_id,)))
    assert (apart.band, apart.person_id != first.person_id) == (Band.NEW, True)

    stranger = like(given_names="Someone", surname="Else", email="", mobile_phone="")
    same = arrive(replace(stranger, chosen=first.person_id))
    assert (same.band, same.person_id) == (Band.LINK, first.person_id)
    assert count("linking_linkdecision", "rule = 'by_hand'") == 1


def test_what_is_hidden_from_the_police_stands_behind_that_wall():
    arrive(like(police_blind=True, flags=("domestic_abuse",)))

    assert ask("SELECT compartments & 1, high_risk FROM casework_case") == [(1, True)]


@pytest.mark.parametrize("times", [1, 2], ids=["new", "known"])
def test_a_child_goes_behind_a_wall_that_the_worker_does_not_pass(times):
    child = like(date_of_birth=BORN.replace(2014))
    bands = [arrive(child).band for _ in range(times)]

    assert bands == [Band.NEW, Band.REVIEW][:times]
    assert ask("SELECT compartments & 4 FROM casework_case") == [(4,)] * times


def test_a_long_story_is_a_note_and_its_first_line_a_title():
    story = "They followed me home. " * 20 + "I am afraid."
    arrive(like(happened=story))

    ((title,),) = ask("SELECT offence_title FROM casework_victimisation")
    assert len(title) == 80
    assert title.endswith("…")
    assert ask("SELECT text FROM casework_note") == [(story,)]


def test_only_those_who_may_add_people_do():
    actor = worker()
    without = replace(actor, permissions=actor.permissions - {Permission.PERSON_ADD})
    with pytest.raises(NotAllowed):
        arrive(by=without)


def test_an_agency_without_teams_takes_nobody_in():
    with pytest.raises(NoTeams):
        arrive(by=actor_of("provider.worker@llr.example"))


def test_a_record_with_nothing_to_go_by_is_somebody_new_each_time():
    bare = like(
        given_names="Unknown",
        surname="Unknown",
        date_of_birth=None,
        gender="",
        mobile_phone="",
        email="",
        address_lines=(),
        postcode="",
    )
    assert {arrive(bare).band for _ in range(3)} == {Band.NEW}
    assert count("people_person") == 3


# Statements besides those that say who acts; most are sent without waiting.
@pytest.mark.parametrize(("known", "most"), [(False, 21), (True, 23)])
def test_what_somebody_costs_the_database_is_bounded(monkeypatch, known, most):
    actor = worker()
    arrive(by=actor)
    sent = []

    class Counting(base.Cursor):
        def execute(self, query, *args, **how):
            if "SAVEPOINT" not in str(query) and query != SETTING:
                sent.append(str(query))
            return super().execute(query, *args, **how)

    monkeypatch.setattr(connection.connection, "cursor_factory", Counting)
    stranger = like(given_names="Zoltan", surname="Varga", email="", mobile_phone="")
    arrive(ADA if known else stranger, by=actor)

    assert 10 < len(sent) <= most, sent
