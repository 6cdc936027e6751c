"""Writing down the steps of rights, and putting right what was written."""

from alongside.care.code_rights.operations.correcting import (
    correct_step,
    take_back_step,
)
from alongside.care.code_rights.operations.recording import (
    Whereabouts,
    add_step,
    start_right,
)

__all__ = [
    "Whereabouts",
    "add_step",
    "correct_step",
    "start_right",
    "take_back_step",
]
