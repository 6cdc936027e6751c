"""How often somebody may try to sign in, and under which mark that is counted."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from alongside.foundation.accounts.tables import limit
from alongside.foundation.accounts.types import LimitCode


@dataclass(frozen=True, kw_only=True)
class Counter:
    """One thing that is counted: its mark, and how many tries in how long."""

    mark: bytes
    most: int
    within: timedelta


def of_password(key: bytes, *, email: str, address: str) -> tuple[Counter, ...]:
    """What a try with a password counts towards.

    By account and network address together: who tries from elsewhere locks out
    nobody but themselves. And by address alone, slower, for who tries many accounts.
    """
    within = timedelta(minutes=limit(LimitCode.TRY_MINUTES))
    return (
        Counter(
            mark=_mark(key, "password", email.strip().lower(), address),
            most=limit(LimitCode.TRIES_BY_ACCOUNT),
            within=within,
        ),
        Counter(
            mark=_mark(key, "address", address),
            most=limit(LimitCode.TRIES_BY_ADDRESS),
            within=within,
        ),
    )


def of_second_factor(key: bytes, *, user_id: int, address: str) -> tuple[Counter, ...]:
    """What a try with a second factor counts towards.

    Who gets this far knows the password; then the account itself has a ceiling too,
    so that six digits cannot be found by trying from many addresses.
    """
    return (
        Counter(
            mark=_mark(key, "factor", str(user_id), address),
            most=limit(LimitCode.TRIES_BY_ACCOUNT),
            within=timedelta(minutes=limit(LimitCode.TRY_MINUTES)),
        ),
        Counter(
            mark=_mark(key, "factor", str(user_id)),
            most=limit(LimitCode.FACTOR_TRIES_A_DAY),
            within=timedelta(days=1),
        ),
    )


def of_link(key: bytes, *, address: str) -> tuple[Counter, ...]:
    """What opening an invitation counts towards."""
    return of_password(key, email="", address=address)[1:]


def _mark(key: bytes, *parts: str) -> bytes:
    return hmac.digest(key, "|".join(_apart(parts)).encode(), "sha256")


def _apart(parts: Iterable[str]) -> Iterable[str]:
    """Each part with its length, so that no two lists make one text."""
    return (f"{len(part)}:{part}" for part in parts)
