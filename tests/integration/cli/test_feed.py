import csv
import json
from pathlib import Path

from alongside.cli.feed import FATE_COLUMNS
from tests.integration.cli.conftest import Run


def test_a_delivery_is_accounted_for_row_by_row(
    run: Run, sample: Path, tmp_path: Path, capsys
):
    assert run("feed", "receive", sample, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["rows"] == 60
    assert report["rows"] == report["accepted"] + report["held"] + report["rejected"]
    assert sum(report["codes"].values()) == 60

    fates = tmp_path / "fates.csv"
    assert run("feed", "fates", report["extract_id"], "--csv", fates) == 0
    with fates.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == FATE_COLUMNS
    assert [row["row"] for row in rows] == [str(n) for n in range(1, 61)]
    accepted = [row for row in rows if row["fate"] == "accepted"]
    assert len(accepted) == report["accepted"]
    assert all(row["person"] and row["case"] for row in accepted)


def test_the_same_file_twice_changes_nothing(run: Run, sample: Path, capsys):
    assert run("feed", "receive", sample) == 0
    capsys.readouterr()

    assert run("feed", "receive", sample) == 0
    assert "received before" in capsys.readouterr().out


def test_a_file_that_is_no_feed_is_refused_in_one_sentence(
    run: Run, tmp_path: Path, capsys
):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n")

    assert run("feed", "receive", wrong) == 1
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "Traceback" not in said


def test_an_extract_nobody_sent_is_not_found(run: Run, capsys):
    assert run("feed", "fates", "NO-SUCH") == 1
    assert "No delivery" in capsys.readouterr().err


def test_fates_that_cannot_be_written_are_said_so(
    run: Run, sample: Path, tmp_path: Path, capsys
):
    run("feed", "receive", sample, "--json")
    extract_id = json.loads(capsys.readouterr().out)["extract_id"]

    missing = tmp_path / "missing" / "fates.csv"
    assert run("feed", "fates", extract_id, "--csv", missing) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_cases_and_clocks_are_counted_after_a_delivery(run: Run, sample: Path, capsys):
    run("feed", "receive", sample)
    capsys.readouterr()

    assert run("cases", "status", "--json") == 0
    standing = json.loads(capsys.readouterr().out)
    assert standing["cases"] > 0
    assert standing["cases"] == sum(one["cases"] for one in standing["standing"])
    assert standing["strays"] == []

    assert run("clocks", "due", "--on", "2027-01-31", "--json") == 0
    due = json.loads(capsys.readouterr().out)
    assert due["by"] == "2027-01-31"
    days = [clock["due_on"] for clock in due["clocks"]]
    assert days and days == sorted(days)

    asked = ("clocks", "due", "--on", days[-1], "--json")
    assert run(*asked, "--missed", "--holder", "police") == 0
    late = json.loads(capsys.readouterr().out)["clocks"]
    assert late
    assert all(one["holder"] == "police" and one["due_on"] < days[-1] for one in late)

    assert run("cases", "status") == 0
    assert run("clocks", "due") == 0
    assert "due_on" in capsys.readouterr().out
