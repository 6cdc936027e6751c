"""What happened in the matters of a case, and until when something may be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from alongside.care.casework import queries as casework
from alongside.care.casework.queries import CrimeLine
from alongside.care.code_rights.rules import (
    Happened,
    child_until,
    find_openings,
    window_until,
)
from alongside.care.code_rights.tables import CHILD_LIMITS
from alongside.care.code_rights.types import RightKind, WindowNow
from alongside.care.journey import queries as journey
from alongside.care.journey.queries.events import TellingLine
from alongside.care.journey.queries.matters import list_matters
from alongside.care.journey.rules import custody_months, outcome_of, said
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.queries import read_calendar
from alongside.foundation.organisations.types import Calendar
from alongside.foundation.reference.tables import OFFENCES

MOST_EVENTS = 2000


@dataclass(frozen=True, kw_only=True)
class CaseFound:
    """The crimes of a case, what happened in each, the newest first, and the stages
    of its matters. Windows are counted by `calendar`."""

    crimes: tuple[CrimeLine, ...]
    happened: dict[int, tuple[Happened, ...]]
    stages: dict[int, frozenset[str]]
    calendar: Calendar

    def crime(self, victimisation_id: int) -> CrimeLine | None:
        """One of its crimes."""
        return next(
            (one for one in self.crimes if one.victimisation_id == victimisation_id),
            None,
        )


def find_crimes(*, case_id: int) -> CaseFound:
    """The crimes of a case and what happened in them. Five statements."""
    crimes = casework.list_crimes(case_ids=[case_id])
    keys = [one.victimisation_id for one in crimes]
    happened: dict[int, list[Happened]] = {key: [] for key in keys}
    told = journey.list_tellings(victimisation_ids=keys)
    for line in journey.list_events(victimisation_ids=keys, limit=MOST_EVENTS):
        if line.superseded_by is None:
            happened[line.victimisation_id].append(
                Happened(
                    event=line.event,
                    at=line.occurred_at,
                    suspect_ref=line.suspect_ref,
                    outcome=outcome_of(line.detail),
                    sentence=said(line.detail, "sentence"),
                    custody_months=custody_months(line.detail),
                    told_at=_first(told.get(line.event_id, ())),
                )
            )
    stages: dict[int, set[str]] = {key: set() for key in keys}
    for matter in list_matters(victimisation_ids=keys):
        stages[matter.victimisation_id].add(matter.stage)
    return CaseFound(
        crimes=tuple(crimes),
        happened={key: tuple(lines) for key, lines in happened.items()},
        stages={key: frozenset(found) for key, found in stages.items()},
        calendar=read_calendar(),
    )


def _first(tellings: Sequence[TellingLine]) -> datetime | None:
    counting = (one.told_at for one in tellings if not one.taken_back)
    return min(counting, default=None)


def find_window(
    kind: RightKind,
    crime: CrimeLine,
    found: CaseFound,
    *,
    suspect_ref: str = "",
    told_on: date | None = None,
    born: date | None = None,
) -> WindowNow | None:
    """How the window of a kind stands for one crime. None where it has no window.

    `told_on` is the day the person was told, where somebody knows it; `born` their
    date of birth. No statement: everything is in `found`.
    """
    window = kind.window
    if window is None:
        return None
    at = crime.occurred_from or crime.reported_at
    openings = find_openings(
        window,
        happened=found.happened.get(crime.victimisation_id, ()),
        crime_at=at,
        offence_group=offence_group(crime),
        suspect_ref=suspect_ref,
    )
    until = window_until([*openings], told_on=told_on, calendar=found.calendar)
    if window.child and until is not None:
        until = max(until, _child(kind, crime, at, born) or until)
    return WindowNow(until=until, late=window.late)


def offence_group(crime: CrimeLine) -> str:
    """The national group of its offence; empty for an incident or unknown code."""
    offence = OFFENCES.get(crime.offence_code)
    return offence.group if offence else ""


def _child(
    kind: RightKind, crime: CrimeLine, at: datetime, born: date | None
) -> date | None:
    if kind.window is None or not kind.window.child:
        return None
    return child_until(
        CHILD_LIMITS[kind.window.child],
        born=born,
        reported_on=local_day(crime.reported_at),
        occurred_on=local_day(at),
    )
