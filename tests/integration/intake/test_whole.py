"""A delivery is whole or not there at all, and the database says so too."""

from hashlib import sha256

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction

from alongside.care.intake.operations import deliveries
from alongside.care.intake.rules.examining import FileRefused
from alongside.care.intake.types import DeliveryKind
from alongside.foundation.lib.errors import DomainError
from alongside.foundation.lib.sealing import Sealer, Tampered, derive_area_key
from alongside.foundation.organisations.queries import get_feed
from alongside.walls.context import acting_as
from alongside.workflows.receive_delivery import receive_source
from alongside.workflows.receiving.take_in import row_label
from tests.support.receiving import (
    FIRST,
    FORCE,
    NOW,
    a_file,
    ask,
    count_everything,
    fates,
    receive_bytes,
    receiver,
    send,
)

pytestmark = pytest.mark.django_db
WELL = a_file({}, extract="LEI-1", at=FIRST)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xef\xbb\xbf",
        b"%PDF-1.7 not a feed",
        b"PK\x03\x04 a workbook",
        WELL.replace(b"Paul", b"Pa\xe9l"),
        WELL.replace(b"crime_ref", b"crime_no"),
        WELL.decode().encode("utf-16"),
        WELL.splitlines()[0],
        b"\x00" * 500,
        a_file({}, extract="LEI-1", at="2099-01-01T00:00:00"),
    ],
    ids=[
        *("empty", "only a mark", "PDF", "zip", "Latin-1", "lacks a column"),
        *("UTF-16", "no rows", "zeroes", "from the future"),
    ],
)
def test_a_file_refused_whole_stores_nothing_and_says_why_in_a_sentence(data):
    before = count_everything()
    with pytest.raises(FileRefused) as refused:
        receive_bytes(data)

    assert str(refused.value)
    assert "Nanda" not in str(refused.value)
    assert "\n" not in str(refused.value)
    assert count_everything() == before


def test_a_file_over_the_limit_is_refused(tmp_path):
    path = tmp_path / "feed.csv"
    path.write_bytes(WELL)
    with path.open("rb") as source, pytest.raises(FileRefused, match="limit"):
        receive_source(source=source, now=NOW, max_bytes=len(WELL) - 1)


def test_a_force_nobody_receives_from_is_refused():
    with pytest.raises(DomainError):
        send({"force_code": "nowhere"})
    assert not any(count_everything().values())


@pytest.mark.parametrize("name", ["rows", "accepted", "held", "rejected"])
def test_the_database_refuses_rows_that_are_not_the_sum_of_their_fates(name):
    with acting_as(receiver()):
        deliveries.begin_delivery(actor=receiver(), now=NOW, arrival=_arrival())
    with pytest.raises(IntegrityError, match="delivery_rows_are_their_fates"):
        act(f"UPDATE intake_delivery SET {name} = {name} + 1")


def test_a_delivery_that_is_visible_is_not_changed_any_more():
    send({})
    act("UPDATE intake_delivery SET rows = rows + 1, accepted = accepted + 1")
    assert ask("SELECT rows, accepted FROM intake_delivery") == [(1, 1)]
    with pytest.raises(DatabaseError, match="row-level security"):
        act(
            "INSERT INTO intake_feedrow (area_id, delivery_id, number, sealed, sha256,"
            " fate, code, codes, fault_column, message) SELECT area_id, id, 2, '', '',"
            " 'accepted', 'created', '{}', '', '' FROM intake_delivery"
        )


def _arrival():
    feed = get_feed(force_code=FORCE)
    return deliveries.Arrival(
        kind=DeliveryKind.REFERRALS,
        sender_id=feed.sender_id,
        receiver_id=feed.receiver_id,
        sha256=b"1",
        size=1,
        extract_id="LEI-1",
    )


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM intake_feedrow",
        "UPDATE intake_feedrow SET fate = 'accepted'",
        "DELETE FROM intake_delivery",
        "UPDATE intake_delivery SET sha256 = ''",
        "DELETE FROM intake_referral",
        "DELETE FROM intake_hold",
    ],
)
def test_what_arrived_cannot_be_rewritten_by_the_application(statement):
    send({})
    with pytest.raises(DatabaseError, match="permission denied"):
        act(statement)


def test_the_raw_row_is_kept_sealed_with_its_checksum():
    send({"surname": "Nánda"}, {"crime_ref": "2", "reported_at": "never"})
    key = derive_area_key(
        settings.AREA_MASTER_KEY, area_code=get_feed(force_code=FORCE).area_code
    )
    sealer = Sealer(key)
    kept = ask("SELECT id, sealed, sha256 FROM intake_feedrow ORDER BY number")
    lines = a_file(
        {"surname": "Nánda"},
        {"crime_ref": "2", "reported_at": "never"},
        extract="LEI-1",
        at=FIRST,
    ).splitlines()[1:]

    for (row_id, sealed, digest), line in zip(kept, lines, strict=True):
        opened = sealer.open(bytes(sealed), label=row_label(row_id))
        assert opened.rstrip(b"\r\n") == line
        assert sha256(opened).digest() == bytes(digest)
        assert b"Melton" not in bytes(sealed)
    with pytest.raises(Tampered):  # a sealed row belongs to its own place
        sealer.open(bytes(kept[0][1]), label=row_label(kept[1][0]))


def test_a_damaged_row_takes_no_other_with_it():
    damaged = {"crime_ref": "2", "date_of_birth": "2031-02-30"}
    report = send({}, damaged, {"crime_ref": "3", "offence_code": "34B"})

    assert [code for _, code in fates()] == ["created", "bad_row", "created"]
    assert (report.rows, report.accepted, report.rejected) == (3, 2, 1)
    assert ask("SELECT fault_column FROM intake_feedrow WHERE code = 'bad_row'") == [
        ("date_of_birth",)
    ]


def act(statement: str) -> None:
    with acting_as(receiver()), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
