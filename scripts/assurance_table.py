"""The table of OWASP ASVS 5.0: rows, what is wrong with them, and the page of them.

`docs/assurance/asvs-ids.csv` lists every requirement's number and level;
`docs/assurance/asvs/*.toml` says how each that concerns us stands.
"""

import csv
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from scripts.assurance_proofs import missing_code, missing_section, missing_test

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "assurance"
# Level 2 as a whole, and level 3 where a victim is hurt first: who may see what, the
# data itself, and the record of who looked.
LEVEL = 2
CHAPTERS_AT_LEVEL_3 = {"8", "14", "16"}
CHAPTERS = {
    "1": "Encoding and sanitising",
    "2": "Validation and business rules",
    "3": "The browser",
    "4": "API and web service",
    "5": "Files",
    "6": "Signing in",
    "7": "Sessions",
    "8": "Who may see and do what",
    "9": "Tokens that carry their own claims",
    "10": "OAuth and OpenID Connect",
    "11": "Cryptography",
    "12": "Communication",
    "13": "Configuration",
    "14": "Data protection",
    "15": "Code and architecture",
    "16": "Logging and errors",
    "17": "WebRTC",
}
# Sections that ask for a document: a section of ours that is there proves them.
DOCUMENTATION = frozenset(
    f"{chapter}.1" for chapter in ("2", "5", "6", "7", "8", "11", "13", "14", "15")
) | {"16.1"}


class Status(StrEnum):
    """How a requirement stands."""

    MET = "met"
    NOT_APPLICABLE = "not applicable"
    OPERATOR = "operator's duty"
    OPEN = "open"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One requirement, in our words, and how it stands.

    `says` is how it is met, why it does not apply, whose duty it is and which, or what
    is still missing. `tests` of an open row show the part that holds.
    """

    id: str
    asks: str
    status: Status
    says: str = ""
    tests: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    code: tuple[str, ...] = ()


def read_levels(folder: Path = FOLDER) -> dict[str, int]:
    """Every requirement of the standard and its level, in the standard's order.

    Raises:
        ValueError: one is listed twice.
    """
    with (folder / "asvs-ids.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["id"], int(row["level"])) for row in csv.DictReader(file)]
    if doubled := [
        one for one, count in Counter(i for i, _ in rows).items() if count > 1
    ]:
        raise ValueError(f"asvs-ids.csv lists {doubled[0]} twice")
    return dict(rows)


def concerns_us(requirement: str, level: int) -> bool:
    """Is this requirement within what we hold ourselves to?"""
    return level <= LEVEL or requirement.split(".")[0] in CHAPTERS_AT_LEVEL_3


def read_rows(folder: Path = FOLDER) -> list[Row]:
    """Every row of every chapter, as written."""
    return [
        row_of(given)
        for path in sorted((folder / "asvs").glob("*.toml"))
        for given in tomllib.loads(path.read_text(encoding="utf-8"))["requirement"]
    ]


def row_of(given: Mapping[str, str | Sequence[str]]) -> Row:
    """One row from its table in TOML. A field nobody knows is a TypeError."""
    lists = {"tests", "documents", "code"}
    fields = {key: tuple(v) if key in lists else v for key, v in given.items()}
    return Row(**{**fields, "status": Status(str(fields["status"]))})  # type: ignore[arg-type]


def faults(rows: Sequence[Row], levels: Mapping[str, int]) -> Iterator[str]:
    """What is wrong with the table, in words."""
    wanted = {one for one, level in levels.items() if concerns_us(one, level)}
    count = Counter(row.id for row in rows)
    for one in levels:
        if one in wanted and not count[one]:
            yield f"{one} is missing from the table"
    for one, times in count.items():
        if one not in levels:
            yield f"{one} is not in the standard"
        elif one not in wanted:
            yield f"{one} is not one we hold ourselves to"
        if times > 1:
            yield f"{one} is in the table {times} times"
    for row in rows:
        yield from (f"{row.id}: {fault}" for fault in faults_of(row))


def faults_of(row: Row) -> Iterator[str]:
    """What is wrong with one row: above all, a claim that nothing proves."""
    if not row.asks.strip():
        yield "does not say what it asks"
    proved = row.tests or (row.documents and section_of(row.id) in DOCUMENTATION)
    if row.status is Status.MET and not proved:
        yield "is said to be met, and no test shows it"
    if row.status is Status.MET and not (row.code or row.documents):
        yield "is said to be met, and no place in the code is named"
    if row.status is not Status.MET and not row.says.strip():
        yield f"is {row.status}, and does not say why"
    yield from filter(None, map(missing_test, row.tests))
    yield from filter(None, map(missing_section, row.documents))
    yield from filter(None, map(missing_code, row.code))


def section_of(requirement: str) -> str:
    """`8.2` of `8.2.3`."""
    return requirement.rpartition(".")[0]


def page(rows: Sequence[Row], levels: Mapping[str, int]) -> str:
    """The table as a page."""
    order = {one: place for place, one in enumerate(levels)}
    ordered = sorted(rows, key=lambda row: order[row.id])
    chapters = [
        part
        for number, name in CHAPTERS.items()
        if (own := [row for row in ordered if row.id.split(".")[0] == number])
        for part in (f"## {number}. {name}", _table(_lines(own, levels)))
    ]
    return "\n\n".join([*_beginning(ordered, levels), *chapters]) + "\n"


BEGINNING = """\
<!-- Written by `python -m scripts.assurance` from `asvs-ids.csv` and `asvs/*.toml`.
Change those, not this page. -->

# OWASP ASVS 5.0: where each requirement stands

The Application Security Verification Standard 5.0.0 is by the OWASP Foundation
(`OWASP/ASVS` on GitHub, folder `5.0`), under CC BY-SA 4.0. Only the numbers and levels
are taken from it; what each asks is said here in our own words, and the standard's own
text is what counts. This is our own look at ourselves. Nobody else has verified it.

{ours} requirements concern us: levels 1 and 2 whole, and level 3 of chapters 8 (who may
see and do what), 14 (data protection) and 16 (logging). {beyond} more of level 3 are
outside what we hold ourselves to.

*Met* means that the tests named fail where it does not hold, or, where the standard
asks for a document, that the section named is there. *Operator's duty* cannot be met by
software. *Open* says what is missing; a test named there shows the part that holds."""


def _beginning(rows: Sequence[Row], levels: Mapping[str, int]) -> list[str]:
    told = BEGINNING.format(ours=len(rows), beyond=len(levels) - len(rows))
    return [told, _table(_counts(rows))]


def _counts(rows: Sequence[Row]) -> Iterator[Sequence[object]]:
    yield ("chapter", *Status, "all")
    for number, name in CHAPTERS.items():
        yield (f"{number}. {name}", *_sums(rows, number))
    yield ("**All**", *_sums(rows))


def _sums(rows: Sequence[Row], chapter: str = "") -> list[int]:
    own = [row for row in rows if chapter in {"", row.id.split(".")[0]}]
    return [*(sum(row.status is status for row in own) for status in Status), len(own)]


def _lines(
    rows: Sequence[Row], levels: Mapping[str, int]
) -> Iterator[Sequence[object]]:
    yield ("no.", "level", "what it asks", "status", "how, and what shows it")
    for row in rows:
        yield (row.id, levels[row.id], row.asks, row.status, _shown(row))


def _shown(row: Row) -> str:
    tests = [
        f"[{one.partition('::')[2]}](../../{one.split('::')[0]})" for one in row.tests
    ]
    documents = [
        f"[{one.removeprefix('docs/assurance/')}]({_from_here(one)})"
        for one in row.documents
    ]
    code = [f"`{one}`" for one in row.code]
    return ". ".join(filter(None, [row.says, ", ".join([*tests, *documents, *code])]))


def _from_here(document: str) -> str:
    near = document.removeprefix("docs/assurance/")
    return near if near != document else f"../../{document}"


def _table(lines: Iterable[Sequence[object]]) -> str:
    head, *rest = lines
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |"
        for line in [head, ["---"] * len(head), *rest]
    )
