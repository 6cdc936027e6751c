"""The shapes of the pages of planning, and how they say things."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.urls import reverse

from alongside.care.planning.queries.plans import PlanChangeLine
from alongside.foundation.lib.local import LONDON, local_day
from alongside.web.casework import say
from alongside.web.components.base import Act, EmptyState, Link, Tag, Tone
from alongside.web.components.casefile import Timeline, TimelineDay, TimelineEvent
from alongside.web.components.lists import DataTable, FilterRow, Pager
from alongside.web.components.planning import PlanCard, PlanSection
from alongside.workflows.read_case import CaseBrief

LATE = Tag(text="Overdue", tone=Tone.LATE)


@dataclass(frozen=True, kw_only=True)
class CardsPage:
    """Cards under headings, about one case or one worker."""

    title: str
    heading: str
    back: str
    back_text: str
    sections: tuple[PlanSection, ...]
    caption: str = ""
    tag: Tag | None = None
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    links: tuple[Link, ...] = ()
    history: Timeline | None = None


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """One form. `now` is what is written down now, where somebody else changed it."""

    title: str
    heading: str
    caption: str
    form: forms.Form
    back: str
    back_text: str
    save: str
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    now: PlanCard | None = None


@dataclass(frozen=True, kw_only=True)
class SheetPart:
    """One part of a sheet for the person."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SheetPage:
    """A sheet for the person. Its title tells nobody anything."""

    title: str
    heading: str
    back: str
    back_text: str
    parts: tuple[SheetPart, ...]


@dataclass(frozen=True, kw_only=True)
class TablesPage:
    """Tables of numbers or cases, and the same as a file."""

    title: str
    heading: str
    tables: tuple[DataTable, ...]
    back: str = ""
    back_text: str = ""
    notes: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    filters: FilterRow | None = None
    empty: EmptyState | None = None
    pager: Pager | None = None
    export: Link | None = None


def form_page(
    heading: str,
    brief: CaseBrief,
    form: forms.Form,
    *,
    save: str,
    back: str = "plan",
    notes: Iterable[str] = (),
    warnings: Iterable[str] = (),
    now: PlanCard | None = None,
) -> FormPage:
    """A form about what is planned in one case."""
    return FormPage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        caption=say.whose(brief),
        form=form,
        back=reverse(f"planning:{back}", args=[brief.case.public_id]),
        back_text="Back",
        save=save,
        notes=tuple(notes),
        warnings=tuple(warnings),
        now=now,
    )


def to_case(brief: CaseBrief) -> str:
    """The way to the case page."""
    return reverse("casework:case", args=[brief.case.public_id])


def at(page: str, brief: CaseBrief, *more: object) -> str:
    """The address of a page of planning about a case."""
    return reverse(f"planning:{page}", args=[brief.case.public_id, *more])


def history(changes: Sequence[PlanChangeLine], *, on: date) -> Timeline | None:
    """How what is planned changed, by day, the newest first."""
    days: dict[date, list[TimelineEvent]] = {}
    for change in changes:
        days.setdefault(local_day(change.at), []).append(
            TimelineEvent(
                time=f"{change.at.astimezone(LONDON):%H:%M}",
                kind="",
                title=change.words,
                who=change.by,
                detail=change.detail,
            )
        )
    if not days:
        return None
    return Timeline(
        days=tuple(
            TimelineDay(label=say.long_day(day), events=tuple(events))
            for day, events in days.items()
        )
    )


def due(day: date, on: date) -> str:
    """A day and how far off it is: "By Friday 20 November 2026, in 3 days"."""
    return f"By {say.long_day(day)}, {say.how_far(day, on)}"
