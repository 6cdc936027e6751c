"""What is not known of people is one group, however it came to be not known."""

from collections import Counter

import pytest

from alongside.care.journey.types.compliance import CountBy, Keeping, Kept
from alongside.workflows.read_compliance import _merged


def kept(number: int) -> Keeping:
    return Keeping(states=Counter({Kept.MET: number}))


@pytest.mark.parametrize(
    ("by", "said"), [(CountBy.ETHNICITY, "19"), (CountBy.SEX, "not_known")]
)
def test_said_to_be_not_known_and_nothing_said_are_one_group(
    by: CountBy, said: str
) -> None:
    merged = _merged({said: kept(7), "": kept(6)}, by)

    assert {code: one.states[Kept.MET] for code, one in merged.items()} == {"": 13}
