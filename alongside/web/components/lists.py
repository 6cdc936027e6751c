"""Lists that are worked through: work, held referrals, and plain tables."""

from dataclasses import dataclass
from typing import ClassVar

from alongside.web.components.base import Act, EmptyState, Link, Tag

FIT_ON_PHONE = 3  # columns of a plain table, side by side at 320 px


@dataclass(frozen=True, kw_only=True)
class WorkRow:
    """Something that is due for one person.

    `by_when` is the day and `late_by` how far past it is, in words ("2 days late",
    "in 3 days"); `overdue` marks the row. `key` is what a chosen row sends.
    """

    person: str
    href: str
    reference: str
    what: str
    by_when: str
    late_by: str = ""
    why: str = ""
    holder: str = ""
    tag: Tag | None = None
    overdue: bool = False
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkTable:
    """What is due, in order. `caption` holds the count, and the count is the truth.

    With `selectable`, each row has a box named `selected` that sends its key; the
    page puts the table inside its form. `shows_holder` adds who holds each case.
    """

    template: ClassVar[str] = "components/work_table.html"

    caption: str
    rows: tuple[WorkRow, ...]
    empty: EmptyState
    selectable: bool = False
    shows_holder: bool = False


@dataclass(frozen=True, kw_only=True)
class FilterField:
    """A list to choose from. `options` are pairs of value and words."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""


@dataclass(frozen=True, kw_only=True)
class FilterRow:
    """Ways to narrow a list: sent as the page's own address, so it can be kept.

    `clear` leads to the list unfiltered, where a filter is on; `export` to the same
    rows as a file.
    """

    template: ClassVar[str] = "components/filter_row.html"

    fields: tuple[FilterField, ...]
    clear: Link | None = None
    export: Link | None = None


@dataclass(frozen=True, kw_only=True)
class Pager:
    """Where in a list this page is, and the pages either side, where there are."""

    template: ClassVar[str] = "components/pager.html"

    shown: str
    previous: str = ""
    next: str = ""


@dataclass(frozen=True, kw_only=True)
class HeldCard:
    """A referral that waits for a decision.

    `problem` is the first reason, `explanation` the same in a sentence, and `others`
    the further reasons; `sent` says who sent
    it and when; `tried` what has been tried; `held` who owns it and how long it has
    waited. `acts` are the ways forward.
    """

    template: ClassVar[str] = "components/held_card.html"

    reference: str
    about: str
    problem: str
    sent: str
    held: str
    acts: tuple[Act, ...]
    explanation: str = ""
    others: tuple[str, ...] = ()
    tried: str = ""
    tag: Tag | None = None


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column's heading, and whether it holds numbers."""

    heading: str
    numeric: bool = False


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell as it is drawn. `heading` is said beside it where rows are stacked."""

    heading: str
    text: str
    href: str
    about: str
    numeric: bool


@dataclass(frozen=True, kw_only=True)
class DataTable:
    """A plain table. The first cell of a row is its heading; a cell may be a link.

    One too wide for a phone is shown there row by row, each value with its column's
    heading.
    """

    template: ClassVar[str] = "components/data_table.html"

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Link, ...], ...]

    @property
    def is_wide(self) -> bool:
        """Whether it has more than fits side by side on a phone: words need more."""
        of_words = sum(not column.numeric for column in self.columns)
        return len(self.columns) > FIT_ON_PHONE or of_words == FIT_ON_PHONE

    @property
    def drawn_rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Each row's cells beside what their columns say of them."""
        return tuple(
            tuple(_cell(*pair) for pair in zip(row, self.columns, strict=True))
            for row in self.rows
        )


def _cell(value: str | Link, column: Column) -> Cell:
    if isinstance(value, Link):
        return Cell(
            heading=column.heading,
            text=value.text,
            href=value.href,
            about=value.about,
            numeric=column.numeric,
        )
    return Cell(
        heading=column.heading, text=value, href="", about="", numeric=column.numeric
    )
