"""Words the assessment package uses."""

from alongside.care.assessment.types.grounds import (
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
    "BasisKind",
    "CrimeFacts",
    "Ground",
    "GroundCode",
    "GroundFound",
    "GroundState",
    "Indicator",
    "IndicatorBook",
]
