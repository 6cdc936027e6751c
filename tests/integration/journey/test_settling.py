"""Settling every matter of an area anew, as the command does it."""

import json

import psycopg
import pytest

from alongside.workflows.settle_matters import Settled, settle_area
from tests.integration.api.machines import trail
from tests.integration.cli.conftest import run, site  # noqa: F401
from tests.integration.journey.test_arriving import STORY, matters, tell
from tests.support.receiving import NOW, receiver, send

STANDS = {("S310957", ""): "S40", ("S2", ""): "S31"}


@pytest.fixture
def moved(fresh_database):
    """A journey whose stages somebody has lost, and one that stands as it should."""
    send({})
    tell(*STORY)
    send({"person_ref": "N2", "crime_ref": "26/2", "given_names": "Eve"}, extract="L-2")
    with psycopg.connect(fresh_database.owner.conninfo()) as owner:
        owner.execute("UPDATE journey_matter SET stage = 'S10' WHERE stage = 'S40'")
        owner.execute("DELETE FROM journey_matter WHERE suspect_ref = 'S2'")


def test_matters_come_to_where_their_events_take_them(moved):
    heard: list[Settled] = []

    done = settle_area(
        actor=receiver(), now=NOW, why="a test", on_progress=heard.append, lot=1
    )

    assert done == Settled(total=2, looked=2, changed=2)
    assert [one.looked for one in heard] == [1, 2]
    assert {key: stage for key, stage in matters().items() if key in STANDS} == STANDS
    assert trail("matters.settled") == 1
    again = settle_area(actor=receiver(), now=NOW, why="a test")
    assert again == Settled(total=2, looked=2, changed=0)


def test_what_is_only_tried_is_not_kept(moved, run, capsys):  # noqa: F811
    before = matters()

    assert run("journey", "settle", "--dry-run", "--json") == 0

    assert json.loads(capsys.readouterr().out) == {"looked_at": 2, "changed": 2}
    assert matters() == before
    assert run("journey", "settle") == 0
    assert "2 matters were brought to where" in capsys.readouterr().out
    assert matters() != before


def test_an_area_that_is_not_there_is_refused_in_words(moved, run, capsys):  # noqa: F811
    assert run("journey", "settle", "--service", "nowhere") == 1
    assert "no such service" in capsys.readouterr().err
