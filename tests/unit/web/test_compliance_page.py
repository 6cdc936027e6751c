"""What the page of kept promises says about its own picture."""

from datetime import date

import pytest

from alongside.care.journey.types.compliance import CountBy, Kept
from alongside.web.owed.compliance_pages import Chosen, compliance
from alongside.web.periods import period
from alongside.workflows.read_compliance import Compliance, Group

ON = date(2026, 11, 20)
WHOLE = dict.fromkeys(Kept, 10)


def page(*groups):
    found = Compliance(
        total=WHOLE,
        owed=30,
        groups=tuple(
            Group(code=str(place), label=f"Group {place}", counts=WHOLE | {part: None})
            if part
            else Group(code=str(place), label=f"Group {place}", counts=WHOLE)
            for place, part in enumerate(groups)
        ),
        reasons=(),
        crimes=0,
        without=0,
    )
    time = period("", ON, whole_months=True)
    chosen = Chosen(period=time, by=CountBy.RIGHT, holder=None, right=None)
    return compliance(found, chosen, on=ON)


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ((None, Kept.MISSED), "1 line of the table"),
        ((None, Kept.MET, Kept.LATE), "2 lines of the table"),
    ],
)
def test_what_the_picture_leaves_out_is_said(groups, said):
    made = page(*groups)

    assert len(made.chart.months) == 1
    assert len(made.table.rows) == len(groups) + 1
    assert [note for note in made.notes if said in note]


def test_a_whole_picture_says_nothing():
    assert not [note for note in page(None, None).notes if "picture" in note]


def test_without_any_picture_nothing_is_said_of_it():
    made = page(Kept.MET)

    assert made.chart is None
    assert not [note for note in made.notes if "picture" in note]
