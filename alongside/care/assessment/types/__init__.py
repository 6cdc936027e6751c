"""Words the assessment package uses."""

from alongside.care.assessment.types.grounds import (
    COUNTS,
    BasisKind,
    CrimeFacts,
    Ground,
    GroundCode,
    GroundFound,
    GroundState,
    Indicator,
    IndicatorBook,
)

__all__ = [
    "COUNTS",
    "BasisKind",
    "CrimeFacts",
    "Ground",
    "GroundCode",
    "GroundFound",
    "GroundState",
    "Indicator",
    "IndicatorBook",
]
