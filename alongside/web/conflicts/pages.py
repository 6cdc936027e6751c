"""What the pages about conflicts of interest show."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django import forms
from django.urls import reverse

from alongside.care.guarding.queries import ConflictLine
from alongside.care.guarding.types import MarkKind
from alongside.foundation.accounts.types import Actor, Permission
from alongside.web.casework.say import reference
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.guarding import GuardForm, GuardList, titled
from alongside.web.components.lists import Column, DataTable, Pager
from alongside.web.words import say_count, say_moment

KINDS = {
    "self": "It is them",
    "related": "Family, household, friend or neighbour",
    "suspect": "Suspected of the crime",
    "other": "Another reason",
}
FOUND = {"declared": "Declared", "matched": "Found by matching"}
MARKS = {
    MarkKind.PERSON: "Name and date of birth",
    MarkKind.PHONE: "Phone numbers",
    MarkKind.EMAIL: "E-mail addresses",
    MarkKind.HOME: "House and postcode",
    MarkKind.FAMILY: "Surname and postcode",
    MarkKind.SUSPECT: "A force's reference",
}
WAYS: tuple[tuple[Permission, str, str], ...] = (
    (Permission.EMERGENCY_OPEN, "Open a case in an emergency", "emergency:open"),
    (
        Permission.CONFLICT_DECLARE,
        "Declare a conflict of interest",
        "conflicts:declare",
    ),
    (
        Permission.CONFLICT_DECLARE,
        "My details for conflict checks",
        "conflicts:my_details",
    ),
    (Permission.EMERGENCY_REVIEW, "Emergency access to review", "emergency:reviews"),
    (Permission.CONFLICT_GOVERN, "Conflicts of staff", "conflicts:register"),
    (Permission.CONFLICT_GOVERN, "People kept apart", "conflicts:apart"),
    (Permission.COMPARTMENT_SET, "Cases behind walls", "compartments:counts"),
    (Permission.CLEARANCE_MANAGE, "Who is cleared for what", "compartments:clearances"),
)
NONE = EmptyState(
    heading="No conflict stands",
    text="What staff declare, and what matching finds, is listed here.",
)
FILE_HEAD = (
    *("staff", "kind", "found", "since", "declared_by", "case", "lifted"),
    *("lifted_by", "lifted_because"),
)


def hub(actor: Actor) -> GuardList:
    """Where to go for whatever concerns who may see what."""
    return GuardList(
        title="Access",
        notes=(
            (
                "Only people who support somebody may see their case. Here is what to"
                " do where that is too little or too much."
            ),
        ),
        links=tuple(
            Link(text=words, href=reverse(route))
            for permission, words, route in WAYS
            if actor.has(permission)
        ),
    )


def declare(form: forms.Form) -> GuardForm:
    """Declaring one's own conflict."""
    return _form(
        "Declare a conflict of interest",
        form,
        save="Declare it",
        warning="The case is closed to you at once, and stays closed until somebody"
        " else lifts it.",
        notes=(
            (
                "Declare it if you know the person, or are part of what happened. You"
                " do not need to know whether we hold a case."
            ),
        ),
    )


def colleague(form: forms.Form) -> GuardForm:
    """Barring a colleague."""
    return _form(
        "Bar a colleague",
        form,
        save="Bar them",
        warning="The case is closed to them at once. They are not told.",
        back=("conflicts:register", "Conflicts of staff"),
    )


def suspect(form: forms.Form) -> GuardForm:
    """Noting that a force suspects a colleague."""
    return _form(
        "A colleague whom a force suspects",
        form,
        save="Note it",
        notes=(
            (
                "The reference is kept in a form that nobody can read back. Whatever"
                " comes with it is closed to the colleague before anybody sees it."
            ),
        ),
        back=("conflicts:register", "Conflicts of staff"),
    )


def lift(line: ConflictLine, form: forms.Form) -> GuardForm:
    """Lifting a conflict."""
    return _form(
        "Lift a conflict",
        form,
        save="Lift it",
        warning=f"{line.staff} may then see the case as their role allows.",
        parts=(_table([line]),),
        back=("conflicts:register", "Conflicts of staff"),
    )


def my_details(
    form: forms.Form, marks: Sequence[tuple[MarkKind, int, datetime]]
) -> GuardForm:
    """Registering one's own details."""
    kept: tuple[DataTable, ...] = ()
    if marks:
        kept = (
            DataTable(
                caption="What we compare for you now",
                columns=(
                    Column(heading="What"),
                    Column(heading="How many", numeric=True),
                    Column(heading="Since"),
                ),
                rows=tuple(
                    (MARKS[kind], say_count(count, "mark"), say_moment(since))
                    for kind, count, since in marks
                ),
            ),
        )
    return _form(
        "My details for conflict checks",
        form,
        save="Register",
        notes=(
            (
                "So that you are never shown your own case, your family's or your"
                " neighbour's, we compare these with what the police send."
            ),
            (
                "What you type is turned into marks that nobody can read back, and is"
                " not kept. Registering again puts new marks in place of the old."
            ),
        ),
        parts=kept,
    )


def register(
    lines: Sequence[ConflictLine], *, standing: bool, start: int, size: int
) -> GuardList:
    """The register; `lines` holds one more than is shown where there are more."""
    here = reverse("conflicts:register")
    show = "" if standing else "show=all&"
    shown = lines[:size]
    other = (
        Link(text="Show lifted ones too", href=f"{here}?show=all")
        if standing
        else Link(text="Show only those that stand", href=here)
    )
    return GuardList(
        title="Conflicts of staff",
        links=(
            Link(text="Bar a colleague", href=reverse("conflicts:colleague")),
            other,
            Link(text="Save as CSV", href=f"{here}?{show}format=csv"),
        ),
        tables=(_table(shown),) if shown else (),
        empty=None if shown else NONE,
        pager=Pager(
            shown=f"From {start + 1:,}",
            previous=f"?{show}start={max(start - size, 0)}" if start else "",
            next=f"?{show}start={start + size}" if len(lines) > size else "",
        )
        if start or len(lines) > size
        else None,
    )


def file_rows(lines: Sequence[ConflictLine]) -> Iterator[tuple[str, ...]]:
    """The conflicts as lines of a file: nobody we support is named."""
    for line in lines:
        yield (
            line.staff,
            line.kind,
            line.found,
            line.since.isoformat(),
            line.made_by,
            reference(line.case_id) if line.case_id else "",
            line.lifted_at.isoformat() if line.lifted_at else "",
            line.lifted_by,
            line.lifted_reason,
        )


def _table(lines: Sequence[ConflictLine]) -> DataTable:
    return DataTable(
        caption="Newest first",
        columns=(
            Column(heading="Member of staff"),
            Column(heading="Conflict"),
            Column(heading="How we know"),
            Column(heading="Since"),
            Column(heading="Case"),
            Column(heading="Lifted"),
        ),
        rows=tuple(
            (
                line.staff,
                KINDS.get(line.kind, line.kind),
                f"{FOUND.get(line.found, line.found)}. {line.reason}",
                say_moment(line.since),
                reference(line.case_id) if line.case_id else "None you may see",
                _stands(line),
            )
            for line in lines
        ),
    )


def _stands(line: ConflictLine) -> str | Link:
    if line.lifted_at is not None:
        return f"Lifted by {line.lifted_by}: {line.lifted_reason}"
    return Link(
        text="Lift",
        href=reverse("conflicts:lift", args=[line.public_id]),
        about=f"{line.staff}, {say_moment(line.since)}",
    )


def _form(
    heading: str,
    form: forms.Form,
    *,
    save: str,
    warning: str = "",
    notes: tuple[str, ...] = (),
    parts: tuple[DataTable, ...] = (),
    back: tuple[str, str] = ("conflicts:hub", "Access"),
) -> GuardForm:
    route, words = back
    return GuardForm(
        title=titled(heading, form),
        heading=heading,
        form=form,
        save=save,
        warning=warning,
        notes=notes,
        parts=parts,
        back=reverse(route),
        back_text=words,
    )
