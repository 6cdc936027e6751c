"""The picture of the evidence says what the numbers say."""

import pytest

from alongside.web.components.evidence import Step, WeightFall
from alongside.web.templatetags.components import component
from tests.browser.gallery.samples import FALL, MONTHS


def ends(step):
    start, width = (float(text.rstrip("%")) for text in (step.start, step.width))
    return start, start + width


def test_each_bar_starts_where_the_one_above_ends():
    prior, name, born, sex, total = FALL.drawn
    nought = float(FALL.nought_at.rstrip("%"))
    assert ends(prior) == pytest.approx((0, nought), abs=0.02)
    assert ends(name)[0] == pytest.approx(0, abs=0.02)
    assert ends(born)[0] == pytest.approx(ends(name)[1], abs=0.02)
    assert ends(sex)[1] == pytest.approx(ends(born)[1], abs=0.02)
    assert ends(total) == pytest.approx((nought, ends(sex)[0]), abs=0.02)


def test_the_sum_and_the_line_are_said_in_words():
    assert FALL.total == pytest.approx(2.4)
    assert "+2.4, below +6.6" in FALL.description
    assert FALL.table.rows[-1] == ("All together", "", "+2.4")
    assert FALL.table.rows[0] == ("Where we start", "", "−17.6")


@pytest.mark.parametrize("weights", [(), (0.0,), (-3.0,), (1e9, -1e9), (50.0,)])
def test_whatever_the_weights_every_bar_lies_in_the_picture(weights):
    steps = tuple(Step(label="It", detail="", weight=one) for one in weights)
    fall = WeightFall(key="fall", steps=steps, enough=6.6)
    for bar in fall.drawn:
        left, right = ends(bar)
        assert -0.01 <= left <= right <= 100.5
    assert "nan" not in component(fall)


def test_a_month_of_nothing_has_bars_without_width():
    busy, quiet = MONTHS.drawn
    assert [width for _, _, width in quiet.parts] == ["0.00%"] * 3
    assert busy.words == "November 2026: 60"
