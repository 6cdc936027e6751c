"""Who owes a promise or a piece of news."""

from enum import StrEnum


class DutyHolder(StrEnum):
    """Who owes the promise."""

    POLICE = "police"
    WCU = "wcu"
    CPS = "cps"
    HMCTS = "hmcts"
    PROBATION = "probation"
    SERVICE = "service"
    ANY_PROVIDER = "any_provider"
    VICTIM = "victim"  # only for a window in which the victim may ask
