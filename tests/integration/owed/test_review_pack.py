"""The pack for the joint review: a page, a file, and the same by the API."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta

import jsonschema_rs
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.care.journey.types.compliance import CountBy, Kept
from alongside.walls.context import acting_as
from alongside.workflows.give_token import give_counts_token
from alongside.workflows.review_pack.columns import FILES
from alongside.workflows.review_pack.read import FACTS, before, read_pack
from alongside.workflows.review_pack.write import write_pack
from tests.integration.web.casework.conftest import text_of
from tests.support.home import PROJECT

DOCUMENT = PROJECT / "docs" / "formats" / "joint-review-pack.md"


def opened(content):
    """Its files by name, CSV as rows."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    return {
        name: list(csv.DictReader(io.StringIO(text))) if name.endswith(".csv") else text
        for name, text in texts.items()
    }


@pytest.fixture
def pack(world, received, actor_as):
    """Six promises of the police met in the time and seven missed in the one before;
    three of the courts, too few to be told."""
    for days in range(6):
        world.promise(
            *(world.asha, "R06-ARREST", -20 - days),
            met_on=world.today - timedelta(days=30),
            evidence="x",
        )
    for days in range(7):
        world.promise(world.omar, "R06-ARREST", -120 - days)
    for days in range(3):
        world.promise(world.omar, "R09-SENTENCE", -20 - days)
    actor = actor_as("supervisor")
    with acting_as(actor), CaptureQueriesContext(connection) as captured:
        found = read_pack(
            actor=actor,
            now=world.now,
            on=world.today,
            since=world.today - timedelta(days=90),
            until=world.today - timedelta(days=12),
        )
    assert len(captured) <= 2 * 3 + 3
    return found


def group_of(pack, code, by=CountBy.HOLDER_RIGHT):
    return next((now, earlier) for now, earlier in pack.pairs(by) if now.code == code)


def test_a_time_stands_beside_the_one_before(pack):
    now, earlier = group_of(pack, "police.6")

    assert now.counts[Kept.MET] == 6
    assert earlier.counts[Kept.MISSED] == 7
    assert group_of(pack, "wcu.9")[0].counts[Kept.MISSED] is None
    assert pack.hides


@pytest.mark.parametrize(
    ("since", "until", "earlier"),
    [
        ("2026-04-01", "2027-04-01", "2025-04-01"),
        ("2026-07-01", "2026-10-01", "2026-04-01"),
        ("2026-01-01", "2026-04-01", "2025-10-01"),
        ("2026-03-10", "2026-03-20", "2026-02-28"),
    ],
)
def test_the_time_before(since, until, earlier):
    days = [date.fromisoformat(day) for day in (since, until, earlier)]
    assert before(days[0], days[1]) == (days[2], days[0])


def test_the_files_say_what_the_counts_are_and_what_is_hidden(pack):
    files = opened(write_pack(pack))

    assert set(files) == {
        *("about.txt", "pack.json", "schema.json"),
        *(f"{file.name}.csv" for file in FILES),
    }
    kept = files["promises_kept.csv"]
    (police,) = (
        row for row in kept if (row["period"], row["group"]) == ("this", "police.6")
    )
    assert police["met"] == "6"
    (witness,) = (
        row for row in kept if (row["period"], row["group"]) == ("this", "wcu.9")
    )
    assert witness["missed"] == ""
    assert "missed" in witness["not_told"].split()
    assert {row["counted_by"] for row in kept} <= {by.value for by in FACTS}
    assert "A count from 1 to 4 may tell who" in files["about.txt"]
    assert "Asha" not in "".join(map(str, files.values()))
    told = {(row["file"], row["column"]) for row in files["dictionary.csv"]}
    assert told == {(file.name, one.name) for file in FILES for one in file.columns}
    assert {row["rule"] for row in files["limits.csv"]} >= {"R06-ARREST"}


def test_what_is_owed_without_a_deadline_is_in_the_file(world, received, actor_as):
    """Of the reports: each promise a few times, and none told so few."""
    actor = actor_as("supervisor")
    with acting_as(actor):
        found = read_pack(
            actor=actor,
            now=world.now,
            on=world.today,
            since=world.today - timedelta(days=3650),
            until=world.today + timedelta(days=1),
        )
    files = opened(write_pack(found))
    owed = files["owed_without_a_deadline.csv"]

    assert {row["counted_by"] for row in owed} == {by.value for by in FACTS}
    counts = [row[one] for row in owed for one in ("met", "not_owed", "cannot_say")]
    assert "" in counts
    assert all(not count or int(count) in {0, *range(5, 99)} for count in counts)
    assert {"", "cannot_say"} <= {row["not_told"] for row in owed}
    schema, document = json.loads(files["schema.json"]), json.loads(files["pack.json"])
    assert jsonschema_rs.validator_for(schema).is_valid(document)


def test_the_document_is_as_its_schema_says(pack):
    files = opened(write_pack(pack))
    schema, document = json.loads(files["schema.json"]), json.loads(files["pack.json"])

    validator = jsonschema_rs.validator_for(schema)
    assert [error.message for error in validator.iter_errors(document)] == []
    document["promises_kept"][0]["met"] = "six"
    assert not validator.is_valid(document)
    assert write_pack(pack) == write_pack(pack)


def test_every_file_and_column_is_in_the_document_about_them():
    text = DOCUMENT.read_text(encoding="utf-8")

    for file in FILES:
        section = text.split(f"## {file.name}.csv", 1)[1].split("\n## ", 1)[0]
        for column in file.columns:
            assert f"| `{column.name}` | {column.type} |" in section, column.name


def test_the_page_leads_those_who_may_to_the_list_behind_a_count(pack, client_as):
    address = "/compliance/review"
    ours = client_as("supervisor").get(address).content.decode()
    theirs = client_as("commissioner").get(address)

    assert "/owed?holder=police" in ours
    assert theirs.status_code == 200
    assert "/owed?" not in theirs.content.decode()
    words = text_of(theirs)
    assert "Pack for the joint review" in words
    assert "Police: 6." in words
    assert "of LLR Victim and Witness Service" in words


def test_the_file_of_the_page(pack, client_as):
    answer = client_as("commissioner").get("/compliance/review.zip")

    assert answer["Content-Type"] == "application/zip"
    made = json.loads(opened(answer.content)["pack.json"])
    assert made["made_for"] == "Office of the Commissioner (demonstration)"
    assert made["services"] == ["LLR Victim and Witness Service"]


def test_a_time_without_promises_says_so(received, client_as):
    last = client_as("commissioner").get("/compliance/review?period=y1999")
    assert last.status_code == 200


@pytest.mark.usefixtures("fresh_database")
def test_a_machine_takes_it_by_the_api():
    token = give_counts_token(
        actor="test",
        now=datetime.now(tz=UTC),
        label="review",
        until=datetime.now(tz=UTC) + timedelta(days=9),
    )
    headers = {"Authorization": f"Bearer {token}"}
    address = "/api/v1/compliance/review.zip"

    answer = Client().get(address, {"since": "2026-04-01"}, headers=headers)
    assert answer.status_code == 200
    assert "promises_kept.csv" in opened(answer.content)
    odd = {"since": "2026-04-01", "until": "2026-04-01"}
    assert Client().get(address, odd, headers=headers).status_code == 400
