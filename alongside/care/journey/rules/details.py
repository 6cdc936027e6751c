"""Reading what an event says in its details, whoever wrote them."""

from collections.abc import Mapping

CUSTODY = "custody"
LONGEST = 6  # digits of a number of months that can be meant


def said(detail: Mapping[str, object], field: str) -> str:
    """What an event says in one of its details, as the tables write it."""
    return str(detail.get(field, "")).strip().lower().replace(" ", "_")


def outcome_of(detail: Mapping[str, object]) -> str:
    """The outcome code that an event says; empty where it says none."""
    return str(detail.get("outcome_type") or "").strip().upper()


def custody_months(detail: Mapping[str, object]) -> int | None:
    """How long a sentence of immediate custody is; None for any other sentence, and
    where nobody said how long."""
    months = str(detail.get("months", "")).strip()
    readable = months.isascii() and months.isdecimal() and len(months) <= LONGEST
    if said(detail, "sentence") != CUSTODY or not readable:
        return None
    return int(months)
