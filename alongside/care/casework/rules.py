"""What may follow what in the life of a case. No database, no clock."""

from alongside.care.casework.types import CaseStatus

MOVES: dict[CaseStatus, frozenset[CaseStatus]] = {
    CaseStatus.OPEN: frozenset({CaseStatus.SUSPENDED, CaseStatus.CLOSED}),
    CaseStatus.SUSPENDED: frozenset({CaseStatus.OPEN, CaseStatus.CLOSED}),
    CaseStatus.CLOSED: frozenset({CaseStatus.OPEN}),
}


def can_move(start: CaseStatus, end: CaseStatus) -> bool:
    """Whether a case may go straight from one status to the other."""
    return end in MOVES[start]
