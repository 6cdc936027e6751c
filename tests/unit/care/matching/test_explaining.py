from hypothesis import given

from alongside.care.matching.rules.explaining import WORDS, explain, field_words
from alongside.care.matching.rules.guards import judge
from alongside.care.matching.rules.levels import COMPARISONS
from alongside.care.matching.rules.weights import SHIPPED
from alongside.care.matching.types import Levels
from tests.unit.care.matching.people import LIKELY, person


def words(a, b, **others):
    compared = SHIPPED.compare(a, b)
    return explain(a, b, compared, judge(a, b, compared), **others)


def test_every_level_has_its_words():
    for comparison in COMPARISONS:
        assert len(WORDS[comparison.field]) == len(comparison.levels)
        assert field_words(comparison.field, -1)


def test_what_is_the_same_and_what_decided():
    told = words(person(), person())
    assert told[:2] == ("The name is the same.", "The date of birth is the same.")
    assert told[-1].startswith("The name and the date of birth agree")


def test_how_many_others_use_a_phone():
    told = words(person(), person(), phone_others=3, email_others=1)
    assert "They share a phone number, which 3 other people use too." in told
    assert "The e-mail address is the same, which 1 other person uses too." in told


def test_how_given_names_are_alike():
    for given_name, how in (
        ("Peggy", "in another form"),
        ("Margret", "by a slip"),
        ("Margrit", "sound alike"),
        ("Margery", "spelt much alike"),
    ):
        assert how in words(person(), person(given_names=given_name))[0]


def test_what_cannot_be_compared():
    told = words(person(), person(phones=(), email=""))
    assert "There is no phone number to compare." in told


@given(LIKELY, LIKELY)
def test_a_sentence_for_each_field_and_no_name_in_any(a, b):
    told = words(a, b)
    assert len(told) == len(Levels._fields) + 1
    spoken = " ".join(told).lower()
    assert not any(f" {w} " in spoken for w in ("smith", "khan", "william", "ella"))
