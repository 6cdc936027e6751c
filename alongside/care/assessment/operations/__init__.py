"""Writes of this package. Each is one transaction and audits itself."""

from alongside.care.assessment.operations.grounds import (
    GroundStands,
    add_ground,
    add_grounds,
    decide_ground,
    end_evidence,
    end_grounds,
    propose_grounds,
)

__all__ = [
    "GroundStands",
    "add_ground",
    "add_grounds",
    "decide_ground",
    "end_evidence",
    "end_grounds",
    "propose_grounds",
]
