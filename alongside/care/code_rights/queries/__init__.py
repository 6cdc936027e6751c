"""Questions about rights and their steps. Nothing here writes."""

from alongside.care.code_rights.queries.records import (
    RecordLine,
    RegisterFilter,
    StepLine,
    find_live_steps,
    get_record,
    has_record,
    keys_of,
    list_records,
    list_register,
    list_steps,
    lock_record,
    newest_live,
)
from alongside.care.code_rights.queries.windows import (
    CaseFound,
    find_crimes,
    find_window,
)

__all__ = [
    "CaseFound",
    "RecordLine",
    "RegisterFilter",
    "StepLine",
    "find_crimes",
    "find_live_steps",
    "find_window",
    "get_record",
    "has_record",
    "keys_of",
    "list_records",
    "list_register",
    "list_steps",
    "lock_record",
    "newest_live",
]
