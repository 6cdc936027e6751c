"""What may follow what in the life of a case. No database, no clock."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

from alongside.care.casework.types import CaseStatus, Compartment, KnownCrime, Tier
from alongside.foundation.organisations.types import TeamKind

MOVES: dict[CaseStatus, frozenset[CaseStatus]] = {
    CaseStatus.OPEN: frozenset({CaseStatus.SUSPENDED, CaseStatus.CLOSED}),
    CaseStatus.SUSPENDED: frozenset({CaseStatus.OPEN, CaseStatus.CLOSED}),
    CaseStatus.CLOSED: frozenset({CaseStatus.OPEN}),
}


def can_move(start: CaseStatus, end: CaseStatus) -> bool:
    """Whether a case may go straight from one status to the other."""
    return end in MOVES[start]


def team_for(*, tier: Tier, is_child: bool, only_witness: bool) -> TeamKind:
    """Which kind of team a new case comes to."""
    if only_witness:
        return TeamKind.WITNESS
    if is_child:
        return TeamKind.CHILDREN
    return TeamKind.ENHANCED if tier is Tier.ENHANCED else TeamKind.FIRST_CONTACT


def count_until(
    this: KnownCrime, crimes: Iterable[KnownCrime], *, days: int, by_suspect: bool
) -> int:
    """How many crimes there were in so many days until this one, which is among them:
    in all, or by its suspect alone, whom the force has to name."""
    if by_suspect and not this.suspect:
        return 0
    since = this.on - timedelta(days=days)
    return sum(
        since <= one.on <= this.on and (not by_suspect or one.suspect == this.suspect)
        for one in crimes
    )


def compartments_for(
    *, flags: Collection[str], age: int | None, rows: Iterable[Compartment]
) -> int:
    """The mask of compartments that a referral goes into by itself.

    `age` is the person's in years on the day the referral arrives, where known.
    """
    mask = 0
    for row in rows:
        young = row.below_age is not None and age is not None and age < row.below_age
        if young or not row.flags.isdisjoint(flags):
            mask |= row.bit
    return mask


def compartments_in(mask: int, rows: Mapping[str, Compartment]) -> tuple[str, ...]:
    """The codes of the compartments in a mask, in the order of the table."""
    return tuple(code for code, row in rows.items() if mask & row.bit)
