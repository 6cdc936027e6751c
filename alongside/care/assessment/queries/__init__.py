"""Questions about assessing. Nothing here writes."""

from alongside.care.assessment.queries.filled import (
    assessment_line,
    find_answers,
    find_last_answers,
    find_no_exit,
    get_assessment,
    has_exit_scores,
    instrument_of,
    last_assessments,
    list_assessments,
    list_drafts,
)
from alongside.care.assessment.queries.grounds import (
    GroundLine,
    find_declined,
    find_standing,
    list_cases_with_grounds,
    list_every_ground,
    list_first_grounds,
    list_grounds,
)
from alongside.care.assessment.queries.outcomes import (
    count_outcomes,
    count_without,
)

__all__ = [
    "GroundLine",
    "assessment_line",
    "count_outcomes",
    "count_without",
    "find_answers",
    "find_declined",
    "find_last_answers",
    "find_standing",
    "find_no_exit",
    "get_assessment",
    "has_exit_scores",
    "instrument_of",
    "last_assessments",
    "list_assessments",
    "list_cases_with_grounds",
    "list_drafts",
    "list_every_ground",
    "list_first_grounds",
    "list_grounds",
]
