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


class Given(PlainForm):
    """Something given as a second factor: `code`, in whatever way."""

    code = forms.CharField(max_length=20_000)


class AppCode(Given):
    """Six digits from an authenticator app."""

    looks = {"code": Look(width=10)}

    code = forms.CharField(
        label="Code from your app",
        max_length=20,
        help_text="6 digits. A new code comes every 30 seconds.",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
        error_messages={"required": "Enter the code from your app"},
    )


class RecoveryCode(Given):
    """One of the codes that were printed."""

    looks = {"code": Look(width=30)}

    code = forms.CharField(
        label="Recovery code",
        max_length=60,
        help_text="One of the codes you printed or wrote down. Each works once.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter one of your recovery codes"},
    )


class PasskeyAnswer(Given):
    """What the browser answers; a script fills it in."""

    code = forms.CharField(
        max_length=20_000,
        widget=forms.HiddenInput(),
        error_messages={"required": "Your browser did not give a passkey. Try again"},
    )


class NewPasskey(PasskeyAnswer):
    """A new passkey, and what its owner calls it."""

    looks = {"label": Look(width=20)}

    label = forms.CharField(
        label="Name for this passkey",
        max_length=60,
        help_text="For example, “blue key” or “work laptop”.",
        error_messages={"required": "Give the passkey a name"},
    )


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


def _new_password(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class FirstPassword(PlainForm):
    """A password chosen with an invitation, typed twice."""

    password = _new_password("New password")
    again = _new_password("New password again")

    def clean(self) -> None:
        """Refuse two that differ."""
        typed = self.cleaned_data
        if "again" in typed and typed.get("password") not in {None, typed["again"]}:
            self.add_error("again", "The two passwords are not the same")


class ChangePassword(FirstPassword):
    """The password one has, and a new one."""

    field_order = ("old", "password", "again")

    old = forms.CharField(
        label="Your password now",
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter the password you have now"},
    )
