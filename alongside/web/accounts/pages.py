"""What the sign-in pages show."""

from dataclasses import dataclass

from django import forms

from alongside.foundation.accounts.tables import limit
from alongside.foundation.accounts.types import (
    Actor,
    FactorKind,
    LimitCode,
)
from alongside.web.accounts.adding import Secret
from alongside.web.accounts.proving import Way
from alongside.web.components.base import Link
from alongside.web.words import say_count


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """A page that is one form. `notice` is a sentence above it, where there is one."""

    title: str
    form: forms.Form
    notice: str = ""


@dataclass(frozen=True, kw_only=True)
class SignInPage(FormPage):
    """The sign-in page, with the ways in by an organisation's own sign-in.

    `onward` is the page that was asked for, which every way in leads to.
    """

    ways: tuple[Link, ...] = ()
    onward: str = ""


@dataclass(frozen=True, kw_only=True)
class OnwardPage:
    """Leads on to another site by itself, with a link for where it does not."""

    title: str
    name: str
    address: str


@dataclass(frozen=True, kw_only=True)
class RefusedPage:
    """Says why somebody is not let in, and what to do."""

    title: str
    words: str


@dataclass(frozen=True, kw_only=True)
class InvitationPage(FormPage):
    """Asks whoever was invited for a password."""

    email: str
    least: int


@dataclass(frozen=True, kw_only=True)
class NothingYetPage:
    """What a role without pages of its own can do now, one sentence each."""

    title: str
    acting_as: str
    sentences: tuple[str, ...]


def title(words: str, form: forms.Form) -> str:
    """A page's title, which says first where something is wrong."""
    return f"Error: {words}" if form.errors else words


def sign_in(
    form: forms.Form, *, timed_out: bool, ways: tuple[Link, ...], onward: str
) -> SignInPage:
    """The sign-in page; it says so when a session has just run out."""
    minutes = limit(LimitCode.IDLE_MINUTES)
    notice = f"You were signed out because nothing happened for {minutes} minutes."
    return SignInPage(
        title=title("Sign in", form),
        form=form,
        notice=notice if timed_out else "",
        ways=ways,
        onward=onward,
    )


def on_to_provider(name: str, address: str) -> OnwardPage:
    """The page between ours and an organisation's own sign-in."""
    return OnwardPage(title=f"Going to {name}", name=name, address=address)


def refused(words: str) -> RefusedPage:
    """The page for somebody who is not let in."""
    return RefusedPage(title="You are not signed in", words=words)


def invitation(form: forms.Form, *, email: str) -> InvitationPage:
    """The page on which whoever was invited chooses a password."""
    return InvitationPage(
        title=title("Choose a password", form),
        form=form,
        email=email,
        least=limit(LimitCode.PASSWORD_LENGTH),
    )


def choose(form: forms.Form) -> FormPage:
    """The choice between several roles."""
    return FormPage(title=title("Who are you acting for?", form), form=form)


def nothing_yet(actor: Actor) -> NothingYetPage:
    """The first page of somebody whose role has no pages of its own yet."""
    return NothingYetPage(
        title="You are signed in",
        acting_as=f"{actor.role.label}, {actor.agency_name}",
        sentences=(
            "There are no pages for your role yet, and nothing here waits for you.",
            "This account cannot see anybody whom the service supports.",
            "If you expected more, ask whoever looks after accounts where you work.",
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Why a second factor is asked for, and what the button does."""

    heading: str
    why: str
    button: str


SIGNING_IN = Asking(
    heading="Give your second factor",
    why="Your password is right. To keep people's details safe we ask for one thing"
    " more, which only you have.",
    button="Sign in",
)
CONFIRMING = Asking(
    heading="Confirm it is you",
    why="What you are about to do needs a second factor given in the last few minutes.",
    button="Confirm",
)
WAYS = {
    Way.APP: "Use your authenticator app",
    Way.PASSKEY: "Use a passkey",
    Way.RECOVERY: "Use a recovery code",
}


@dataclass(frozen=True, kw_only=True)
class SecondFactorPage:
    """Asks for a second factor in one way, and offers the others.

    `question` is what a script asks the browser for a passkey, as JSON.
    `practice_code` is told in the practice area only. `stuck` is true of somebody who
    has no factor here: their provider asks for it.
    """

    title: str
    words: Asking
    form: forms.Form
    way: Way
    others: tuple[Link, ...]
    question: str
    practice_code: str
    stuck: bool


@dataclass(frozen=True, kw_only=True)
class WaitPage:
    """Says how long to wait after too many tries."""

    title: str
    minutes: str


def second_factor(
    form: forms.Form,
    *,
    way: Way,
    kinds: set[FactorKind],
    here: str,
    question: str,
    words: Asking,
    practice_code: str,
) -> SecondFactorPage:
    """The page that asks. `here` is its own address, without a way."""
    has = {Way.APP: FactorKind.APP in kinds, Way.PASSKEY: FactorKind.PASSKEY in kinds}
    joint = "&" if "?" in here else "?"
    return SecondFactorPage(
        title=title(words.heading, form),
        words=words,
        form=form,
        way=way,
        others=tuple(
            Link(text=text, href=f"{here}{joint}way={other}")
            for other, text in WAYS.items()
            if other is not way and has.get(other, True)
        ),
        question=question,
        practice_code=practice_code if way is Way.APP else "",
        stuck=not kinds,
    )


def wait(*, minutes: int) -> WaitPage:
    """The page for somebody who tried too often."""
    return WaitPage(
        title="Wait before you try again", minutes=say_count(minutes, "minute")
    )


@dataclass(frozen=True, kw_only=True)
class AddAppPage:
    """A secret for an authenticator app, and the code that shows it has it."""

    title: str
    form: forms.Form
    secret: Secret


@dataclass(frozen=True, kw_only=True)
class AddPasskeyPage:
    """Asks the browser for a passkey. `question` is what a script asks, as JSON."""

    title: str
    form: forms.Form
    question: str


@dataclass(frozen=True, kw_only=True)
class RecoveryCodesPage:
    """The codes, this once. `onward` is where to go when they are kept."""

    title: str
    codes: tuple[str, ...]
    onward: str
    first: bool


def add_app(form: forms.Form, *, secret: Secret) -> AddAppPage:
    """The page that offers a secret to an app."""
    return AddAppPage(
        title=title("Set up an authenticator app", form), form=form, secret=secret
    )


def add_passkey(form: forms.Form, *, question: str) -> AddPasskeyPage:
    """The page that makes a passkey."""
    return AddPasskeyPage(
        title=title("Add a passkey", form), form=form, question=question
    )


def recovery_codes(
    codes: tuple[str, ...], *, onward: str, first: bool = False
) -> RecoveryCodesPage:
    """The page that shows recovery codes."""
    return RecoveryCodesPage(
        title="Keep your recovery codes", codes=codes, onward=onward, first=first
    )
