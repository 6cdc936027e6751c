"""What is asked of someone who signs in."""

from typing import Any

from django import forms

from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look


class SignIn(PlainForm):
    """An e-mail address and a password; `next` is the page to come back to."""

    email = forms.CharField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={"required": "Enter your e-mail address"},
    )
    password = forms.CharField(
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password"},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput())


class Choose(PlainForm):
    """Which of several roles to act in."""

    looks = {"membership": Look(size="l", heading=True)}

    membership = forms.TypedChoiceField(
        label="Who are you acting for?",
        coerce=int,
        widget=forms.RadioSelect(),
        error_messages={
            "required": "Choose who you are acting for",
            "invalid_choice": "Choose one of the roles in the list",
        },
    )

    def __init__(
        self, *args: Any, memberships: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["membership"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = memberships
