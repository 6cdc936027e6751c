"""The pages of a person's protected details, and what other pages say of them."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.urls import reverse

from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.vault.tables import KINDS, REASONS
from alongside.foundation.vault.types import DetailLine, HeldDetails, OpenedDetail
from alongside.web.components.base import Act, EmptyState, Link
from alongside.web.components.lists import Column, DataTable
from alongside.web.components.person import ProtectedCard
from alongside.web.words import say_moment
from alongside.workflows.protected_details import DetailView, ProtectedView

NONE_HELD = "None are held"
MAY_NOT = "Some are held. You do not have access to them"
SEALED = (
    "It is sealed so that only those with access to protected details can open it. Each"
    " time somebody does, it is written down."
)
WRITTEN_DOWN = (
    "Your name, the time and your reason are written down. The person may ask who has"
    " looked."
)


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """What is held of a person, opening nothing. `words` stands where a list cannot."""

    title: str
    caption: str
    back: str
    words: str
    add: Act | None
    held: DataTable | None
    ended: DataTable | None
    empty: EmptyState | None


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """One form about a protected detail."""

    title: str
    heading: str
    caption: str
    form: forms.Form
    back: str
    save: str
    notes: tuple[str, ...] = ()
    own_heading: bool = True


@dataclass(frozen=True, kw_only=True)
class ShownPage:
    """A protected detail, shown once, and that the look was written down."""

    title: str
    heading: str
    caption: str
    lines: tuple[str, ...]
    seen_by: str
    back: str
    again: str


@dataclass(frozen=True, kw_only=True)
class EndPage:
    """Asking once before a detail is called out of date."""

    title: str
    heading: str
    caption: str
    words: str
    back: str


def card(held: HeldDetails, *, person_id: UUID, actor: Actor) -> ProtectedCard:
    """What the pages of a case and of a person say of protected details."""
    if not may_open(held, actor):
        return ProtectedCard(words=(MAY_NOT if held.any else NONE_HELD,))
    words = tuple(KINDS[kind].held_words for kind in held.kinds)
    text = "Open or add protected details" if words else "Add a protected detail"
    return ProtectedCard(
        words=words or (NONE_HELD,),
        link=Link(text=text, href=address("list" if words else "add", person_id)),
    )


def may_open(held: HeldDetails, actor: Actor) -> bool:
    """Whether the reader is shown which kinds are held, and may open them."""
    return held.may_open and actor.has(Permission.PROTECTED_OPEN)


def address(page: str, person_id: UUID, detail_id: UUID | None = None) -> str:
    """Where a page about a person's protected details is."""
    rest = [detail_id] if detail_id else []
    return reverse(f"vault:{page}", args=[person_id, *rest])


def listing(view: ProtectedView, *, actor: Actor) -> ListPage:
    """The list of one person's protected details for one reader."""
    person_id = view.label.public_id
    allowed = may_open(view.held, actor)
    held = [line for line in view.details if line.ended_at is None]
    ended = [line for line in view.details if line.ended_at is not None]
    add = Act(
        text="Add a protected detail", href=address("add", person_id), primary=True
    )
    return ListPage(
        title="Protected details",
        caption=view.label.name,
        back=reverse("casework:person", args=[person_id]),
        words="" if allowed else f"{MAY_NOT if view.held.any else NONE_HELD}.",
        add=add if allowed else None,
        held=_held(held, person_id) if allowed and held else None,
        ended=_ended(ended, person_id) if allowed and ended else None,
        empty=EmptyState(
            heading="Nothing is held under protection",
            text="Keep here what could put them in danger if the wrong person read it.",
        )
        if allowed and not held
        else None,
    )


def _held(lines: list[DetailLine], person_id: UUID) -> DataTable:
    return DataTable(
        caption="Held now, newest first",
        columns=(
            Column(heading="What"),
            Column(heading="Who put it in, and when"),
            Column(heading="Open"),
            Column(heading="Replace"),
            Column(heading="End"),
        ),
        rows=tuple(
            (
                KINDS[line.kind].label,
                _who(line.made_by, line),
                _link("Show", "open", person_id, line),
                _link("Replace", "replace", person_id, line),
                _link("This is out of date", "end", person_id, line),
            )
            for line in lines
        ),
    )


def _ended(lines: list[DetailLine], person_id: UUID) -> DataTable:
    return DataTable(
        caption="Out of date",
        columns=(
            Column(heading="What"),
            Column(heading="Who put it in, and when"),
            Column(heading="Until"),
            Column(heading="Open"),
        ),
        rows=tuple(
            (
                KINDS[line.kind].label,
                _who(line.made_by, line),
                say_moment(line.ended_at) if line.ended_at else "",
                _link("Show", "open", person_id, line),
            )
            for line in lines
        ),
    )


def _who(name: str, line: DetailLine) -> str:
    return f"{name}, {say_moment(line.made_at)}"


def _link(text: str, page: str, person_id: UUID, line: DetailLine) -> Link:
    about = f"{KINDS[line.kind].label.lower()} of {say_moment(line.made_at)}"
    return Link(text=text, href=address(page, person_id, line.detail_id), about=about)


def adding(view: ProtectedView, form: forms.Form) -> FormPage:
    """The form that protects a detail."""
    heading = "Add a protected detail"
    return FormPage(
        title=_title(heading, form),
        heading=heading,
        caption=view.label.name,
        form=form,
        back=address("list", view.label.public_id),
        save="Protect it",
        notes=(SEALED,),
    )


def replacing(view: DetailView, form: forms.Form) -> FormPage:
    """The form that puts a new value in a detail's place."""
    heading = f"Replace the {KINDS[view.detail.kind].label.lower()}"
    return FormPage(
        title=_title(heading, form),
        heading=heading,
        caption=view.label.name,
        form=form,
        back=address("list", view.label.public_id),
        save="Replace it",
        notes=("What is held now is kept as out of date.",),
    )


def opening(view: DetailView, form: forms.Form) -> FormPage:
    """The form that asks why a detail is opened."""
    heading = f"Show the {KINDS[view.detail.kind].label.lower()}"
    return FormPage(
        title=_title(heading, form),
        heading=heading,
        caption=view.label.name,
        form=form,
        back=address("list", view.label.public_id),
        save="Show it",
        notes=(WRITTEN_DOWN,),
    )


def shown(
    view: DetailView, opened: OpenedDetail, *, reason: str, by: str, at: str
) -> ShownPage:
    """A detail, opened once."""
    label = KINDS[view.detail.kind].label
    ended = " (out of date)" if view.detail.ended_at else ""
    return ShownPage(
        title=label,
        heading=f"{label}{ended}",
        caption=view.label.name,
        lines=tuple(opened.text.splitlines()),
        seen_by=f"Opened by {by}, {at}. Reason: {REASONS[reason].label}.",
        back=address("list", view.label.public_id),
        again=address("open", view.label.public_id, view.detail.detail_id),
    )


def ending(view: DetailView) -> EndPage:
    """What saying that a detail is out of date will do."""
    label = KINDS[view.detail.kind].label.lower()
    return EndPage(
        title="Is this out of date?",
        heading=f"Is this {label} out of date?",
        caption=view.label.name,
        words=(
            "It will no longer be offered, and they will not be found by it. It cannot "
            "be brought back as it is: to use it again, add it again. It stays sealed "
            "and can still be opened."
        ),
        back=address("list", view.label.public_id),
    )


def _title(heading: str, form: forms.Form) -> str:
    return f"Error: {heading}" if form.errors else heading
