"""What the pages about one's own account show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.urls import reverse

from alongside.foundation.accounts.queries import FactorLine, SessionLine
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound
from alongside.web.accounts.pages import FormPage
from alongside.web.components.casefile import Fact
from alongside.web.words import say_count, say_moment


class Person(Protocol):
    """Whose account it is."""

    name: str
    email: str


@dataclass(frozen=True, kw_only=True)
class FactorShown:
    """A second factor in the list. `remove` leads to removing it, where one may."""

    label: str
    used: str
    remove: str


@dataclass(frozen=True, kw_only=True)
class SessionShown:
    """A live session. `end` is where ending it is sent; empty for this one."""

    device: str
    when: str
    end: str


@dataclass(frozen=True, kw_only=True)
class AccountPage:
    """Everything of one's own account."""

    title: str
    facts: tuple[Fact, ...]
    factors: tuple[FactorShown, ...]
    codes: str
    sessions: tuple[SessionShown, ...]
    others: bool


@dataclass(frozen=True, kw_only=True)
class PasswordPage(FormPage):
    """Asks for a new password. `email` tells a password manager whose it is."""

    email: str


@dataclass(frozen=True, kw_only=True)
class SurePage:
    """Asks once more before something that cannot be taken back."""

    title: str
    words: str
    button: str
    back: str


def account(
    *,
    user: Person,
    actor: Actor,
    factors: Sequence[FactorLine],
    codes: int,
    sessions: Sequence[SessionLine],
) -> AccountPage:
    """The page with everything of one's own account."""
    return AccountPage(
        title="Your account",
        facts=(
            Fact(name="Name", value=user.name),
            Fact(name="E-mail address", value=user.email),
            Fact(name="Acting as", value=f"{actor.role.label}, {actor.agency_name}"),
        ),
        factors=tuple(_factor(one, only=len(factors) == 1) for one in factors),
        codes=_say_codes(codes),
        sessions=tuple(_session(one) for one in sessions),
        others=len(sessions) > 1,
    )


def _say_codes(codes: int) -> str:
    if not codes:
        return "You have no recovery codes left. Make new ones now."
    return f"You have {say_count(codes, 'recovery code')} left."


def _factor(line: FactorLine, *, only: bool) -> FactorShown:
    used = f"last used {say_moment(line.used_at)}" if line.used_at else "not used yet"
    return FactorShown(
        label=line.label if line.label == line.kind.label else _named(line),
        used=f"Added {say_moment(line.added_at)}, {used}",
        remove="" if only else reverse("accounts:remove_factor", args=[line.public_id]),
    )


def _named(line: FactorLine) -> str:
    return f"{line.kind.label}: {line.label}"


def _session(line: SessionLine) -> SessionShown:
    return SessionShown(
        device=line.device or "A browser",
        when=f"Started {say_moment(line.started_at)},"
        f" last used {say_moment(line.seen_at)}",
        end="" if line.here else reverse("accounts:end_session", args=[line.public_id]),
    )


def remove(factors: Sequence[FactorLine], *, factor_id: UUID) -> SurePage:
    """Asks whether to remove a second factor.

    Raises:
        NotFound: they have no such factor.
    """
    for line in factors:
        if line.public_id == factor_id:
            return SurePage(
                title=f"Remove “{line.label}”?",
                words="You can no longer sign in with it, and you are signed out"
                " everywhere but here. This cannot be undone.",
                button="Remove it",
                back=reverse("accounts:account"),
            )
    raise NotFound


def new_codes() -> SurePage:
    """Asks whether to make new recovery codes."""
    return SurePage(
        title="Make new recovery codes?",
        words="The codes you have now stop working at once. You see the new ones once.",
        button="Make new codes",
        back=reverse("accounts:account"),
    )
