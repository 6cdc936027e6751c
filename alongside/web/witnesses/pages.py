"""What witness care sees of those who must give evidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from alongside.care.code_rights.queries.witnesses import RightState
from alongside.care.journey.queries.witnesses import Showing, WitnessLine
from alongside.web.casework import say
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.lists import (
    Column,
    DataTable,
    FilterField,
    FilterRow,
    Pager,
)
from alongside.web.words import say_count, say_day
from alongside.workflows.read_witnesses import Ready, WitnessView

SHOWN = {
    Showing.COMING: "Hearing to come, or no day yet",
    Showing.PASSED: "Day passed, no result",
    Showing.ENDED: "Ended",
}
ROLES = {"victim": "Victims", "witness": "Witnesses"}
PRACTICAL = {
    "childcare": "care for children or others",
    "travel": "travel",
    "interpreter": "an interpreter",
    "medical": "something for their health",
    "separate_wait": "a separate place to wait",
    "visit": "a visit beforehand",
    "supporter": "somebody beside them",
}
ENDS = {
    "trial_verdict": "Verdict given",
    "case_stopped": "Case stopped",
    "sentenced": "Sentenced",
}
EMPTY = {
    Showing.COMING: EmptyState(
        heading="Nobody is waiting to give evidence",
        text="Somebody is listed here as soon as witness care hears that they are"
        " needed, or the crime they saw comes to court.",
    ),
    Showing.PASSED: EmptyState(
        heading="Every hearing that has passed has its result",
        text="A witness is listed here where the day of their hearing has passed and"
        " nobody told us what came of it.",
    ),
    Showing.ENDED: EmptyState(heading="No case with a witness has ended yet"),
}
COLUMNS = tuple(
    Column(heading=heading)
    for heading in (
        *("Who", "Hearing", "Told they are needed", "Needs", "Special measures"),
        *("Before court", "At court", "Result"),
    )
)
NOT_YET = "Not yet"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the reader asked to see."""

    showing: Showing
    role: str
    mine: bool
    number: int

    def query(self, number: int) -> str:
        """The choice as a query, at a page."""
        return urlencode(
            {
                "show": self.showing.value,
                "role": self.role,
                "whose": "mine" if self.mine else "",
                "page": number,
            }
        )


@dataclass(frozen=True, kw_only=True)
class WitnessesPage:
    """The list."""

    title: str
    filter: FilterRow
    table: DataTable | None
    empty: EmptyState
    pager: Pager | None


def witnesses(found: WitnessView, *, choice: Choice, today: date) -> WitnessesPage:
    """Who must give evidence, by the day of the hearing."""
    rows = tuple(
        _row(line, ready, found.names.get(line.person_key, ""), today)
        for line, ready in zip(found.lines, found.ready, strict=True)
    )
    count = say_count(len(rows), "person", "people")
    return WitnessesPage(
        title="Witnesses",
        filter=_filter(choice),
        table=DataTable(
            caption=f"{count}: {SHOWN[choice.showing].lower()}",
            columns=COLUMNS,
            rows=rows,
        )
        if rows
        else None,
        empty=EMPTY[choice.showing],
        pager=_pager(choice, more=found.more),
    )


def _filter(choice: Choice) -> FilterRow:
    return FilterRow(
        fields=(
            FilterField(
                name="show",
                label="Show",
                options=tuple((one.value, said) for one, said in SHOWN.items()),
                chosen=choice.showing.value,
            ),
            FilterField(
                name="role",
                label="Who",
                options=(("", "Everybody"), *ROLES.items()),
                chosen=choice.role,
            ),
            FilterField(
                name="whose",
                label="Cases",
                options=(("", "All that I may see"), ("mine", "Mine")),
                chosen="mine" if choice.mine else "",
            ),
        ),
        export=Link(
            text="Save as CSV",
            href=reverse("witnesses:export") + "?" + choice.query(1),
        ),
    )


def _pager(choice: Choice, *, more: bool) -> Pager | None:
    number = choice.number
    if number == 1 and not more:
        return None
    return Pager(
        shown=f"Page {number:,}",
        previous="?" + choice.query(number - 1) if number > 1 else "",
        next="?" + choice.query(number + 1) if more else "",
    )


def _row(
    line: WitnessLine, ready: Ready, name: str, today: date
) -> tuple[str | Link, ...]:
    return (
        Link(
            text=name or say.reference(line.case_id),
            href=reverse("casework:case", args=[line.case_id]),
            about=line.role,
        ),
        _hearing(line, today),
        _told(line),
        _needs(ready),
        _state(ready.rights.get("special_measures")),
        "; ".join(_before(ready)) or NOT_YET,
        _at_court(ready.rights.get("court_day")),
        _result(line),
    )


def _hearing(line: WitnessLine, today: date) -> str:
    if line.hearing_on is None:
        return "No day yet"
    days = (line.hearing_on - today).days
    near = f" (in {say_count(days, 'day')})" if 0 < days <= 14 else ""
    near = " (today)" if days == 0 else near
    court = f", {line.court}" if line.court else ""
    return f"{say_day(line.hearing_on)}{near}{court}"


def _told(line: WitnessLine) -> str:
    if line.asked_at is None:
        return "Not asked for yet"
    return "Yes" if line.told else NOT_YET


def _needs(ready: Ready) -> str:
    if ready.needs_on is None:
        return "Not asked yet"
    needs = ", ".join(PRACTICAL.get(code, code) for code in ready.practical)
    asked = f"Asked on {say_day(ready.needs_on)}"
    return f"{asked}: {needs}" if needs else asked


def _state(state: RightState | None) -> str:
    return f"{state.label}, {say_day(state.on)}" if state else NOT_YET


def _before(ready: Ready) -> Iterator[str]:
    visit = ready.rights.get("court_visit")
    if visit:
        yield f"Visit: {visit.label.lower()}"
    avoid = ready.rights.get("dates_to_avoid")
    if avoid:
        yield f"Dates to avoid: {avoid.label.lower()}"
    elif ready.days_told:
        yield f"Dates to avoid: {ready.days_told}"


def _at_court(state: RightState | None) -> str:
    if state is None:
        return NOT_YET
    day = state.fields.get("when")
    if day:
        return f"{state.label} on {say_day(date.fromisoformat(day))}"
    said = f"{state.label}, {say_day(state.on)}"
    waited = state.fields.get("waited")
    return f"{said}. Waited {waited} minutes" if waited is not None else said


def _result(line: WitnessLine) -> str:
    if not line.ended_by:
        return NOT_YET
    said = ENDS.get(line.ended_by, line.ended_by)
    return f"{said}, {'told' if line.told_result else 'not told yet'}"


FILE_HEAD = (
    *("case", "crime", "role", "worker", "team", "hearing_on", "court", "needed_told"),
    *("needs_asked_on", "practical_needs", "special_measures", "visit"),
    *("dates_to_avoid", "at_court", "waited_minutes", "result", "result_told"),
)


def file_rows(found: WitnessView) -> list[tuple[object, ...]]:
    """The list as lines of a file: nobody's name."""
    return [
        _file_row(line, ready)
        for line, ready in zip(found.lines, found.ready, strict=True)
    ]


def _file_row(line: WitnessLine, ready: Ready) -> tuple[object, ...]:
    rights = ready.rights
    day = rights.get("court_day")

    def label(kind: str) -> str:
        return rights[kind].label if kind in rights else ""

    return (
        *(say.reference(line.case_id), line.crime_ref, line.role, line.worker),
        *(line.team, line.hearing_on or "", line.court, "y" if line.told else "n"),
        *(ready.needs_on or "", ";".join(ready.practical)),
        *(label("special_measures"), label("court_visit"), label("dates_to_avoid")),
        *(label("court_day"), day.fields.get("waited", "") if day else ""),
        *(line.ended_by, "y" if line.told_result else "n"),
    )
