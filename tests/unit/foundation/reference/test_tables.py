import csv
import gzip
from datetime import date, timedelta

import pytest

from alongside.foundation.lib.datafile import BadDataFile
from alongside.foundation.reference import tables
from alongside.foundation.reference.tables import DATA

LOADERS = {
    "offences.csv": tables.load_offences,
    "outcomes.csv": tables.load_outcomes,
    "ethnicity.csv": tables.load_ethnicities,
    "genders.csv": tables.load_genders,
    "flags.csv": tables.load_flags,
    "bank_holidays.csv": tables.load_bank_holidays,
    "llr_districts.csv": tables.load_districts,
}


def text(name):
    return (DATA / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOADERS)
def test_every_row_says_where_it_comes_from(name):
    for row in LOADERS[name](text(name)):
        assert row.source
        assert row.confidence


@pytest.mark.parametrize("name", LOADERS)
def test_a_row_without_a_source_is_refused(name):
    source = next(csv.DictReader(text(name).splitlines()))["source"]
    quoted = f'"{source}"' if "," in source else source
    broken = text(name).replace(quoted, "", 1)
    assert broken != text(name)

    with pytest.raises(BadDataFile, match=f"{name}, line 2: source is missing"):
        LOADERS[name](broken)


@pytest.mark.parametrize("name", LOADERS)
def test_the_same_code_twice_is_refused(name):
    lines = text(name).splitlines()

    with pytest.raises(BadDataFile):
        LOADERS[name]("\n".join([*lines, lines[1]]))


def test_a_code_may_not_come_back_later():
    head = text("offences.csv").splitlines()[0]
    row = "1,Murder,G,S,A source,memory,2000-01-01,2001-01-01"
    again = "1,Murder,G,S,A source,memory,2001-01-01,"

    with pytest.raises(BadDataFile, match="appears twice"):
        tables.load_offences("\n".join([head, row, again]))


def test_a_holiday_at_the_weekend_is_refused():
    text = "on,title,source,confidence\n2026-12-26,Boxing Day,A source,memory"

    with pytest.raises(BadDataFile, match="substitute day"):
        tables.load_bank_holidays(text)


def test_the_offences_carry_todays_groups():
    assert tables.get_offence("28E").subgroup == "Residential burglary"
    assert tables.get_offence("4.8").subgroup.startswith("Death or serious injury")
    assert tables.get_offence("99").group == "Miscellaneous crimes against society"
    assert len({row.group for row in tables.OFFENCES.values()}) == 10


def test_an_offence_code_nobody_knows_is_an_error():
    with pytest.raises(tables.UnknownCode):
        tables.get_offence("9999Z")


def test_the_flags_say_what_the_feed_format_says():
    assert {
        *("domestic_abuse", "sexual", "stalking", "honour_based", "child_abuse"),
        "child_sexual_exploitation",
    } == tables.HIGH_RISK_FLAGS
    assert {
        *("homicide", "fatal_collision", "modern_slavery", "police_suspect"),
    } == tables.NATIONALLY_COMMISSIONED_FLAGS
    assert {
        *("sexual", "domestic_abuse", "child_sexual_exploitation"),
        *("homicide", "fatal_collision"),
    } == tables.EXPLICIT_CONSENT_FLAGS
    assert len(tables.FLAGS) == 21


def test_the_other_lists_are_whole():
    assert sorted(tables.ETHNICITIES) == list(range(1, 20))
    assert {"0", *(str(n) for n in range(1, 23))} <= tables.OUTCOMES.keys()
    assert not tables.OUTCOMES["0"].positive
    assert [g.also for g in tables.GENDERS.values() if g.also] == ["M", "F"]
    assert len(tables.DISTRICTS) == 9


def test_every_year_has_its_holidays():
    usual = dict.fromkeys(range(2006, 2029), 8)
    # A wedding; a jubilee; the funeral and a jubilee; the coronation.
    expected = usual | {2011: 9, 2012: 9, 2022: 10, 2023: 9}

    years = [day.year for day in tables.CLOSED_DAYS]

    assert {year: years.count(year) for year in set(years)} == expected


@pytest.mark.parametrize("year", range(2006, 2029))
def test_easter_falls_on_the_right_sunday(year):
    easter = _easter(year)

    assert easter - timedelta(days=2) in tables.CLOSED_DAYS
    assert easter + timedelta(days=1) in tables.CLOSED_DAYS


def _easter(year):
    """Gauss's method, as corrected; unlike the one the file was written with."""
    moon = (19 * (year % 19) + 24) % 30
    week = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    return date(year, 3, 22) + timedelta(days=moon + week)


@pytest.mark.parametrize(
    "day",
    ["2015-12-28", "2016-12-27", "2020-05-08", "2021-12-28", "2022-01-03"]
    + ["2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08", "2026-12-28"],
)
def test_the_days_that_are_out_of_the_ordinary(day):
    assert date.fromisoformat(day) in tables.CLOSED_DAYS


def test_days_that_moved_are_open():
    assert date(2020, 5, 4) not in tables.CLOSED_DAYS
    assert date(2022, 5, 30) not in tables.CLOSED_DAYS


def test_postcodes_are_read_whole():
    rows = list(tables.read_postcodes())

    assert len(rows) == len({row.postcode for row in rows}) == 22_616
    assert {row.district_code for row in rows} == tables.DISTRICTS.keys()


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("LE1 5YA,E06000016,10", "postcode is malformed"),
        ("le15ya,E06000016,10", "postcode is malformed"),
        ("LE15YA,E99999999,10", "lad_code is unknown"),
    ],
)
def test_a_postcode_out_of_shape_is_refused(tmp_path, line, complaint):
    path = tmp_path / "postcodes.csv.gz"
    path.write_bytes(gzip.compress(f"postcode,lad_code,quality\n{line}\n".encode()))

    with pytest.raises(BadDataFile, match=f"line 2: {complaint}"):
        list(tables.read_postcodes(path))
