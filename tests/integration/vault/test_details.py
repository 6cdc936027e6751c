"""Protecting, opening, replacing, ending and finding, under the walls."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction

from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.foundation.lib.sealing import Tampered
from alongside.foundation.vault import queries
from alongside.foundation.vault.models import BlindToken, PersonKey, SealedValue
from alongside.foundation.vault.operations import end_detail
from alongside.foundation.vault.operations.protecting import AlreadyEnded
from alongside.foundation.vault.queries import SecondFactorNeeded
from alongside.foundation.vault.tables import KINDS
from alongside.foundation.vault.types import DetailKind, HeldDetails, IndexedField
from alongside.walls.context import acting_as
from alongside.workflows.protected_details import (
    OpenReasonNeeded,
    find_protected,
    open_protected,
    protect,
    read_protected,
)
from tests.integration.vault.actors import actor_of, fresh
from tests.support.receiving import NOW

ADDRESS = "Flat 2, The Limes\nInvented Road\nAnytown"
REASON = "reach_them"


def keep(actor, person, kind=DetailKind.SAFE_ADDRESS, text=ADDRESS, **more):
    return protect(actor=actor, now=NOW, person_id=person, kind=kind, text=text, **more)


def show(actor, person, detail, reason=REASON):
    return open_protected(
        actor=actor, now=NOW, person_id=person, detail_id=detail, reason=reason
    )


def test_what_is_protected_can_be_opened(worker, asha):
    detail = keep(worker, asha)
    opened = show(worker, asha, detail)
    assert (opened.text, opened.kind) == (ADDRESS, DetailKind.SAFE_ADDRESS)


def test_nothing_of_it_is_in_the_database(worker, asha):
    detail = keep(worker, asha)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sealed FROM vault_open(ARRAY[%s::uuid], 'x', NULL, now())", [detail]
        )
        ((sealed,),) = cursor.fetchall()
    assert b"Limes" not in bytes(sealed)
    assert len(bytes(sealed)) == 1 + 12 + 64 + 16


def test_sealed_bytes_leave_only_through_the_function(worker, asha):
    keep(worker, asha)
    for query in ("SELECT sealed FROM vault_sealedvalue", "TABLE vault_sealedvalue"):
        with pytest.raises(DatabaseError, match="permission denied"):
            run(query)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE vault_sealedvalue SET sealed = 'x'",
        "UPDATE vault_sealedvalue SET person = gen_random_uuid()",
        "DELETE FROM vault_sealedvalue",
        "DELETE FROM vault_personkey",
        "UPDATE vault_personkey SET wrapped = 'x'",
        "DELETE FROM vault_blindtoken",
        "SELECT token FROM vault_blindtoken",
        "TRUNCATE vault_personkey",
    ],
)
def test_nothing_is_changed_or_taken_away_directly(worker, asha, statement):
    keep(worker, asha)
    with pytest.raises(DatabaseError, match="permission denied"):
        run(statement)


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_list_says_who_and_when_and_opens_nothing(worker, asha):
    detail = keep(worker, asha)
    view = read_protected(actor=worker, now=NOW, person_id=asha)
    assert view.held == HeldDetails(
        may_open=True, any=True, kinds=(DetailKind.SAFE_ADDRESS,)
    )
    (line,) = view.details
    assert (line.detail_id, line.made_by, line.ended_at) == (
        detail,
        worker.label,
        None,
    )


def test_another_agency_learns_nothing(worker, asha):
    detail = keep(worker, asha)
    with acting_as(actor_of("provider")):
        assert queries.get_held(person_id=asha) == HeldDetails()
        assert queries.list_details(person_id=asha) == []
        assert SealedValue.objects.count() == PersonKey.objects.count() == 0
        with pytest.raises(NotFound):
            show(worker, asha, detail)


def test_another_area_learns_nothing(worker, asha):
    detail = keep(worker, asha)
    elsewhere = replace(worker, area_id=999_999)
    with acting_as(elsewhere):
        assert queries.get_held(person_id=asha) == HeldDetails()
        assert PersonKey.objects.count() == 0
        with pytest.raises(NotFound):
            show(worker, asha, detail)


def test_a_role_that_opens_none_is_refused(worker, asha):
    detail = keep(worker, asha)
    without = replace(worker, permissions=frozenset())
    with pytest.raises(NotAllowed):
        show(without, asha, detail)
    with pytest.raises(NotAllowed):
        keep(without, asha)


def test_a_person_nobody_knows_is_not_found(worker):
    with pytest.raises(NotFound):
        keep(worker, uuid4())


def test_opening_asks_for_a_reason_of_the_list(worker, asha):
    detail = keep(worker, asha)
    with pytest.raises(OpenReasonNeeded):
        show(worker, asha, detail, reason="because")


REFUGE = DetailKind.REFUGE_ADDRESS


@pytest.mark.parametrize("minutes_ago", [10.5, 60, 60 * 24 * 365])
def test_a_refuge_address_asks_for_a_second_factor_given_just_now(
    worker, asha, minutes_ago
):
    detail = keep(worker, asha, REFUGE)
    stale = fresh(worker, minutes_ago=minutes_ago)
    with acting_as(stale), pytest.raises(SecondFactorNeeded):
        show(stale, asha, detail)


def test_a_second_factor_never_given_opens_no_refuge(worker, asha):
    detail = keep(worker, asha, REFUGE)
    never = replace(worker, strong_at=0)
    with acting_as(never), pytest.raises(SecondFactorNeeded):
        show(never, asha, detail)


def test_the_database_itself_gives_no_bytes_to_a_stale_factor(worker, asha):
    detail = keep(worker, asha, REFUGE)
    with acting_as(replace(worker, strong_at=0)), connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome, sealed, wrapped"
            " FROM vault_open(ARRAY[%s::uuid], 'x', NULL, now())",
            [detail],
        )
        assert cursor.fetchall() == [("stale", None, None)]


def test_a_refuge_address_opens_within_ten_minutes(worker, asha):
    detail = keep(worker, asha, REFUGE)
    recent = fresh(worker, minutes_ago=9)
    with acting_as(recent):
        assert show(recent, asha, detail).text == ADDRESS


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("kind", DetailKind)
def test_the_database_and_the_data_agree_on_the_minutes(kind):
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT vault_fresh_minutes(%s)", [kind.value])
        assert cursor.fetchone() == (KINDS[kind].fresh_minutes,)


def test_replacing_ends_the_older_one(worker, asha):
    old = keep(worker, asha)
    new = keep(worker, asha, text="Elsewhere", replaces=old)
    lines = {line.detail_id: line for line in queries.list_details(person_id=asha)}
    assert lines[old].ended_at == NOW
    assert lines[old].ended_by == worker.label
    assert lines[new].ended_at is None
    assert show(worker, asha, new).text == "Elsewhere"


def test_what_has_ended_stays_ended(worker, asha):
    detail = keep(worker, asha)
    end_detail(actor=worker, now=NOW, person_id=asha, detail_id=detail)
    with pytest.raises(AlreadyEnded):
        end_detail(actor=worker, now=NOW, person_id=asha, detail_id=detail)
    assert SealedValue.objects.update(ended_at=None) == 0
    assert queries.get_held(person_id=asha) == HeldDetails(may_open=True)


def test_one_person_has_one_key(worker, asha, omar):
    keep(worker, asha)
    keep(worker, asha, DetailKind.STATEMENT, "Said")
    keep(worker, omar)
    assert PersonKey.objects.filter(person=asha).count() == 1
    assert PersonKey.objects.count() == 2


def test_a_detail_under_another_persons_id_is_not_found(worker, asha, omar):
    detail = keep(worker, asha)
    with pytest.raises(NotFound):
        show(worker, omar, detail)


def test_a_value_moved_to_another_person_does_not_open(worker, asha, omar):
    detail = keep(worker, asha)
    keep(worker, omar)
    keys = PersonKey.objects.in_bulk(field_name="public_id").values()
    omars = next(key for key in keys if key.person == omar)
    with transaction.atomic(), connection.cursor() as cursor:
        # What somebody at the database itself could do: put one in another's place.
        cursor.execute(
            "INSERT INTO vault_sealedvalue (area_id, public_id, person, kind, key,"
            " sealed, made_at, made_by_id)"
            " SELECT %s, gen_random_uuid(), %s, o.kind, %s, o.sealed, %s, %s"
            "   FROM vault_open(ARRAY[%s::uuid], 'x', NULL, now()) o"
            " RETURNING public_id",
            [worker.area_id, omar, omars.public_id, NOW, worker.user_id, detail],
        )
        ((moved,),) = cursor.fetchall()
    with pytest.raises(Tampered):
        show(worker, omar, moved)


FORMS = ["07700 900 123", "+44 7700900123", "0044 7700 900123"]


@pytest.mark.parametrize("typed", FORMS)
def test_a_protected_phone_is_found_however_it_is_written(worker, asha, omar, typed):
    keep(worker, asha, DetailKind.SAFE_PHONE, FORMS[0])
    keep(worker, omar, DetailKind.SAFE_PHONE, "07700 900124")
    found = find_protected(actor=worker, now=NOW, field=IndexedField.PHONE, typed=typed)
    assert found == [asha]


def test_a_protected_email_is_found(worker, asha):
    keep(worker, asha, DetailKind.SAFE_EMAIL, "Asha.Safe@people.example")
    found = find_protected(
        actor=worker,
        now=NOW,
        field=IndexedField.EMAIL,
        typed="asha.safe@people.example",
    )
    assert found == [asha]


def test_a_number_out_of_date_is_not_found(worker, asha):
    detail = keep(worker, asha, DetailKind.SAFE_PHONE, FORMS[0])
    end_detail(actor=worker, now=NOW, person_id=asha, detail_id=detail)
    assert not find_protected(
        actor=worker, now=NOW, field=IndexedField.PHONE, typed=FORMS[0]
    )


def test_somebody_who_may_not_see_cannot_confirm_a_guess(worker, asha):
    keep(worker, asha, DetailKind.SAFE_PHONE, FORMS[0])
    assert BlindToken.objects.count() == 1
    provider = replace(actor_of("provider"), permissions=worker.permissions)
    with acting_as(provider):
        assert BlindToken.objects.count() == 0
        assert not find_protected(
            actor=provider, now=NOW, field=IndexedField.PHONE, typed=FORMS[0]
        )


def test_the_keys_are_not_in_the_database(worker, asha):
    keep(worker, asha)
    text = settings.INSTALLATION.key_file.read_text()
    kept = bytes(PersonKey.objects.get(person=asha).wrapped)
    assert kept.hex() not in text
    assert PersonKey.objects.get(person=asha).wrapped_by in text
