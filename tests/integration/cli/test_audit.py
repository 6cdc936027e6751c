"""`alongside audit`: sealing, noting outside, verifying, in words and for machines."""

import json
from dataclasses import replace

import pytest
from django.conf import settings

from alongside.cli.main import main
from alongside.foundation.gateways.installation import Connections
from tests.support.databases import as_administrator, wait_for_other_databases
from tests.support.receiving import send


@pytest.fixture
def audit(site, tmp_path, monkeypatch):
    """Run an action; answer its exit code."""
    place = replace(site, installation=replace(site.installation, home=tmp_path))
    monkeypatch.setattr("alongside.cli.audit.open_site", lambda given: reach(site))
    monkeypatch.setattr(settings, "ANCHORS", tmp_path / "anchors")

    def run(*words):
        wait_for_other_databases(site.installation.database)
        return main(["audit", *words], site=place)

    return run


def reach(site):
    from alongside.foundation.gateways.installation import read_connections

    return read_connections(site.installation)


def test_a_trail_is_sealed_noted_and_whole(audit, capsys):
    assert audit("verify") == 1
    assert "There is no list of public keys yet" in capsys.readouterr().err
    send({})
    assert audit("seal") == 0
    assert "entries are sealed" in capsys.readouterr().out
    assert audit("anchor") == 0
    told = capsys.readouterr().out
    assert "Audit trail of Alongside, " in told
    assert "Signed by key " in told

    assert audit("verify") == 0
    assert "The trail is whole: " in capsys.readouterr().out
    assert audit("verify", "--json", "--from", "2020-01-01") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["whole"] is True
    assert answer["damage"] == []
    assert answer["anchors"] == 1


def test_a_damaged_trail_is_named(audit, capsys, fresh_database: Connections):
    send({})
    audit("anchor")
    with as_administrator(fresh_database.app.database) as administrator:
        administrator.execute("SET session_replication_role = replica")
        administrator.execute("DELETE FROM audit.entry WHERE id = 3")
    assert audit("verify") == 1
    told = capsys.readouterr().out
    assert "Damaged: 1 missing of entries 1 to " in told
    assert audit("verify", "--json") == 1


def test_going_on_after_a_restore_asks_why(audit, capsys):
    with pytest.raises(SystemExit):
        audit("restored")
    send({})
    assert audit("restored", "--why", "The disk had failed") == 0
    capsys.readouterr()
    assert audit("verify") == 0
    assert "Look at this: On " in capsys.readouterr().out
