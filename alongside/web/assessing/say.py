"""How the pages about assessments say moments, risks and answers."""

from alongside.care.assessment.types.filled import AssessmentState, How
from alongside.care.instruments.types import Moment, Risk
from alongside.web.components.base import Tag, Tone

MOMENTS = {
    Moment.FIRST: "At the beginning of support",
    Moment.REVIEW: "At a review",
    Moment.EXIT: "At the end of support",
    Moment.ANY: "At any time",
}
SHORT_MOMENTS = {
    Moment.FIRST: "First",
    Moment.REVIEW: "Review",
    Moment.EXIT: "Last",
    Moment.ANY: "Any time",
}
HOW = {
    How.IN_PERSON: "In person",
    How.PHONE: "By telephone",
    How.VIDEO: "By video",
    How.WRITING: "In writing, by themselves",
}
RISKS = {
    Risk.NONE: "No risk found",
    Risk.STANDARD: "Standard risk",
    Risk.MEDIUM: "Medium risk",
    Risk.HIGH: "High risk",
}
RISK_TAGS = {
    Risk.NONE: None,
    Risk.STANDARD: Tag(text="Standard risk"),
    Risk.MEDIUM: Tag(text="Medium risk", tone=Tone.SOON),
    Risk.HIGH: Tag(text="High risk", tone=Tone.LATE),
}
DUE = Tag(text="Due now", tone=Tone.SOON)
FITS = Tag(text="Fits this case", tone=Tone.INFO)
LEFT = Tag(text="Left unfinished", tone=Tone.LATE)
STATES = {
    AssessmentState.DRAFT: Tag(text="Not finished", tone=Tone.SOON),
    AssessmentState.COMPLETE: Tag(text="Complete", tone=Tone.GOOD),
    AssessmentState.WITHDRAWN: Tag(text="Withdrawn"),
}


def how(code: str) -> str:
    """How an assessment was done, in words."""
    return HOW[How(code)] if code else "Not noted"
