from datetime import date

import pytest

from alongside.care.intake.rules import judge, lies_outside
from alongside.care.intake.tables import HOLDS
from alongside.care.intake.types import HOLD_ORDER, Code, ReadRow
from tests.support.feed import make_context, make_raw

CONTEXT = make_context(excluded_offences=frozenset({"45"}))
NO_CONTACT = dict.fromkeys(
    ("mobile_phone", "home_phone", "email", "address_line_1", "postcode"), ""
)
ABUSE = {"flags": "domestic_abuse", "consent_referral": "given"}


def holds(**changes: str) -> tuple[Code, ...]:
    row = judge(make_raw(**changes), CONTEXT)
    assert isinstance(row, ReadRow)
    return row.holds


def test_a_row_with_nothing_against_it_is_not_held():
    assert holds() == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"do_not_contact": "y"}, Code.CHILD_PROTECTION_DO_NOT_CONTACT),
        ({"offence_code": "9999Z"}, Code.UNKNOWN_OFFENCE_CODE),
        ({"flags": "modern_slavery"}, Code.NATIONALLY_COMMISSIONED),
        ({"flags": "police_suspect"}, Code.NATIONALLY_COMMISSIONED),
        ({"consent_referral": "refused"}, Code.NO_CONSENT),
        (NO_CONTACT, Code.INSUFFICIENT_CONTACT_DETAILS),
        (NO_CONTACT | {"mobile_phone": "0"}, Code.INSUFFICIENT_CONTACT_DETAILS),
        (NO_CONTACT | {"email": "none"}, Code.INSUFFICIENT_CONTACT_DETAILS),
        (NO_CONTACT | {"postcode": "LE2 7DT"}, Code.INSUFFICIENT_CONTACT_DETAILS),
        ({"postcode": "NG1 5DT"}, Code.OUT_OF_AREA),
        ({"postcode": "NG1"}, Code.OUT_OF_AREA),
        ({"postcode": "LE2 9ZZ"}, Code.OUT_OF_AREA),
        ({"date_of_birth": "2008-04-02"}, Code.CHILD_WITHOUT_GUARDIAN),
        (ABUSE, Code.NO_SAFE_CONTACT),
        (ABUSE | {"safe_phone": "n"}, Code.NO_SAFE_CONTACT),
        (ABUSE | {"safe_email": "y"}, Code.NO_SAFE_CONTACT),
        (ABUSE | {"safe_voicemail": "y"}, Code.NO_SAFE_CONTACT),
        ({"offence_code": "45"}, Code.EXCLUDED_OFFENCE),
    ],
)
def test_each_reason_alone(changes, code):
    assert holds(**changes) == (code,)


@pytest.mark.parametrize(
    "changes",
    [
        {"do_not_contact": "n"},
        {"offence_code": "9999Z", "record_type": "incident"},
        {"consent_referral": "not_asked"},
        {"consent_referral": ""},
        NO_CONTACT | {"home_phone": "01162549199"},
        NO_CONTACT | {"email": "p@example.org"},
        NO_CONTACT | {"address_line_2": "101 Melton Road"},
        {"postcode": ""},
        {"postcode": "by the park"},
        {"postcode": "LE2 8XX"},  # new houses: not on the list yet
        {"postcode": "LE2"},
        {"date_of_birth": "2008-04-01"},  # eighteen on the day of the report
        {"date_of_birth": "2015-04-01", "guardian_name": "Asha Nanda"},
        {"date_of_birth": ""},
        {"flags": "knife;online"},
        ABUSE | {"safe_phone": "y"},
        ABUSE | {"safe_sms": "y"},
        ABUSE | {"safe_letter": "y"},
        ABUSE | {"safe_email": "y", "email": "p@example.org"},
    ],
)
def test_what_is_not_held(changes):
    assert holds(**changes) == ()


@pytest.mark.parametrize("flag", ["sexual", "domestic_abuse", "homicide"])
@pytest.mark.parametrize("consent", ["", "not_asked", "refused"])
def test_some_crimes_need_a_clear_yes(flag, consent):
    assert Code.NO_CONSENT in holds(flags=flag, consent_referral=consent)
    assert Code.NO_CONSENT not in holds(flags=flag, consent_referral="given")


def test_a_letter_needs_the_first_line_of_the_address():
    address = {"address_line_1": "", "address_line_2": "101 Melton Road"}
    assert holds(**ABUSE, **address, safe_letter="y") == (Code.NO_SAFE_CONTACT,)


def test_a_text_needs_a_mobile():
    phones = {"mobile_phone": "", "home_phone": "01162549199"}
    assert holds(**ABUSE, **phones, safe_sms="y") == (Code.NO_SAFE_CONTACT,)
    assert holds(**ABUSE, **phones, safe_phone="y") == ()


def test_all_reasons_are_kept_and_the_first_of_the_list_leads():
    found = holds(
        flags="sexual",
        consent_referral="refused",
        offence_code="9999Z",
        postcode="NG1 5DT",
        date_of_birth="2020-01-01",
    )
    assert found == (
        Code.UNKNOWN_OFFENCE_CODE,
        Code.NO_CONSENT,
        Code.OUT_OF_AREA,
        Code.CHILD_WITHOUT_GUARDIAN,
        Code.NO_SAFE_CONTACT,
    )


def test_an_unknown_postcode_in_the_area_is_marked_unverified():
    row = judge(make_raw(postcode="LE2 8XX"), CONTEXT)
    assert isinstance(row, ReadRow)
    assert row.postcode_verified is False


def test_a_postcode_on_the_areas_list_is_inside_whatever_else_it_is_on():
    both = make_context(elsewhere=frozenset({"LE27DT"}))
    assert not lies_outside("LE2 7DT", both)
    assert lies_outside("LE2 9ZZ", make_context())


def test_age_is_taken_on_the_day_of_the_report_in_london():
    # Half past midnight in London is still the day before in UTC.
    row = judge(
        make_raw(date_of_birth="2008-07-04", reported_at="2026-07-04T00:30:00"),
        CONTEXT,
    )
    assert isinstance(row, ReadRow)
    assert row.date_of_birth == date(2008, 7, 4)
    assert row.holds == ()


def test_every_reason_has_words_and_a_way_forward():
    assert tuple(HOLDS) == HOLD_ORDER
    for reason in HOLDS.values():
        assert reason.words.endswith(".")
        assert reason.way_forward.endswith(".")
