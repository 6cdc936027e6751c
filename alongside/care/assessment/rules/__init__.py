"""Decisions of assessing in plain Python. No database, no clock."""

from alongside.care.assessment.rules.grounds import (
    age_on,
    grounds_for,
    grounds_in_history,
    tier_for,
)

__all__ = ["age_on", "grounds_for", "grounds_in_history", "tier_for"]
