"""Rows of data that assessing goes by, checked at the start."""

from alongside.care.assessment.tables.filled import (
    AGE_BANDS,
    ASKS,
    ESCALATIONS,
    EXITS,
    LIMITS,
    OUTCOMES,
)
from alongside.care.assessment.tables.grounds import (
    BOOKS,
    FILE,
    GROUNDS,
    INDICATORS,
    arrange,
    load_grounds,
    load_indicators,
)

__all__ = [
    "AGE_BANDS",
    "ASKS",
    "BOOKS",
    "ESCALATIONS",
    "EXITS",
    "FILE",
    "GROUNDS",
    "INDICATORS",
    "LIMITS",
    "OUTCOMES",
    "arrange",
    "load_grounds",
    "load_indicators",
]
