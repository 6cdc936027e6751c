"""The pages on which two people are joined, or parted again."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.urls import reverse

from alongside.care.linking.types import MergeLine
from alongside.care.people.types import PersonLabel
from alongside.foundation.accounts.types import Actor, Permission
from alongside.web.components.base import Link
from alongside.web.components.lists import Column, DataTable
from alongside.web.words import say_day, say_moment
from alongside.workflows.merge_people import MergePlan, Moved, PartPlan

TAKEN_BACK = (
    "This can be taken back, and every record then goes back to where it was. What"
    " somebody has read meanwhile they have read."
)


@dataclass(frozen=True, kw_only=True)
class JoiningPage:
    """A form under what it is about, with what would move."""

    title: str
    heading: str
    form: forms.Form
    back: str
    back_text: str
    save: str
    notes: tuple[str, ...] = ()
    parts: tuple[DataTable, ...] = ()
    warning: str = ""
    cares: tuple[str, ...] = ()  # what to take care of, or to agree to


def history(
    person_id: UUID, lines: list[MergeLine], form: forms.Form, *, actor: Actor
) -> JoiningPage:
    """Every time somebody was joined, and the way to join them with another."""
    opens = actor.has(Permission.CASE_VIEW)
    heading = "Is this person held twice?"
    return JoiningPage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        form=form,
        back=reverse("casework:person", args=[person_id])
        if opens
        else reverse("linking:tasks"),
        back_text="Back to the person" if opens else "Back",
        save="See what would happen",
        notes=()
        if lines
        else ("They have not been joined with anybody, nor parted from anybody.",),
        parts=(_lines(lines),) if lines else (),
    )


def plan(made: MergePlan, form: forms.Form, *, refusal: str = "") -> JoiningPage:
    """What joining would do, before it is done."""
    heading = f"Join {made.gone.name} with {made.kept.name}?"
    closing = "One of the two open cases would close." if made.closing else ""
    return JoiningPage(
        title=f"Error: {heading}" if form.errors or refusal else heading,
        heading=heading,
        form=form,
        back=reverse("linking:joined", args=[made.kept.public_id]),
        back_text="Back",
        save="Join them",
        warning=refusal or made.refusal,
        cares=() if refusal or made.refusal else made.warnings,
        notes=tuple(words for words in (closing, TAKEN_BACK) if words),
        parts=(
            _two(made),
            *((_moves("What would move", made.moves),) if made.moves else ()),
        ),
    )


def _two(made: MergePlan) -> DataTable:
    return DataTable(
        caption="The two of them",
        columns=(
            Column(heading="Name"),
            Column(heading="Born"),
            Column(heading="What becomes of them"),
        ),
        rows=(
            (made.kept.name, _born(made.kept), "Stays, and holds everything"),
            (made.gone.name, _born(made.gone), "Becomes part of the other"),
        ),
    )


def _born(label: PersonLabel) -> str:
    return say_day(label.date_of_birth) if label.date_of_birth else "Not known"


def parting(
    made: PartPlan,
    form: forms.Form,
    *,
    joined: MergeLine | None,
    refusal: str = "",
) -> JoiningPage:
    """What parting would put back, and what somebody has to agree to."""
    told = (_told(joined),) if joined else ()
    heading = "Part them again?"
    return JoiningPage(
        title=f"Error: {heading}" if form.errors or refusal else heading,
        heading=heading,
        form=form,
        back=reverse("linking:joined", args=[made.kept]),
        back_text="Back",
        save="Part them",
        warning=refusal or made.refusal,
        cares=made.asks,
        notes=told,
        parts=(_moves("What would go back", made.moves),) if made.moves else (),
    )


def _told(one: MergeLine) -> str:
    return f"{one.made_by} joined them on {say_moment(one.made_at)}: {one.reason}"


def _moves(caption: str, moves: tuple[Moved, ...]) -> DataTable:
    return DataTable(
        caption=caption,
        columns=(Column(heading="What"), Column(heading="How many", numeric=True)),
        rows=tuple((one.what, str(one.count)) for one in moves),
    )


def _lines(lines: list[MergeLine]) -> DataTable:
    return DataTable(
        caption="Joined with others, newest first",
        columns=(
            Column(heading="Joined"),
            Column(heading="How we knew"),
            Column(heading="Parted again"),
        ),
        rows=tuple(
            (f"{say_moment(one.made_at)}, {one.made_by}", one.reason, _parted(one))
            for one in lines
        ),
    )


def _parted(one: MergeLine) -> Link | str:
    if one.undone_at:
        return f"{say_moment(one.undone_at)}, {one.undone_by}: {one.undone_reason}"
    return Link(text="Part them", href=reverse("linking:part", args=[one.merge_id]))
