from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.lib.local import LONDON
from alongside.foundation.lib.times import (
    age_on,
    read_date,
    read_moment,
    read_timestamp,
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-04T03:05:56", utc(2026, 1, 4, 3, 5, 56)),
        ("2026-07-04T03:05:56", utc(2026, 7, 4, 2, 5, 56)),
        ("2026-07-04 03:05", utc(2026, 7, 4, 2, 5)),
        ("2026-07-04T03:05:56Z", utc(2026, 7, 4, 3, 5, 56)),
        ("2026-07-04T03:05:56+02:00", utc(2026, 7, 4, 1, 5, 56)),
        ("2026-07-04T03:05:56.25", utc(2026, 7, 4, 2, 5, 56, 250_000)),
        ("2026-07-04T00:30:00", utc(2026, 7, 3, 23, 30)),
        ("2026-03-29T01:30:00", utc(2026, 3, 29, 1, 30)),  # an hour that is skipped
        ("2026-10-25T01:30:00", utc(2026, 10, 25, 0, 30)),  # an hour that comes twice
    ],
)
def test_a_timestamp_is_read_in_utc(text, moment):
    assert read_timestamp(text) == moment
    assert read_timestamp(text).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-04-01",
        "31/02/2026",
        "31/02/2026 10:00",
        "2026-02-30T10:00",
    ]
    + ["2026-04-01T25:00:00", "2026-04-01T10:00:00+99:00", "20260401T100000", "12:00"]
    + ["9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00+05:00", "2026-04-01x10:00:00"]
    + ["٢٠٢٦-٠٤-٠١T١٠:٠٠:٠٠", "2026-04-01T10:00:00 "],
)
def test_what_names_no_moment_is_refused(text):
    with pytest.raises(ValueError):
        read_timestamp(text)


def test_a_date_alone_is_the_start_of_that_day_where_it_may_be():
    assert read_moment("2026-07-04") == utc(2026, 7, 3, 23)
    assert read_moment("2026-07-04T03:05:56") == utc(2026, 7, 4, 2, 5, 56)
    with pytest.raises(ValueError):
        read_moment("2026-07")


def test_a_date_is_a_day_that_exists():
    assert read_date("2024-02-29") == date(2024, 2, 29)
    for text in ("2026-02-29", "12.13.1990", "2026-4-1", "20260401", "", "1990-01-01T"):
        with pytest.raises(ValueError):
            read_date(text)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 5, 1), date(2026, 4, 30), 17),
        (date(2008, 5, 1), date(2026, 5, 1), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_age_is_counted_in_whole_years(born, day, age):
    assert age_on(day, born=born) == age


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_local_time_is_read_as_the_calendar_of_london_has_it(moment):
    expected = moment.replace(tzinfo=LONDON).astimezone(UTC)
    assert read_timestamp(moment.isoformat()) == expected
