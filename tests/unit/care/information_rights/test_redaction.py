"""Finding what is about somebody else, and blacking it out."""

from alongside.care.information_rights.rules import (
    BLACK,
    black_out,
    find_spans,
    item_key,
)
from alongside.care.information_rights.types import Blackout, Decision, OtherPeople

OTHERS = OtherPeople(
    names=frozenset({"Odette", "Farrier", "Al"}),
    own_names=frozenset({"Quillon", "Farrier"}),
    own_contacts=frozenset({"+447700900456", "quillon@post.example"}),
)


def found(text):
    return [text[span.start : span.end] for span in find_spans(text, OTHERS)]


def test_names_of_others_are_found_and_ones_own_are_not():
    assert found("Odette and Quillon Farrier came") == ["Odette"]
    assert found("Already told") == []  # a short name is no name


def test_contacts_that_are_not_ones_own_are_found():
    text = "Ring 07700 900999 or 07700 900456, o@post.example, quillon@post.example"
    assert found(text) == ["07700 900999", "o@post.example"]


def test_people_around_somebody_are_found_with_their_name():
    assert found("She asked that her sister Odette be rung") == ["her sister Odette"]


def test_what_leaves_is_black_and_its_length_says_nothing():
    text = "Odette rang, then her mother"
    spans = find_spans(text, OTHERS)
    said = Decision(action=Blackout.FOUND, reason="other_person")
    assert black_out(text, decision=said, spans=spans) == f"{BLACK} rang, then {BLACK}"
    whole = Decision(action=Blackout.WHOLE, reason="other_person")
    assert black_out(text, decision=whole, spans=spans) == BLACK
    words = Decision(action=Blackout.WORDS, words="RANG\n", reason="other_person")
    assert (
        black_out(text, decision=words, spans=()) == f"Odette {BLACK}, then her mother"
    )
    keep = Decision(action=Blackout.KEEP)
    assert black_out(text, decision=keep, spans=spans) == text


def test_where_nothing_is_found_to_black_out_all_of_it_is():
    found = Decision(action=Blackout.FOUND, reason="other_person")
    words = Decision(action=Blackout.WORDS, words="Oddette", reason="other_person")
    for said in (found, words):
        assert black_out("Dorothy Baker", decision=said, spans=()) == BLACK


def test_a_passage_that_has_changed_has_another_key():
    key = item_key(table="casework_note", row="1", column="text", text="a")
    assert key != item_key(table="casework_note", row="1", column="text", text="b")
    assert key == item_key(table="casework_note", row="1", column="text", text="a")
