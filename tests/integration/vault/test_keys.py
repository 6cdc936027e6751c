"""Access that ends, the trail, changing keys, and shredding: on what is committed."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from alongside.foundation.gateways.key_ring import read_ring
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.vault import operations, queries
from alongside.foundation.vault.operations import (
    changing_keys,
    shred_again,
    shred_person,
)
from alongside.foundation.vault.queries import SecondFactorNeeded
from alongside.foundation.vault.rules import KeyMissing, KeyShredded
from alongside.foundation.vault.types import DetailKind, HeldDetails
from alongside.workflows import vault_keys
from alongside.workflows.protected_details import (
    open_protected,
)
from tests.integration.vault.actors import actor_of
from tests.support.receiving import NOW

PHONE = "07700 900123"


def test_each_look_is_on_the_trail_with_its_reason(world):
    world.show(world.asha)
    assert world.trail("vault.opened") == [
        ("safe_phone", world.details[world.asha], [world.asha], "check")
    ]


def test_a_refused_look_is_on_the_trail(world):
    never = replace(world.worker, strong_at=0)
    detail = world.keep(world.asha, DetailKind.REFUGE_ADDRESS, "Far away")
    with world.acting(never), transaction.atomic(), pytest.raises(SecondFactorNeeded):
        # Answered and not raised further, as a page does.
        open_protected(
            actor=never,
            now=NOW,
            person_id=world.asha,
            detail_id=detail,
            reason="check",
        )
    assert world.trail("vault.refused") == [
        ("refuge_address", detail, [world.asha], "check")
    ]


def test_a_search_is_on_the_trail_and_what_was_looked_for_is_not(world):
    assert world.find() == {world.asha, world.omar}
    ((kind, subject, people, purpose),) = world.trail("vault.searched")
    assert (kind, subject, purpose) == ("phone", None, "search")
    assert set(people) == {world.asha, world.omar}


CHANGE = "UPDATE casework_caseaccess SET {}"


@pytest.mark.parametrize(
    "change",
    ["fields = 127", "until = now() - interval '1 second'", "compartments = 32"],
    ids=["without the protected part", "ended", "behind a wall"],
)
def test_access_that_does_not_reach_the_vault_opens_nothing(world, change):
    world.owner(CHANGE.format(change))
    with pytest.raises(NotFound):
        world.show(world.asha)
    assert world.find() == set()
    with world.acting(), transaction.atomic():
        assert queries.list_details(person_id=world.asha) == []


def test_somebody_in_conflict_opens_nothing(world):
    barred = "barred = ARRAY[%s::bigint]"
    world.owner(CHANGE.format(barred), world.worker.user_id)
    with pytest.raises(NotFound):
        world.show(world.asha)


def test_who_sees_the_case_but_not_its_protected_part_learns_only_that_it_is_there(
    world,
):
    world.owner(CHANGE.format("fields = 127"))
    with world.acting(), transaction.atomic():
        assert queries.get_held(person_id=world.asha) == HeldDetails(any=True)


def rotate(**more):
    options = {"with_index": False, "drop_old": False, **more}
    return vault_keys.rotate(
        actor="test",
        now=NOW,
        area_code="llr",
        on_step=lambda words, done: None,
        **options,
    )


def ring():
    return read_ring(settings.INSTALLATION.key_file).areas["llr"]


def test_changing_the_key_keeps_everything_open(world):
    before = ring().wrapping[-1].name
    assert rotate().keys == 2
    assert ring().wrapping[-1].name != before
    assert queries.count_by_wrapping(area_id=world.worker.area_id) == {
        ring().wrapping[-1].name: 2
    }
    assert world.show(world.asha) == "+447700900123"


def test_the_old_key_can_then_be_dropped(world):
    rotate()
    assert rotate(drop_old=True).dropped == 1
    assert len(ring().wrapping) == 1
    assert world.show(world.asha) == "+447700900123"


def test_a_key_in_use_is_not_dropped(world, monkeypatch):
    rotate()
    old = ring().wrapping[0].name
    world.owner("UPDATE vault_personkey SET wrapped_by = %s", old)
    monkeypatch.setattr(operations, "rewrap_keys", lambda **_: 0)
    with pytest.raises(vault_keys.OldKeysNeeded):
        rotate(drop_old=True)
    assert len(ring().wrapping) == 2


def test_a_change_that_was_killed_is_finished_and_loses_nothing(world, monkeypatch):
    monkeypatch.setattr(changing_keys, "BATCH", 1)

    def die(count):
        if count == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        vault_keys.rotate(
            actor="test",
            now=NOW,
            area_code="llr",
            with_index=False,
            drop_old=False,
            on_step=lambda words, done: die(done),
        )
    halfway = queries.count_by_wrapping(area_id=world.worker.area_id)
    assert sorted(halfway.values()) == [1, 1]
    assert world.show(world.asha) == world.show(world.omar) == "+447700900123"

    finished = rotate()
    assert (finished.begun_before, finished.keys) == (True, 1)
    assert len(ring().wrapping) == 2
    assert world.show(world.asha) == "+447700900123"


def test_changing_the_index_key_keeps_everything_findable(world):
    before = ring().index[-1].name
    assert rotate(with_index=True).tokens == 2
    assert queries.count_by_index(area_id=world.worker.area_id) == {
        ring().index[-1].name: 2
    }
    assert ring().index[-1].name != before
    assert rotate(drop_old=True).dropped == 2
    assert world.find("0044 7700 900123") == {world.asha, world.omar}


def test_a_lost_file_of_keys_is_not_made_anew_over_what_needs_it(world):
    settings.INSTALLATION.key_file.unlink()
    with pytest.raises(vault_keys.KeysLost):
        vault_keys.ensure_keys(actor="test", now=NOW)
    with pytest.raises(KeyMissing):
        world.show(world.asha)
    assert not settings.INSTALLATION.key_file.exists()


def test_a_shredded_person_is_closed_for_good(world):
    gone = world.shred(world.asha)
    assert (gone.keys, gone.details) == (1, 1)
    with pytest.raises(KeyShredded):
        world.show(world.asha)
    assert world.show(world.omar) == "+447700900123"
    assert world.find() == {world.omar}


def test_shredding_is_in_the_journal_and_on_the_trail(world):
    world.shred(world.asha)
    (line,) = vault_keys.shred_journal().read().lines
    assert line.person == world.asha
    assert world.trail("vault.shredded") == [
        ("person", world.asha, [world.asha], "erasure asked for")
    ]


def test_the_journal_is_written_before_the_key_is_gone(world):
    governance = actor_of("information")
    with (
        pytest.raises(ZeroDivisionError),
        world.acting(governance),
        transaction.atomic(),
    ):
        shred_person(
            actor=governance,
            now=NOW,
            journal=vault_keys.shred_journal(),
            person_id=world.asha,
            purpose="",
        )
        assert len(vault_keys.shred_journal().read().lines) == 1
        raise ZeroDivisionError
    assert world.show(world.asha) == "+447700900123"


def test_who_is_not_information_governance_cannot_shred(world):
    with (
        world.acting(),
        pytest.raises(DatabaseError, match="may not shred"),
        transaction.atomic(),
    ):
        shred_person(
            actor=world.worker,
            now=NOW,
            journal=vault_keys.shred_journal(),
            person_id=world.asha,
            purpose="",
        )
    assert world.show(world.asha) == "+447700900123"


def test_somebody_who_comes_back_gets_a_key_of_their_own(world):
    world.shred(world.asha)
    new = world.keep(world.asha, DetailKind.SAFE_ADDRESS, "A new place")
    assert world.show(world.asha, detail=new) == "A new place"
    with pytest.raises(KeyShredded):
        world.show(world.asha)


def test_shredding_again_leaves_a_newer_key_alone(world):
    world.shred(world.asha)
    new = world.keep(world.asha, DetailKind.SAFE_ADDRESS, "A new place")
    lines = vault_keys.shred_journal().read().lines
    gone = shred_again(actor="test", now=NOW, lines=lines)
    assert gone == 0
    assert world.show(world.asha, detail=new) == "A new place"


def test_a_token_whose_key_is_gone_is_taken_away_when_tokens_are_made_anew(world):
    world.owner("DELETE FROM vault_personkey WHERE person = %s", world.asha)
    assert rotate(with_index=True).tokens == 2
    assert world.find() == {world.omar}
    assert len(queries.count_by_index(area_id=world.worker.area_id)) == 1
