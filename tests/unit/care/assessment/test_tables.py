from datetime import date

import pytest

from alongside.care.assessment import tables
from alongside.care.assessment.tables import FILE
from alongside.care.assessment.types import BasisKind, GroundCode
from alongside.foundation.lib.datafile import BadDataFile
from alongside.foundation.reference.tables import OFFENCES

TEXT = FILE.read_text(encoding="utf-8")

ONE = """
[[indicator]]
ground = "A"
basis = "flag"
value = "sexual"
words = "Flagged"
source = "A source"
confidence = "memory"
in_force_from = 2020-01-01
"""


def test_every_ground_has_words_and_a_source():
    assert tables.GROUNDS.keys() == set(GroundCode)
    assert all(ground.source for ground in tables.GROUNDS.values())


def test_every_sexual_offence_is_among_the_most_serious():
    raised = {
        row.value
        for row in tables.INDICATORS
        if row.basis is BasisKind.OFFENCE and row.ground is GroundCode.MOST_SERIOUS
    }

    sexual = {row.code for row in OFFENCES.values() if row.group == "Sexual offences"}

    assert len(sexual) == 22
    assert sexual <= raised


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ('"sexual"', '"rude"', "nobody knows"),
        ('"flag"', '"offence"', "nobody knows"),
        ('"flag"', '"age"', "nobody knows"),
        ('"flag"', '"worker"', "nobody knows"),
        ('"flag"', '"hunch"', "basis must be one of"),
        ('basis = "flag"', 'basis = "field"\nfield = "shoe_size"', "nobody knows"),
        ('basis = "flag"', 'basis = "field"\nfield = "repeat_victim"', "nobody knows"),
        ('basis = "flag"', 'basis = "field"\nat_least = 3', "nobody knows"),
        ('ground = "A"', 'ground = "E"', "ground must be one of"),
        ('words = "Flagged"\n', "", "words is missing"),
        ('source = "A source"\n', "", "source is missing"),
    ],
)
def test_an_indicator_with_a_slip_is_refused(was, becomes, complaint):
    assert was in ONE
    with pytest.raises(BadDataFile, match=f"grounds.toml, indicator 1.*{complaint}"):
        tables.load_indicators(ONE.replace(was, becomes, 1))


def test_the_same_indicator_twice_is_refused():
    with pytest.raises(BadDataFile, match="two rows in force"):
        tables.load_indicators(ONE + ONE)


def test_a_missing_ground_is_refused():
    first = TEXT.split("\n\n[[ground]]")[:2]

    with pytest.raises(BadDataFile, match="a ground has no row"):
        tables.load_grounds("\n\n[[ground]]".join(first))


def test_there_is_a_book_for_each_day_on_which_something_changed():
    later = ONE.replace('"sexual"', '"stalking"').replace("2020", "2022")
    ended = ONE.replace("2020-01-01", "2020-01-01\nin_force_until = 2023-01-01")

    books = tables.arrange(tables.load_indicators(ended + later))

    assert [(book.since, sorted(book.flags)) for book in books] == [
        (date(2023, 1, 1), ["stalking"]),
        (date(2022, 1, 1), ["sexual", "stalking"]),
        (date(2020, 1, 1), ["sexual"]),
    ]
