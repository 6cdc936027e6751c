"""Pages of what is guarded: a form with its words, and lists with what can be done."""

from dataclasses import dataclass

from django import forms

from alongside.web.components.base import EmptyState, Link
from alongside.web.components.lists import DataTable, Pager
from alongside.web.components.planning import PlanSection


@dataclass(frozen=True, kw_only=True)
class GuardForm:
    """One form. `warning` is what cannot be undone; `parts` stand above the form."""

    title: str
    heading: str
    form: forms.Form
    save: str
    back: str = ""
    back_text: str = "Back"
    warning: str = ""
    notes: tuple[str, ...] = ()
    parts: tuple[DataTable | PlanSection | EmptyState, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GuardList:
    """Tables, or the words that stand in their place, and what can be done."""

    title: str
    tables: tuple[DataTable, ...] = ()
    empty: EmptyState | None = None
    notes: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    pager: Pager | None = None


def titled(heading: str, form: forms.Form) -> str:
    """A page's title, which says that there is a mistake where there is one."""
    return f"Error: {heading}" if form.errors else heading
