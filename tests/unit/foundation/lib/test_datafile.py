from datetime import date

import pytest

from alongside.foundation.lib.datafile import (
    BadDataFile,
    Row,
    read_csv,
    read_rows,
    read_toml,
)
from alongside.foundation.lib.provenance import Confidence, Sourced

GOOD = {
    "source": "A source",
    "confidence": "memory",
    "in_force_from": date(2020, 1, 1),
}


def sourced(row):
    return Sourced(**row.provenance())


def read(*rows):
    return read_rows(
        (Row(f"row {n}", row) for n, row in enumerate(rows)), sourced, key=lambda _: 1
    )


def test_a_row_carries_where_it_comes_from():
    (row,) = read(GOOD)

    assert row.source == "A source"
    assert row.confidence is Confidence.MEMORY


def test_a_row_holds_from_its_first_day_until_the_day_before_its_end():
    (row,) = read({**GOOD, "in_force_until": date(2020, 2, 1)})

    assert not row.holds_on(date(2019, 12, 31))
    assert row.holds_on(date(2020, 1, 1))
    assert row.holds_on(date(2020, 1, 31))
    assert not row.holds_on(date(2020, 2, 1))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"source": ""}, "source is missing"),
        ({"source": " padded "}, "source must be text"),
        ({"source": 7}, "source must be text"),
        ({"confidence": "certain"}, "confidence must be one of official"),
        ({"confidence": ""}, "confidence is missing"),
        ({"in_force_from": None}, "in_force_from is missing"),
        ({"in_force_from": "1 May"}, "in_force_from must be a date"),
        ({"in_force_from": date(1066, 10, 14)}, "too far away"),
        ({"in_force_until": date(2020, 1, 1)}, "must be after in_force_from"),
        ({"in_force_form": date(2020, 1, 1)}, "in_force_form is not a field"),
    ],
)
def test_a_slip_is_refused_and_named(change, complaint):
    with pytest.raises(BadDataFile, match=f"row 0: .*{complaint}|{complaint}"):
        read({**GOOD, **change})


def test_two_rows_may_follow_one_another_and_not_overlap():
    first = {**GOOD, "in_force_until": date(2021, 1, 1)}

    assert len(read(first, {**GOOD, "in_force_from": date(2021, 1, 1)})) == 2
    with pytest.raises(BadDataFile, match="two rows in force on one day"):
        read(first, {**GOOD, "in_force_from": date(2020, 12, 31)})
    with pytest.raises(BadDataFile, match="two rows in force on one day"):
        read(GOOD, {**GOOD, "in_force_from": date(2021, 1, 1)})


@pytest.mark.parametrize(
    ("take", "value", "complaint"),
    [
        (Row.whole, None, "is missing"),
        (Row.whole, "-1", "whole number"),
        (Row.whole, True, "whole number"),
        (Row.yes, "maybe", "yes or no"),
        (Row.yes, None, "yes or no"),
        (Row.names, "one", "list of words"),
        (Row.names, ["a", "a"], "one thing twice"),
        (Row.table, "x", "must be a table"),
    ],
)
def test_a_field_of_the_wrong_shape_is_refused(take, value, complaint):
    with pytest.raises(BadDataFile, match=f"here: it .*{complaint}"):
        take(Row("here", {"it": value}), "it")


def test_defaults_are_given_to_every_row_and_may_be_overruled():
    text = "[defaults.a]\nx = 1\n[[a]]\n[[a]]\nx = 2\n"

    rows = read_toml(text, "a", name="file")

    assert [row.whole("x") for row in rows] == [1, 2]


@pytest.mark.parametrize("text", ["not toml", "[[b]]\n", ""])
def test_a_file_without_the_rows_is_refused(text):
    with pytest.raises(BadDataFile, match="file: "):
        list(read_toml(text, "a", name="file"))


@pytest.mark.parametrize("line", ["1", "1,2,3"])
def test_a_line_with_too_few_or_too_many_fields_is_refused(line):
    with pytest.raises(BadDataFile, match="line 2: has the wrong number"):
        list(read_csv(f"a,b\n{line}\n", name="file"))
