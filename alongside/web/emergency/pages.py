"""What the pages about emergency access show."""

from collections.abc import Sequence

from django import forms
from django.urls import reverse

from alongside.care.guarding.queries import EmergencyUse, Look
from alongside.care.guarding.tables import CATEGORIES, limit
from alongside.care.guarding.types import LimitCode
from alongside.web.casework.say import reference
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.guarding import GuardForm, GuardList, titled
from alongside.web.components.lists import Column, DataTable, Pager
from alongside.web.emergency.forms import FINDINGS
from alongside.web.words import say_moment

OPEN = "Emergency access"
NONE_WAITING = EmptyState(
    heading="No emergency access waits for a review",
    text="When somebody opens a case in an emergency, it is listed here at once.",
)
NONE_REVIEWED = EmptyState(heading="No emergency access has been reviewed yet")
# What an entry on the trail is called on the page; others are shown by their own name.
ACTIONS = {
    "person.seen": "Looked at the person",
    "person.refused": "Was refused a look at the person",
    "case.seen": "Opened the case page",
    "emergency.opened": "Opened the case in an emergency",
    "vault.opened": "Opened a protected detail",
}


def open_case(form: forms.Form) -> GuardForm:
    """The form by which a case is opened in an emergency."""
    hours = limit(LimitCode.HOURS)
    return GuardForm(
        title=titled(OPEN, form),
        heading=OPEN,
        form=form,
        save="Open the case",
        warning="Whoever holds the case and information governance are told at once."
        " Every use is reviewed.",
        notes=(
            (
                "Use this only when somebody may come to harm if you wait for a person"
                f" who may open the case. It stays open to you for {hours} hours."
            ),
        ),
    )


def reviews(
    uses: Sequence[EmergencyUse], *, waiting: bool, start: int, size: int
) -> GuardList:
    """The queue of reviews; `uses` holds one more than is shown, if there are more."""
    here = reverse("emergency:reviews")
    other = (
        Link(text="Show those already reviewed", href=f"{here}?show=reviewed")
        if waiting
        else Link(text="Show those that wait for a review", href=here)
    )
    shown = uses[:size]
    show = "" if waiting else "show=reviewed&"
    return GuardList(
        title="Emergency access to review" if waiting else "Reviewed emergency access",
        links=(other,),
        tables=(_queue(shown, waiting=waiting),) if shown else (),
        empty=None if shown else (NONE_WAITING if waiting else NONE_REVIEWED),
        pager=Pager(
            shown=f"From {start + 1:,}",
            previous=f"?{show}start={max(start - size, 0)}" if start else "",
            next=f"?{show}start={start + size}" if len(uses) > size else "",
        )
        if start or len(uses) > size
        else None,
    )


def review(use: EmergencyUse, looks: Sequence[Look], form: forms.Form) -> GuardForm:
    """One use that waits for its review."""
    heading = "Review emergency access"
    return GuardForm(
        title=titled(heading, form),
        heading=heading,
        form=form,
        save="Save review",
        back=reverse("emergency:reviews"),
        back_text="Emergency access to review",
        warning="A review cannot be changed. Whoever opened the case is told what you"
        " find.",
        parts=(_facts(use), _looks(looks)),
    )


def reviewed(use: EmergencyUse, looks: Sequence[Look]) -> GuardList:
    """One use and what its reviewer found."""
    return GuardList(
        title="Emergency access, reviewed",
        links=(
            Link(text="Emergency access to review", href=reverse("emergency:reviews")),
        ),
        tables=(_facts(use), _looks(looks)),
    )


def _queue(uses: Sequence[EmergencyUse], *, waiting: bool) -> DataTable:
    return DataTable(
        caption="Newest first",
        columns=(
            Column(heading="Opened"),
            Column(heading="By"),
            Column(heading="Emergency"),
            Column(heading="Case"),
            Column(heading="Review" if waiting else "Found"),
        ),
        rows=tuple(
            (
                say_moment(use.since),
                f"{use.user_name}, {use.agency_name}",
                _category(use),
                _case(use),
                Link(
                    text="Review" if waiting else _found(use),
                    href=reverse("emergency:review", args=[use.access_id]),
                    about=f"{use.user_name}, {say_moment(use.since)}",
                ),
            )
            for use in uses
        ),
    )


def _facts(use: EmergencyUse) -> DataTable:
    rows = [
        ("Who", f"{use.user_name}, {use.agency_name}"),
        ("Case", _case(use)),
        ("Emergency", _category(use)),
        ("Why, in their words", use.reason),
        ("Opened", say_moment(use.since)),
        ("Closed to them", say_moment(use.until)),
    ]
    if use.reviewed_at is not None:
        rows += [
            ("Found", _found(use)),
            ("How", use.finding_words),
            ("Reviewed", f"{say_moment(use.reviewed_at)}, by {use.reviewed_by}"),
        ]
    return DataTable(
        caption="What was opened",
        columns=(Column(heading="What"), Column(heading="Answer")),
        rows=tuple(rows),
    )


def _looks(looks: Sequence[Look]) -> DataTable:
    nothing = (("Nothing is on the trail", "", ""),)
    return DataTable(
        caption="What they looked at while it was open",
        columns=(
            Column(heading="When"),
            Column(heading="What"),
            Column(heading="For"),
        ),
        rows=tuple(
            (
                say_moment(look.at),
                ACTIONS.get(look.action, look.action),
                CATEGORIES[look.purpose].label
                if look.purpose in CATEGORIES
                else look.purpose or look.what,
            )
            for look in looks
        )
        or nothing,
    )


def _category(use: EmergencyUse) -> str:
    row = CATEGORIES.get(use.category)
    return row.label if row else use.category


def _case(use: EmergencyUse) -> str:
    return reference(use.case_id) if use.case_id else "Not shown to you"


def _found(use: EmergencyUse) -> str:
    return FINDINGS[use.finding] if use.finding else ""
