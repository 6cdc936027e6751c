"""Questions about assessing. Nothing here writes."""

from alongside.care.assessment.queries.grounds import (
    GroundLine,
    find_declined,
    list_cases_with_grounds,
    list_every_ground,
    list_first_grounds,
    list_grounds,
)

__all__ = [
    "GroundLine",
    "find_declined",
    "list_cases_with_grounds",
    "list_every_ground",
    "list_first_grounds",
    "list_grounds",
]
