"""On what it may rest that somebody is out of reach, as rows of data."""

from datetime import timedelta

from alongside.care.casework.tables import DISPOSITIONS
from alongside.care.journey.tables.deadlines import NOT_OWED
from alongside.care.journey.tables.events import LIMITS
from alongside.care.journey.tables.files import read_data
from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.reach import DecidedBy, ReachBasis
from alongside.foundation.lib.datafile import Row, read_rows, read_toml

FILE = "out_of_reach.toml"


def load_bases(text: str) -> tuple[ReachBasis, ...]:
    """Read the bases, in the order in which they are shown."""
    return read_rows(
        read_toml(text, "basis", name=FILE), _basis, key=lambda basis: basis.code
    )


def _basis(row: Row) -> ReachBasis:
    reason, decided_by = row.text("reason"), row.one_of("decided_by", DecidedBy)
    if reason not in NOT_OWED:
        raise row.wrong("reason", f"is {reason}, which nobody knows")
    closings = row.names("closings")
    unknown = sorted(closings - set(DISPOSITIONS))
    if unknown:
        raise row.wrong("closings", f"names {unknown[0]}, which nobody knows")
    if bool(closings) is not (decided_by is DecidedBy.CLOSING):
        raise row.wrong("closings", "belongs to what the end of a case decides")
    names, whole = row.names("holders"), row.yes("all_promises")
    if whole and names:
        raise row.wrong("holders", "cannot be: every promise is touched")
    if not names and not whole and decided_by is not DecidedBy.HAND:
        raise row.wrong("holders", "is missing")
    unknown = sorted(names - set(DutyHolder))
    if unknown:
        raise row.wrong("holders", f"names {unknown[0]}, who owes nothing")
    return ReachBasis(
        code=row.text("code"),
        label=row.text("label"),
        meaning=row.text("meaning"),
        reason=reason,
        decided_by=decided_by,
        holders=frozenset(DutyHolder(name) for name in names),
        all_promises=whole,
        closings=closings,
        every_case=row.yes("every_case"),
        looked_at_again=row.yes("looked_at_again"),
        **row.provenance(),
    )


BASES = {basis.code: basis for basis in load_bases(read_data(FILE))}
# While one of these stands nothing is owed at all, so that nothing is sent.
NOTHING_OWED = sorted(code for code, basis in BASES.items() if basis.all_promises)
BY_CLOSING = {code: basis for basis in BASES.values() for code in basis.closings}
LOOK_AGAIN = timedelta(days=LIMITS["reach_days"].number)
