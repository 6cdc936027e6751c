"""Questions about assessing. Nothing here writes."""

from alongside.care.assessment.queries.grounds import (
    GroundLine,
    list_cases_with_grounds,
    list_first_grounds,
    list_grounds,
)

__all__ = [
    "GroundLine",
    "list_cases_with_grounds",
    "list_first_grounds",
    "list_grounds",
]
