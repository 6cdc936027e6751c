"""The times to choose from above counts, worked out by hand."""

from datetime import date

from alongside.web.periods import Period, period, periods


def told(found: tuple[Period, ...]) -> list[tuple[str, str, str]]:
    return [(one.label, f"{one.since}", f"{one.until}") for one in found]


def test_in_the_house_they_run_until_today() -> None:
    found = told(periods(date(2026, 11, 22)))
    assert found[:3] == [
        ("The last 12 months", "2025-11-22", "2026-11-23"),
        ("April 2026 to March 2027", "2026-04-01", "2027-04-01"),
        ("April 2025 to March 2026", "2025-04-01", "2026-04-01"),
    ]
    assert found[3] == ("October to December 2026", "2026-10-01", "2027-01-01")
    assert found[-1] == ("April to June 2025", "2025-04-01", "2025-07-01")


def test_whole_months_end_with_the_last_that_is_over() -> None:
    found = told(periods(date(2026, 11, 22), whole_months=True))
    assert found[:5] == [
        ("The last 12 whole months", "2025-11-01", "2026-11-01"),
        ("April 2026 to October 2026, so far", "2026-04-01", "2026-11-01"),
        ("April 2025 to March 2026", "2025-04-01", "2026-04-01"),
        ("October 2026, so far", "2026-10-01", "2026-11-01"),
        ("July to September 2026", "2026-07-01", "2026-10-01"),
    ]
    assert periods(date(2026, 11, 1), whole_months=True) == periods(
        date(2026, 11, 30), whole_months=True
    )


def test_a_year_that_began_today_has_no_whole_month() -> None:
    codes = [one.code for one in periods(date(2026, 4, 30), whole_months=True)]
    assert codes[:3] == ["", "y2025", "q202601"]
    assert period("y2026", date(2026, 4, 30), whole_months=True).code == ""


def test_the_28th_of_february_is_there_each_year() -> None:
    assert periods(date(2028, 2, 29))[0].since == date(2027, 2, 28)
