"""What the sign-in pages show."""

from dataclasses import dataclass

from django import forms
from django.conf import settings

from alongside.foundation.accounts.types import Actor, Permission


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """A page that is one form. `notice` is a sentence above it, where there is one."""

    title: str
    form: forms.Form
    notice: str = ""


@dataclass(frozen=True, kw_only=True)
class NothingYetPage:
    """What a role without pages of its own can do now, one sentence each."""

    title: str
    acting_as: str
    sentences: tuple[str, ...]


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


def nothing_yet(actor: Actor) -> NothingYetPage:
    """The first page of somebody whose role has no pages of its own yet."""
    first = "There are no pages for your role yet, and nothing here waits for you."
    if actor.has(Permission.ACCOUNT_MANAGE):
        first = (
            "Accounts are made on the machine that runs Alongside, with the command"
            " “alongside createuser”. There are no pages for your role yet."
        )
    return NothingYetPage(
        title="You are signed in",
        acting_as=f"{actor.role.label}, {actor.agency_name}",
        sentences=(
            first,
            "This account cannot see anybody whom the service supports.",
            "If you expected more, ask whoever looks after accounts where you work.",
        ),
    )
