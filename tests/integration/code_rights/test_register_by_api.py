"""The register of rights, by the API: the rows of the page, and nobody's name."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.api.v1 import registers
from alongside.care.casework.models import Case
from alongside.care.code_rights.models import RightRecord
from alongside.care.code_rights.operations import Whereabouts
from alongside.care.code_rights.queries import RegisterFilter
from alongside.care.code_rights.types import StepAsked
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.lib.local import local_day
from alongside.workflows import code_rights
from alongside.workflows.read_registers import list_rights

ADDRESS = "/api/v1/rights"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held_by_tom")]


@pytest.fixture
def review(acting, crime, happened):
    """A review that was asked for of the police."""
    happened("no_further_action", days=9)
    return code_rights.begin_right(
        **acting,
        kind="vrr_police",
        about=Whereabouts(victimisation_id=crime.victimisation_id),
        asked=StepAsked(
            step="asked",
            on=local_day(acting["now"] - timedelta(days=8)),
            by="person",
            fields={"how": "phone"},
        ),
    )


@pytest.fixture
def ask(monkeypatch, worker):
    """Ask with a token that acts as the worker."""
    monkeypatch.setattr(accounts, "get_actor_by_token", lambda **_: worker)

    def asked(address=ADDRESS, **query):
        return Client().get(address, query, headers={"Authorization": "Bearer x"})

    return asked


def test_a_right_is_told_with_what_is_due_and_without_a_name(review, ask, asha):
    (told,) = ask().json()["rights"]

    assert told["id"] == str(review.record_id)
    assert (told["case"], told["kind"], told["right"]) == (str(asha), "vrr_police", 6)
    assert (told["state"], told["ended_on"]) == ("asked", None)
    assert told["due_by"] == "police" and told["due_on"] >= told["since"]
    assert "Asha" not in str(told) and "Reed" not in str(told)
    for nothing in ({"kind": "vps"}, {"is_open": "false"}, {"page": "2"}):
        assert ask(**nothing).json() == {"rights": [], "next": None}, nothing


@pytest.mark.usefixtures("review")
def test_a_wall_hides_it_as_on_the_page(ask, asha):
    Case.objects.filter(public_id=asha).update(compartments=16)
    assert ask().json()["rights"] == []


@pytest.mark.usefixtures("review")
def test_pages_follow_one_another(ask, monkeypatch):
    another = RightRecord.objects.get()
    another.pk, another.public_id, another.suspect_ref = None, uuid4(), "S-2"
    another.save()
    monkeypatch.setattr(registers, "SIZE", 1)

    first = ask(kind="vrr_police").json()
    assert first["next"] == f"{ADDRESS}?kind=vrr_police&page=2"
    second = ask(first["next"]).json()
    assert second["next"] is None
    told = {one["id"] for page in (first, second) for one in page["rights"]}
    assert len(told) == 2


@pytest.mark.usefixtures("review")
def test_statements_are_few(worker, now):
    with CaptureQueriesContext(connection) as captured:
        found = list_rights(
            actor=worker, now=now, chosen=RegisterFilter(), start=0, size=9
        )
    assert len(captured) == 3
    assert len(found.lines) == 1 and not found.has_more
