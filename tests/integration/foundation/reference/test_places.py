from datetime import UTC, datetime
from time import perf_counter

import pytest

from alongside.foundation.gateways.installation import Connections
from alongside.foundation.reference import queries, tables
from alongside.foundation.reference.models import District, Postcode
from alongside.foundation.reference.operations import LoadedReference, load_reference

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WHOLE = LoadedReference(districts=9, postcodes=22_616)
LEICESTER, RUTLAND = "E06000016", "E06000017"


def load():
    return load_reference(actor="set-up", now=NOW)


def test_loading_again_changes_nothing_and_is_quick(fresh_database: Connections):
    assert load() == WHOLE

    start = perf_counter()
    again = load()

    assert again == WHOLE
    # A generous bound: set-up and every start of the demonstration wait for it.
    assert perf_counter() - start < 5


def test_loading_corrects_adds_and_takes_away(fresh_database: Connections):
    load()
    stored = Postcode.objects.using("owner")
    first, second = stored.order_by("postcode")[:2]
    stored.filter(pk=first.pk).update(district_id=RUTLAND)
    stored.filter(pk=second.pk).delete()
    District.objects.using("owner").create(code="E00000000", name="Nowhere", area="x")
    stored.create(postcode="ZZ99ZZ", district_id="E00000000")

    assert load() == WHOLE

    named = {row.postcode: row.district_code for row in tables.read_postcodes()}
    assert dict(stored.values_list("postcode", "district_id")) == named
    assert not District.objects.filter(code="E00000000").exists()


@pytest.mark.django_db
def test_the_area_knows_its_postcodes_and_its_neighbours():
    everywhere = queries.get_geography(tables.DISTRICTS.keys())
    rutland = queries.get_geography([RUTLAND])

    assert len(everywhere.in_area) == 22_616
    assert everywhere.elsewhere == frozenset()
    assert "LE1" in everywhere.outwards
    assert rutland.in_area.isdisjoint(rutland.elsewhere)
    assert rutland.in_area | rutland.elsewhere == everywhere.in_area
    assert "LE15" in rutland.outwards
    assert "LE1" not in rutland.outwards


@pytest.mark.django_db
def test_the_answer_takes_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.get_geography([LEICESTER])
