"""What a force owes to victims of the crimes it sent, by its own numbers."""

from collections.abc import Iterator
from urllib.parse import urlencode

from alongside.care.journey.types.owed import Lateness
from alongside.web.components.base import Link
from alongside.web.components.lists import Column, DataTable, FilterRow, Pager
from alongside.web.owed.pages import LATENESS, NOTHING, by_when, choice
from alongside.web.planning.pages import TablesPage
from alongside.workflows.read_owed import ForcePage

FORCE_HEAD = ("crime", "person", "source_system", "what", "due_on")
TOLD = (
    "Promises of the Victims' Code to people you referred, which nothing shows to have"
    " been kept. Where one was kept, tell the support service, or send the news in your"
    " next progress file."
)


def force(
    found: ForcePage, *, lateness: Lateness | None, start: int, size: int
) -> TablesPage:
    """What a force owes to victims of the crimes it sent, by its own numbers."""
    asked = {"due": str(lateness)} if lateness else {}
    table = DataTable(
        caption=f"{LATENESS[lateness] if lateness else 'Everything'}, soonest first",
        columns=(
            *(Column(heading="Crime"), Column(heading="Person, by your number")),
            *(Column(heading="What is owed"), Column(heading="By")),
        ),
        rows=tuple(
            (
                *(line.crime_ref, line.person_ref, line.label),
                by_when(line.due_on, found.on),
            )
            for line in found.lines
        ),
    )
    more = urlencode({**asked, "start": start + size})
    before = urlencode({**asked, "start": max(start - size, 0)})
    return TablesPage(
        title="What we owe victims",
        heading="What we owe victims",
        notes=(TOLD,),
        tables=(table,) if found.lines else (),
        filters=FilterRow(
            fields=(choice("due", "Due", LATENESS, lateness or ""),),
            clear=Link(text="Show everything", href="?") if lateness else None,
            export=Link(
                text="Save as CSV", href=f"?{urlencode({**asked, 'format': 'csv'})}"
            )
            if found.lines
            else None,
        ),
        empty=None if found.lines else NOTHING,
        pager=Pager(
            shown=f"Promises {start + 1} to {start + len(found.lines)}",
            previous=f"?{before}" if start else "",
            next=f"?{more}" if found.has_more else "",
        )
        if start or found.has_more
        else None,
    )


def force_rows(found: ForcePage) -> Iterator[tuple[object, ...]]:
    """What a force owes as rows of a file."""
    for line in found.lines:
        yield (
            *(line.crime_ref, line.person_ref, line.source_system, line.label),
            line.due_on,
        )
