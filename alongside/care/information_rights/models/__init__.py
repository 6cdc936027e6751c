"""What is kept about rights, restrictions and the end of records."""

from alongside.care.information_rights.models.erasing import (
    CaseCount,
    Erasure,
    RetentionItem,
    RetentionRun,
    Suppression,
)
from alongside.care.information_rights.models.keeping import (
    Correction,
    LegalHold,
    Restriction,
)
from alongside.care.information_rights.models.requests import (
    AccessPack,
    PackDecision,
    RequestEntry,
    RightsRequest,
)

__all__ = [
    "AccessPack",
    "CaseCount",
    "Correction",
    "Erasure",
    "LegalHold",
    "PackDecision",
    "RequestEntry",
    "Restriction",
    "RetentionItem",
    "RetentionRun",
    "RightsRequest",
    "Suppression",
]
