"""How far two records may agree, field by field: one table for Python and for SQL.

Splink learns how much each level says from the SQL; `rules.weights` finds the level
of two records in Python. Both come from here, so that they cannot drift apart: a
test sees that `weights` finds, for any two records, the first level here that holds.

The SQL is DuckDB's, over the columns of `Standard` and of `DERIVED` with `_l` and
`_r`; empty text must be NULL there.
"""

from collections.abc import Callable
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler, Levenshtein

from alongside.care.matching.tables import LIMITS
from alongside.care.matching.types import Standard

NAME_ALIKE, ADDRESS_ALIKE = LIMITS.name_alike, LIMITS.address_alike
# One letter makes another name of a name as short as this.
SHORT = LIMITS.short_name
NEW_YEAR = "01-01"
# Names as one, whose frequency is counted: as they are, and in their common form.
FULL_SQL = "given || ' ' || surname"
ROOTED_SQL = "root || ' ' || surname"
DERIVED = {"full": FULL_SQL, "rooted": ROOTED_SQL}

alike = JaroWinkler.similarity
edits = Levenshtein.distance
Test = Callable[[Standard, Standard], bool]


class Level(NamedTuple):
    """One way in which a field of two records may agree.

    `rarity` is the column whose frequency sharpens the weight, where there is one.
    """

    label: str
    test: Test
    sql: str
    rarity: str = ""


class Comparison(NamedTuple):
    """The levels of one field, best first; the last holds where no other does.

    `known` and its SQL say when there is anything to compare; else the level is -1.
    """

    field: str
    known: Test
    unknown_sql: str
    levels: tuple[Level, ...]


def _alike_sql(column: str) -> str:
    return (
        f"jaro_winkler_similarity({column}_l, {column}_r) >= {NAME_ALIKE}"
        f" OR (levenshtein({column}_l, {column}_r) <= 1"
        f" AND length({column}_l) > {SHORT} AND length({column}_r) > {SHORT})"
    )


def _swapped_sql(place: int) -> str:
    # The digit at `place` and the next have changed places, and nothing else has.
    start, rest = f"substr(born_l, 1, {place - 1})", f"substr(born_l, {place + 2})"
    one, two = f"substr(born_l, {place}, 1)", f"substr(born_l, {place + 1}, 1)"
    return f"born_r = {start} || {two} || {one} || {rest}"


def _either_sql(sql: str) -> str:
    return f"({sql.format(side='l')} OR {sql.format(side='r')})"


GIVEN_ALIKE_SQL = (
    f"(root_l = root_r OR given_code_l = given_code_r OR {_alike_sql('given')}"
    f" OR {_alike_sql('root')})"
)
SURNAME_ALIKE_SQL = f"(surname_code_l = surname_code_r OR {_alike_sql('surname')})"
SLIPS_SQL = " OR ".join(
    ["levenshtein(born_l, born_r) <= 1", *map(_swapped_sql, (1, 2, 3, 6, 9))]
)
SAME_YEAR_SQL = "substr(born_l, 1, 4) = substr(born_r, 1, 4)"
NEW_YEAR_SQL = f"substr(born_{{side}}, 6, 5) = '{NEW_YEAR}'"
ELSE_SQL = "ELSE"


def given_alike(a: Standard, b: Standard) -> bool:
    """One name in two forms, or two that sound or are spelt much alike."""
    return (
        a.root == b.root
        or a.given_code == b.given_code
        or alike(a.given, b.given) >= NAME_ALIKE
        or alike(a.root, b.root) >= NAME_ALIKE
    )


def surname_alike(a: Standard, b: Standard) -> bool:
    """Two surnames that sound or are spelt much alike."""
    return a.surname_code == b.surname_code or alike(a.surname, b.surname) >= NAME_ALIKE


def one_slip(a: Standard, b: Standard) -> bool:
    """Two dates that differ in one digit, or in two that changed places."""
    left, right = a.born, b.born
    far = edits(left, right, score_cutoff=2)
    return far <= 1 or (far == 2 and swapped_digits(left, right))


def swapped_digits(left: str, right: str) -> bool:
    """Whether two digits beside each other changed places, and nothing else did."""
    if len(left) != len(right):
        return False
    at = [place for place, digit in enumerate(left) if digit != right[place]]
    if len(at) != 2 or at[1] != at[0] + 1:
        return False
    return left[at[0]] == right[at[1]] and left[at[1]] == right[at[0]]


def _new_year(standard: Standard) -> bool:
    return standard.born[5:] == NEW_YEAR


def _full(standard: Standard) -> str:
    return f"{standard.given} {standard.surname}"


def _rooted(standard: Standard) -> str:
    return f"{standard.root} {standard.surname}"


def _phones(standard: Standard) -> set[str]:
    return {standard.phone, standard.other_phone} - {""}


def _otherwise(a: Standard, b: Standard) -> bool:
    return True


NAME = Comparison(
    "name",
    lambda a, b: all((a.given, a.surname, b.given, b.surname)),
    "given_l IS NULL OR given_r IS NULL OR surname_l IS NULL OR surname_r IS NULL",
    (
        Level(
            "the same",
            lambda a, b: _full(a) == _full(b),
            "full_l = full_r",
            "full",
        ),
        Level(
            "surname the same, given name in another form",
            lambda a, b: _rooted(a) == _rooted(b),
            "rooted_l = rooted_r",
            "rooted",
        ),
        Level(
            "given name and surname changed places",
            lambda a, b: a.given == b.surname and a.surname == b.given,
            "given_l = surname_r AND surname_l = given_r",
        ),
        Level(
            "surname the same, given name alike",
            lambda a, b: a.surname == b.surname and given_alike(a, b),
            f"surname_l = surname_r AND {GIVEN_ALIKE_SQL}",
            "surname",
        ),
        Level(
            "given name the same, surname alike",
            lambda a, b: a.given == b.given and surname_alike(a, b),
            f"given_l = given_r AND {SURNAME_ALIKE_SQL}",
            "given",
        ),
        Level(
            "both alike",
            lambda a, b: given_alike(a, b) and surname_alike(a, b),
            f"{GIVEN_ALIKE_SQL} AND {SURNAME_ALIKE_SQL}",
        ),
        Level(
            "surname and first letter the same",
            lambda a, b: a.surname == b.surname and a.given[0] == b.given[0],
            "surname_l = surname_r AND substr(given_l, 1, 1) = substr(given_r, 1, 1)",
            "surname",
        ),
        Level(
            "given name the same, surname another",
            lambda a, b: a.given == b.given,
            "given_l = given_r",
            "given",
        ),
        Level(
            "surname the same, given name another",
            lambda a, b: a.surname == b.surname,
            "surname_l = surname_r",
            "surname",
        ),
        Level("another", _otherwise, ELSE_SQL),
    ),
)
BORN = Comparison(
    "born",
    lambda a, b: bool(a.born and b.born),
    "born_l IS NULL OR born_r IS NULL",
    (
        # A first of January is what is written when only the year is known.
        Level(
            "the same",
            lambda a, b: a.born == b.born and not _new_year(a),
            f"born_l = born_r AND substr(born_l, 6, 5) <> '{NEW_YEAR}'",
        ),
        Level(
            "day and month changed places",
            lambda a, b: (
                a.born == f"{b.born[:5]}{b.born[8:]}-{b.born[5:7]}" and a.born != b.born
            ),
            f"{SAME_YEAR_SQL} AND substr(born_l, 6, 2) = substr(born_r, 9, 2)"
            " AND substr(born_l, 9, 2) = substr(born_r, 6, 2) AND born_l <> born_r",
        ),
        Level(
            "one slip of a digit",
            lambda a, b: (
                a.born != b.born
                and one_slip(a, b)
                and not (_new_year(a) and _new_year(b))
            ),
            f"born_l <> born_r AND ({SLIPS_SQL}) AND NOT"
            f" ({NEW_YEAR_SQL.format(side='l')} AND {NEW_YEAR_SQL.format(side='r')})",
        ),
        Level(
            "the year, and one is a first of January",
            lambda a, b: a.born[:4] == b.born[:4] and (_new_year(a) or _new_year(b)),
            f"{SAME_YEAR_SQL} AND {_either_sql(NEW_YEAR_SQL)}",
        ),
        Level(
            "two digits another",
            lambda a, b: edits(a.born, b.born) <= 2,
            "levenshtein(born_l, born_r) <= 2",
        ),
        Level(
            "the year only",
            lambda a, b: a.born[:4] == b.born[:4],
            SAME_YEAR_SQL,
        ),
        Level("another", _otherwise, ELSE_SQL),
    ),
)
SEX = Comparison(
    "sex",
    lambda a, b: bool(a.sex and b.sex),
    "sex_l IS NULL OR sex_r IS NULL",
    (
        Level("the same", lambda a, b: a.sex == b.sex, "sex_l = sex_r"),
        Level("another", _otherwise, ELSE_SQL),
    ),
)
SECTOR_SQL = "substr(postcode_{side}, 1, length(postcode_{side}) - 2)"
PLACE = Comparison(
    "place",
    lambda a, b: bool((a.postcode and b.postcode) or (a.address and b.address)),
    "(postcode_l IS NULL OR postcode_r IS NULL)"
    " AND (address_l IS NULL OR address_r IS NULL)",
    (
        Level(
            "postcode and address the same",
            lambda a, b: "" not in a[7:9] and a[7:9] == b[7:9],
            "postcode_l = postcode_r AND address_l = address_r",
        ),
        Level(
            "postcode the same, address alike",
            lambda a, b: (
                a.postcode == b.postcode
                and "" not in (a.postcode, a.address, b.address)
                and alike(a.address, b.address) >= ADDRESS_ALIKE
            ),
            "postcode_l = postcode_r"
            f" AND jaro_winkler_similarity(address_l, address_r) >= {ADDRESS_ALIKE}",
        ),
        Level(
            "address the same, postcode another",
            lambda a, b: bool(a.address) and a.address == b.address,
            "address_l = address_r",
        ),
        Level(
            "postcode the same",
            lambda a, b: bool(a.postcode) and a.postcode == b.postcode,
            "postcode_l = postcode_r",
        ),
        Level(
            "the same part of a district",
            lambda a, b: a.postcode[:-2] == b.postcode[:-2] != "",
            f"{SECTOR_SQL.format(side='l')} = {SECTOR_SQL.format(side='r')}"
            f" AND {SECTOR_SQL.format(side='l')} <> ''",
        ),
        Level(
            "the same district",
            lambda a, b: (
                a.postcode.partition(" ")[0] == b.postcode.partition(" ")[0] != ""
            ),
            "split_part(postcode_l, ' ', 1) = split_part(postcode_r, ' ', 1)",
        ),
        Level("another", _otherwise, ELSE_SQL),
    ),
)
PHONE = Comparison(
    "phone",
    lambda a, b: bool(a.phone and b.phone),
    "phone_l IS NULL OR phone_r IS NULL",
    (
        Level(
            "one in common",
            lambda a, b: bool(_phones(a) & _phones(b)),
            "phone_l = phone_r OR phone_l = other_phone_r"
            " OR other_phone_l = phone_r OR other_phone_l = other_phone_r",
        ),
        Level(
            "one slip of a digit",
            lambda a, b: edits(a.phone, b.phone) <= 1,
            "levenshtein(phone_l, phone_r) <= 1",
        ),
        Level("another", _otherwise, ELSE_SQL),
    ),
)
EMAIL = Comparison(
    "email",
    lambda a, b: bool(a.email and b.email),
    "email_l IS NULL OR email_r IS NULL",
    (
        Level("the same", lambda a, b: a.email == b.email, "email_l = email_r"),
        Level(
            "one or two letters another",
            lambda a, b: edits(a.email, b.email) <= 2,
            "levenshtein(email_l, email_r) <= 2",
        ),
        Level(
            "the same before the @",
            lambda a, b: a.email.partition("@")[0] == b.email.partition("@")[0],
            "split_part(email_l, '@', 1) = split_part(email_r, '@', 1)",
        ),
        Level("another", _otherwise, ELSE_SQL),
    ),
)
COMPARISONS = (NAME, BORN, SEX, PLACE, PHONE, EMAIL)
