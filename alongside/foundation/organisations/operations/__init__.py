"""Setting up areas and agencies, keeping agreements, and keeping closed days."""

from alongside.foundation.organisations.operations.calendar import (
    add_closed_days,
    mark_counted,
    note_counting,
    withdraw_closed_day,
)
from alongside.foundation.organisations.operations.registers import (
    CannotMove,
    DaysImpossible,
    NothingFlows,
    draft_agreement,
    end_agreement,
    extend_agreement,
    note_chase,
    note_review,
    put_live,
    set_up_agency,
    set_up_area,
)

__all__ = [
    "CannotMove",
    "DaysImpossible",
    "NothingFlows",
    "add_closed_days",
    "draft_agreement",
    "end_agreement",
    "extend_agreement",
    "mark_counted",
    "note_chase",
    "note_counting",
    "note_review",
    "put_live",
    "set_up_agency",
    "set_up_area",
    "withdraw_closed_day",
]
