"""The eight needs: one list for what is asked and for what is planned."""

import pytest

from alongside.care.instruments.tables import INSTRUMENTS, NEEDS
from alongside.care.instruments.tables.limits import DATA
from alongside.care.instruments.tables.needs import load_needs
from alongside.foundation.lib.datafile import BadDataFile

TEXT = (DATA / "needs.toml").read_text(encoding="utf-8")
ASKED = {question for need in NEEDS.values() for question in need.questions}


def test_the_needs_assessment_asks_about_each_once():
    asked = INSTRUMENTS["needs", 1].scores[0].questions
    about = [code for q in asked for code, need in NEEDS.items() if q in need.questions]
    assert about == list(NEEDS) == [f"N{number}" for number in range(1, 9)]


@pytest.mark.parametrize(
    ("change", "to"),
    [
        ('code = "N8"', 'code = "N9"'),
        ('["n8_social"]', "[]"),
        ('["n8_social"]', '["n7_outlook"]'),
        ('["n8_social"]', '["nobody_asks"]'),
    ],
)
def test_a_list_that_does_not_fit_what_is_asked_is_refused(change, to):
    assert load_needs(TEXT, asked=ASKED | {"safe"}).keys() == NEEDS.keys()
    with pytest.raises(BadDataFile):
        load_needs(TEXT.replace(change, to), asked=ASKED)
