from hypothesis import given

from alongside.care.matching.rules.keys import block_keys
from tests.unit.care.matching.people import LIKELY, nobody, person

TWICE = ("07700900123", "01162549199")


def test_a_whole_record_has_eleven_keys_and_one_more_for_a_second_phone():
    assert len(block_keys(person())) == 11
    assert len(block_keys(person(phones=TWICE))) == 12


def test_keys_are_signed_numbers_of_64_bits_each_once_in_a_fixed_order():
    keys = block_keys(person())
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert any(key < 0 for key in keys)
    assert len(set(keys)) == len(keys)
    assert keys == block_keys(person())


def test_another_secret_makes_all_keys_other():
    assert not set(block_keys(person())) & set(block_keys(person(), secret=b"s"))


def test_nothing_makes_no_key():
    assert block_keys(nobody()) == ()


def test_a_phone_and_an_email_make_keys_alone_and_nothing_else_does():
    assert len(block_keys(nobody(phones=TWICE))) == 2
    assert len(block_keys(nobody(email="a@example.org"))) == 1
    for one in (
        {"given_names": "Ann"},
        {"surname": "Lee"},
        {"date_of_birth": "1980-03-12"},
        {"postcode": "LE1 5YA"},
        {"address": "14 High Street"},
        {"gender": "f"},
    ):
        assert block_keys(nobody(**one)) == ()


def test_phones_meet_in_either_place():
    first = block_keys(nobody(phones=TWICE))
    assert set(first) == set(block_keys(nobody(phones=TWICE[::-1])))


def test_one_person_in_two_spellings_meets():
    one = person(given_names="Peggy", phones=(), email="", postcode="", address="")
    two = person(surname="Okonkuo", phones=(), email="", postcode="", address="")
    assert set(block_keys(one)) & set(block_keys(two))


@given(LIKELY)
def test_kinds_of_key_never_meet_in_one_record(standard):
    keys = block_keys(standard)
    assert len(keys) == len(set(keys)) <= 12
