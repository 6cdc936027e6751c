"""An area's own weights: learnt, kept, refused when worse, and left again."""

import json
from pathlib import Path

import psycopg
import pytest

from alongside.demo.generator.people import write_people
from alongside.foundation.gateways.installation import Connections
from alongside.workflows.linking_in_bulk import training
from alongside.workflows.linking_in_bulk.frozen import Quality
from tests.integration.cli.conftest import Run
from tests.support.databases import as_administrator

BETTER = Quality(records=10, wrong=0.0, found=0.9, shown=1.0, needless=0.0)
WORSE = Quality(records=10, wrong=50.0, found=0.9, shown=1.0, needless=0.0)


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    folder = tmp_path_factory.mktemp("people")
    write_people(folder / "people.csv", folder / "truth.csv", seed=5, records=1500)
    return folder / "people.csv"


def models(reach: Connections) -> list[tuple[str, bool]]:
    with as_administrator(reach.app.database) as connection:
        return [
            (str(version), bool(live))
            for version, live in connection.execute(
                "SELECT version, live_from IS NOT NULL AND retired_at IS NULL"
                " FROM linking_linkmodel ORDER BY id"
            ).fetchall()
        ]


def test_weights_are_learnt_kept_and_left_again(
    run: Run, fresh_database: Connections, people: Path, *, monkeypatch, capsys
):
    monkeypatch.setattr(training, "measure", lambda model: BETTER)
    assert run("link", "train", "--file", people, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["records"] == 1500
    assert models(fresh_database) == [(told["version"], True)]

    assert run("link", "train", "--use", "shipped") == 0
    assert models(fresh_database) == [(told["version"], False)]
    assert run("link", "train", "--use", told["version"]) == 0
    assert models(fresh_database) == [(told["version"], True)]

    assert run("link", "train", "--use", "1999-01-01-nothing") == 1
    assert models(fresh_database) == [(told["version"], True)]
    with psycopg.connect(fresh_database.auditor.conninfo()) as connection:
        found = connection.execute(
            "SELECT purpose FROM audit.entry WHERE action = 'linking.weights_changed'"
            " ORDER BY id"
        ).fetchall()
    assert [purpose for (purpose,) in found] == [
        told["version"],
        "shipped",
        told["version"],
    ]


def test_what_does_worse_does_not_count(
    run: Run, fresh_database: Connections, people: Path, *, monkeypatch, capsys
):
    qualities = iter((BETTER, WORSE))
    monkeypatch.setattr(training, "measure", lambda model: next(qualities))
    assert run("link", "train", "--file", people) == 1
    told = capsys.readouterr().err
    assert "worse" in told and "50.0 wrong links" in told and told.count("\n") == 1
    assert models(fresh_database) == []


def test_an_area_without_people_has_nothing_to_learn_from(
    run: Run, fresh_database: Connections, capsys
):
    assert run("link", "train") == 1
    assert "too little in common" in capsys.readouterr().err
    assert models(fresh_database) == []
