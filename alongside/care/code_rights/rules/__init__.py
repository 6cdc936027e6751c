"""How steps follow each other, what may be written down, and when a window closes."""

from alongside.care.code_rights.rules.steps import (
    find_problems,
    in_scheme_since,
    is_asked,
    is_over,
    kept_fields,
    may_follow,
    next_steps,
)
from alongside.care.code_rights.rules.windows import (
    Happened,
    Opening,
    applies,
    child_until,
    find_openings,
    is_offered,
    late_problem,
    window_until,
)

__all__ = [
    "Happened",
    "Opening",
    "applies",
    "child_until",
    "find_openings",
    "find_problems",
    "in_scheme_since",
    "is_asked",
    "is_offered",
    "is_over",
    "kept_fields",
    "late_problem",
    "may_follow",
    "next_steps",
    "window_until",
]
