"""What happened in the matters of a case, and until when something may be asked."""

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
from alongside.care.journey.rules import stage_after
from alongside.care.journey.tables import EVENTS
from alongside.care.journey.types import ProgressEvent
from alongside.foundation.lib.local import local_day
from alongside.foundation.reference.tables import CLOSED_DAYS

MOST_EVENTS = 2000
UNREPORTED, REPORTED = "S00", "S10"


@dataclass(frozen=True, kw_only=True)
class CaseFound:
    """The crimes of a case, what happened in each, the newest first, and the stages
    of its matters."""

    crimes: tuple[CrimeLine, ...]
    happened: dict[int, tuple[Happened, ...]]
    stages: dict[int, frozenset[str]]

    def crime(self, victimisation_id: int) -> CrimeLine | None:
        """One of its crimes."""
        return next(
            (one for one in self.crimes if one.victimisation_id == victimisation_id),
            None,
        )


def find_crimes(*, case_id: int) -> CaseFound:
    """The crimes of a case and what happened in them. Two statements."""
    crimes = casework.list_crimes(case_ids=[case_id])
    keys = [one.victimisation_id for one in crimes]
    happened: dict[int, list[Happened]] = {key: [] for key in keys}
    stages: dict[int, dict[str, str]] = {key: {} for key in keys}
    for line in journey.list_events(victimisation_ids=keys, limit=MOST_EVENTS):
        key = line.victimisation_id
        happened[key].append(
            Happened(
                event=line.event, at=line.occurred_at, suspect_ref=line.suspect_ref
            )
        )
        row = EVENTS.get(ProgressEvent(line.event))
        stage = stage_after(row, line.detail) if row else ""
        if stage:
            stages[key].setdefault(line.suspect_ref, stage)
    return CaseFound(
        crimes=tuple(crimes),
        happened={key: tuple(lines) for key, lines in happened.items()},
        stages={
            crime.victimisation_id: _stages(stages[crime.victimisation_id], crime)
            for crime in crimes
        },
    )


def _stages(by_suspect: dict[str, str], crime: CrimeLine) -> frozenset[str]:
    """The stages of its matters; before anything happened, whether it is reported."""
    return frozenset(by_suspect.values()) or frozenset(
        {UNREPORTED if crime.by_hand else REPORTED}
    )


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
        suspect_ref=suspect_ref,
    )
    until = window_until([*openings], told_on=told_on, closed=CLOSED_DAYS)
    if window.child and until is not None:
        until = max(until, _child(kind, crime, at, born) or until)
    return WindowNow(until=until, late=window.late)


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
