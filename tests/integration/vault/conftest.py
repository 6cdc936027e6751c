"""People with protected details. Everybody is invented."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings

from alongside.care.casework.models import Case, Victimisation
from alongside.care.people.models import Person
from alongside.walls.context import acting_as
from tests.factories.feeds import receive
from tests.integration.vault.actors import ASHA, OMAR, actor_of, fresh
from tests.integration.vault.worlds import World
from tests.support.receiving import NOW


@pytest.fixture
def received(db):
    receive([ASHA, OMAR], now=NOW - timedelta(days=10))


@pytest.fixture
def worker(received):
    """The specialist, acting, who has just given a second factor."""
    actor = fresh(actor_of("specialist"))
    with acting_as(actor):
        yield actor


@pytest.fixture
def person_of(worker):
    def find(row):
        matter = Victimisation.objects.get(crime_ref=row["crime_ref"])
        case = Case.objects.get(pk=matter.case_id or 0)
        return Person.objects.get(pk=case.person_id).public_id

    return find


@pytest.fixture
def asha(person_of):
    return person_of(ASHA)


@pytest.fixture
def omar(person_of):
    return person_of(OMAR)


@pytest.fixture
def apart(tmp_path, monkeypatch, fresh_database):
    """Keys, a journal and anchors of the test's own, on a database of its own."""
    keys = tmp_path / "keys.json"
    shutil.copy(settings.INSTALLATION.key_file, keys)
    own = replace(settings.INSTALLATION, keys=keys, journal=tmp_path / "shredded")
    monkeypatch.setattr(settings, "INSTALLATION", own)
    monkeypatch.setattr(settings, "ANCHORS", tmp_path / "anchors")
    return fresh_database


@pytest.fixture
def world(apart):
    return World(apart)
