"""What the page about somebody's wishes shows."""

from collections.abc import Sequence

from django import forms
from django.urls import reverse

from alongside.care.contact.tables import CHANNELS
from alongside.care.contact.types import Channel
from alongside.care.journey.queries.wishes import WishLine
from alongside.care.journey.types import WishKind
from alongside.web.casework import say
from alongside.web.components.base import EmptyState
from alongside.web.components.guarding import GuardForm, titled
from alongside.web.components.lists import Column, DataTable
from alongside.web.wishes.forms import ASKS
from alongside.web.words import say_moment
from alongside.workflows.read_case import CaseBrief

NOBODY_ASKED = EmptyState(
    heading="Nobody has asked them yet",
    text="Until they say otherwise, everything the Victims' Code promises is owed.",
)


def wishes(brief: CaseBrief, lines: Sequence[WishLine], form: forms.Form) -> GuardForm:
    """What somebody asked for over time, and the form for what they ask now."""
    heading = "How they want to be told"
    return GuardForm(
        title=titled(heading, form),
        heading=heading,
        form=form,
        save="Save",
        back=reverse("casework:case", args=[brief.case.public_id]),
        back_text="Back to the case",
        notes=(
            say.whose(brief),
            (
                "They may change their mind at any time. What they do not want to hear"
                " is not owed from now on; what was missed before stays missed."
            ),
        ),
        parts=(_table(lines) if lines else NOBODY_ASKED,),
    )


def said(line: WishLine) -> str:
    """A wish in a few words."""
    if line.asks is WishKind.EVERY:
        return f"To hear every {line.every_days} days"
    return ASKS[line.asks]


def _table(lines: Sequence[WishLine]) -> DataTable:
    return DataTable(
        caption="What they asked for, newest first",
        columns=(
            Column(heading="Asked for"),
            Column(heading="How"),
            Column(heading="In their words"),
            Column(heading="Since"),
            Column(heading="Until"),
            Column(heading="Noted by"),
        ),
        rows=tuple(
            (
                said(line),
                CHANNELS[Channel(line.channel)].label
                if line.channel
                else "Any safe way",
                line.words,
                say_moment(line.since),
                say_moment(line.until) if line.until else "Now",
                line.recorded_by,
            )
            for line in lines
        ),
    )
