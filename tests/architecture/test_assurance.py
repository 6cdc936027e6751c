"""The assurance pack claims nothing that is not shown, and each check bites."""

from dataclasses import replace
from pathlib import Path

import pytest

from scripts import assurance
from scripts.assurance_proofs import (
    anchor_of,
    claims,
    collected,
    missing_section,
    missing_test,
    named_tests,
)
from scripts.assurance_table import (
    FOLDER,
    Row,
    Status,
    concerns_us,
    faults,
    faults_of,
    page,
    read_levels,
    read_rows,
    row_of,
)

HERE = "tests/architecture/test_assurance.py"
PROOF = f"{HERE}::test_the_pack_is_true_to_the_code"


def test_the_pack_is_true_to_the_code():
    assert list(assurance.problems()) == []


def test_the_standard_is_whole():
    """345 requirements, of which 70, 183 and 92 at each level, by its own count."""
    levels = list(read_levels().values())
    assert [levels.count(level) for level in (1, 2, 3)] == [70, 183, 92]
    ours = [one for one, level in read_levels().items() if concerns_us(one, level)]
    assert {"1.2.4", "8.2.4", "14.2.7", "16.5.4"} <= set(ours)
    assert not {"1.2.10", "3.4.7", "11.7.1"} & set(ours)


MET = Row(
    id="8.2.2",
    asks="Only who may see it sees it",
    status=Status.MET,
    tests=(PROOF,),
    code=("alongside/walls",),
)
WITHOUT = replace(MET, tests=(), code=())
BAD_ROWS = {
    "nothing shows it": WITHOUT,
    "a document where a test is needed": replace(
        WITHOUT, documents=("docs/assurance/README.md#how-to-read-it",)
    ),
    "no such test": replace(MET, tests=(f"{HERE}::test_that_nobody_wrote",)),
    "no such file": replace(MET, tests=("tests/test_gone.py::test_x",)),
    "a helper for a test": replace(MET, tests=(f"{HERE}::planted",)),
    "a whole file": replace(MET, tests=(HERE,)),
    "no place in the code": replace(MET, code=()),
    "a place that is gone": replace(MET, code=("alongside/gone.py",)),
    "a section that is gone": replace(
        MET, id="8.1.1", documents=("docs/assurance/README.md#gone",)
    ),
    "open without a word why": replace(MET, status=Status.OPEN),
    "nobody's duty": replace(MET, status=Status.OPERATOR, says=" "),
    "not asking anything": replace(MET, asks=""),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_row_that_claims_too_much_is_caught(name):
    assert list(faults_of(BAD_ROWS[name]))


def test_a_row_that_claims_what_is_shown_is_not():
    assert not list(faults_of(MET))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows[1:], "is missing"),
        (lambda rows: [*rows, rows[0]], "2 times"),
        (lambda rows: [*rows, replace(MET, id="8.9.9")], "not in the standard"),
        (lambda rows: [*rows, replace(MET, id="1.2.10")], "hold ourselves to"),
    ],
)
def test_a_number_missing_doubled_or_unknown_is_caught(change, said):
    before = set(faults(read_rows(), read_levels()))
    (found,) = set(faults(change(read_rows()), read_levels())) - before
    assert said in found


def test_a_number_listed_twice_is_caught(tmp_path: Path):
    (tmp_path / "asvs-ids.csv").write_text("id,level\n1.1.1,2\n1.1.1,2\n")
    with pytest.raises(ValueError, match="twice"):
        read_levels(tmp_path)


@pytest.mark.parametrize(
    "field", [{"status": "almost met"}, {"status": "met", "proof": "trust us"}]
)
def test_a_row_in_other_words_is_refused(field):
    with pytest.raises((ValueError, TypeError)):
        row_of({"id": "8.2.2", "asks": "x", **field})


def planted(text, tmp_path):
    path = tmp_path / "tests" / "test_planted.py"
    path.parent.mkdir()
    path.write_text(text)
    return path


def test_only_what_pytest_would_run_counts(tmp_path: Path):
    path = planted(
        "def test_one(): ...\n"
        "async def test_two(): ...\n"
        "def helper():\n    def test_inside(): ...\n"
        "class TestThese:\n    def test_three(self): ...\n    def other(self): ...\n"
        "class TestMade:\n    def __init__(self): ...\n    def test_never(self): ...\n"
        "class Others:\n    def test_nor_this(self): ...\n",
        tmp_path,
    )
    assert collected(path) == {"test_one", "test_two", "TestThese::test_three"}
    assert missing_test("tests/test_planted.py::test_one", root=tmp_path) is None
    assert missing_test("tests/test_planted.py::helper", root=tmp_path)
    assert missing_test("scripts/docs.py::main")


def test_a_test_that_a_document_names_and_nobody_wrote_is_caught(tmp_path: Path):
    document = tmp_path / "x.md"
    document.write_text(f"It holds: `{PROOF}`, `{HERE}::test_that_nobody_wrote`.")
    (found,) = assurance.unknown_tests([document])
    assert "test_that_nobody_wrote" in found


def test_sections_are_found_and_must_say_something(tmp_path: Path):
    words = "word " * 20
    (tmp_path / "x.md").write_text(f"# A\n\n## What is it?\n\n{words}\n\n## Empty\n")
    assert anchor_of("What is it?") == "what-is-it"
    assert missing_section("x.md#what-is-it", root=tmp_path) is None
    assert "says nothing" in str(missing_section("x.md#empty", root=tmp_path))
    assert "no such section" in str(missing_section("x.md#gone", root=tmp_path))


TABLE = f"""
## What holds, and what shows it

| statement | shown by |
|---|---|
| It holds | `{PROOF}` |
| So does this | believe us |

## Else

| not | this |
|---|---|
| a | b |
"""


def test_a_statement_without_a_test_is_caught():
    lines = list(assurance.statements(TABLE, "## What holds, and what shows it"))
    assert len(lines) == 2
    assert [bool(named_tests(line)) for line in lines] == [True, False]


@pytest.mark.parametrize(
    "words",
    [
        "Alongside is PASF compliant.",
        "Alongside is PASF-assured",
        "fully ISO 27001 certified hosting",
        "ISO/IEC 27001:2022 certified",
        "We are Cyber Essentials Plus\ncertified",
        "accredited by the NCSC",
        "certified to ISO 27001",
        "compliant with UK GDPR",
        "a GDPR-compliant product",
        "ASVS level 2 certified",
    ],
)
def test_a_claim_software_cannot_make_is_caught(words):
    assert list(claims(words))


@pytest.mark.parametrize(
    "words",
    [
        "PASF, ISO 27001, Cyber Essentials and DSPT are the operator's or the host's.",
        "Ask the host whether its site was assessed under PASF.",
        "OWASP ASVS 5.0: where each requirement stands",
        "The UK GDPR asks for a lawful basis",
    ],
)
def test_words_about_such_schemes_are_no_claim(words):
    assert not list(claims(words))


def test_the_page_says_how_each_stands():
    said = page([replace(MET, says="By the walls | and more")], {"8.2.2": 1})
    assert "## 8. Who may see and do what" in said
    assert "| 8.2.2 | 1 | Only who may see it sees it | met |" in said
    assert "By the walls \\| and more" in said
    assert f"[test_the_pack_is_true_to_the_code](../../{HERE})" in said


def test_drift_of_the_pages_is_caught(monkeypatch):
    known = FOLDER / "asvs.md"
    monkeypatch.setattr(assurance, "pages", lambda: {known: "something else\n"})
    (found,) = assurance.drift()
    assert "asvs.md is not what its data says" in found
