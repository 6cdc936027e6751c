"""What is asked about walls inside the agency."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms

from alongside.care.casework.tables import COMPARTMENT_ROWS
from alongside.foundation.accounts.queries import Colleague
from alongside.foundation.lib.local import LONDON
from alongside.web.casework.forms import Versioned
from alongside.web.conflicts.forms import offer
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look

BY_HAND = [row for row in COMPARTMENT_ROWS.values() if row.by_hand]
CODES = {row.code for row in BY_HAND}


class SetWalls(Versioned):
    """Which walls a case stands behind, and why that changes."""

    looks = {
        "walls": Look(size="m", hints={row.code: row.meaning for row in BY_HAND}),
        "reason": Look(rows=3),
    }

    walls = forms.MultipleChoiceField(
        label="What does the case stand behind?",
        choices=[(row.code, row.label) for row in BY_HAND],
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )
    reason = forms.CharField(
        label="Why?",
        max_length=1000,
        widget=forms.Textarea(),
        error_messages={"required": "Say why, so that the next person understands"},
    )


class GiveClearance(PlainForm):
    """Whom to let past a wall, why and until when."""

    looks = {"reason": Look(rows=3)}

    colleague = forms.TypedChoiceField(
        label="Which colleague?",
        coerce=UUID,
        error_messages={"required": "Choose a colleague"},
    )
    compartment = forms.ChoiceField(
        label="Which wall?",
        choices=[
            ("", "Choose a wall"),
            *((row.code, row.label) for row in COMPARTMENT_ROWS.values()),
        ],
        error_messages={"required": "Choose a wall"},
    )
    reason = forms.CharField(
        label="Why do they need it?",
        max_length=1000,
        widget=forms.Textarea(),
        error_messages={"required": "Say why they need to be cleared"},
    )
    until = DateField(
        label="Last day", error_messages={"required": "Enter the last day"}
    )

    def __init__(
        self, *args: Any, colleagues: Iterable[Colleague], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, colleagues)

    def ends(self) -> datetime:
        """The end of the last day, by the clocks of London."""
        after = self.cleaned_data["until"] + timedelta(days=1)
        return datetime.combine(after, time(), tzinfo=LONDON).astimezone(UTC)


class Nothing(PlainForm):
    """A form that only asks whether one is sure."""
