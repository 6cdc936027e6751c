"""The pages of what is owed with no day set: a case, settling, and across cases."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.care.casework.models import Victimisation
from alongside.care.journey.models import Clock
from alongside.foundation.lib.local import local_day
from alongside.workflows import standing
from tests.integration.web.casework.conftest import text_of, typed_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held_by_tom")]

RJ = "Police to tell them about restorative justice"


@pytest.fixture
def here(asha):
    return reverse("code_rights:standing", args=[asha])


@pytest.fixture
def name(acting):
    """What the page calls the promise about restorative justice."""
    parts = standing.read_standing(**acting).parts
    return next(one.name for one in parts if one.line.rule.code == "R03-RJINFO")


@pytest.fixture
def settle(asha, name):
    return reverse("code_rights:settle", args=[asha, name])


def test_it_says_what_is_owed_by_whom_and_since_when(tom, here, crime):
    text = text_of(tom.get(here))
    since = local_day(crime.reported_at)
    assert "Nobody has said yet" in text and RJ in text
    assert f"Owed by the police since {since:%A} {since.day} {since:%B %Y}" in text


def test_it_is_settled_with_how_we_know_and_taken_back(tom, here, settle, acting):
    now, asha = acting["now"], acting["case_id"]
    typed = {"outcome": "met", **typed_day("met_on", now), "evidence": ""}
    refused = text_of(tom.post(settle, typed))
    assert "Error: " in refused and "Say how you know" in refused
    typed["evidence"] = "A leaflet came with the letter"
    assert tom.post(settle, typed)["Location"] == here
    text = text_of(tom.get(here))
    assert "A leaflet came with the letter" in text and "Done" in text
    assert tom.get(settle).status_code == 404

    back = f"{settle}/again"
    assert "It is owed again" in text_of(tom.get(back))
    assert tom.post(back)["Location"] == here
    assert "A leaflet" not in text_of(tom.get(here))
    assert tom.get(back).status_code == 404
    # The promises with a day are not touched, and none of them has none.
    promises = text_of(tom.get(reverse("casework:promises", args=[asha])))
    assert RJ not in promises


def test_it_is_not_owed_and_says_why(tom, here, settle):
    refused = text_of(tom.post(settle, {"outcome": "not_owed"}))
    assert "Choose why it is not owed" in refused
    tom.post(settle, {"outcome": "not_owed", "why": "told_by_another"})
    text = text_of(tom.get(here))
    assert "They already know from somebody else" in text and "Not owed" in text


def test_a_day_that_cannot_be_is_refused_beside_its_field(tom, settle, now):
    early = now.replace(year=now.year - 30)
    typed = {"outcome": "met", **typed_day("met_on", early), "evidence": "x"}
    answer = tom.post(settle, typed)
    assert 'href="#id_met_on' in text_of(answer)
    assert not Clock.objects.filter(due_on=None).exists()


def test_across_cases_it_counts_and_lists_and_is_a_file(tom, settle, acting):
    to = reverse("code_rights:standing_register")
    text = text_of(tom.get(to))
    assert RJ in text and "Nobody has said" in text and "Name not known" not in text
    listed = text_of(tom.get(to, {"rule": "R03-RJINFO"}))
    assert "Asha" in listed and "owed longest first" in listed
    tom.post(settle, {"outcome": "not_owed", "why": "told_by_another"})
    listed = text_of(tom.get(to, {"rule": "R03-RJINFO"}))
    assert "Asha" not in listed
    file = tom.get(reverse("code_rights:standing_export"), {"rule": "R07-VPS"})
    assert file["Content-Type"].startswith("text/csv")
    lines = file.content.decode().splitlines()
    assert lines[0] == "Promise,Owed by,Owed since,Crime,Case,Worker,Team"
    assert (
        len(lines)
        == Victimisation.objects.filter(
            live=True, same_as=None, record_type="crime", case__isnull=False
        )
        .exclude(vps_offered=True)
        .count()
        + 1
    )
    assert "Asha" not in file.content.decode()


@pytest.mark.parametrize("wrong", ["rule=luck", "team=x", "start=-4", "whose=all"])
def test_what_nobody_knows_narrows_nothing(tom, wrong):
    to = reverse("code_rights:standing_register")
    assert text_of(tom.get(f"{to}?{wrong}")).count(RJ) == text_of(tom.get(to)).count(RJ)


def test_the_pages_ask_the_same_number_of_questions_whatever_is_there(
    tom, here, happened
):
    def asked(to):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert tom.get(to).status_code == 200
        return len(queries)

    register = reverse("code_rights:standing_register") + "?rule=R07-VPS"
    asked(here)
    before = asked(here), asked(register)
    happened("no_further_action", days=9)
    happened("sentenced", days=3)
    assert (asked(here), asked(register)) == before
