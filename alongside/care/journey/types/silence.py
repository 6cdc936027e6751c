"""Where nothing was heard for too long."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.care.journey.types.holders import DutyHolder
from alongside.foundation.lib.provenance import Sourced


@dataclass(frozen=True, kw_only=True, slots=True)
class SilenceRule(Sourced):
    """When a case counts as silent, and what to do about it.

    It begins with one of the events `after` (`report`: the report of the crime), and
    counts from the event, from a day that its detail names, or from the last `news`.
    It finds a case when more than `standard` (or `enhanced`) days have gone by and none
    of the events `ends` came later. `only_field` and `only_values` narrow it to what
    the event says; `unsettled` to crimes without an outcome.
    """

    code: str
    label: str
    asks: str
    ask_of: DutyHolder
    after: frozenset[str]
    counted_from: str
    only_field: str
    only_values: frozenset[str]
    ends: frozenset[str]
    unsettled: bool
    standard: int
    enhanced: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SilentCase:
    """One case that a rule found, and since which day it counts."""

    since: date
    case_id: UUID
    person_id: int
    tier: str
    worker_name: str
    team_name: str
