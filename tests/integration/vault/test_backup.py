"""Backing up, and restoring what must stay dead as well as what must live."""

import json
import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from alongside.cli.main import main
from alongside.cli.site import Site
from alongside.foundation.gateways import database_copy
from alongside.foundation.gateways.database_setup import administrator_of
from alongside.foundation.vault.rules import KeyMissing, KeyShredded
from alongside.foundation.vault.types import DetailKind
from alongside.walls.checks import list_breaches
from alongside.workflows import erase, vault_keys
from alongside.workflows.seal_trail import anchor_now, latest_file, seal_now
from tests.support.databases import installation, wait_for_other_databases
from tests.support.receiving import NOW, ask

NUMBER = "+447700900123"


class Desk:
    """Runs commands on the world's database, with a passphrase in a file."""

    def __init__(self, world, folder, capsys):
        self.world, self.folder, self._capsys = world, folder, capsys
        self.site = Site(
            installation=installation(world.reach.app.database),
            port=8000,
            feed_max_bytes=10_000_000,
            production=False,
            debug=True,
            settings_module="config.settings",
        )
        self.secret = folder / "passphrase"
        self.secret.write_text("correct horse battery\nand more\n")

    def __call__(self, *words):
        options = ["--passphrase-file", str(self.secret)]
        return main([*(str(word) for word in words), *options], site=self.site)

    def said(self):
        return self._capsys.readouterr()


@pytest.fixture
def run(world, tmp_path, capsys):
    return Desk(world, tmp_path, capsys)


@pytest.fixture
def backup(run):
    path = run.folder / "backup"
    assert run("backup", path) == 0
    return path


def databases(world):
    admin = administrator_of(installation(world.reach.app.database))
    with psycopg.connect(admin.conninfo()) as connection:
        rows = connection.execute("SELECT datname FROM pg_database").fetchall()
    return {name for (name,) in rows if name.startswith(world.reach.app.database)}


def test_what_was_shredded_stays_dead_after_an_older_backup_is_restored(
    world, run, backup
):
    world.shred(world.asha)
    lost = world.keep(world.omar, DetailKind.STATEMENT, "After the backup")

    assert run("restore", backup, "--replace") == 0

    assert "Keys shredded again from the journal: 1" in run.said().out
    with pytest.raises(KeyShredded):
        world.show(world.asha)
    assert world.show(world.omar) == NUMBER
    assert world.find() == {world.omar}
    assert lost not in world.trail("vault.added")
    assert databases(world) == {world.reach.app.database}


def test_who_was_erased_stays_erased_after_an_older_backup_is_restored(
    world, run, backup
):
    erase.erase_at_console(now=NOW, person_id=world.omar, why="Asked at the desk")
    assert people() == {world.asha}

    assert run("restore", backup, "--replace") == 0

    assert "People erased again from the journal: 1" in run.said().out
    assert people() == {world.asha}
    assert world.find() == {world.asha}


def people():
    return {person for (person,) in ask("SELECT public_id FROM people_person")}


class TestTheTrail:
    """It goes on from what was restored, and verifying says so from then on."""

    @pytest.fixture
    def lost(self, world, backup):
        """Sealed and anchored after the backup: what restoring it takes away."""
        home, folder = settings.INSTALLATION.home, settings.ANCHORS
        # Databases of earlier runs had the same names.
        latest_file(home).unlink(missing_ok=True)
        world.keep(world.omar, DetailKind.STATEMENT, "After the backup")
        wait_for_other_databases(world.reach.app.database)
        anchor = anchor_now(home=home, folder=folder, now=NOW)
        assert anchor is not None
        return anchor.seal

    def test_goes_on_and_is_verified(self, run, backup, lost):
        assert run("restore", backup, "--replace") == 0
        told = run.said().out
        assert "The trail is whole: " in told
        assert "after a restore: restored from a backup of " in told

        home = settings.INSTALLATION.home
        wait_for_other_databases(run.world.reach.app.database)
        newest = seal_now(home=home, now=NOW)
        assert newest is not None
        assert newest.chain != lost.chain
        assert main(["audit", "verify"], site=run.site) == 0
        assert "after a restore: restored from a backup of " in run.said().out

    def test_is_told_to_machines(self, run, backup, lost):
        run.said()  # of the backup
        assert run("restore", backup, "--replace", "--json") == 0
        trail = json.loads(run.said().out)["trail"]
        assert trail["whole"] is True
        assert len(trail["warnings"]) == 1

    def test_where_it_cannot_go_on_it_says_what_to_do(self, run, backup, monkeypatch):
        blocked = run.folder / "no-folder"
        blocked.write_text("")
        monkeypatch.setattr(settings, "ANCHORS", blocked)
        assert run("restore", backup, "--replace") == 1
        told = run.said().out
        assert "does not go on yet: The folder for anchors" in told
        assert "alongside audit restored --why" in told
        assert run.world.show(run.world.asha) == NUMBER

    def test_damage_is_named(self, run, backup, lost):
        (file,) = settings.ANCHORS.glob("*.jsonl")
        file.write_text("not an anchor\n" + file.read_text())
        assert run("restore", backup, "--replace") == 1
        assert "Damaged: " in run.said().out


def test_without_the_journal_it_would_have_come_back(world, run, backup):
    """Shows that the test before can fail."""
    world.shred(world.asha)
    for path in vault_keys.shred_journal().folder.glob("*.jsonl"):
        path.unlink()
    assert run("restore", backup, "--replace") == 0
    assert world.show(world.asha) == NUMBER


def test_a_restored_database_is_walled_and_audited(world, run, backup):
    assert run("restore", backup, "--replace") == 0

    def fetch(query):
        with connections["owner"].cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())

    assert list_breaches(fetch) == []
    assert len(world.trail("backup.restored")) == 1
    assert len(world.trail("vault.added")) == 2


def test_keys_are_not_in_the_backup(world, run, backup):
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ctx.signing_key")
        assert cursor.fetchone()[0] > 0
    settings.INSTALLATION.key_file.rename(
        settings.INSTALLATION.key_file.with_suffix(".x")
    )

    assert run("restore", backup, "--replace") == 0
    with pytest.raises(KeyMissing):
        world.show(world.asha)


def test_a_copy_of_the_keys_opens_it_again(world, run, backup):
    copy = run.folder / "copy"
    assert run("vault", "export-keys", copy) == 0
    settings.INSTALLATION.key_file.unlink()
    assert run("restore", backup, "--replace") == 0
    assert "lacks keys of area llr" in run.said().out

    assert run("vault", "import-keys", copy) == 0
    assert world.show(world.asha) == NUMBER


def test_a_database_that_holds_people_is_not_replaced_unasked(world, run, backup):
    assert run("restore", backup) == 1
    assert "--replace" in run.said().err
    assert world.show(world.asha) == NUMBER


def test_a_database_in_use_is_not_replaced(world, run, backup):
    with psycopg.connect(world.reach.app.conninfo()):
        assert run("restore", backup, "--replace") == 1
    assert "stop the site" in run.said().err


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda data: data[: len(data) // 2], "cut short"),
        (lambda data: data[:20_000] + b"x" + data[20_001:], "altered"),
        (lambda data: b"PGDMP" + data[5:], "not a file that Alongside sealed"),
    ],
    ids=["half", "altered", "another format"],
)
def test_a_damaged_backup_is_refused_in_a_sentence(run, backup, damage, words):
    backup.write_bytes(damage(backup.read_bytes()))
    assert run("restore", backup, "--replace") == 1
    said = run.said().err
    assert words in said
    assert said.count("\n") == 1
    assert run.world.show(run.world.asha) == NUMBER
    assert databases(run.world) == {run.world.reach.app.database}


def test_a_wrong_passphrase_is_refused_in_a_sentence(world, run, backup):
    run.secret.write_text("another passphrase")
    assert run("restore", backup, "--replace") == 1
    assert "passphrase is not the one" in run.said().err
    assert world.show(world.asha) == NUMBER


def test_a_backup_is_for_its_owner_alone_and_says_nothing(world, backup):
    assert backup.stat().st_mode & 0o777 == 0o600
    data = backup.read_bytes()
    assert b"PGDMP" not in data
    assert b"Asha" not in data


def test_a_short_passphrase_is_refused(world, run):
    run.secret.write_text("short")
    assert run("backup", run.folder / "b") == 1
    assert "at least" in run.said().err
    assert not list(run.folder.glob("*b*.part"))


def test_a_copy_of_the_keys_is_no_backup(world, run):
    copy = run.folder / "copy"
    assert run("vault", "export-keys", copy) == 0
    assert run("restore", copy, "--replace") == 1
    assert "for this purpose" in run.said().err


def test_a_restore_that_is_killed_changes_nothing_and_can_be_run_again(
    world, run, backup
):
    name = world.reach.app.database
    connections.close_all()
    command = [sys.executable, "-m", "config.main", "restore", str(backup)]
    command += ["--replace", "--passphrase-file", str(run.secret)]
    process = subprocess.Popen(
        command,
        env={
            **os.environ,
            "ALONGSIDE_HOME": str(settings.INSTALLATION.home),
            "ALONGSIDE_DATABASE": name,
            "ALONGSIDE_KEYS": str(settings.INSTALLATION.key_file),
            "ALONGSIDE_SHRED_JOURNAL": str(settings.INSTALLATION.shred_folder),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while f"{name}_restoring" not in databases(world):
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()

    assert world.show(world.asha) == NUMBER
    time.sleep(1)  # the server notices that its visitor has gone
    assert run("restore", backup, "--replace") == 0
    assert "not finished was cleared away" in run.said().out
    assert world.show(world.asha) == NUMBER
    assert databases(world) == {name}


def test_tables_that_differ_from_what_was_backed_up_are_not_put_in_place(
    world, run, backup, monkeypatch
):
    real = database_copy.count_rows

    def fewer(connection):
        return {**real(connection), "public.people_person": 1}

    monkeypatch.setattr(database_copy, "count_rows", fewer)
    assert run("restore", backup, "--replace") == 1
    assert "people_person" in run.said().err
    assert world.show(world.asha) == NUMBER
