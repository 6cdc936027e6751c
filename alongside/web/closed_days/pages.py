"""What the pages about closed days show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from alongside.foundation.accounts.types import Actor
from alongside.foundation.organisations.queries import ClosedDayLine
from alongside.foundation.organisations.rules import renewal
from alongside.foundation.organisations.types import NewClosing
from alongside.foundation.reference.tables import BANK_HOLIDAYS, CALENDAR_ENDS
from alongside.web.closed_days import say
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.casefile import Fact
from alongside.web.components.lists import Column, DataTable, FilterField, FilterRow
from alongside.web.words import say_count, say_day
from alongside.workflows.keep_calendar import Move, Preview, may_keep

FILE_HEAD = (
    *("day", "what", "kind", "offices_of", "why", "added_by", "added_at"),
    *("withdrawn_by", "withdrawn_at", "withdrawn_why", "counted_at"),
)
BANK, OWN = "Bank holiday", "Added here"
SOON = "Promises that run are counted anew within a few minutes."
KEPT = (
    "What was kept or missed stays as it is, and so does the past.",
    (
        "Tasks, appointments and requests that have a day keep it; new ones are counted"
        " with these days."
    ),
)
COUNTED = (
    "Promises are counted in working days: Monday to Friday, without the days below."
    " Bank holidays are those of England and Wales and hold for everybody. They are"
    " known up to {until}."
)
LEFT_OUT = (
    "Weekends and bank holidays in between are left out by themselves. Before anything"
    " is saved you see which promises would move."
)
NO_DAYS = EmptyState(
    heading="No closed days here",
    text="Neither a bank holiday nor a day that somebody added.",
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A day that is not worked: a bank holiday, or one that the area added."""

    on: date
    title: str
    own: ClosedDayLine | None = None


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """Every closed day of a stretch of time."""

    title: str
    count: str
    add: str
    warning: str
    notes: tuple[str, ...]
    filter: FilterRow
    tables: tuple[DataTable, ...]
    empty: EmptyState | None


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """One form, with what it would move where that is known."""

    title: str
    heading: str
    caption: str
    form: forms.Form
    save: str
    notes: tuple[str, ...] = ()
    tables: tuple[DataTable, ...] = ()
    warns: bool = False


@dataclass(frozen=True, kw_only=True)
class CheckPage:
    """What was typed, what it would move, and the question whether to do it."""

    title: str
    heading: str
    facts: tuple[Fact, ...]
    moves: str
    notes: tuple[str, ...]
    tables: tuple[DataTable, ...]
    kept: tuple[tuple[str, str], ...]
    save: str


def year_of(typed: str) -> int | None:
    """The year asked for; none for days to come."""
    return int(typed) if typed.isascii() and typed.isdigit() else None


def lines(own: Sequence[ClosedDayLine], *, year: int | None, today: date) -> list[Line]:
    """Bank holidays and the area's own days of a year, or those to come, by day."""
    found = [Line(on=one.on, title=one.title) for one in BANK_HOLIDAYS]
    found += [Line(on=one.on, title=one.title, own=one) for one in own]
    return sorted(
        (
            line
            for line in found
            if (line.on.year == year if year else line.on >= today)
        ),
        key=lambda line: line.on,
    )


def listed(
    found: Sequence[Line], *, asked: Mapping[str, str], actor: Actor, today: date
) -> ListPage:
    """The list of closed days."""
    keeps = may_keep(actor)
    standing = [one for one in found if not (one.own and one.own.withdrawn_at)]
    gone = [one.own for one in found if one.own and one.own.withdrawn_at]
    year = year_of(asked.get("year", ""))
    tables = []
    if standing:
        tables.append(_table(standing, year=year, today=today, keeps=keeps))
    if gone:
        tables.append(_withdrawn(gone))
    return ListPage(
        title="Closed days",
        count=say_count(len(standing), "day"),
        add=reverse("closed_days:add") if keeps else "",
        warning=renewal(today),
        notes=(COUNTED.format(until=say_day(CALENDAR_ENDS)),),
        filter=_filter(year, today),
        tables=tuple(tables),
        empty=None if tables else NO_DAYS,
    )


def add(form: forms.Form) -> FormPage:
    """The form that adds a day or a stretch of days."""
    heading = "Add closed days"
    return FormPage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        caption="Closed days",
        form=form,
        save="Continue",
        notes=(LEFT_OUT,),
    )


def check(closing: NewClosing, preview: Preview, form: forms.Form) -> CheckPage:
    """What adding the days would do, and the question whether to do it."""
    many = len(preview.days) > 1
    return CheckPage(
        title="Check before you save",
        heading="Close offices on these days?"
        if many
        else "Close offices on this day?",
        facts=(
            Fact(name="Days" if many else "Day", value=say.days(preview.days)),
            Fact(name="Working days", value=_working(closing, preview)),
            Fact(name="Called", value=closing.title),
            Fact(name="Why", value=closing.reason),
            Fact(name="Offices of", value=say.whose(closing.holders)),
        ),
        moves=_sentence(preview, "would be due later"),
        notes=KEPT,
        tables=_move_tables(preview.moves),
        kept=tuple(_typed(form)),
        save="Save these days" if many else "Save this day",
    )


def withdraw(day: ClosedDayLine, preview: Preview, form: forms.Form) -> FormPage:
    """What taking a day back would do, and the question why."""
    heading = "Take this day back?"
    return FormPage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        caption=f"{say.weekday(day.on)}: {day.title}",
        form=form,
        save="Take it back",
        notes=(KEPT[0], _sentence(preview, "would be due sooner again")),
        tables=_move_tables(preview.moves),
        warns=True,
    )


def added(days: Sequence[date]) -> str:
    """What is said once days are saved."""
    what = say.weekday(days[0]) if len(days) == 1 else f"{len(days)} days"
    return f"{what} added. {SOON}"


def file_rows(found: Sequence[Line]) -> Iterator[tuple[object, ...]]:
    """The days as rows of a file."""
    for line in found:
        own = line.own
        if own is None:
            yield (line.on, line.title, BANK, say.EVERYBODYS, *[""] * 7)
        else:
            yield (
                *(line.on, line.title, OWN, say.whose(own.holders), own.reason),
                *(own.added_by, own.added_at, own.withdrawn_by, own.withdrawn_at),
                *(own.withdrawn_why, own.counted_at),
            )


def _table(
    found: Sequence[Line], *, year: int | None, today: date, keeps: bool
) -> DataTable:
    heads = ["Day", "What", "Offices of", "Kind", "Why, and who added it"]
    return DataTable(
        caption=f"Closed days of {year}" if year else "Closed days to come",
        columns=tuple(
            Column(heading=one) for one in (*heads, *(["Change"] if keeps else []))
        ),
        rows=tuple(_row(line, today, keeps=keeps) for line in found),
    )


def _row(line: Line, today: date, *, keeps: bool) -> tuple[str | Link, ...]:
    own = line.own
    if own is None:
        row = (say.weekday(line.on), line.title, say.EVERYBODYS, BANK, "")
        return (*row, "") if keeps else row
    act = (
        Link(
            text="Take back",
            href=reverse("closed_days:withdraw", args=[own.public_id]),
            about=say.weekday(own.on),
        )
        if own.may_be_withdrawn(today)
        else ""
    )
    cells = (
        *(say.weekday(line.on), line.title, say.whose(own.holders)),
        f"{OWN}. {_counting(own)}",
        f"{own.reason.rstrip('.')}. {own.added_by}, {say_day(own.added_at.date())}",
    )
    return (*cells, act) if keeps else cells


def _withdrawn(found: Sequence[ClosedDayLine]) -> DataTable:
    return DataTable(
        caption="Taken back",
        columns=tuple(
            Column(heading=one)
            for one in ("Day", "What", "Offices of", "Why it was taken back", "By")
        ),
        rows=tuple(
            (
                *(say.weekday(one.on), one.title, say.whose(one.holders)),
                f"{one.withdrawn_why.rstrip('.')}. {_counting(one)}",
                one.withdrawn_by,
            )
            for one in found
        ),
    )


def _counting(own: ClosedDayLine) -> str:
    """How far running promises are counted anew because of it."""
    if own.counted_at is not None:
        return "Promises are counted by it" if not own.withdrawn_at else ""
    if own.counting_of:
        done = f"{own.counting_done:,} of {own.counting_of:,}"
        return f"Being counted into promises: {done} cases done"
    return "Counted into promises within a few minutes"


def _filter(year: int | None, today: date) -> FilterRow:
    first = min(one.on.year for one in BANK_HOLIDAYS)
    last = max(CALENDAR_ENDS.year, today.year)
    chosen = str(year or "")
    return FilterRow(
        fields=(
            FilterField(
                name="year",
                label="Which",
                options=(
                    ("", "To come"),
                    *((str(one), str(one)) for one in range(last, first - 1, -1)),
                ),
                chosen=chosen,
            ),
        ),
        export=Link(
            text="Save as CSV",
            href="?" + urlencode({"year": chosen, "format": "csv"}),
        ),
    )


def _sentence(preview: Preview, what: str) -> str:
    """How many promises would move, before the table that says which."""
    if not preview.promises:
        return "No promise that runs now would move."
    runs = "runs" if preview.promises == 1 else "run"
    return f"{say_count(preview.promises, 'promise')} that {runs} now {what}:"


def _working(closing: NewClosing, preview: Preview) -> str:
    fresh, whole = len(preview.days), (closing.last - closing.first).days + 1
    words = say_count(fresh, "day")
    if fresh == whole:
        return words
    left = say_count(whole - fresh, "other day")
    return f"{words}; {left} left out: a weekend, a bank holiday or on the list already"


def _move_tables(moves: Sequence[Move]) -> tuple[DataTable, ...]:
    if not moves:
        return ()
    return (
        DataTable(
            caption="Promises that would move, by who owes them",
            columns=(
                Column(heading="Owed by"),
                Column(heading="Due now"),
                Column(heading="Would be due"),
                Column(heading="Promises", numeric=True),
            ),
            rows=tuple(
                (
                    *(say.owes(one.holder), say.weekday(one.was)),
                    *(say.weekday(one.becomes), f"{one.promises:,}"),
                )
                for one in moves
            ),
        ),
    )


def _typed(form: forms.Form) -> Iterator[tuple[str, str]]:
    """What was typed, to be sent again with the answer."""
    data = form.data
    for name in ("first", "last"):
        yield from ((f"{name}_{n}", data.get(f"{name}_{n}", "")) for n in range(3))
    yield from ((name, data.get(name, "")) for name in ("title", "reason"))
    yield from (("holders", one) for one in form.cleaned_data["holders"])
