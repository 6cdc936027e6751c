import json
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

import pytest

from alongside.cli.output import progress, say_json, say_table


class Colour(StrEnum):
    GREEN = "green"


def test_json_has_plain_values(capsys):
    say_json(
        {
            "id": UUID(int=1),
            "at": datetime(2026, 11, 22, 9, tzinfo=UTC),
            "colour": Colour.GREEN,
        }
    )

    assert json.loads(capsys.readouterr().out) == {
        "id": "00000000-0000-0000-0000-000000000001",
        "at": "2026-11-22T09:00:00+00:00",
        "colour": "green",
    }


def test_what_has_no_plain_form_is_a_mistake_of_ours():
    with pytest.raises(TypeError):
        say_json({"what": object()})


def test_columns_are_as_wide_as_they_must_be(capsys):
    say_table(("team", "cases"), [("First contact", 12), ("Witness", 3)])

    assert capsys.readouterr().out.splitlines() == [
        "team           cases",
        "First contact  12",
        "Witness        3",
    ]


def test_progress_is_silent_where_there_is_no_terminal(capsys):
    with progress("Receiving", total=10) as on_progress:
        on_progress(5)
        on_progress(10)

    assert capsys.readouterr().err == ""
