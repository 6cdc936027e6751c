"""What a force wrote, as a page says it."""

import pytest

from alongside.care.intake.tables import COLUMNS
from alongside.care.intake.types import DeliveryKind
from alongside.web.intake.said import say_value

BY_NAME = {column.name: column for column in COLUMNS[DeliveryKind.REFERRALS]}


@pytest.mark.parametrize(
    ("column", "written", "said"),
    [
        ("safe_phone", "y", "Yes"),
        ("safe_phone", "N", "No"),
        ("safe_phone", "perhaps", "perhaps"),
        ("flags", "domestic_abuse;knife", "Domestic abuse, knife"),
        ("date_of_birth", "1973-07-06", "6 July 1973"),
        ("date_of_birth", "06/07/1973", "06/07/1973"),
        ("reported_at", "2026-07-01T05:24:00", "1 July 2026 at 05:24"),
        ("reported_at", "2026-07-01T05:24:00Z", "1 July 2026 at 06:24"),
        ("occurred_from", "2026-03-30", "30 March 2026"),
        ("occurred_from", "2026-03-30T15:24:00", "30 March 2026 at 15:24"),
        ("ethnicity_self", "17", "Other: Arab (17)"),
        ("ethnicity_self", "99", "99"),
        ("outcome_type", "1", "Charged or summonsed (1)"),
        ("surname", " de  la Cruz ", " de  la Cruz "),
    ],
)
def test_spells_out_what_has_words_and_corrects_nothing(column, written, said):
    assert say_value(BY_NAME[column], written) == said
