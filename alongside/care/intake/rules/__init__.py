"""Reading what a force sends, and judging it row by row. No database, no clock."""

from alongside.care.intake.rules.examining import Examined, FileRefused
from alongside.care.intake.rules.head import find_head
from alongside.care.intake.rules.holds import find_holds, is_high_risk, lies_outside
from alongside.care.intake.rules.judging import judge
from alongside.care.intake.rules.progress import judge_progress
from alongside.care.intake.rules.reading import Extract, open_extract

__all__ = [
    "Examined",
    "Extract",
    "FileRefused",
    "find_head",
    "find_holds",
    "is_high_risk",
    "judge",
    "judge_progress",
    "lies_outside",
    "open_extract",
]
