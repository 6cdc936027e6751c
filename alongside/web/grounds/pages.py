"""The grounds of a case: each with what it rests on and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from alongside.care.assessment.queries import GroundLine
from alongside.care.assessment.tables import GROUNDS
from alongside.care.assessment.types import GroundState
from alongside.care.casework.types import CaseStatus, Tier
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day
from alongside.web.casework import say
from alongside.web.components.base import Link
from alongside.web.components.lists import Column, DataTable
from alongside.workflows.case_grounds import CaseGrounds, ground_name

STATES = {
    GroundState.PROPOSED: "Not yet looked at: counts",
    GroundState.CONFIRMED: "Confirmed: counts",
    GroundState.DECLINED: "Declined: does not count",
    GroundState.ENDED: "Ended",
}
STANDING = (
    Column(heading="Ground"),
    Column(heading="Rests on"),
    Column(heading="Since"),
    Column(heading="How it stands"),
    Column(heading="Who said so, and why"),
)


LOWERING = (
    "No ground counts any more, so enhanced support need not be owed.",
    "Promises that still run are planned anew by the longer limits.",
    "What is late by now stays late.",
)
CANNOT_LOWER = (
    "There is nothing to lower: a ground counts, standard support is owed already,"
    " or the case is closed"
)


@dataclass(frozen=True, kw_only=True)
class GroundsPage:
    """Every ground of a case. `tier` says in a sentence what is owed."""

    title: str
    heading: str
    caption: str
    back: str
    tier: str
    standing: DataTable | None
    ended: DataTable | None
    add: str
    lower: str


def grounds(view: CaseGrounds, *, actor: Actor, now: datetime) -> GroundsPage:
    """The page of the grounds of one case."""
    case = view.brief.case
    is_open = case.status is not CaseStatus.CLOSED
    may_work = actor.has(Permission.CASE_WORK) and is_open
    standing = [one for one in view.grounds if one.state is not GroundState.ENDED]
    ended = [one for one in view.grounds if one.state is GroundState.ENDED]
    heading = "Why support is owed"
    here = [case.public_id]
    return GroundsPage(
        title=heading,
        heading=heading,
        caption=say.whose(view.brief),
        back=reverse("casework:case", args=here),
        tier=_tier(view),
        standing=_table("What speaks for it", standing, view, links=may_work),
        ended=_table("What spoke for it before", ended, view, links=False),
        add=reverse("grounds:add", args=here) if may_work else "",
        lower=reverse("grounds:lower", args=here)
        if may_lower(view, actor=actor)
        else "",
    )


def may_lower(view: CaseGrounds, *, actor: Actor) -> bool:
    """Whether the actor may say that standard support is enough."""
    case = view.brief.case
    return (
        actor.has(Permission.CASE_WORK)
        and case.agency_id == actor.agency_id
        and case.status is not CaseStatus.CLOSED
        and case.tier is Tier.ENHANCED
        and not any(line.counts for line in view.grounds)
    )


def evidence(line: GroundLine) -> Iterator[str]:
    """What is to be known before one is decided."""
    yield f"{line.words}. Found on {say.long_day(local_day(line.since))}."
    if line.decided_at is not None:
        said = "Declined" if line.declined else "Confirmed"
        day = say.long_day(local_day(line.decided_at))
        yield f"{said} by {line.by} on {day}: {line.reason}"
    if line.confirmed and line.doubted_at is not None:
        yield (
            "What it rested on is no longer known to be so. Confirm it anew if you know"
            " that it holds all the same."
        )
    if not line.declined:
        yield (
            "If nothing else speaks for enhanced support, a no means standard support"
            " from now on, and the promises that still run are planned anew."
        )


def _tier(view: CaseGrounds) -> str:
    counting = any(line.counts for line in view.grounds)
    enhanced = view.brief.case.tier == "enhanced"
    if enhanced and not counting:
        return (
            "Enhanced support is owed, though nothing speaks for it any more. It stays"
            " until a worker decides."
        )
    owed = "Enhanced" if enhanced else "Standard"
    return f"{owed} support is owed. Each ground counts until somebody declines it."


def _table(
    caption: str, lines: list[GroundLine], view: CaseGrounds, *, links: bool
) -> DataTable | None:
    if not lines:
        return None
    return DataTable(
        caption=caption,
        columns=STANDING,
        rows=tuple(tuple(_row(line, view, links=links)) for line in lines),
    )


def _row(line: GroundLine, view: CaseGrounds, *, links: bool) -> Iterator[str | Link]:
    case_id = view.brief.case.public_id
    label = GROUNDS[line.ground].label
    if links:
        name = ground_name(case_id=case_id, ground_id=line.ground_id)
        href = reverse("grounds:decide", args=[case_id, name])
        yield Link(text=label, href=href, about=line.words)
    else:
        yield label
    yield line.words
    yield say.long_day(local_day(line.since))
    ended = line.ended_at
    on = f" on {say.long_day(local_day(ended))}" if ended else ""
    yield f"{STATES[line.state]}{on}{_doubt(line)}"
    yield _who(line)


def _doubt(line: GroundLine) -> str:
    """That what a confirmed ground rested on is gone, while it counts all the same."""
    if not line.confirmed or line.doubted_at is None:
        return ""
    day = say.long_day(local_day(line.doubted_at))
    return f". Look again: since {day} it is no longer known to be so"


def _who(line: GroundLine) -> str:
    if line.decided_at is None:
        return "Nobody yet"
    said = "declined" if line.declined else "confirmed"
    day = say.long_day(local_day(line.decided_at))
    return f"{line.by} {said} it on {day}: {line.reason}"
