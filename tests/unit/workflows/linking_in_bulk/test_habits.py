"""How a file writes dates and names is seen from the file."""

import pytest

from alongside.care.matching.rules.standard import standardise
from alongside.workflows.linking_in_bulk.habits import (
    find_habits,
    part_name,
    read_born,
)


def row(given="Ann", surname="Lee", born=""):
    return (given, surname, born, "", "", "", "", "")


def test_the_month_comes_first_where_no_month_could_be_as_high():
    american = [row(born=born) for born in ("03/04/1980", "11/25/1971", "1/2/1990")]
    british = [row(born=born) for born in ("03/04/1980", "25/11/1971", "1/2/1990")]
    assert find_habits(american).read(row(born="03/04/1980"))[2] == "1980-03-04"
    assert find_habits(british).read(row(born="03/04/1980"))[2] == "1980-04-03"
    # Nothing told: the British way.
    assert find_habits(british[:1]).read(row(born="03/04/1980"))[2] == "1980-04-03"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1850", "1850"),
        ("c.1850", "1850"),
        ("about 1850", "1850"),
        ("Circa 1850", "1850"),
        ("1850?", "1850"),
        ("1850-00-00", "1850"),
        ("1850-05-00", "1850"),
        ("1850-05", "1850"),
        ("18500000", "1850"),
        ("00/00/1850", "1850"),
        ("17/00/1850", "1850"),
        ("17/05/1850", "1850-05-17"),
        ("17.5.85", "1985-05-17"),
        ("17.5.12", "2012-05-17"),
        ("1850-05-17", "1850-05-17"),
        ("18500517", "18500517"),
        ("17 May 1850", "17 May 1850"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_dates_of_every_kind(written, read):
    assert read_born(written, month_first=False) == read


@pytest.mark.parametrize("written", ["c.1850", "1850-00-00", "31/31/1850", "99/99/99"])
def test_what_is_read_never_fails_to_be_standardised(written):
    standardise(
        given_names="",
        surname="",
        date_of_birth=read_born(written, month_first=True),
        gender="",
        postcode="",
        address="",
        phones=(),
        email="",
    )


def test_whole_names_in_one_column_are_parted():
    names = [row(given=name, surname="") for name in ("Ann Lee", "Lee, Ann", "Cher")]
    habits = find_habits(names)
    assert [habits.read(one)[:2] for one in names] == [
        ("Ann", "Lee"),
        ("Ann", "Lee"),
        ("", "Cher"),
    ]
    surnames = [row(given="", surname="Ann Mary Lee")]
    assert find_habits(surnames).read(surnames[0])[:2] == ("Ann Mary", "Lee")


def test_names_in_two_columns_or_of_one_word_stay():
    both = [row(given="Ann Mary"), row(given="Bob", surname="")]
    assert find_habits(both).read(both[0])[:2] == ("Ann Mary", "Lee")
    alone = [row(given="Ann", surname=""), row(given="Bob", surname="")]
    assert find_habits(alone).read(alone[0])[:2] == ("Ann", "")


@pytest.mark.parametrize(
    ("whole", "parts"),
    [("Lee", ("", "Lee")), ("", ("", "")), ("Lee, ", ("", "Lee")), (",", ("", ""))],
)
def test_names_of_one_word_are_surnames(whole, parts):
    assert part_name(whole) == parts
