"""The six digits of an authenticator app (TOTP, RFC 6238, as every app expects them).

SHA-1 here is the standard's and the apps'; its weakness (collisions) does not touch
an HMAC.
"""

import base64
import hmac
import secrets
import struct
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20  # RFC 4226, section 4: as long as the hash
# Clocks differ: one step either side is taken (RFC 6238, section 5.2).
STEPS_ASIDE = 1


def make_secret() -> bytes:
    """A new secret, to be shared with one app once."""
    return secrets.token_bytes(SECRET_BYTES)


def write_secret(secret: bytes) -> str:
    """A secret as apps take it typed: base 32, without the padding."""
    return base64.b32encode(secret).decode().rstrip("=")


def read_secret(written: str) -> bytes:
    """A secret from its base 32.

    Raises:
        ValueError: it is not base 32.
    """
    bare = "".join(written.split()).upper()
    return base64.b32decode(bare + "=" * (-len(bare) % 8))


def step_at(moment: datetime) -> int:
    """The number of the half minute a moment is in."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_of(secret: bytes, step: int) -> str:
    """The digits an app shows in that step."""
    digest = hmac.digest(secret, struct.pack(">Q", step), "sha1")
    start = digest[-1] & 0x0F
    (number,) = struct.unpack(">I", digest[start : start + 4])
    return str((number & 0x7FFF_FFFF) % 10**DIGITS).zfill(DIGITS)


def steps_open(now: datetime, *, after: int) -> range:
    """The steps whose code is taken now: near, and later than the last one used."""
    here = step_at(now)
    return range(max(here - STEPS_ASIDE, after + 1), here + STEPS_ASIDE + 1)


def find_step(secret: bytes, typed: str, *, now: datetime, after: int) -> int | None:
    """The step whose code was typed; None for a wrong code, or one used before.

    A code works once (RFC 6238, section 5.2): `after` is the step last used.
    """
    digits = "".join(typed.split())
    found = None
    for step in steps_open(now, after=after):
        if hmac.compare_digest(code_of(secret, step).encode(), digits.encode()):
            found = step
    return found


def setup_address(secret: bytes, *, email: str, issuer: str) -> str:
    """What the square code holds for an app (the `otpauth` scheme)."""
    label = quote(f"{issuer}:{email}")
    query = {
        "secret": write_secret(secret),
        "issuer": issuer,
        "algorithm": "SHA1",
        "digits": str(DIGITS),
        "period": str(STEP_SECONDS),
    }
    return f"otpauth://totp/{label}?{urlencode(query, quote_via=quote)}"
