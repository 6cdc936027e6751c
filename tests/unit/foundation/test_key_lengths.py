"""Keys are long enough that nobody guesses them, and nobody else's."""

from pathlib import Path

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
