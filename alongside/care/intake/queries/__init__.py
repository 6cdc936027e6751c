"""Questions about deliveries and referrals. Nothing here writes."""

from alongside.care.intake.queries.arrivals import (
    find_known_referrals,
    find_same_bytes,
    list_excluded_offences,
)
from alongside.care.intake.queries.deliveries import (
    DeliverySummary,
    count_deliveries,
    get_delivery,
    get_rows_done,
    is_any_waiting,
    iterate_parts,
    list_deliveries,
    list_sent_or_received,
    next_waiting,
    report_of,
    summarise,
)
from alongside.care.intake.queries.fates import (
    ReturnedReferral,
    RowFate,
    count_fates,
    find_by_extract,
    list_fates,
    list_returns,
)
from alongside.care.intake.queries.held import (
    HeldCounts,
    HeldReferral,
    count_held,
    describe_hold,
    find_open_holds,
    get_current_row,
    get_hold,
    list_held,
)

__all__ = [
    "DeliverySummary",
    "HeldCounts",
    "HeldReferral",
    "ReturnedReferral",
    "RowFate",
    "count_deliveries",
    "count_fates",
    "count_held",
    "describe_hold",
    "find_by_extract",
    "find_known_referrals",
    "find_open_holds",
    "find_same_bytes",
    "get_current_row",
    "get_delivery",
    "get_hold",
    "get_rows_done",
    "is_any_waiting",
    "iterate_parts",
    "list_deliveries",
    "list_excluded_offences",
    "list_fates",
    "list_held",
    "list_returns",
    "list_sent_or_received",
    "next_waiting",
    "report_of",
    "summarise",
]
