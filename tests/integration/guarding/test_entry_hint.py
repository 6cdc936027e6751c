"""What is said, to who adds somebody, of people like them: behind walls, and barred."""

import pytest
from django.db import transaction

from alongside.care.casework.types import ConflictKind
from alongside.care.guarding.operations import conflicts
from alongside.care.people.queries import read_entry_hint
from alongside.care.people.types import EntryHint
from alongside.foundation.lib.errors import NotAllowed
from alongside.walls.context import acting_as
from alongside.workflows.restrict import restrict
from tests.integration.guarding.conftest import ASHA, KIT, OMAR
from tests.integration.guarding.test_household import person_of

pytestmark = pytest.mark.django_db


def hint(actor, now, *people):
    with acting_as(actor), transaction.atomic():
        return read_entry_hint(
            actor=actor, now=now, alike=[person[0] for person in people], asked="name"
        )


def declare(actor, now, row):
    with acting_as(actor):
        conflicts.declare_conflict(
            actor=actor,
            now=now,
            reference=row["crime_ref"],
            kind=ConflictKind.RELATED,
            reason="My brother",
        )


def test_whom_the_reader_may_open_is_shown_masked(act, received, now):
    omar = person_of(OMAR["crime_ref"])
    found = hint(act("worker"), now, omar)
    (one,) = found.people
    assert one.public_id == omar[1]
    assert (one.given_initial, one.surname_initial) == ("O", "B")
    assert not found.ask


def test_every_wall_is_the_same_one_yes(act, received, now):
    tom = act("worker")
    sexual, child = person_of(ASHA["crime_ref"]), person_of(KIT["crime_ref"])
    restricted = person_of(OMAR["crime_ref"])
    information = act("information")
    with acting_as(information):
        restrict(
            actor=information,
            now=now,
            person_id=restricted[1],
            request_id=None,
            reason="At his wish",
        )
    asked = [
        hint(tom, now, sexual),
        hint(tom, now, child),
        hint(tom, now, restricted),
        hint(tom, now, sexual, child, restricted),
    ]
    assert asked == [EntryHint(ask=True)] * 4


def test_the_barred_hear_what_they_would_of_nobody(act, received, now):
    tom, asha = act("worker"), person_of(ASHA["crime_ref"])
    omar = person_of(OMAR["crime_ref"])
    declare(tom, now, OMAR)
    assert hint(tom, now, omar) == hint(tom, now) == EntryHint()
    # Behind a wall besides: still nothing.
    declare(tom, now, ASHA)
    assert hint(tom, now, asha, omar) == EntryHint()
    # Others are told as before.
    assert hint(act("supervisor"), now, omar).people


def test_somebody_who_is_not_there_is_nobody(act, received, now):
    assert hint(act("worker"), now, (10**12, None)) == EntryHint()


def test_only_who_keeps_the_register_may_ask(act, received, now):
    with pytest.raises(NotAllowed):
        hint(act("fitter"), now, person_of(OMAR["crime_ref"]))
