"""Keys, codes on paper, what is counted, and the limits."""

import pytest

from alongside.foundation.accounts import tables
from alongside.foundation.accounts.permissions import BadPassword, check_strength
from alongside.foundation.accounts.rules import recovery_codes, tries
from alongside.foundation.accounts.rules.devices import say_device
from alongside.foundation.accounts.rules.keys import derive_keys
from alongside.foundation.accounts.rules.sealing import open_secret, seal_secret
from alongside.foundation.lib.datafile import BadDataFile
from alongside.foundation.lib.errors import DomainError

KEYS = derive_keys(b"m" * 32)
LIMITS = tables.LIMITS_FILE.read_text(encoding="utf-8")


def test_each_use_has_a_key_of_its_own():
    keys = {KEYS.factor, KEYS.code, KEYS.address}
    assert len(keys) == 3
    assert not keys & {b"m" * 32}
    assert derive_keys(b"n" * 32) != KEYS
    assert "factor" not in repr(KEYS)


def test_a_sealed_secret_opens_for_its_owner_and_kind_only():
    sealed = seal_secret(KEYS, b"secret", user_id=7, kind="app")
    assert open_secret(KEYS, sealed, user_id=7, kind="app") == b"secret"
    for user_id, kind, keys in (
        (8, "app", KEYS),
        (7, "passkey", KEYS),
        (7, "app", derive_keys(b"n" * 32)),
    ):
        with pytest.raises(DomainError):
            open_secret(keys, sealed, user_id=user_id, kind=kind)


def test_recovery_codes_are_many_and_cannot_be_guessed():
    codes = recovery_codes.make_codes()
    assert len(set(codes)) == 10
    letters = len(recovery_codes.LETTERS)
    length = recovery_codes.GROUPS * recovery_codes.GROUP_LETTERS
    assert letters**length >= 2**112


def test_how_a_code_is_typed_does_not_matter_but_whose_it_is():
    code = recovery_codes.make_codes()[0]
    kept = recovery_codes.hash_code(KEYS.code, user_id=7, typed=code)
    typed = f" {code.upper().replace('-', ' ')} "
    assert recovery_codes.hash_code(KEYS.code, user_id=7, typed=typed) == kept
    assert recovery_codes.hash_code(KEYS.code, user_id=8, typed=code) != kept


def test_tries_are_counted_by_account_and_address_together():
    def marks(email, address):
        given = tries.of_password(KEYS.address, email=email, address=address)
        return [counter.mark for counter in given]

    one = marks("a@b.example", "192.0.2.1")
    assert one == marks(" A@B.example ", "192.0.2.1")
    assert one[0] not in marks("a@b.example", "192.0.2.2")
    assert one[0] not in marks("c@b.example", "192.0.2.1")
    assert one[1] == marks("c@b.example", "192.0.2.1")[1]
    # No two pairs run into one text.
    assert marks("a|b", "c")[0] != marks("a", "b|c")[0]


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU OS 19) Safari/605", "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140", "Firefox on Linux"),
        ("<script>", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_device_is_said_in_a_few_words(agent, said):
    assert say_device(agent) == said


def test_every_limit_has_its_row():
    assert tables.load_limits(LIMITS) == tables.LIMITS
    first, *rest = LIMITS.split("[[limit]]")
    with pytest.raises(BadDataFile, match="a limit has no row"):
        tables.load_limits("[[limit]]".join([first, *rest[1:]]))
    with pytest.raises(BadDataFile, match="more than nought"):
        tables.load_limits(LIMITS.replace("number = 15", "number = 0", 1))


@pytest.mark.parametrize(
    "password",
    [
        "elevenchars",
        "qwerty123456",
        "password2026!",
        "Sunshine2026",
        "iloveyouiloveyou",
        "HOLLIS is my name",
        "worker-worker-worker",
    ],
)
def test_what_is_easy_to_guess_is_refused(password):
    with pytest.raises(BadPassword):
        check_strength(password, name="Tom Hollis", email="worker@llr.example")


@pytest.mark.parametrize(
    "password", ["three unrelated words", "ツ" * 12, "a" * 11 + " ", "tom likes boats"]
)
def test_no_kinds_of_letters_are_asked_for(password):
    check_strength(password, name="Tom Hollis", email="worker@llr.example")
