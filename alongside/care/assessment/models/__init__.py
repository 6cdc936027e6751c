"""What is kept of assessing: grounds of enhanced support, and what was asked."""

from alongside.care.assessment.models.filled import Answer, Assessment, NoExit
from alongside.care.assessment.models.grounds import CaseGround
from alongside.care.assessment.models.prompts import PromptAnswer

__all__ = ["Answer", "Assessment", "CaseGround", "NoExit", "PromptAnswer"]
