"""What somebody asked to hear, for the page of their case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.care.journey.queries.wishes import WishLine, list_wishes
from alongside.foundation.accounts.types import Actor
from alongside.workflows.read_case import CaseBrief, read_brief


@dataclass(frozen=True, kw_only=True)
class WishesView:
    """A case, and everything its person asked for, newest first."""

    brief: CaseBrief
    wishes: tuple[WishLine, ...]


def read_wishes(*, actor: Actor, now: datetime, case_id: UUID) -> WishesView:
    """What the person of a case asked for over time. Three statements.

    Raises:
        NotFound: there is no such case that the actor may know of.
    """
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    return WishesView(brief=brief, wishes=tuple(list_wishes(brief.case.case_id)))
