"""The timeline of a case, grouped by day."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from alongside.foundation.lib.local import LONDON, local_day
from alongside.web.casework import say
from alongside.web.components import casefile
from alongside.web.components.base import EmptyState, Link
from alongside.workflows.case_timeline import Entry, EntryKind
from alongside.workflows.read_case import CaseView

KINDS = {
    EntryKind.CONTACT: "Contact",
    EntryKind.NOTE: "Notes",
    EntryKind.POLICE: "Police and court",
    EntryKind.CRIME: "Crimes",
    EntryKind.PROMISE: "Promises",
    EntryKind.ASSESSMENT: "Assessments",
    EntryKind.PLAN: "Plan",
    EntryKind.DECISION: "Decisions",
    EntryKind.TASK: "Tasks",
}
LABELS = {
    EntryKind.CONTACT: "Contact",
    EntryKind.NOTE: "Note",
    EntryKind.POLICE: "Police and court",
    EntryKind.CRIME: "Crime",
    EntryKind.PROMISE: "Promise",
    EntryKind.ASSESSMENT: "Assessment",
    EntryKind.PLAN: "Plan",
    EntryKind.DECISION: "Decision",
    EntryKind.TASK: "Task",
}


def timeline(
    view: CaseView, *, on: date, kind: EntryKind | None, limit: int, here: str
) -> casefile.Timeline:
    """The newest entries, with ways to narrow them and to see more."""
    narrowed = f"kind={kind}&" if kind else ""
    nothing = EmptyState(
        heading="Nothing of that kind yet", text="Choose Everything to see the rest."
    )
    return casefile.Timeline(
        days=days(view.entries, on=on),
        filters=(
            casefile.FilterLink(text="Everything", href=here, chosen=kind is None),
            *(
                casefile.FilterLink(
                    text=words, href=f"{here}?kind={one}", chosen=one is kind
                )
                for one, words in KINDS.items()
            ),
        ),
        older=Link(text="Show older entries", href=f"{here}?{narrowed}show={limit * 2}")
        if view.has_older
        else None,
        empty=nothing,
    )


def days(entries: Iterable[Entry], *, on: date) -> tuple[casefile.TimelineDay, ...]:
    """Entries by the day in London on which they happened."""
    return tuple(
        casefile.TimelineDay(
            label=f"Today, {say.long_day(day)}" if day == on else say.long_day(day),
            events=tuple(_event(entry) for entry in group),
        )
        for day, group in groupby(entries, key=lambda entry: local_day(entry.at))
    )


def _event(entry: Entry) -> casefile.TimelineEvent:
    label = LABELS[entry.kind]
    return casefile.TimelineEvent(
        time=f"{entry.at.astimezone(LONDON):%H:%M}",
        kind="" if label == entry.title else label,
        title=entry.title,
        who=entry.who,
        detail=entry.detail,
    )
