"""What is planned, one card a thing."""

from dataclasses import dataclass
from typing import ClassVar

from alongside.web.components.base import Act, EmptyState, Link, Tag


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    """One line of a card: what, some words about it, and what can be done with it."""

    what: str
    words: tuple[str, ...] = ()
    tag: Tag | None = None
    acts: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanCard:
    """One thing that is planned, and what belongs to it.

    `quiet` marks one that is over. `label` stands small above the heading.
    """

    template: ClassVar[str] = "components/plan_card.html"

    heading: str
    label: str = ""
    tag: Tag | None = None
    words: tuple[str, ...] = ()
    rows: tuple[PlanRow, ...] = ()
    acts: tuple[Link, ...] = ()
    quiet: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanSection:
    """Cards under one heading, or what to do where there is none."""

    template: ClassVar[str] = "components/plan_section.html"

    heading: str
    cards: tuple[PlanCard, ...]
    empty: EmptyState | None = None
    acts: tuple[Act, ...] = ()
