"""Words for translators, on the command line."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.integration.cli.conftest import Run
from tests.integration.telling.test_words_pages import POLISH

TEXTS = 77
BY = ("--by", "administrator@llr.example")


@pytest.fixture
def exported(run: Run, tmp_path: Path) -> Path:
    """The file for a translator into Polish."""
    path = tmp_path / "polish.csv"
    assert run("words", "export", "pl", "--out", path) == 0
    return path


def fill(path: Path, said: Mapping[str, str]) -> Path:
    """The same file with some rows translated."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["translation"] = said.get(row["key"], "")
    filled = path.with_name("back.csv")
    with filled.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return filled


def polish(run: Run, capsys) -> Mapping[str, int]:
    capsys.readouterr()
    assert run("words", "list", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    return next(one for one in found if one["code"] == "pl")


def test_what_a_translator_sends_back_is_taken_over(run: Run, exported: Path, capsys):
    capsys.readouterr()
    filled = fill(exported, POLISH)
    assert run("words", "check", "pl", filled) == 0
    assert "4 translations, 73 rows without one" in capsys.readouterr().out
    assert polish(run, capsys)["words"] == 0  # checking keeps nothing

    assert run("words", "import", "pl", filled, *BY) == 0
    assert "until two people have read them over" in capsys.readouterr().out
    stands = polish(run, capsys)
    assert (stands["words"], stands["waiting"], stands["read_over"]) == (4, 4, 0)
    assert stands["missing"] == TEXTS - 4

    assert run("words", "import", "pl", filled, *BY) == 0
    assert "0 are new and in use" in capsys.readouterr().out


def test_every_fault_is_named_by_its_row_and_nothing_is_kept(
    run: Run, exported: Path, capsys
):
    wrong = {"suspect_arrested.standard": "Policja {kto}.", "frame.greeting": "Victim!"}
    filled = fill(exported, POLISH | wrong)
    for action in (("check",), ("import", *BY)):
        assert run("words", *action, "pl", filled) == 1
        said = capsys.readouterr().err
        assert "row 3: frame.greeting:" in said and "Nothing was kept" in said
        assert "suspect_arrested.standard:" in said
    assert polish(run, capsys)["words"] == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"key,English,translation\n\xff\xfe", "save it as CSV UTF-8"),
        (b"key,English,translation\n", "no translation in the file"),
        (b"a,b\n1,2\n", "The first row must name the columns"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(
    *, run: Run, tmp_path: Path, capsys, content: bytes, said: str
):
    path = tmp_path / "wrong.csv"
    path.write_bytes(content)
    assert run("words", "import", "pl", path, *BY) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("worker@llr.example", "do not have permission"),
        ("nobody@llr.example", "No account has"),
    ],
)
def test_only_an_administrator_takes_words_over(
    *, run: Run, exported: Path, capsys, who: str, said: str
):
    filled = fill(exported, POLISH)
    assert run("words", "import", "pl", filled, "--by", who) == 1
    assert said in capsys.readouterr().err
    assert polish(run, capsys)["words"] == 0


@pytest.mark.parametrize("language", ["en", "xx"])
def test_a_language_nobody_translates_into_is_wrong_usage(
    run: Run, language: str, capsys
):
    with pytest.raises(SystemExit) as ended:
        run("words", "export", language)
    assert ended.value.code == 2
    assert "choose one of: gu, pl" in capsys.readouterr().err


def test_the_list_and_the_file_are_read_on_a_terminal(run: Run, capsys):
    assert run("words", "list") == 0
    assert "Polish" in capsys.readouterr().out
    assert run("words", "export", "cy") == 0
    assert capsys.readouterr().out.startswith("key,what happened,form,")
