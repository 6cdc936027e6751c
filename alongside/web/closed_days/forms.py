"""What is asked about a day on which offices are closed."""

from typing import Any

from django import forms

from alongside.foundation.organisations.tables import CALENDAR_LIMITS
from alongside.foundation.organisations.types import (
    EVERYBODY,
    THE_SERVICE,
    NewClosing,
)
from alongside.web.closed_days import say
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look

MOST = CALENDAR_LIMITS["words"]


class Closing(PlainForm):
    """A day or a stretch of days, what it is, and whose offices are closed."""

    looks = {"holders": Look(alone=frozenset({EVERYBODY}), hints=say.HINTS)}

    first = DateField(label="First day offices are closed")
    last = DateField(
        label="Last day offices are closed",
        required=False,
        help_text="Leave this empty if it is one day.",
    )
    title = forms.CharField(
        label="What is it called?",
        max_length=MOST,
        help_text="It stands on lists, like: Office move.",
        error_messages={"required": "Say what the day is called"},
    )
    reason = forms.CharField(
        label="Why are offices closed?",
        max_length=MOST,
        error_messages={"required": "Say why offices are closed"},
    )
    holders = forms.MultipleChoiceField(
        label="Whose offices are closed?",
        choices=[*say.WHOSE.items()],
        initial=[THE_SERVICE],
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": "Choose whose offices are closed"},
    )

    def clean_holders(self) -> list[str]:
        """Everybody is everybody: nobody beside them."""
        chosen: list[str] = self.cleaned_data["holders"]
        if EVERYBODY in chosen and len(chosen) > 1:
            raise forms.ValidationError(
                "Choose either everybody, or some of the others"
            )
        return chosen

    def closing(self) -> NewClosing:
        """What was typed, as the calendar takes it."""
        typed: dict[str, Any] = self.cleaned_data
        return NewClosing(
            first=typed["first"],
            last=typed["last"] or typed["first"],
            title=typed["title"],
            reason=typed["reason"],
            holders=tuple(typed["holders"]),
        )


class Withdraw(PlainForm):
    """Why offices are open after all."""

    reason = forms.CharField(
        label="Why are offices open after all?",
        max_length=MOST,
        error_messages={"required": "Say why the day is taken back"},
    )
