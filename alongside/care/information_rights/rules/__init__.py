"""When an answer is owed, and what in a text is somebody else's. Plain Python."""

from alongside.care.information_rights.rules.clock import (
    add_months,
    answer_by,
    extend_by,
)
from alongside.care.information_rights.rules.redaction import (
    BLACK,
    black_out,
    find_spans,
    item_key,
    needs_decision,
)

__all__ = [
    "BLACK",
    "add_months",
    "answer_by",
    "black_out",
    "extend_by",
    "find_spans",
    "item_key",
    "needs_decision",
]
