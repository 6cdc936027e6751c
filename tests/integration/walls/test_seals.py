"""The trail is sealed as it grows, and whoever changes it afterwards is found out."""

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, connections, transaction

from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit.operations import record_events
from alongside.foundation.audit.operations.sealing import TrailWentBack
from alongside.foundation.audit.queries import verify_trail
from alongside.foundation.audit.types import Anchor, AuditAction, Seal, TrailReport
from alongside.foundation.gateways.installation import Connections
from alongside.foundation.gateways.seal_key import PUBLIC, read_public_keys
from alongside.walls.context import acting_as
from alongside.workflows.seal_trail import (
    anchor_now,
    go_on_from_restored,
    latest_file,
    read_outside,
    seal_now,
)
from tests.support.databases import as_administrator, wait_for_other_databases
from tests.support.receiving import NOW

pytestmark = pytest.mark.usefixtures("fresh_database")


class Trail:
    """The trail of a test's own database, with keys and notes beside it."""

    def __init__(self, reach: Connections, actor: Actor, home: Path) -> None:
        self.reach, self.actor, self.home = reach, actor, home
        self.folder = home / "anchors"

    def write(self, count: int) -> None:
        """Put entries on the trail, all in one transaction."""
        with acting_as(self.actor), transaction.atomic():
            record_events(
                actor=self.actor,
                now=NOW,
                action=AuditAction.CASE_OPENED,
                kind="case",
                subject_ids=[uuid4() for _ in range(count)],
            )

    def seal(self) -> Seal:
        wait_for_other_databases(self.reach.app.database)
        newest = seal_now(home=self.home, now=NOW)
        assert newest is not None
        return newest

    def anchor(self) -> Anchor | None:
        wait_for_other_databases(self.reach.app.database)
        return anchor_now(home=self.home, folder=self.folder, now=NOW)

    def verify(self, *, now: datetime | None = None, **given: Any) -> TrailReport:
        reach = self.reach.auditor.conninfo()
        with psycopg.connect(reach, autocommit=True) as auditor:
            return verify_trail(
                connection=auditor,
                keys=read_public_keys(self.home / PUBLIC),
                outside=read_outside(self.folder, home=self.home),
                now=now or datetime.now(tz=UTC),
                **given,
            )

    def tamper(self, *statements: LiteralString) -> None:
        """What a superuser with the triggers switched off can do."""
        with as_administrator(self.reach.app.database) as administrator:
            administrator.execute("SET session_replication_role = replica")
            for statement in statements:
                administrator.execute(statement)

    def range_of(self, number: int) -> str:
        """The entries of one seal, as they are named."""
        with psycopg.connect(self.reach.auditor.conninfo()) as auditor:
            found = auditor.execute(
                "SELECT first_id, last_id FROM audit.seal WHERE n = %s", [number]
            ).fetchone()
        assert found is not None
        return f"entries {found[0]:,} to {found[1]:,}, written between "


@pytest.fixture
def trail(fresh_database, service, tmp_path):
    return Trail(fresh_database, service, tmp_path)


@pytest.fixture
def sealed(trail):
    """Four seals, the first over what set-up wrote too; anchored."""
    for _ in range(3):
        trail.write(50)
        trail.seal()
    trail.write(10)
    trail.anchor()
    return trail


def words_of(report):
    return [one.words for one in report.damage]


def test_what_was_sealed_is_whole(sealed):
    report = sealed.verify()

    assert report.is_whole
    assert report.warnings == ()
    assert report.entries > 160
    assert report.seals == 4
    assert report.anchors == 1
    assert report.unsealed == 1  # that the trail was anchored


def test_a_seal_covers_no_more_than_can_be_named(trail):
    trail.write(20_500)
    newest = trail.seal()

    assert newest.n == 3
    assert trail.verify().is_whole


MIDDLE = "WHERE id = (SELECT last_id - 5 FROM audit.seal WHERE n = 2)"
C = "xid, at, action, subject_kind"


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            f"UPDATE audit.entry SET user_id = 4242 {MIDDLE}",
            "At least one was changed of",
        ),
        (f"UPDATE audit.entry SET purpose = 'x' {MIDDLE}", "At least one was changed"),
        (f"DELETE FROM audit.entry {MIDDLE}", "1 missing of"),
        (
            f"INSERT INTO audit.entry ({C}) SELECT {C} FROM audit.entry {MIDDLE}",
            "1 put in later among",
        ),
    ],
)
def test_a_tampered_entry_is_found_and_its_range_is_named(sealed, statement, told):
    # An entry put in has a newer number than its neighbours: it lands one seal later.
    named = sealed.range_of(3 if told.startswith("1 put in") else 2)
    sealed.tamper(statement)
    (words,) = words_of(sealed.verify())

    assert words.startswith(told)
    assert named in words
    assert f"{datetime.now(tz=UTC):%Y}" in words


def test_a_changed_order_of_time_is_found(sealed):
    sealed.tamper(
        "UPDATE audit.entry SET written_at = written_at - interval '1 day', at = at"
        f" {MIDDLE}"
    )
    assert not sealed.verify().is_whole


def test_an_end_that_was_taken_away_is_found(sealed):
    sealed.tamper(
        "DELETE FROM audit.entry WHERE (era, xid, id) >"
        " (SELECT era, xid, id FROM audit.seal WHERE n = 3)",
        "DELETE FROM audit.signature WHERE n = 4",
        "DELETE FROM audit.seal WHERE n = 4",
    )
    found = words_of(sealed.verify())

    assert len(found) == 2  # the anchor, and the installation's own note
    assert all("its end was taken away, up to entries" in words for words in found)


def test_a_trail_that_was_cut_short_is_not_sealed_again(sealed):
    sealed.tamper(
        "DELETE FROM audit.signature WHERE n = 4", "DELETE FROM audit.seal WHERE n = 4"
    )
    sealed.write(3)
    with pytest.raises(TrailWentBack):
        sealed.seal()
    latest_file(sealed.home).unlink()
    with pytest.raises(TrailWentBack):
        sealed.anchor()
    assert not sealed.verify().is_whole


def test_a_trail_that_was_written_anew_is_found_by_its_anchor(sealed):
    # An insider with the database and the key, but without the anchors.
    sealed.tamper(
        f"DELETE FROM audit.entry {MIDDLE}",
        "DELETE FROM audit.signature",
        "DELETE FROM audit.seal",
    )
    latest_file(sealed.home).unlink()
    for _ in range(4):
        sealed.write(1)
        sealed.seal()
    (words,) = words_of(sealed.verify())

    assert "the trail was written anew up to entries" in words


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM audit.signature WHERE n = 2", "Seal 2 is not signed by a key"),
        ("UPDATE audit.seal SET last_id = 9 WHERE n = 2", "Seal 2 is not signed"),
        ("UPDATE audit.seal SET rows = rows + 1 WHERE n = 2", "Seal 2 is not signed"),
        (
            "UPDATE audit.signature SET signature = set_byte(signature, 9, 9)",
            "Seal 3 is not signed by a key",
        ),
        ("UPDATE audit.seal SET chain = sha256('x') WHERE n = 4", "Seal 4 is not sig"),
    ],
)
def test_a_forged_seal_is_found(sealed, statement, told):
    sealed.tamper(statement)
    assert any(words.startswith(told) for words in words_of(sealed.verify()))


def test_missing_seals_are_counted(sealed):
    sealed.tamper("DELETE FROM audit.seal WHERE n IN (2, 3)")
    assert words_of(sealed.verify())[0].startswith("Seals 2 to 3 are missing")


def test_a_signature_that_was_handed_in_is_worth_nothing(sealed):
    """What injected SQL can do: a seal made early, and a signature by nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit.make_seal()")
        cursor.execute(
            "SELECT audit.sign_seal(5, 'aaaaaaaaaaaaaaaa', sha256('a') || sha256('b'))"
        )
    (words,) = words_of(sealed.verify())
    assert words.startswith("Seal 5 is not signed by a key of ours")


def test_the_next_round_signs_a_seal_that_was_made_early(sealed):
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit.make_seal()")
        cursor.execute(
            "SELECT audit.sign_seal(5, 'aaaaaaaaaaaaaaaa', sha256('a') || sha256('b'))"
        )
    sealed.write(2)
    sealed.seal()
    report = sealed.verify()

    assert report.is_whole
    assert [one.words for one in report.warnings] == [
        "Seal 5 carries 1 signature(s) not by our keys"
    ]


def test_an_entry_committed_late_is_sealed_after_all(trail):
    """By their numbers alone, entries of the slow transaction would be left out."""
    begun, go_on = threading.Event(), threading.Event()

    def slow():
        write_one = (
            "SELECT audit.record('case.seen', 'case', NULL, '{}', '', NULL, now())"
        )
        with transaction.atomic(), connections["default"].cursor() as cursor:
            cursor.execute(write_one)
            begun.set()
            go_on.wait(20)
        connections["default"].close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert begun.wait(20)
    trail.write(5)
    before = trail.seal()
    go_on.set()
    thread.join()
    after = trail.seal()

    assert after.rows == 6
    assert after.total == (before.total if before else 0) + 6
    report = trail.verify()
    assert (report.is_whole, report.unsealed) == (True, 0)


def test_what_waits_too_long_is_said(sealed):
    sealed.write(2)
    assert sealed.verify().warnings == ()
    later = datetime.now(tz=UTC) + timedelta(minutes=16)
    (warning,) = sealed.verify(now=later).warnings
    assert warning.words.startswith("3 entries, the oldest written ")


def test_verifying_from_a_day_takes_what_came_before_as_it_stands(sealed):
    sealed.tamper(f"UPDATE audit.entry SET user_id = 4242 {MIDDLE}")
    assert not sealed.verify().is_whole
    moment = datetime.now(tz=UTC)
    sealed.write(4)
    sealed.seal()

    report = sealed.verify(since=moment)
    assert report.is_whole
    assert report.entries == 5
    sealed.tamper("DELETE FROM audit.signature WHERE n = 4")
    assert not sealed.verify(since=moment).is_whole


def test_anchors_are_added_to_and_only_where_there_is_something_new(sealed):
    (file,) = sealed.folder.glob("*.jsonl")
    first = file.read_text()
    assert file.name == "2026.jsonl"
    sealed.write(1)
    assert sealed.anchor() is not None
    text = file.read_text()
    assert text.startswith(first)
    assert [json.loads(line)["n"] for line in text.splitlines()] == [4, 5]


def test_a_line_cut_short_is_told_and_does_not_swallow_the_next(sealed):
    (file,) = sealed.folder.glob("*.jsonl")
    with file.open("a") as kept:
        kept.write('{"anchored_at": "2026-')
    sealed.write(1)
    sealed.anchor()
    report = sealed.verify()

    assert words_of(report) == ["2026.jsonl line 2 of the anchors cannot be read"]
    assert report.anchors == 2


def test_a_changed_anchor_is_told(sealed):
    (file,) = sealed.folder.glob("*.jsonl")
    file.write_text(file.read_text().replace('"rows": 1', '"rows": 2', 1))
    (words,) = words_of(sealed.verify())
    assert "is not signed by a key of ours" in words


def test_a_trail_restored_into_a_younger_server_goes_on(sealed):
    """Its transactions are numbered from the start again."""
    sealed.tamper(
        "UPDATE audit.entry SET xid = (xid::text::bigint + 1000000000)::text::xid8",
        "UPDATE audit.seal SET xid = (xid::text::bigint + 1000000000)::text::xid8",
    )
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT audit.begin_era_if_moved()")
        assert cursor.fetchone() == (True,)
        cursor.execute("SELECT audit.begin_era_if_moved()")
        assert cursor.fetchone() == (False,)
    sealed.write(3)
    latest_file(sealed.home).unlink()
    newest = sealed.seal()
    assert newest.era == 2
    assert sealed.verify().unsealed == 0


def test_after_a_restore_the_trail_goes_on_and_says_so(sealed):
    sealed.tamper(
        "DELETE FROM audit.entry WHERE (era, xid, id) >"
        " (SELECT era, xid, id FROM audit.seal WHERE n = 2)",
        "DELETE FROM audit.signature WHERE n > 2",
        "DELETE FROM audit.seal WHERE n > 2",
    )
    sealed.write(1)
    with pytest.raises(TrailWentBack):
        sealed.seal()
    go_on_from_restored(
        home=sealed.home, folder=sealed.folder, now=NOW, why="The disk had failed"
    )
    sealed.write(1)
    sealed.seal()
    assert sealed.anchor() is not None
    report = sealed.verify()

    assert report.is_whole
    assert report.anchors == 3
    (warning,) = report.warnings
    assert warning.words.endswith("from seal 3 after a restore: The disk had failed")


def test_an_installation_that_only_grows_stays_in_its_era(sealed):
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT audit.begin_era_if_moved()")
        assert cursor.fetchone() == (False,)


def test_keys_are_for_their_owner_alone(sealed):
    assert (sealed.home / "seal-key.json").stat().st_mode & 0o777 == 0o600
