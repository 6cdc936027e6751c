"""What the sign-in pages show."""

from dataclasses import dataclass

from django import forms
from django.conf import settings


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """A page that is one form. `notice` is a sentence above it, where there is one."""

    title: str
    form: forms.Form
    notice: str = ""


def _title(words: str, form: forms.Form) -> str:
    return f"Error: {words}" if form.errors else words


def sign_in(form: forms.Form, *, timed_out: bool) -> FormPage:
    """The sign-in page; it says so when a session has just run out."""
    minutes = settings.SESSION_IDLE_MINUTES
    notice = f"You were signed out because nothing happened for {minutes} minutes."
    return FormPage(
        title=_title("Sign in", form), form=form, notice=notice if timed_out else ""
    )


def choose(form: forms.Form) -> FormPage:
    """The choice between several roles."""
    return FormPage(title=_title("Who are you acting for?", form), form=form)
