"""Why services decline, and how soon they answer, as rows of data."""

from pathlib import Path

from alongside.care.referrals.types import DeclineReason, ReferralLimit
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

FILE = Path(__file__).parent / "data" / "referrals.toml"
LIMIT_CODES = {"answer_working_days"}


def load_declines(text: str) -> dict[str, DeclineReason]:
    """Read the reasons to decline, in the order of the file."""
    rows = read_toml(text, "decline", name=FILE.name)
    return {r.code: r for r in read_rows(rows, _decline, key=lambda r: r.code)}


def load_limits(text: str) -> dict[str, ReferralLimit]:
    """Read the limits: exactly those that are used."""
    rows = read_toml(text, "limit", name=FILE.name)
    limits = {r.code: r for r in read_rows(rows, _limit, key=lambda r: r.code)}
    if limits.keys() != LIMIT_CODES:
        raise BadDataFile(f"{FILE.name}: does not hold exactly the limits used")
    return limits


def _decline(row: Row) -> DeclineReason:
    return DeclineReason(
        code=row.text("code"),
        label=row.text("label"),
        needs_words=row.yes("needs_words"),
        **row.provenance(),
    )


def _limit(row: Row) -> ReferralLimit:
    return ReferralLimit(
        code=row.text("code"),
        number=row.whole("number"),
        unit=row.text("unit"),
        label=row.text("label"),
        **row.provenance(),
    )


DECLINES = load_declines(FILE.read_text(encoding="utf-8"))
LIMITS = load_limits(FILE.read_text(encoding="utf-8"))
