"""Every field of every table is sorted, and whatever leads to a person is named.

Named for a copy (in which words it is shown), and for the end (what becomes of it).
"""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, models

from alongside.care.information_rights.tables import HELD
from alongside.care.information_rights.types import HeldTable
from alongside.care.intake.models import Referral
from alongside.care.people.models import Person
from alongside.foundation.accounts.types import THIRD_PARTY_FIELDS
from tests.architecture import house

MODELS = list(apps.get_models(include_auto_created=True))
# Roots from which everything about a person is reached: a referral hangs on them by
# the victimisation that names it.
ROOTS = {Person, Referral}
# Keys by public id, that no foreign key shows.
BY_PUBLIC_ID = {"vault_personkey", "vault_sealedvalue", "accounts_notice"}


def unsorted_fields(model):
    """What is wrong with how a table's fields are sorted; ours or a third party's."""
    if hasattr(model, "Privacy"):
        yield from house.badly_sorted(model)
        return
    known = THIRD_PARTY_FIELDS.get(model._meta.db_table)
    fields = {field.name for field in model._meta.concrete_fields}
    if known is None and model.__module__.startswith("alongside."):
        yield f"{model._meta.label} has no Privacy"
    elif known is None:
        yield f"{model._meta.label} is a third party's table that nobody has sorted"
    for name in sorted(fields ^ known) if known else ():
        yield f"{model._meta.label}.{name} is not sorted, or is no field"


def leads_to_a_person(found_in):
    """Tables from which keys lead to a person, near or far."""
    reached = {model._meta.db_table for model in found_in if model in ROOTS}
    reached |= BY_PUBLIC_ID
    while True:
        more = {
            model._meta.db_table
            for model in found_in
            for field in model._meta.concrete_fields
            if field.related_model is not None
            and field.related_model._meta.db_table in reached
        }
        if more <= reached:
            return reached
        reached |= more


def wrong_words(model, held):
    """Columns that are neither shown nor hidden, or are no columns."""
    columns = {field.column for field in model._meta.concrete_fields}
    for name in sorted(columns ^ (held.fields.keys() | held.hidden)):
        yield f"{held.table}.{name} is neither shown nor hidden, or is no column"


def test_every_field_of_every_table_is_personal_or_ordinary():
    assert [w for model in MODELS for w in unsorted_fields(model)] == []


def test_whatever_leads_to_a_person_has_its_words_for_a_copy():
    assert leads_to_a_person(MODELS) - HELD.keys() == set()
    tables = {model._meta.db_table: model for model in MODELS}
    assert HELD.keys() - tables.keys() == set()
    assert [w for t, held in HELD.items() for w in wrong_words(tables[t], held)] == []


@pytest.mark.django_db
def test_whatever_leads_to_a_person_has_its_end():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl, col, via FROM rights_paths()")
        paths = cursor.fetchall()
    named = {table for table, _, _ in paths}
    assert leads_to_a_person(MODELS) - named == set()
    columns = {
        f"{model._meta.db_table}.{field.column}"
        for model in MODELS
        for field in model._meta.concrete_fields
    }
    assert {f"{table}.{column}" for table, column, _ in paths} - columns == set()
    assert {via for _, _, via in paths} - columns == set()


def planted(**changes):
    """A model that is well, but for the changes."""
    names = changes.pop("names", ("id", "words"))
    fields = [SimpleNamespace(name=n, column=n, related_model=None) for n in names]
    meta = SimpleNamespace(
        concrete_fields=fields,
        label="a.Model",
        db_table=changes.pop("table", "a_model"),
    )
    return SimpleNamespace(
        _meta=meta, __module__=changes.pop("module", "alongside.care.a"), **changes
    )


def test_breaches_are_caught():
    assert list(unsorted_fields(planted())) == ["a.Model has no Privacy"]
    (foreign,) = unsorted_fields(planted(module="other.models"))
    assert "third party's" in foreign
    privacy = SimpleNamespace(personal=frozenset({"id"}), ordinary=frozenset({"id"}))
    wrong = list(unsorted_fields(planted(Privacy=privacy)))
    assert any("words is not sorted" in w for w in wrong)
    assert any("id is sorted twice" in w for w in wrong)
    third = planted(table="auth_group", names=("id", "name", "new"))
    assert list(unsorted_fields(third)) == ["a.Model.new is not sorted, or is no field"]


def test_a_new_way_to_a_person_is_caught():
    class Planted(models.Model):
        person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

        class Meta:
            app_label = "rights"
            db_table = "rights_planted"

        def __str__(self):
            return ""

    del apps.all_models["rights"]["planted"]
    apps.clear_cache()
    assert leads_to_a_person([*MODELS, Planted]) - HELD.keys() == {"rights_planted"}


def test_a_column_without_words_is_caught():
    row = next(iter(HELD.values()))
    assert isinstance(row, HeldTable)
    model = planted(names=("id", "area_id", "shown_record_id", "shown_by_id", "new"))
    wrong = set(wrong_words(model, row))
    assert f"{row.table}.new is neither shown nor hidden, or is no column" in wrong
