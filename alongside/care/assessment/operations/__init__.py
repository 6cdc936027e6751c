"""Writes of this package. Each is one transaction and audits itself."""

from alongside.care.assessment.operations.after import (
    judge_risk,
    note_no_exit,
    withdraw_assessment,
)
from alongside.care.assessment.operations.errors import (
    CannotJudge,
    ExitReasonNeeded,
    ReasonNeeded,
)
from alongside.care.assessment.operations.filling import (
    Completed,
    complete_assessment,
    save_answers,
    start_assessment,
)
from alongside.care.assessment.operations.grounds import (
    GroundStands,
    add_ground,
    add_grounds,
    decide_ground,
    end_grounds,
    propose_grounds,
)
from alongside.care.assessment.operations.history import follow_history
from alongside.care.assessment.permissions import (
    AssessmentChanged,
    AssessmentOver,
)

__all__ = [
    "AssessmentChanged",
    "AssessmentOver",
    "CannotJudge",
    "Completed",
    "ExitReasonNeeded",
    "GroundStands",
    "ReasonNeeded",
    "add_ground",
    "add_grounds",
    "complete_assessment",
    "decide_ground",
    "end_grounds",
    "follow_history",
    "judge_risk",
    "note_no_exit",
    "propose_grounds",
    "save_answers",
    "start_assessment",
    "withdraw_assessment",
]
