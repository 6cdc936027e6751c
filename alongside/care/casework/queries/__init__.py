"""Questions about cases. Nothing here writes."""

from alongside.care.casework.queries.arrivals import (
    KnownMatter,
    LiveCrime,
    OpenCase,
    find_live_crimes,
    find_matters,
    find_open_cases,
    find_same_part,
)
from alongside.care.casework.queries.cases import (
    CaseFacts,
    ChangeLine,
    CrimeLine,
    NoteLine,
    case_facts,
    get_case,
    has_open_case,
    list_changes,
    list_crimes,
    list_notes,
    list_person_cases,
)
from alongside.care.casework.queries.lists import (
    WorkCase,
    count_my_cases,
    count_queue,
    list_my_cases,
    list_queue,
    list_team_cases,
)
from alongside.care.casework.queries.standing import (
    Standing,
    StrayCase,
    count_standing,
    list_strays,
)

__all__ = [
    "CaseFacts",
    "ChangeLine",
    "CrimeLine",
    "KnownMatter",
    "LiveCrime",
    "NoteLine",
    "OpenCase",
    "Standing",
    "StrayCase",
    "WorkCase",
    "case_facts",
    "count_my_cases",
    "count_queue",
    "count_standing",
    "find_live_crimes",
    "find_matters",
    "find_open_cases",
    "find_same_part",
    "get_case",
    "has_open_case",
    "list_changes",
    "list_crimes",
    "list_my_cases",
    "list_notes",
    "list_person_cases",
    "list_queue",
    "list_strays",
    "list_team_cases",
]
