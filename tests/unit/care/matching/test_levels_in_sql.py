"""DuckDB finds the level that Python finds: what Splink learns is what we weigh."""

from random import Random

import duckdb

from alongside.care.matching.rules.levels import COMPARISONS, DERIVED, ELSE_SQL
from alongside.care.matching.rules.weights import SHIPPED
from alongside.care.matching.types import Levels, Standard
from tests.unit.care.matching.people import nobody

PAIRS = 4000
GIVEN = (
    "Bill",
    "William",
    "Will",
    "John Paul",
    "Ella",
    "Ellie",
    "Mohammed Ali",
    "Smith",
    "",
)
SURNAMES = ("Smith", "Smith-Jones", "Khan", "O'Neill", "Kowalska", "William", "")
BORN = ("1980-03-12", "1980-12-03", "1980-01-01", "1981-01-01", "1955-06-17")
POSTCODES = ("LE1 5YA", "LE1 5YB", "LE12 1AA", "2913", "29", "00-950", "")
ADDRESSES = ("14 High St", "15 High Street", "Flat 2, 1 Mill Lane", "")
PHONES = ("07700900123", "07700900321", "01162549199", "")
EMAILS = ("ann.lee@example.org", "a.lee@example.com", "zed@example.org", "")


def slipped(random, text):
    """The text, one time in three with one or two slips of the hand."""
    for _ in range(random.choice((0, 0, 0, 0, 1, 2))):
        at = random.randrange(len(text) + 1)
        digit = text[at : at + 1].isdigit()
        letter = random.choice("0123456789" if digit else "aeiosth")
        end = text[at + 1 :]
        text = random.choice(
            (text[:at] + letter + end, text[:at] + end, text[:at] + letter + text[at:])
            if not digit
            else (text[:at] + letter + end, text[:at] + end[:1] + text[at] + end[1:])
        )
    return text


def somebody(random):
    def pick(values):
        return slipped(random, value) if (value := random.choice(values)) else ""

    return nobody(
        given_names=pick(GIVEN),
        surname=pick(SURNAMES),
        date_of_birth=pick(BORN),
        gender=random.choice(("f", "m", "")),
        postcode=pick(POSTCODES),
        address=pick(ADDRESSES),
        phones=(pick(PHONES), pick(PHONES)),
        email=pick(EMAILS),
    )


def in_sql(pairs):
    """The levels of each pair, by the SQL of the table."""
    con = duckdb.connect(config={"threads": 1})
    columns = [f"{field}_{side}" for side in "lr" for field in Standard._fields]
    con.execute(f"CREATE TABLE p (n INT, {', '.join(f'{c} TEXT' for c in columns)})")
    rows = [
        (n, *(value or None for record in pair for value in record))
        for n, pair in enumerate(pairs)
    ]
    lists = [list(values) for values in zip(*rows, strict=True)]
    marks = ", ".join(["unnest(?)"] * len(lists))
    con.execute(f"INSERT INTO p SELECT {marks}", lists)
    derived = ", ".join(
        f"{sided(sql, side)} AS {name}_{side}"
        for name, sql in DERIVED.items()
        for side in "lr"
    )
    cases = ", ".join(map(case_sql, COMPARISONS))
    query = f"SELECT {cases} FROM (SELECT *, {derived} FROM p) ORDER BY n"
    return [Levels(*row) for row in con.execute(query).fetchall()]


def sided(sql, side):
    for column in ("given", "surname", "root"):
        sql = sql.replace(column, f"{column}_{side}")
    return sql


def case_sql(comparison):
    whens = [
        f"WHEN {level.sql} THEN {number}" if level.sql != ELSE_SQL else f"ELSE {number}"
        for number, level in enumerate(comparison.levels)
    ]
    return f"CASE WHEN {comparison.unknown_sql} THEN -1 {' '.join(whens)} END"


def test_duckdb_and_python_find_the_same_levels():
    random = Random(20261122)  # noqa: S311  the same pairs each time
    people = [somebody(random) for _ in range(300)]
    pairs = [(random.choice(people), random.choice(people)) for _ in range(PAIRS)]
    quick = [SHIPPED.compare(a, b).levels for a, b in pairs]
    found = in_sql(pairs)
    wrong = [
        (pair, by_python, by_sql)
        for pair, by_python, by_sql in zip(pairs, quick, found, strict=True)
        if by_python != by_sql
    ]
    assert wrong[:3] == []
    for comparison, levels in zip(COMPARISONS, zip(*quick, strict=True), strict=True):
        reached = set(range(-1, len(comparison.levels)))
        assert set(levels) == reached, comparison.field
