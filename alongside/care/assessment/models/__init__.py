"""What is kept of assessing: grounds of enhanced support."""

from alongside.care.assessment.models.grounds import CaseGround

__all__ = ["CaseGround"]
