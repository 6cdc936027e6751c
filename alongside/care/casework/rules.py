"""What may follow what in the life of a case. No database, no clock."""

from alongside.care.casework.types import CaseStatus, Tier
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
