"""The rules of the house hold in all our code, and each is seen to catch a breach."""

import inspect
import tomllib
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import walk_packages
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db.models import UUIDField

import alongside
from alongside.care.casework.rules import MOVES
from alongside.care.casework.types import CaseStatus
from alongside.care.linking.tables import MERGE_ROWS
from alongside.care.people.models import Person, PersonRecord
from alongside.walls.tables import READ_AND_WRITE, READ_ONLY, UNREACHABLE, WALLED
from tests.architecture import house
from tests.architecture.house import PACKAGE, ROOT, offences, sources

OPERATIONS = [
    import_module(found.name)
    for found in walk_packages(alongside.__path__, "alongside.")
    if "operations" in found.name.split(".")
]
MODELS = [m for m in apps.get_models() if m.__module__.startswith("alongside.")]
WINGS = ("foundation", "commissioning", "care", "oversight")


def height_of_packages():
    """Each package's height, by the import contracts."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lists = {
        contract["name"]: contract["layers"]
        for contract in config["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    }
    heights = {}
    for wing in WINGS:
        layers = lists.get(f"Inside {wing}", [])
        for depth, line in enumerate(reversed(layers)):
            for name in line.split("|"):
                package = name.strip().strip("()")
                heights[package] = WINGS.index(wing) * 100 + depth
    return heights


LEVEL = height_of_packages()


def test_modules_and_functions_stay_small():
    assert offences(sources(), house.too_large, place=False) == []


def test_queries_are_made_in_models_queries_and_operations_only():
    assert offences(sources("alongside"), house.queries_elsewhere) == []


def test_domain_packages_are_told_the_time_and_the_settings():
    assert offences(sources("alongside"), house.reads_clock_or_settings) == []


def test_nothing_that_works_with_people_writes_a_log():
    assert offences(sources("alongside"), house.logs) == []


def test_names_and_templates_use_our_words():
    templates = sorted(PACKAGE.rglob("*.html"))
    data = sorted(PACKAGE.rglob("data/*.toml"))
    assert (
        offences([*sources(), *templates, *data], house.banned_words, place=False) == []
    )


@pytest.mark.parametrize("module", OPERATIONS, ids=lambda m: m.__name__)
def test_operations_say_who_acts_and_when(module):
    wrong = [
        problem
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and function.__module__ == module.__name__
        for problem in house.bad_operation(function)
    ]
    assert wrong == []


def test_every_stored_field_is_personal_or_ordinary():
    assert [p for model in MODELS for p in house.badly_sorted(model)] == []


def test_every_table_is_behind_a_wall_or_on_a_short_list():
    listed = {*WALLED, *READ_ONLY, *READ_AND_WRITE, *UNREACHABLE}
    through = {m._meta.db_table for m in apps.get_models(include_auto_created=True)}
    assert through - listed - {"auth_group_permissions"} == set()
    assert {*WALLED, *READ_ONLY} - through == set()


def test_every_table_with_something_personal_is_walled_by_area():
    for model in MODELS:
        if hasattr(model, "Privacy") and model.Privacy.personal:
            assert model._meta.db_table in WALLED, model._meta.label
            assert "area" in {f.name for f in model._meta.fields}, model._meta.label


def test_columns_that_walls_name_exist():
    tables = {m._meta.db_table: m for m in MODELS}
    for table, wall in WALLED.items():
        columns = {f.column for f in tables[table]._meta.concrete_fields}
        assert {*wall.columns, *wall.update} <= columns, table


def test_every_status_of_a_case_has_its_moves():
    assert MOVES.keys() == set(CaseStatus)
    assert set().union(*MOVES.values()) <= set(CaseStatus)


def test_keys_point_down_and_leave_no_way_back_up():
    assert [p for model in MODELS for p in house.bad_keys(model, LEVEL)] == []


def relations_to_a_person(found_in):
    return {
        f"{model._meta.label}.{field.name}"
        for model in found_in
        for field in model._meta.local_fields
        if field.related_model in {Person, PersonRecord}
        # By the person's public id.
        or isinstance(field, UUIDField)
        and field.name in {"person", "subject_id"}
    }


def test_every_relation_to_a_person_is_on_the_merge_list():
    assert relations_to_a_person(MODELS) == {row.relation for row in MERGE_ROWS}
    assert all(row.merged and row.unmerged for row in MERGE_ROWS)
    assert len({row.relation for row in MERGE_ROWS}) == len(MERGE_ROWS)


LONG = "def f():\n" + "    x = 1\n" * house.FUNCTION_LINES
PLANTED_TEXT: dict[str, tuple[Callable[..., Iterator[str]], tuple[Any, ...]]] = {
    "a long module": (house.too_large, ("x = 1\n" * 401,)),
    "a long function": (house.too_large, (LONG,)),
    "a query in a page": (
        house.queries_elsewhere,
        (("web", "casework", "views.py"), "Case.objects.get()"),
    ),
    "a domain package with a clock": (
        house.reads_clock_or_settings,
        (("care", "people", "queries.py"), "x = timezone.now()"),
    ),
    "a rule that asks the day": (
        house.reads_clock_or_settings,
        (("care", "journey", "rules.py"), "x = date.today()"),
    ),
    "a domain package with settings": (
        house.reads_clock_or_settings,
        (("foundation", "vault", "rules.py"), "from django.conf import settings"),
    ),
    "a log in care": (
        house.logs,
        (("care", "people", "operations.py"), "import logging"),
    ),
    "a print in a workflow": (house.logs, (("workflows", "x.py"), "print(person)")),
    "a word we do not use": (house.banned_words, ("the client's case",)),
    "one body's name": (house.banned_words, ('label = "Report to the PCC"',)),
}


@pytest.mark.parametrize("name", PLANTED_TEXT)
def test_a_planted_breach_of_text_is_caught(name):
    check, given = PLANTED_TEXT[name]
    assert list(check(*given))


def by_place(actor, now):
    """Take arguments by place."""


def nobody(*, now):
    """Say not who acts."""


def timeless(*, actor):
    """Say not when."""


def silent(*, actor, now): ...


@pytest.mark.parametrize("function", [by_place, nobody, timeless, silent])
def test_a_bad_operation_is_caught(function):
    assert list(house.bad_operation(function))


def field(name, **facts):
    return SimpleNamespace(name=name, related_model=None, **facts)


def table(*fields, privacy=None, module="alongside.foundation.audit.models"):
    meta = SimpleNamespace(
        label="x.Planted",
        db_table="casework_case",
        concrete_fields=fields,
        local_fields=fields,
    )
    planted = SimpleNamespace(_meta=meta, __module__=module)
    if privacy:
        personal, ordinary = privacy
        planted.Privacy = SimpleNamespace(
            personal=frozenset(personal), ordinary=frozenset(ordinary)
        )
    return planted


@pytest.mark.parametrize(
    "planted",
    [
        table(field("area"), field("name")),
        table(field("area"), field("name"), privacy=({"name"}, ())),
        table(field("name"), privacy=({"name"}, {"name"})),
        table(field("name"), privacy=({"name", "gone"}, ())),
    ],
    ids=["not sorted at all", "one forgotten", "sorted twice", "no such field"],
)
def test_a_badly_sorted_table_is_caught(planted):
    assert list(house.badly_sorted(planted))


@pytest.mark.parametrize("hidden", [True, False])
def test_a_key_that_points_up_is_caught(hidden):
    up = SimpleNamespace(
        name="person",
        related_model=Person,
        remote_field=SimpleNamespace(hidden=hidden),
    )
    found = list(house.bad_keys(table(up), LEVEL))
    assert any("point down" in one for one in found)
    assert any("related_name" in one for one in found) is not hidden


def test_a_relation_missing_from_the_merge_list_is_caught():
    planted = table(SimpleNamespace(name="person", related_model=Person))
    assert relations_to_a_person([planted]) == {"x.Planted.person"}
