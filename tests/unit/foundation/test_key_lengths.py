"""Keys are long enough that nobody guesses them, and nobody else's."""

from pathlib import Path

from alongside.foundation.accounts.rules import app_codes, recovery_codes
from alongside.foundation.gateways import sealed_file
from alongside.foundation.gateways.secrets_file import Secrets, ensure_secrets

BITS = 256
ROLES = ("one", "two")


def made(home: Path) -> Secrets:
    return ensure_secrets(home, roles=ROLES)


def all_of(kept: Secrets) -> list[bytes]:
    return [
        kept.area_master_key,
        *kept.context_keys.values(),
        kept.django_key.encode(),
        *(password.encode() for password in kept.passwords.values()),
    ]


def test_keys_have_256_bits(tmp_path: Path):
    secrets = made(tmp_path)

    assert len(secrets.passwords) == len(ROLES)
    assert all(len(key) * 8 >= BITS for key in all_of(secrets))
    # Written as text, a character of these carries six bits.
    for text in (secrets.django_key, *secrets.passwords.values()):
        assert len(text) * 6 >= BITS


def test_no_two_installations_share_a_key(tmp_path: Path):
    one, other = made(tmp_path / "one"), made(tmp_path / "other")

    keys = [*all_of(one), *all_of(other)]
    assert len(set(keys)) == len(keys)


def test_codes_are_not_to_be_guessed_in_a_few_tries():
    """OWASP ASVS 5.0, 6.5.4: twenty bits, or six digits; RFC 4226: 160 for a seed.

    6.5.2: 112 bits of what is looked up by a hash that is not slow.
    """
    assert app_codes.DIGITS >= 6
    assert len(app_codes.make_secret()) * 8 >= 160

    letters = recovery_codes.GROUPS * recovery_codes.GROUP_LETTERS
    assert len(set(recovery_codes.LETTERS)) ** letters >= 2**112
    codes = recovery_codes.make_codes()
    assert {len(code.replace("-", "")) for code in codes} == {letters}
    assert len(set(codes)) == len(codes) == recovery_codes.CODES


def test_a_key_from_a_passphrase_is_made_slowly():
    """What OWASP ASVS 5.0 (appendix C) asks of scrypt with one lane."""
    assert sealed_file.COST >= 2**17
    assert sealed_file.BLOCK >= 8
