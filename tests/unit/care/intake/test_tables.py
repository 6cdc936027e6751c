import pytest

from alongside.care.intake.tables import (
    COLUMNS,
    DATA,
    VALUES,
    load_columns,
    load_holds,
    load_limits,
    load_values,
)
from alongside.care.intake.types import ColumnKind, DeliveryKind
from alongside.care.journey.types import ProgressEvent
from alongside.foundation.lib.datafile import BadDataFile
from alongside.foundation.reference.tables import ETHNICITIES, OUTCOMES


def text(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("load", "name", "old", "new"),
    [
        (load_columns, "feed_columns.csv", "force_code,text", "force_code,prose"),
        (load_columns, "feed_columns.csv", "crime_ref,text,y", "crime_ref,text,yes"),
        (load_columns, "feed_columns.csv", "person_ref", "crime_ref"),
        (load_values, "feed_values.csv", "action,update", "action,new"),
        (load_values, "feed_values.csv", ",local,", ",hearsay,"),
        (load_holds, "holds.toml", 'code = "no_consent"', 'code = "created"'),
        (load_holds, "holds.toml", "words = ", "reason = "),
        (load_holds, "holds.toml", '"guardian_needed"', '"guardian"'),
        (load_limits, "limits.toml", 'code = "oldest_age"', 'code = "old"'),
        (load_limits, "limits.toml", "number = 18", 'number = "many"'),
    ],
)
def test_a_slip_in_the_data_is_refused(load, name, old, new):
    good = text(name)
    assert old in good
    with pytest.raises(BadDataFile):
        load(good.replace(old, new, 1))


def test_an_ended_row_is_history():
    row = text("feed_values.csv").splitlines()[2]
    ended = row + "2026-01-01"
    assert "new" not in load_values(text("feed_values.csv").replace(row, ended)).get(
        "action", {}
    )


def test_every_coded_column_has_its_values():
    coded = {
        column.name
        for kind in DeliveryKind
        for column in COLUMNS[kind]
        if column.kind is ColumnKind.CODE and column.name != "gender"
    }
    assert coded | {"date_of_birth"} == VALUES.keys()


def test_the_feed_and_the_rest_of_the_service_know_the_same_codes():
    assert set(VALUES["event"]) == set(ProgressEvent)
    columns = {column.name: column for column in COLUMNS[DeliveryKind.REFERRALS]}
    ethnicity, outcome = columns["ethnicity_self"], columns["outcome_type"]
    assert set(range(ethnicity.lowest, ethnicity.highest + 1)) == set(ETHNICITIES)
    numbers = {int("".join(filter(str.isdigit, code))) for code in OUTCOMES} - {0}
    assert set(range(outcome.lowest, outcome.highest + 1)) == numbers
