"""Which assessments fit what happened. No database, no clock."""

from collections.abc import Collection, Sequence
from datetime import date

from alongside.care.assessment.types.filled import Fit


def fitting(
    rows: Sequence[Fit], *, flags: Collection[str], roles: Collection[str], on: date
) -> tuple[str, ...]:
    """The instruments that fit crimes with these flags and somebody's parts in them,
    the first first."""
    return tuple(
        row.instrument
        for row in rows
        if row.holds_on(on)
        and (
            row.everybody
            or not row.flags.isdisjoint(flags)
            or not row.roles.isdisjoint(roles)
        )
    )
