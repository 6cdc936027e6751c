"""What the page of the joint review shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.compliance import CountBy, Kept
from alongside.care.journey.types.owed import Lateness
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.lists import (
    Column,
    DataTable,
    FilterField,
    FilterRow,
)
from alongside.web.owed.chosen import query
from alongside.web.owed.compliance_pages import (
    HIDDEN,
    SMALL,
    STANDING,
    WITHOUT_A_DAY,
    standing_field,
)
from alongside.web.periods import Period, periods
from alongside.web.words import say_count, say_day
from alongside.workflows.read_compliance import Compliance, Group
from alongside.workflows.read_owed import Filters
from alongside.workflows.review_pack.read import BEFORE, FACTS, Pack, last_day

HEADS = {
    Kept.MET: "In time",
    Kept.LATE: "Late",
    Kept.MISSED: "Nothing shows it",
    Kept.NOT_OWED: "Not owed",
    Kept.CANNOT_SAY: "Cannot say",
}
# By these the page tells what is owed without a deadline; by the others the file does.
STANDING_FACTS = (CountBy.HOLDER_RIGHT, CountBy.RULE)
MEANINGS = {
    "In time, late": (
        "Kept by its last day, or after it, under the Code that held when its clock"
        " began."
    ),
    "Nothing shows it": (
        "Its last day has passed and nothing shows that it was kept. A body may have"
        " kept it and told nobody: this is where to look, not a verdict."
    ),
    "Not owed": "For a reason that somebody gave or a fact shows; listed above.",
    "Cannot say": (
        "Its limit counts from when the body received the news, and the news gives one"
        " and the same moment for what happened and for its receipt."
    ),
    "Owed without a deadline": (
        "The Code sets no number of days: nobody can be late. Counted in the time in"
        " which it began to be owed: known to be done, not owed, or nobody has said."
    ),
    "Which promises": (
        "Those whose last day falls in the time, in whole months that are over. One"
        " that was planned anew counts once. What the person may ask for until a day is"
        " not counted: nobody owes it yet."
    ),
    "What is held of people": (
        "What they or the police said. Forces do not tell us of a disability: what is"
        " counted is whether adjustments are on record."
    ),
}
NOTHING = EmptyState(
    heading="No promise was due in this time, nor in the one before",
    text="A promise counts in the time in which its last day falls.",
)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What was chosen above the pack."""

    period: Period
    standing: bool


@dataclass(frozen=True, kw_only=True)
class ReviewPage:
    """The pack as it is read and printed."""

    said: tuple[str, ...]
    made: str
    filters: FilterRow
    download: str
    tables: tuple[DataTable, ...]
    standing: tuple[DataTable, ...]
    standing_link: Link | None
    notes: tuple[str, ...]
    meanings: tuple[tuple[str, str], ...]
    empty: EmptyState | None


def review(pack: Pack, chosen: Chosen, *, on: date, leads: bool) -> ReviewPage:
    """The page of a time. With `leads`, what is overdue leads to the list of it."""
    tables = [_table(pack, by, leads=leads) for by in FACTS]
    reasons = _reasons(pack)
    shown = [table for table in (*tables, reasons) if table.rows]
    return ReviewPage(
        said=tuple(_sentences(pack)),
        made=_made(pack, on),
        filters=_filters(chosen, on),
        download=f"{reverse('review_pack:download')}?period={chosen.period.code}",
        tables=tuple(shown),
        standing=tuple(_standing(pack, by) for by in STANDING_FACTS)
        if chosen.standing
        else (),
        standing_link=None
        if chosen.standing
        else Link(
            text=WITHOUT_A_DAY, href=f"?period={chosen.period.code}&standing=yes"
        ),
        notes=(SMALL,) if pack.hides else (),
        meanings=tuple(MEANINGS.items()),
        empty=None if shown else NOTHING,
    )


def _filters(chosen: Chosen, on: date) -> FilterRow:
    return FilterRow(
        fields=(
            FilterField(
                name="period",
                label="Time",
                options=tuple(
                    (one.code, one.label) for one in periods(on, whole_months=True)
                ),
                chosen=chosen.period.code,
            ),
            standing_field(chosen=chosen.standing),
        ),
    )


def file_name(pack: Pack) -> str:
    """What the pack is called when it is saved."""
    this = pack.periods[0]
    return f"joint-review-{this.since}-{last_day(this)}.zip"


def _made(pack: Pack, on: date) -> str:
    made = f"Made on {say_day(on)} for {pack.made_for}"
    if pack.services == (pack.made_for,):
        return f"{made}, of the promises in its own cases."
    return f"{made}, of {' and '.join(pack.services)}."


def _sentences(pack: Pack) -> Iterator[str]:
    for period in pack.periods:
        found = pack.of(CountBy.HOLDER_RIGHT, period.name)
        span = f"from {say_day(period.since)} to {say_day(last_day(period))}"
        yield f"{_lead(found)} {span}: {_told(found)}."
    found = pack.of(CountBy.HOLDER_RIGHT)
    if found.crimes:
        yield (
            f"In {'some' if found.without is None else _say(found.without)} of"
            f" {_say(found.crimes)} crimes with a promise"
            " that counts from when news was received, that moment is not known."
        )


def _lead(found: Compliance) -> str:
    if found.owed is None:
        return "Promises that fell due"
    return f"{say_count(found.owed, 'promise')} fell due"


def _told(found: Compliance) -> str:
    total = found.total
    return (
        f"{_say(total[Kept.MET])} kept in time, {_say(total[Kept.LATE])} late, and of"
        f" {_say(total[Kept.MISSED])} nothing shows that they were kept"
    )


def _say(number: int | None) -> str:
    return HIDDEN if number is None else f"{number:,}"


def _table(pack: Pack, by: CountBy, *, leads: bool) -> DataTable:
    return DataTable(
        caption=f"{FACTS[by]}: this time, and the one before",
        columns=(
            *(Column(heading=FACTS[by]), Column(heading="Time")),
            *(Column(heading=words, numeric=True) for words in HEADS.values()),
        ),
        rows=tuple(
            row
            for group, earlier in pack.pairs(by)
            for row in _rows(group, earlier, by, leads=leads)
        ),
    )


def _rows(
    group: Group, earlier: Group | None, by: CountBy, *, leads: bool
) -> Iterator[tuple[str | Link, ...]]:
    counts = [_say(group.counts[kept]) for kept in HEADS]
    cells: list[str | Link] = list(counts)
    if leads and by is CountBy.HOLDER_RIGHT and group.counts[Kept.MISSED] != 0:
        place = list(HEADS).index(Kept.MISSED)
        cells[place] = Link(
            text=counts[place], href=_list_of(group.code), about=group.label
        )
    yield (group.label, "This", *cells)
    before = [_say(earlier.counts[kept]) if earlier else "0" for kept in HEADS]
    yield ("", "Before", *before)


def _standing(pack: Pack, by: CountBy) -> DataTable:
    return DataTable(
        caption=f"Owed without a deadline. {FACTS[by]}: this time, and the one before",
        columns=(
            *(Column(heading=FACTS[by]), Column(heading="Time")),
            *(Column(heading=words, numeric=True) for words in STANDING.values()),
        ),
        rows=tuple(
            (name, when, *(_say(one.counts[kept]) if one else "0" for kept in STANDING))
            for group, earlier in pack.standing_pairs(by)
            for name, when, one in (
                (group.label, "This", group),
                ("", "Before", earlier),
            )
        ),
    )


def _list_of(code: str) -> str:
    holder, _, right = code.partition(".")
    chosen = Filters(
        holder=DutyHolder(holder), right=int(right), lateness=Lateness.OVERDUE
    )
    return reverse("owed:owed") + query(chosen)


def _reasons(pack: Pack) -> DataTable:
    this, earlier = (
        {one.code: one for one in pack.of(CountBy.HOLDER_RIGHT, name).reasons}
        for name in ("this", BEFORE)
    )
    codes = [*this, *(code for code in earlier if code not in this)]
    return DataTable(
        caption="Why promises were not owed, or why nobody can say",
        columns=(
            Column(heading="Why"),
            Column(heading="This time", numeric=True),
            Column(heading="The one before", numeric=True),
        ),
        rows=tuple(
            (
                (this.get(code) or earlier[code]).label,
                *(
                    _say(found[code].promises) if code in found else "0"
                    for found in (this, earlier)
                ),
            )
            for code in codes
        ),
    )
