from datetime import UTC, date, datetime

import pytest

from alongside.care.intake.rules import judge
from alongside.care.intake.types import (
    Action,
    ExtractHead,
    Identity,
    RawRow,
    ReadRow,
    RecordType,
    Role,
    RowFault,
)
from tests.support.feed import HEAD, make_context, make_raw

CONTEXT = make_context()


def read(**changes: str) -> ReadRow:
    found = judge(make_raw(**changes), CONTEXT)
    assert isinstance(found, ReadRow)
    return found


def fault(**changes: str) -> RowFault:
    found = judge(make_raw(**changes), CONTEXT)
    assert isinstance(found, RowFault)
    return found


def test_a_row_is_read_in_full():
    row = read(
        flags=" domestic_abuse;knife;; domestic_abuse",
        ethnicity_self="10",
        interpreter_needed="y",
        address_line_2="",
        address_line_3="Stoneygate",
        mobile_phone="07700 900123",
        email="P.Nanda@example.org",
        postcode="le27dt",
        location_postcode="LE1",
        outcome_type="1a",
        dash_yes_count="0",
        occurred_to="2026-03-31",
        acknowledged_on="2026-04-02",
        suspect_ref="S1",
    )
    assert row.identity == Identity(
        "leicestershire", "niche", "26011004742", "N5769614"
    )
    assert row.action is Action.NEW
    assert row.record_type is RecordType.CRIME
    assert row.role is Role.VICTIM
    assert row.reported_at == datetime(2026, 4, 1, 4, 24, tzinfo=UTC)
    assert row.recorded_at is None
    assert row.occurred_to == datetime(2026, 3, 30, 23, 0, tzinfo=UTC)
    assert row.flags == ("domestic_abuse", "knife")
    assert row.high_risk is True
    assert row.ethnicity_self == 10
    assert row.interpreter_needed is True
    assert row.repeat_victim is None
    assert row.address_lines == ("101 Melton Road", "", "Stoneygate")
    assert row.mobile_phone == "+447700900123"
    assert row.mobile_phone_as_given == "07700 900123"
    assert row.email == "p.nanda@example.org"
    assert row.postcode == "LE2 7DT"
    assert row.postcode_verified is True
    assert row.location_postcode == "LE1"
    assert row.outcome_type == "1A"
    assert row.dash_yes_count == 0
    assert row.acknowledged_on == date(2026, 4, 2)
    assert row.suspect_ref == "S1"


def test_what_cannot_be_read_as_a_way_of_contact_is_kept_as_given():
    row = read(mobile_phone="ask mum", email="none", postcode="by the park")
    assert (row.mobile_phone, row.email, row.postcode) == (None, "", "")
    assert row.mobile_phone_as_given == "ask mum"
    assert (row.email_as_given, row.postcode_as_given) == ("none", "by the park")
    assert row.postcode_verified is False
    assert row.holds == ()  # the address is there


@pytest.mark.parametrize(
    ("changes", "column", "value"),
    [
        ({"role": "Victim"}, "role", Role.VICTIM),
        ({"gender": "M"}, "gender", "male"),
        ({"gender": "f"}, "gender", "female"),
        ({"safe_phone": "Y"}, "safe_phone", True),
        ({"date_of_birth": "1900-01-01"}, "date_of_birth", None),
        ({"offence_code": " 8n "}, "offence_code", "8N"),
        ({"surname": "  Nanda "}, "surname", "Nanda"),
        ({"reported_at": "2026-03-30T15:24:00"}, "occurred_to", None),
        ({"language": "pt-BR"}, "language", "pt-BR"),
        ({"consent_referral": ""}, "consent_referral", ""),
        ({"status": "CHARGED"}, "status", "charged"),
    ],
)
def test_what_is_plain_enough_is_taken(changes, column, value):
    assert getattr(read(**changes), column) == value


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        ("feed_version", "2", "not one of 1"),
        ("force_code", "kent", "not the force of this delivery"),
        ("force_code", "", "missing"),
        ("extract_id", "LEI-2", "not the extract of this delivery"),
        ("extracted_at", "last night", "date and time"),
        ("action", "delete", "not one of new, update, withdraw"),
        ("record_type", "", "missing"),
        ("crime_ref", "x" * 101, "longer than 100"),
        ("person_ref", "  ", "missing"),
        ("role", "suspect", "not one of"),
        ("reported_at", "", "missing"),
        ("reported_at", "yesterday", "date and time"),
        ("reported_at", "2026-04-02", "date and time"),
        ("reported_at", "2099-01-01T00:00:00", "future"),
        ("reported_at", "2026-09-29T02:16:00", "later than extracted_at"),
        ("reported_at", "2026-03-30T15:23:00", "before occurred_from"),
        ("recorded_at", "soon", "date and time"),
        ("occurred_from", "in spring", "or a date"),
        ("offence_code", "", "missing"),
        ("offence_code", "8" * 21, "longer than 20"),
        ("flags", "domestic_abuse;arson", "is not a list, parted by ;, of domestic"),
        ("flags", "knife;" * 200, "is not a list"),
        ("status", "lost", "not one of"),
        ("outcome_type", "23", "from 1 to 22"),
        ("outcome_type", "0", "from 1 to 22"),
        ("outcome_on", "01/04/2026", "date such as"),
        ("date_of_birth", "12.13.1990", "date such as"),
        ("date_of_birth", "2099-05-05", "future"),
        ("date_of_birth", "2026-04-02", "after the day of the report"),
        ("date_of_birth", "1850-01-01", "older than 120"),
        ("gender", "x", "not one of"),
        ("ethnicity_self", "20", "from 1 to 19"),
        ("ethnicity_self", "-1", "from 1 to 19"),
        ("language", "p", "language tag"),
        ("interpreter_needed", "maybe", "y or n"),
        ("adjustments", "x" * 4001, "longer than"),
        ("safe_letter", "1", "y or n"),
        ("preferred_method", "fax", "not one of"),
        ("consent_referral", "yes", "not one of"),
        ("consent_on", "2026-13-01", "date such as"),
        ("relationship_to_suspect", "cousin", "not one of"),
        ("dash_yes_count", "25", "from 0 to 24"),
        ("asb_risk", "extreme", "not one of"),
        ("needs_assessed_on", "x", "date such as"),
        ("mobile_phone", "0" * 61, "longer than 60"),
    ],
)
def test_a_fault_names_its_column_and_says_what_was_expected(column, text, words):
    found = fault(**{column: text})
    assert found.column == column
    assert words in found.reason
    assert not text.strip() or len(text) < 3 or text not in found.reason


def test_a_name_is_needed_but_either_will_do():
    assert read(surname="").given_names == "Paul Christian"
    assert read(given_names="").surname == "Nanda"
    assert fault(surname="", given_names=" ").column == "surname"


def test_an_incident_needs_no_offence_code():
    assert read(record_type="incident", offence_code="").holds == ()


def test_the_first_fault_in_the_order_of_the_format_is_told():
    assert fault(asb_risk="x", reported_at="2099-01-01T00:00:00").column == (
        "reported_at"
    )
    assert fault(recorded_at="x", force_code="kent").column == "force_code"
    assert fault(role="x", record_type="", surname="").column == "record_type"
    assert fault(given_names="", surname="", date_of_birth="x").column == "surname"


def test_a_row_that_was_never_read_keeps_its_fault():
    broken = RowFault("row", "has 60 fields, the header has 62")
    assert judge(RawRow(1, "", None, broken), CONTEXT) is broken


def test_a_report_made_on_the_day_of_birth_is_taken_by_the_calendar_of_london():
    row = read(
        date_of_birth="2026-07-04",
        reported_at="2026-07-04T00:30:00",
        guardian_name="Asha Nanda",
    )
    assert row.reported_at.date() == date(2026, 7, 3)


def test_content_leaves_out_which_extract_said_it():
    later = make_context(head=ExtractHead("leicestershire", "LEI-2", HEAD.extracted_at))
    again = judge(make_raw(extract_id="LEI-2", action="update"), later)
    assert isinstance(again, ReadRow)
    assert again.content_hash == read().content_hash


@pytest.mark.parametrize("column", ["status", "surname", "suspect_ref", "crime_ref"])
def test_content_covers_every_other_column(column):
    changed = {"status": "charged"}.get(column, "other")
    assert read(**{column: changed}).content_hash != read().content_hash


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"status": "charged"}, True),
        ({"crime_ref": "26011009999"}, True),
        ({"consent_referral": "given"}, True),
        ({"surname": "Nander"}, False),
        ({"safe_phone": "n"}, False),
        ({"guardian_name": "Asha Nanda"}, False),
        ({"do_not_contact": "n"}, False),
    ],
)
def test_the_hash_of_the_person_covers_the_person_alone(changes, same):
    assert (read(**changes).person_hash == read().person_hash) is same
