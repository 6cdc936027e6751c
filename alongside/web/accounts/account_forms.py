"""What an administrator is asked about accounts."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from alongside.foundation.accounts.types import Role
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look

# Nobody signs in as this: it has no place in a form.
ROLES = [(role.value, role.label) for role in Role if role is not Role.FEED_RECEIVER]
Choices = Sequence[tuple[str, str]]


class NewRole(PlainForm):
    """A role in an agency, and in which team of it where there are teams."""

    role = forms.ChoiceField(choices=[("", "Choose a role"), *ROLES])
    place = forms.ChoiceField(label="Agency and team")

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Choose an agency"), *places]


class NewAccount(NewRole):
    """Somebody new."""

    field_order = ("name", "email", "role", "place")
    looks = {"name": Look(width=30), "email": Look(width=30)}

    name = forms.CharField(
        max_length=120,
        help_text="As colleagues know them.",
        error_messages={"required": "Enter their name"},
    )
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="Their own at work: they sign in with it.",
        error_messages={
            "required": "Enter their e-mail address",
            "invalid": "Enter an e-mail address like name@organisation.org.uk",
        },
    )


class NewToken(PlainForm):
    """Access for the machine of a force, or of a commissioning body."""

    looks = {"label": Look(width=30)}

    machine = forms.ChoiceField(label="Acts as")
    label = forms.CharField(
        label="Which machine it is for",
        max_length=120,
        error_messages={"required": "Say which machine it is for"},
    )
    until = DateField(
        label="Last day it works (optional)",
        required=False,
        help_text="For example, 27 3 2027. A machine that reads counts needs one, at"
        " most a year from now.",
    )

    def __init__(
        self, *args: Any, machines: Choices, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["machine"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Choose whom it acts as"), *machines]

    def clean_until(self) -> date | None:
        """The first day on which it no longer works."""
        last: date | None = self.cleaned_data["until"]
        if last is None:
            return None
        if last < self.today:
            raise forms.ValidationError("The last day must be today or later")
        return last + timedelta(days=1)
