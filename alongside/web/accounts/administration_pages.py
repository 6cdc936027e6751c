"""What the administrator's pages about accounts show."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.urls import reverse

from alongside.foundation.accounts.queries import AccountLine, RoleLine, TokenLine
from alongside.foundation.accounts.tables import limit
from alongside.foundation.accounts.types import LimitCode
from alongside.foundation.lib.errors import NotFound
from alongside.web.accounts.account_pages import SurePage
from alongside.web.accounts.pages import title
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.casefile import Fact
from alongside.web.components.lists import Column, DataTable, Pager
from alongside.web.words import say_day, say_moment

FILE_HEAD = ("name", "e-mail", "roles", "can sign in", "second factor", "last sign-in")
NOBODY = EmptyState(
    heading="Nobody matches",
    text="Search for another part of a name or e-mail address.",
)
NO_TOKENS = EmptyState(
    heading="No machine has access yet",
    text="A force's machine needs a token to send its feed.",
)


@dataclass(frozen=True, kw_only=True)
class AccountsPage:
    """A page of accounts, by name."""

    title: str
    words: str
    table: DataTable | None
    empty: EmptyState
    pager: Pager | None
    export: str


@dataclass(frozen=True, kw_only=True)
class RoleShown:
    """A role of somebody, and where it is ended while it holds."""

    words: str
    state: str
    end: str


@dataclass(frozen=True, kw_only=True)
class OneAccountPage:
    """One account. `own`: it is the administrator's, who may not change it here."""

    title: str
    facts: tuple[Fact, ...]
    roles: tuple[RoleShown, ...]
    live: bool
    own: bool
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class RolePage:
    """Asks what somebody is to act as."""

    title: str
    form: forms.Form
    name: str
    back: str


@dataclass(frozen=True, kw_only=True)
class ToldPage:
    """Something that is shown once: a link or a token."""

    title: str
    words: str
    secret: str
    back: str


@dataclass(frozen=True, kw_only=True)
class TokensPage:
    """Every machine's access."""

    title: str
    table: DataTable | None
    empty: EmptyState


def accounts(
    found: Sequence[AccountLine], *, words: str, number: int, rows: int
) -> AccountsPage:
    """A page of accounts. `found` is one longer than `rows` where more follow."""
    shown = found[:rows]
    here = reverse("accounts:accounts")
    search = {"words": words} if words else {}
    table = DataTable(
        caption=f"Accounts, page {number}" if number > 1 else "Accounts",
        columns=tuple(
            Column(heading=heading)
            for heading in ("Name", "E-mail address", "Roles", "State", "Last sign-in")
        ),
        rows=tuple(_row(line) for line in shown),
    )
    more = len(found) > rows
    return AccountsPage(
        title="Accounts",
        words=words,
        table=table if shown else None,
        empty=NOBODY,
        pager=_pager(here, search, number=number, more=more),
        export=f"{here}?{urlencode({**search, 'format': 'csv'})}",
    )


def _pager(
    here: str, search: dict[str, str], *, number: int, more: bool
) -> Pager | None:
    if number == 1 and not more:
        return None

    def address(page: int) -> str:
        return f"{here}?{urlencode({**search, 'page': page})}"

    return Pager(
        shown=f"Page {number}",
        previous=address(number - 1) if number > 1 else "",
        next=address(number + 1) if more else "",
    )


def _row(line: AccountLine) -> tuple[str | Link, ...]:
    href = reverse("accounts:one", args=[line.public_id])
    return (
        Link(text=line.name, href=href),
        line.email,
        "; ".join(_say_role(role) for role in line.roles if role.live) or "None",
        _state(line),
        say_moment(line.last_signed_in) if line.last_signed_in else "Never",
    )


def _say_role(role: RoleLine) -> str:
    place = role.team_name or role.agency_name
    return f"{role.role.label}, {place}"


def _state(line: AccountLine) -> str:
    if not line.live:
        return "Ended"
    if line.invited_until:
        return f"Invited until {say_moment(line.invited_until)}"
    if not line.has_password:
        return "No password: nobody signs in"
    return "Second factor set up" if line.has_factor else "No second factor yet"


def file_rows(found: Iterable[AccountLine]) -> Iterator[tuple[str, ...]]:
    """The same as a file's rows."""
    for line in found:
        yield (
            line.name,
            line.email,
            "; ".join(_say_role(role) for role in line.roles if role.live),
            "yes" if line.live else "no",
            "yes" if line.has_factor else "no",
            line.last_signed_in.isoformat() if line.last_signed_in else "",
        )


def account(line: AccountLine, *, own: bool) -> OneAccountPage:
    """The page of one account."""
    last = say_moment(line.last_signed_in) if line.last_signed_in else "Never"
    return OneAccountPage(
        title=line.name,
        facts=(
            Fact(name="E-mail address", value=line.email),
            Fact(name="State", value=_state(line)),
            Fact(name="Last sign-in", value=last),
        ),
        roles=tuple(_role(line, role, own=own) for role in line.roles),
        live=line.live,
        own=own,
        account_id=line.public_id,
    )


def _role(line: AccountLine, role: RoleLine, *, own: bool) -> RoleShown:
    place = f"{role.agency_name}: {role.team_name}".removesuffix(": ")
    args = [line.public_id, role.membership_id]
    ended = f"Ended {say_moment(role.until)}" if role.until and not role.live else ""
    return RoleShown(
        words=f"{role.role.label}, {place}",
        state=ended,
        end=reverse("accounts:end_role", args=args) if role.live and not own else "",
    )


def add_role(form: forms.Form, line: AccountLine) -> RolePage:
    """Asks for another role."""
    return RolePage(
        title=title("Add a role", form),
        form=form,
        name=line.name,
        back=_back(line),
    )


def end_role(line: AccountLine, *, membership_id: int) -> SurePage:
    """Asks whether to end a role.

    Raises:
        NotFound: they have no such role now.
    """
    for role in line.roles:
        if role.membership_id == membership_id and role.live:
            return SurePage(
                title=f"End this role of {line.name}?",
                words=f"{_say_role(role)}. Their next click shows nothing of it.",
                button="End the role",
                back=_back(line),
            )
    raise NotFound


def end_account(line: AccountLine) -> SurePage:
    """Asks whether to end an account."""
    return SurePage(
        title=f"End the account of {line.name}?",
        words="Every role and every session of theirs ends at once. What they did stays"
        " on record. Cases they hold stay theirs until a supervisor gives them on.",
        button="End the account",
        back=_back(line),
    )


def invite(line: AccountLine) -> SurePage:
    """Asks whether to make a new link."""
    return SurePage(
        title=f"Make a new link for {line.name}?",
        words="It lets whoever has it choose the password of this account, once, in the"
        f" next {limit(LimitCode.INVITATION_HOURS)} hours. Earlier links stop working.",
        button="Make the link",
        back=_back(line),
    )


def start_again(line: AccountLine) -> SurePage:
    """Asks whether to take away what somebody signs in with."""
    return SurePage(
        title=f"Let {line.name} start again?",
        words="Their password, second factors and recovery codes are taken away, and"
        " they are signed out everywhere. Be sure that it is they who ask: speak to"
        " them, and give them the link yourself. This cannot be undone.",
        button="Take them away",
        back=_back(line),
    )


def told(line: AccountLine, *, link: str) -> ToldPage:
    """The link of an invitation, this once."""
    hours = limit(LimitCode.INVITATION_HOURS)
    return ToldPage(
        title=f"The link for {line.name}",
        words="Give it to them and to nobody else. It works once, in the next"
        f" {hours} hours. You cannot see it again after you leave this page.",
        secret=link,
        back=_back(line),
    )


def token_told(token: str) -> ToldPage:
    """A machine's token, this once."""
    return ToldPage(
        title="The token",
        words="Keep it where only the machine that sends can read it. You cannot see"
        " it again after you leave this page.",
        secret=token,
        back=reverse("accounts:tokens"),
    )


def tokens(found: Sequence[TokenLine]) -> TokensPage:
    """Every machine's access, live ones first."""
    headings = ("Machine", "Agency", "Since", "Until", "")
    table = DataTable(
        caption="Access for machines",
        columns=tuple(Column(heading=heading) for heading in headings),
        rows=tuple(_token(line) for line in found),
    )
    return TokensPage(
        title="Access for machines", table=table if found else None, empty=NO_TOKENS
    )


def _token(line: TokenLine) -> tuple[str | Link, ...]:
    end = reverse("accounts:end_token", args=[line.public_id])
    until = say_moment(line.until) if line.until else "No end"
    return (
        line.label,
        line.agency_name,
        say_day(line.created_at.date()),
        until if line.live else f"Ended {until}",
        Link(text="End", href=end, about=line.label) if line.live else "",
    )


def end_token(found: Sequence[TokenLine], *, token_id: UUID) -> SurePage:
    """Asks whether to end a machine's access.

    Raises:
        NotFound: there is no such token now.
    """
    for line in found:
        if line.public_id == token_id and line.live:
            return SurePage(
                title=f"End the access of “{line.label}”?",
                words=f"What this machine of {line.agency_name} sends next is refused."
                " This cannot be undone; a new token can be made.",
                button="End it",
                back=reverse("accounts:tokens"),
            )
    raise NotFound


def _back(line: AccountLine) -> str:
    return reverse("accounts:one", args=[line.public_id])
