import pytest

from alongside.care.casework import rules, tables
from alongside.care.casework.tables import FILE
from alongside.care.casework.types import CaseStatus, CountsAs
from alongside.foundation.lib.datafile import BadDataFile

TEXT = FILE.read_text(encoding="utf-8")


def test_the_outcomes_published_after_the_first_year_are_all_there():
    assert {
        *("supported_enhanced", "supported_basic_declined_ongoing"),
        *("no_answer_info_posted", "bad_contact_details_returned_to_referrer"),
        "no_answer_unsafe_to_leave_message_returned_to_referrer",
        *("out_of_area_signposted", "unknown"),
    } <= tables.DISPOSITIONS.keys()


def test_no_case_can_be_closed_as_not_known():
    assert "unknown" not in {row.code for row in tables.choices()}
    assert all(row.counts_as is not CountsAs.NOT_KNOWN for row in tables.choices())


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ("may_choose = false", "may_choose = true", "would lose sight of a case"),
        ('counts_as = "declined"', 'counts_as = "lost"', "counts_as must be one of"),
        ('label = "Declined support"', 'label = ""', "label is missing"),
        ('code = "declined"', 'code = "died"', "two rows in force"),
        ("needs_reason = false", "", "needs_reason must say yes or no"),
    ],
)
def test_a_disposition_with_a_slip_is_refused(was, becomes, complaint):
    assert was in TEXT
    with pytest.raises(BadDataFile, match=complaint):
        tables.load_dispositions(TEXT.replace(was, becomes, 1))


def test_every_status_has_its_moves():
    assert rules.MOVES.keys() == set(CaseStatus)


@pytest.mark.parametrize(
    ("start", "end", "may"),
    [
        ("open", "closed", True),
        ("open", "suspended", True),
        ("suspended", "open", True),
        ("suspended", "closed", True),
        ("closed", "open", True),
        ("closed", "suspended", False),
        ("open", "open", False),
    ],
)
def test_the_moves_of_a_case(start, end, may):
    assert rules.can_move(CaseStatus(start), CaseStatus(end)) is may
