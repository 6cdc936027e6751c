"""Rows of data: which walls each role passes by itself, and the limits of sign-in."""

from pathlib import Path

from alongside.foundation.accounts.types import (
    LimitCode,
    Role,
    RoleClearance,
    SignInLimit,
    StepUpAct,
)
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml
from alongside.walls.bits import COMPARTMENTS, DUTIES

CLEARANCES_FILE = Path(__file__).parent / "data" / "clearances.toml"
LIMITS_FILE = CLEARANCES_FILE.with_name("limits.toml")
STEP_UP_FILE = CLEARANCES_FILE.with_name("step_up.toml")


def load_clearances(text: str) -> dict[Role, RoleClearance]:
    """Read what each role passes. A role that is not named passes nothing."""
    rows = read_toml(text, "clearance", name=CLEARANCES_FILE.name)
    found = read_rows(rows, _clearance, key=lambda row: row.role)
    return {row.role: row for row in found}


def load_limits(text: str) -> dict[LimitCode, SignInLimit]:
    """Read the limits of sign-in: every one has its row, and none is nought."""
    rows = read_toml(text, "limit", name=LIMITS_FILE.name)
    found = read_rows(rows, _limit, key=lambda row: row.code)
    if {row.code for row in found} != set(LimitCode):
        raise BadDataFile(f"{LIMITS_FILE.name}: a limit has no row")
    return {row.code: row for row in found}


def load_step_up(text: str) -> dict[str, StepUpAct]:
    """Read what needs a second factor given a moment ago."""
    rows = read_toml(text, "act", name=STEP_UP_FILE.name)
    return {row.code: row for row in read_rows(rows, _act, key=lambda row: row.code)}


def limit(code: LimitCode) -> int:
    """The number of a limit, in the unit its row says."""
    return LIMITS[code].number


def _limit(row: Row) -> SignInLimit:
    number = row.whole("number")
    if number == 0:
        raise row.wrong("number", "must be more than nought")
    return SignInLimit(
        code=row.one_of("code", LimitCode),
        number=number,
        meaning=row.text("meaning"),
        **row.provenance(),
    )


def _act(row: Row) -> StepUpAct:
    return StepUpAct(
        code=row.text("code"),
        label=row.text("label"),
        where=row.text("where", ""),
        **row.provenance(),
    )


def _clearance(row: Row) -> RoleClearance:
    passes, duties = row.names("passes"), row.names("duties")
    if not passes <= COMPARTMENTS.keys() or not duties <= DUTIES.keys():
        raise BadDataFile(f"{row.where}: names no compartment or duty of the walls")
    return RoleClearance(
        role=row.one_of("role", Role),
        mask=sum(COMPARTMENTS[name] for name in passes)
        + sum(DUTIES[name] for name in duties),
        **row.provenance(),
    )


CLEARANCES = load_clearances(CLEARANCES_FILE.read_text(encoding="utf-8"))
LIMITS = load_limits(LIMITS_FILE.read_text(encoding="utf-8"))
STEP_UP = load_step_up(STEP_UP_FILE.read_text(encoding="utf-8"))
