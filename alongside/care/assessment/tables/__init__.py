"""Rows of data that assessing goes by, checked at the start."""

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
    "BOOKS",
    "FILE",
    "GROUNDS",
    "INDICATORS",
    "arrange",
    "load_grounds",
    "load_indicators",
]
