"""Words the referrals package uses: what leaves us for other services, and back."""

from dataclasses import dataclass
from enum import StrEnum

from alongside.foundation.lib.provenance import Sourced


class ShareKind(StrEnum):
    """Why another agency may see part of a case. The words are the walls' own."""

    SHARE = "share"
    REFERRAL = "referral"


class EndReason(StrEnum):
    """Why a share ended."""

    STOPPED = "stopped"  # by us
    CONSENT_WITHDRAWN = "consent_withdrawn"
    AGREEMENT_ENDED = "agreement_ended"
    DECLINED = "declined"
    FINISHED = "finished"  # the other service has done its part


class ReferralState(StrEnum):
    """Where a referral to another service stands."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclineReason(Sourced):
    """Why another service does not take somebody on."""

    code: str
    label: str
    needs_words: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralLimit(Sourced):
    """One number that referrals go by."""

    code: str
    number: int
    unit: str
    label: str
