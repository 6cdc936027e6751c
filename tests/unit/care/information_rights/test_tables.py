"""The rows of data hold together, and slips are caught."""

import pytest

from alongside.care.casework.types import CountsAs
from alongside.care.information_rights import tables
from alongside.care.information_rights.tables import DATA, RETENTION
from alongside.care.information_rights.types import LimitCode
from alongside.foundation.lib.datafile import BadDataFile


def text(name):
    return (DATA / name).read_text(encoding="utf-8")


def test_every_way_a_case_can_end_has_one_rule():
    covered = [ending for row in RETENTION for ending in row.endings]
    assert sorted(covered) == sorted(CountsAs)


def test_the_database_asks_for_a_second_factor_as_fresh_as_the_data_says():
    sql = (DATA.parents[2] / "walls/sql/functions/070_rights.sql").read_text()
    number = tables.limit(LimitCode.FRESH_MINUTES)
    assert f"minutes CONSTANT int := {number};" in sql


@pytest.mark.parametrize(
    ("load", "name", "old", "new"),
    [
        ("load_rights", "rights.toml", 'kind = "objection"', 'kind = "access"'),
        ("load_limits", "limits.toml", 'code = "batch"', 'code = "notice_days"'),
        ("load_exemptions", "exemptions.toml", '["child', '["x'),
        ("load_retention", "retention.toml", "endings = []", 'endings = ["x"]'),
        ("load_retention", "retention.toml", "months = 72", "months = 72\ndays = 1"),
        ("load_bands", "retention.toml", "least = 0", "least = 70"),
        ("load_held", "held.toml", 'hidden = ["id", ', 'hidden = ["made_at", '),
        ("load_held", "held.toml", 'free = ["words"]', 'free = ["wrods"]'),
    ],
)
def test_a_slip_stops_the_service(load, name, old, new):
    was = text(name)
    if old not in was:
        old, new = 'kinds = ["access"]', 'kinds = ["x"]'
    with pytest.raises(BadDataFile):
        getattr(tables, load)(was.replace(old, new))
