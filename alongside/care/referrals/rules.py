"""What may follow what in the life of a referral. No database, no clock."""

from alongside.care.referrals.types import ReferralState

MOVES: dict[ReferralState, frozenset[ReferralState]] = {
    ReferralState.SENT: frozenset(
        {
            ReferralState.ACCEPTED,
            ReferralState.DECLINED,
            ReferralState.WITHDRAWN,
            ReferralState.ENDED,
        }
    ),
    ReferralState.ACCEPTED: frozenset(
        {ReferralState.ENDED, ReferralState.WITHDRAWN, ReferralState.DECLINED}
    ),
    ReferralState.DECLINED: frozenset(),
    ReferralState.WITHDRAWN: frozenset(),
    ReferralState.ENDED: frozenset(),
}
# What only the service it was sent to may say.
ANSWERS = frozenset({ReferralState.ACCEPTED, ReferralState.DECLINED})


def can_move(start: ReferralState, end: ReferralState) -> bool:
    """Whether a referral may go straight from one state to the other."""
    return end in MOVES[start]
