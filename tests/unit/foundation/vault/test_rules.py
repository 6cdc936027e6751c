"""Keys of persons, sealed details and search tokens, without a database."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from alongside.foundation.gateways.key_ring import EMPTY, AreaKeys, make_key
from alongside.foundation.lib.sealing import Tampered
from alongside.foundation.vault import rules
from alongside.foundation.vault.rules.envelope import BLOCK_BYTES
from alongside.foundation.vault.rules.standard import standard_index
from alongside.foundation.vault.types import DetailKind, IndexedField

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ADDRESS = "The Limes, 1 Invented Street\nAnytown"
PERSON, DETAIL = uuid4(), uuid4()
KIND = DetailKind.REFUGE_ADDRESS


def area_keys(code):
    return AreaKeys(
        wrapping=(make_key(code, now=NOW),), index=(make_key(code, now=NOW),)
    )


@pytest.fixture
def ring():
    return EMPTY.with_area("a", area_keys("a")).with_area("b", area_keys("b"))


@pytest.fixture
def keys(ring):
    return rules.RingKeys(lambda: ring)


@pytest.fixture
def key():
    return rules.make_data_key()


@pytest.fixture
def sealed(key):
    label = rules.detail_label(PERSON, KIND, DETAIL)
    return rules.seal_text(key, ADDRESS, label=label)


def test_what_was_sealed_opens_with_its_key(key, sealed):
    label = rules.detail_label(PERSON, KIND, DETAIL)
    assert rules.open_text(key, sealed, label=label) == ADDRESS


@pytest.mark.parametrize(
    "label",
    [
        rules.detail_label(uuid4(), KIND, DETAIL),
        rules.detail_label(PERSON, DetailKind.SAFE_ADDRESS, DETAIL),
        rules.detail_label(PERSON, KIND, uuid4()),
    ],
    ids=["another person", "another kind", "another detail"],
)
def test_a_detail_put_elsewhere_does_not_open(key, sealed, label):
    with pytest.raises(Tampered):
        rules.open_text(key, sealed, label=label)


def test_every_altered_byte_is_noticed(key, sealed):
    label = rules.detail_label(PERSON, KIND, DETAIL)
    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 1
        with pytest.raises(Tampered):
            rules.open_text(key, bytes(altered), label=label)


def test_another_persons_key_does_not_open_it(sealed):
    label = rules.detail_label(PERSON, KIND, DETAIL)
    with pytest.raises(Tampered):
        rules.open_text(rules.make_data_key(), sealed, label=label)


@pytest.mark.parametrize("length", [1, 59, 60, 61, 124, 125])
def test_the_length_says_little(key, length):
    label = b"x"
    sealed = rules.seal_text(key, "a" * length, label=label)
    assert (len(sealed) - 29) % BLOCK_BYTES == 0
    assert rules.open_text(key, sealed, label=label) == "a" * length


def test_short_values_are_all_of_one_length(key):
    lengths = {
        len(rules.seal_text(key, text, label=b"x")) for text in ("a", "b" * 40, "")
    }
    assert len(lengths) == 1


def test_a_wrapped_key_opens_for_its_person_only(keys):
    key_id, name = uuid4(), keys.current("a")
    label = rules.key_label(PERSON, key_id, name)
    wrapped = keys.wrap(name, b"k" * 32, label=label)

    assert keys.unwrap(name, wrapped, label=label) == b"k" * 32
    with pytest.raises(Tampered):
        keys.unwrap(name, wrapped, label=rules.key_label(uuid4(), key_id, name))


def test_a_wrapping_key_that_is_gone_is_missing_not_tampered_with(keys):
    with pytest.raises(rules.KeyMissing):
        keys.unwrap("a-gone", b"x" * 61, label=b"x")


def test_an_area_without_keys_says_so(keys):
    with pytest.raises(rules.AreaWithoutKeys):
        keys.current("elsewhere")


def test_a_key_wrapped_anew_still_opens_what_it_sealed(keys):
    key_id, old, new = uuid4(), keys.current("a"), keys.current("b")
    wrapped = keys.wrap(old, b"k" * 32, label=rules.key_label(PERSON, key_id, old))
    again = rules.rewrap(
        keys, wrapped, person_id=PERSON, key_id=key_id, old=old, new=new
    )
    label = rules.key_label(PERSON, key_id, new)
    assert keys.unwrap(new, again, label=label) == b"k" * 32


FORMS = ["07700 900 123", "+44 7700900123", "0044 7700 900123", "+44 (0)7700 900123"]


def token(keys, area, field, typed):
    text = standard_index(field, typed)
    return keys.index_token(keys.index_names(area)[0], field=field.value, text=text)


def test_every_way_of_writing_a_number_gives_one_token(keys):
    tokens = {token(keys, "a", IndexedField.PHONE, form) for form in FORMS}
    assert len(tokens) == 1
    assert all(len(one) == 8 for one in tokens)


def test_tokens_differ_by_area_and_by_field(keys):
    phone, email = IndexedField.PHONE, IndexedField.EMAIL
    assert token(keys, "a", phone, FORMS[0]) != token(keys, "b", phone, FORMS[0])
    name = keys.index_names("a")[0]
    assert keys.index_token(name, field=phone.value, text="x") != keys.index_token(
        name, field=email.value, text="x"
    )


def test_an_email_is_found_whatever_its_case(keys):
    one = token(keys, "a", IndexedField.EMAIL, " Asha@People.example ")
    assert one == token(keys, "a", IndexedField.EMAIL, "asha@people.example")


@pytest.mark.parametrize(
    ("kind", "typed", "error"),
    [
        (DetailKind.SAFE_PHONE, "not a number", rules.NotANumber),
        (DetailKind.SAFE_EMAIL, "asha at people", rules.NotAnAddress),
        (DetailKind.SAFE_ADDRESS, " \n ", rules.WordsNeeded),
        (DetailKind.SAFE_ADDRESS, "a" * 501, rules.TooLong),
    ],
)
def test_what_is_not_of_its_kind_is_refused_without_repeating_it(kind, typed, error):
    with pytest.raises(error) as refused:
        rules.standard_text(kind, typed)
    assert typed.strip() == "" or typed not in refused.value.user_message


def test_a_key_is_never_shown(ring, key):
    kept = ring.areas["a"].wrapping[0]
    assert kept.key.hex() not in repr(ring)
    assert repr(kept.key) not in repr(ring)
    assert repr(key.key) not in repr(key)
