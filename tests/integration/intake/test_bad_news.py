"""Damaged messages: each is rejected alone, in words, and can be mended and sent."""

import csv
import io

import pytest

from alongside.care.intake.types import DeliveryKind
from alongside.workflows.receive_delivery import receive_source
from tests.integration.cli.conftest import run, site  # noqa: F401
from tests.integration.web.conftest import client_as, sign_in  # noqa: F401
from tests.support.feed import LIMIT, MESSAGE, PROGRESS_NAMES, as_csv
from tests.support.receiving import NOW, ask, count, send

AT = {"occurred_at": "2026-04-25T12:00:00", "received_at": "2026-04-25T12:00:00"}
# What is wrong, the column that the answer names, and some of its words.
BAD = (
    ({"event": "convicted"}, "event", "is not one of"),
    ({"occurred_at": "1999-01-01T00:00:00"}, "occurred_at", "is before the crime"),
    ({"occurred_at": "2031-01-01T00:00:00"}, "occurred_at", "later than extracted_at"),
    ({"received_at": "2031-01-01T00:00:00"}, "received_at", "later than extracted_at"),
    ({"detail": "until Friday"}, "detail", "JSON object"),
    ({"detail": "[]"}, "detail", "JSON object"),
    ({"crime_ref": ""}, "crime_ref", "is missing"),
    ({"force_code": "kent"}, "force_code", "is not the force of this delivery"),
)
GOOD = (
    {"event": "charged", **AT, "detail": '{"outcome_type": "1"}'},
    # Nobody expects a verdict before a hearing: kept, and moves nothing.
    {"event": "recalled", **AT, "detail": ""},
    {"event": "charged", **AT, "detail": '{"outcome_type": "1"}'},
    {"crime_ref": "99/UNKNOWN", "event": "charged", **AT, "detail": ""},
)


def content(extract="P-1"):
    rows = [
        MESSAGE | {"extract_id": extract} | change
        for change in (*(bad for bad, _, _ in BAD), *GOOD)
    ]
    return as_csv(rows, PROGRESS_NAMES)


def damaged(extract="P-1"):
    """The same with a line that is cut short."""
    return content(extract) + b'"1,leicestershire\r\n'


def receive(body):
    return receive_source(
        source=io.BytesIO(body),
        now=NOW,
        max_bytes=LIMIT,
        kind=DeliveryKind.PROGRESS,
    )


def faults():
    return ask(
        "SELECT fault_column, message FROM intake_feedrow f"
        " JOIN intake_delivery d ON d.id = f.delivery_id"
        " WHERE d.kind = 'progress' AND f.fate = 'rejected' ORDER BY f.number"
    )


@pytest.mark.django_db
class TestReceiving:
    def test_each_is_rejected_alone_with_the_reason_and_nothing_is_lost(self):
        send({})
        report = receive(damaged())

        assert report.rejected == len(BAD) + 1
        assert report.held == 1
        assert report.accepted == 3
        told = faults()
        for (_, column, words), (named, message) in zip(BAD, told, strict=False):
            assert named == column
            assert words in message
        assert count("journey_journeyevent") == 2
        assert count("journey_waitingmessage") == 1
        assert count("intake_feedrow") == 1 + len(BAD) + 1 + len(GOOD)

    def test_what_was_rejected_is_saved_mended_and_sent_again(self, client_as):  # noqa: F811
        send({})
        receive(damaged())
        (delivery,) = ask("SELECT public_id FROM intake_delivery WHERE kind='progress'")
        address = f"/feeds/leicestershire/{delivery[0]}"
        police = client_as("police")
        assert "Save the rejected messages" in police.get(address).content.decode()

        file = police.get(f"{address}/rejected.csv").content.decode()
        rows = list(csv.DictReader(io.StringIO(file)))

        assert [row["fault_column"] for row in rows[: len(BAD)]] == [
            column for _, column, _ in BAD
        ]
        assert "leicestershire" in rows[-1]["feed_version"]
        first = dict(rows[0])
        assert "is not one of" in first["fault"]
        first |= {"event": "suspect_interviewed", "extract_id": "P-2"}
        first |= {"extracted_at": "2026-09-29T03:00:00"}
        again = as_csv([first], (*PROGRESS_NAMES, "fault_column", "fault"))
        report = receive(again)
        assert (report.accepted, report.rejected) == (1, 0)

    def test_of_referrals_there_is_no_such_file(self, client_as):  # noqa: F811
        send({})
        (delivery,) = ask("SELECT public_id FROM intake_delivery")
        police = client_as("police")
        found = police.get(f"/feeds/leicestershire/{delivery[0]}/rejected.csv")
        assert found.status_code == 404


def test_the_command_says_how_many_and_why(run, tmp_path, capsys):  # noqa: F811
    path = tmp_path / "news.csv"
    path.write_bytes(content())

    assert run("feed", "progress", path) == 0

    said = capsys.readouterr().out
    assert "bad_row" in said
    assert "waiting_for_referral" in said
