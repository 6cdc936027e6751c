"""SQL in a parameter of any page stays a word: nothing runs, breaks or shows."""

import ast
import io
import time
import zipfile
from types import SimpleNamespace

import psycopg
import pytest
from django import forms
from django.db import connection
from django.http import HttpResponse

from alongside.web.govuk.forms import PlainForm
from tests.architecture.house import PACKAGE

SLOW_SECONDS = 5
PAYLOADS = (
    "' OR '1'='1' --",
    f"1); SELECT pg_sleep({SLOW_SECONDS}); --",
    "'; UPDATE accounts_user SET name = 'Taken'; --",
    "\\'; DROP TABLE casework_note; --",
    "%s %(x)s {0} {{ 7 }} ${7}",
    "1' UNION SELECT 'run-' || 'as-sql' --",
)
RUN = "run-as-sql"
# Sent in every name at once it stays below what a body may hold (2.5 MB): a longer one
# is refused before a page sees it. Longer than an index can hold, too.
ENDLESS = 4_000
CANARY = """
    SELECT (SELECT count(*) FROM accounts_user WHERE name = 'Taken'),
           (SELECT count(*) FROM pg_class WHERE relname = 'casework_note')
"""


def asked_for_in_addresses():
    """Every name that a page reads from an address's query."""
    names = set()
    for path in (PACKAGE / "web").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                place, arguments = ast.unparse(node.func.value), node.args
            elif isinstance(node, ast.Subscript):
                place, arguments = ast.unparse(node.value), [node.slice]
            else:
                continue
            if place.endswith((".GET", "query")) and arguments:
                names.add(getattr(arguments[0], "value", None))
    return {name for name in names if isinstance(name, str)}


def asked_for_in_forms(kind=PlainForm):
    """Every name that a form of a page asks for."""
    names = set(getattr(kind, "base_fields", {}))
    return names.union(*map(asked_for_in_forms, kind.__subclasses__()))


NAMES = sorted(asked_for_in_addresses() | asked_for_in_forms())


def test_the_names_are_found():
    """Else the walk below would knock at no door."""
    assert {"page", "next", "reason"} <= set(NAMES)
    assert "version" in asked_for_in_forms()
    assert forms.Form in PlainForm.__mro__


def canary(reach):
    with psycopg.connect(reach.owner.conninfo()) as owner:
        return owner.execute(CANARY).fetchone()


def shown(answer):
    """What an answer says: of an archive, what each of its members says."""
    if answer.get("Content-Type") != "application/zip":
        return answer.content.decode()
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def knock(doors, sent):
    """Pages that break by what is sent, or run it, by either way of sending."""
    for door in doors:
        for ask in (door.client.get, door.client.post):
            answer = ask(door.page, sent)
            if answer.status_code >= 500 or RUN in shown(answer):
                yield door.page, answer.status_code


@pytest.mark.parametrize("turn", range(len(PAYLOADS)))
def test_sql_in_a_parameter_stays_a_word(filled, doors, turn):
    """Each parameter is sent each of the payloads, one a turn."""
    sent = {
        name: PAYLOADS[(place + turn) % len(PAYLOADS)]
        for place, name in enumerate(NAMES)
    }
    began = time.monotonic()

    assert list(knock(doors, sent)) == []
    assert canary(filled) == (0, 1)
    assert time.monotonic() - began < SLOW_SECONDS * len(doors)


class Careless:
    """A page as nobody may write it."""

    def get(self, page, sent):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT '{sent['reason']}'")
            return HttpResponse(str(cursor.fetchall()))

    post = get


def test_a_page_that_ran_it_would_be_caught(db):
    sent = {"reason": PAYLOADS[-1]}
    planted = SimpleNamespace(page="/planted", client=Careless())
    assert list(knock([planted], sent)) == [("/planted", 200)] * 2


@pytest.mark.parametrize(
    "odd",
    ["\x00", "\ud800".encode("utf-8", "surrogatepass"), "9" * 40, "-1", "x" * ENDLESS],
    ids=["nothing", "half a character", "a vast number", "below zero", "endless"],
)
def test_odd_values_break_nothing(doors, odd):
    assert list(knock(doors, dict.fromkeys(NAMES, odd))) == []


@pytest.mark.parametrize("payload", PAYLOADS[::2])
def test_sql_in_an_address_leads_nowhere(filled, doors, payload):
    for door in doors:
        head, _, _ = door.page.rpartition("/")
        answer = door.client.get(f"{head}/{payload}")
        assert answer.status_code < 500
        assert RUN not in answer.content.decode()
    assert canary(filled) == (0, 1)
