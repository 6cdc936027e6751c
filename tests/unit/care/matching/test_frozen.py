"""The weights that are shipped, on sets of records whose truth is known."""

from dataclasses import replace

from alongside.care.matching.tables import START
from alongside.workflows.linking_in_bulk.frozen import is_worse, measure


def test_the_shipped_weights_are_as_good_as_they_say():
    quality = measure(START)
    assert quality.records >= 5000
    assert quality.wrong <= 2
    assert quality.found >= 0.8
    assert quality.shown >= 0.97
    assert quality.needless <= 0.1
    assert not is_worse(quality, quality)
    assert is_worse(replace(quality, wrong=quality.wrong + 5), quality)
    assert is_worse(replace(quality, shown=quality.shown - 0.05), quality)
    assert is_worse(replace(quality, found=quality.found - 0.05), quality)


def test_weights_without_sense_are_worse():
    upside_down = {
        **START,
        "comparisons": {
            field: [{"m": level["u"], "u": level["m"]} for level in levels]
            for field, levels in START["comparisons"].items()
        },
    }
    assert is_worse(measure(upside_down), measure(START))
