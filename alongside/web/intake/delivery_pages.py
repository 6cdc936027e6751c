"""What the page about one delivery shows."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from alongside.care.intake.tables import RETURNS
from alongside.care.intake.types import FATE_OF, Code, DeliveryKind, Fate, ReturnCode
from alongside.web.components.base import Link
from alongside.web.components.casefile import Fact
from alongside.web.components.feed import ShareBar
from alongside.web.components.lists import (
    Column,
    DataTable,
    FilterField,
    FilterRow,
    Pager,
)
from alongside.web.intake.feed_pages import (
    FATES,
    KINDS,
    say_code,
    say_delay,
    share_bar,
)
from alongside.web.words import say_count, say_moment, say_share
from alongside.workflows.read_delivery import DeliveryView, RowChoice, RowLine


@dataclass(frozen=True, kw_only=True)
class DeliveryPage:
    """One delivery: counts, reasons, its rows and what was returned."""

    title: str
    heading: str
    back: Link
    facts: tuple[Fact, ...]
    bar: ShareBar
    codes: DataTable
    filter: FilterRow
    rows: DataTable | None
    pager: Pager | None
    fates_file: str
    rejected_file: str
    returns: DataTable | None
    returns_file: str


def delivery(found: DeliveryView, *, choice: RowChoice) -> DeliveryPage:
    """The page of one delivery, one page of its rows with it."""
    summary, force = found.summary, found.force
    place = [force.code, summary.public_id]
    return DeliveryPage(
        title=f"Delivery {summary.extract_id}",
        heading=f"Delivery {summary.extract_id}",
        back=Link(
            text=f"{force.name} feed", href=reverse("intake:feed", args=[force.code])
        ),
        facts=_facts(found),
        bar=share_bar(summary, key="delivery"),
        codes=_codes(found),
        filter=_filter(found, choice),
        rows=_rows(found) if found.rows else None,
        pager=_pager(found, choice),
        fates_file=reverse("intake:fates", args=place),
        rejected_file=reverse("intake:rejected", args=place)
        if summary.rejected and summary.kind is DeliveryKind.PROGRESS
        else "",
        returns=_returns(found) if found.returned else None,
        returns_file=reverse("intake:returns", args=place),
    )


def _facts(found: DeliveryView) -> tuple[Fact, ...]:
    summary = found.summary
    slowest = say_delay(summary.slowest_seconds)
    facts = (
        Fact(name="Holds", value=KINDS[summary.kind]),
        Fact(name="Received", value=say_moment(summary.received_at)),
        Fact(name="Workable", value=say_share(summary.share_workable)),
    )
    if not slowest:
        return facts
    return (*facts, Fact(name="Slowest from report to receipt", value=slowest))


def _codes(found: DeliveryView) -> DataTable:
    counts = found.summary.codes
    rows: list[tuple[str | Link, ...]] = []
    for code, fate in FATE_OF.items():
        if counts.get(code):
            href = "?" + urlencode({"code": code.value}) + "#rows"
            said = Link(text=say_code(code), href=href)
            rows.append((said, FATES[fate][0], f"{counts[code]:,}"))
    rows.append(("All rows", "", f"{sum(counts.values()):,}"))
    return DataTable(
        caption="What became of the rows, and why",
        columns=(
            Column(heading="Why"),
            Column(heading="Fate"),
            Column(heading="Rows", numeric=True),
        ),
        rows=tuple(rows),
    )


def _filter(found: DeliveryView, choice: RowChoice) -> FilterRow:
    summary = found.summary
    numbers = {
        Fate.ACCEPTED: summary.accepted,
        Fate.HELD: summary.held,
        Fate.REJECTED: summary.rejected,
    }
    fates = [("", f"Every fate ({summary.rows:,})")]
    fates += [(f.value, f"{FATES[f][0]} ({n:,})") for f, n in numbers.items()]
    codes = [("", "Every reason")]
    codes += [
        (code.value, f"{say_code(code)} ({summary.codes[code]:,})")
        for code in Code
        if summary.codes.get(code)
    ]
    return FilterRow(
        fields=(
            FilterField(
                name="fate", label="Fate", options=tuple(fates), chosen=choice.fate
            ),
            FilterField(
                name="code", label="Why", options=tuple(codes), chosen=choice.code
            ),
        ),
        clear=Link(text="Show every row", href="?#rows")
        if choice.fate or choice.code
        else None,
    )


def _rows(found: DeliveryView) -> DataTable:
    """The rows; columns that would be empty on this page are left out."""
    said = any(line.fate.message for line in found.rows)
    opens = any(line.case or line.hold for line in found.rows)
    headings = ["Row", "Fate", "Why"] + ["In words"] * said + ["Open"] * opens
    return DataTable(
        caption="Rows in the order of the file",
        columns=tuple(Column(heading=heading) for heading in headings),
        rows=tuple(_row(line, said=said, opens=opens) for line in found.rows),
    )


def _row(line: RowLine, *, said: bool, opens: bool) -> tuple[str | Link, ...]:
    fate = line.fate
    return (
        f"{fate.row:,}",
        FATES[Fate(fate.fate)][0],
        "; ".join(say_code(code) for code in fate.codes or (fate.code,)),
        *([fate.message] if said else []),
        *([_where_to(line)] if opens else []),
    )


def _where_to(line: RowLine) -> str | Link:
    about = f"of row {line.fate.row:,}"
    if line.case:
        href = reverse("casework:case", args=[line.case])
        return Link(text="Case", href=href, about=about)
    if line.hold:
        href = reverse("intake:held_one", args=[line.hold])
        return Link(text="Held referral", href=href, about=about)
    return ""


def _pager(found: DeliveryView, choice: RowChoice) -> Pager | None:
    if not found.rows or not (found.earlier or found.later):
        return None
    first, last = found.rows[0].fate.row, found.rows[-1].fate.row
    return Pager(
        shown=f"Rows {first:,} to {last:,} of {say_count(found.summary.rows, 'row')}",
        previous=_at(choice, "before", first) if found.earlier else "",
        next=_at(choice, "after", last) if found.later else "",
    )


def _at(choice: RowChoice, side: str, number: int) -> str:
    asked = {"fate": choice.fate, "code": choice.code, side: str(number)}
    return "?" + urlencode({k: v for k, v in asked.items() if v}) + "#rows"


def _returns(found: DeliveryView) -> DataTable:
    return DataTable(
        caption=f"Returned to the force: {say_count(len(found.returned), 'referral')}",
        columns=(
            Column(heading="Crime"),
            Column(heading="Row", numeric=True),
            Column(heading="What is asked"),
            Column(heading="Note"),
            Column(heading="Returned"),
        ),
        rows=tuple(
            (
                one.crime_ref,
                f"{one.row:,}",
                RETURNS[ReturnCode(one.return_code)].label,
                one.message,
                say_moment(one.returned_at),
            )
            for one in found.returned
        ),
    )


FATES_HEAD = ("row", "fate", "code", "message", "person", "case")
RETURNS_HEAD = (
    *("source_system", "crime_ref", "person_ref", "row", "return_code"),
    *("asked", "message", "returned_at"),
)


def asked_of_force(return_code: str) -> str:
    """What the force is asked for, in a sentence."""
    return RETURNS[ReturnCode(return_code)].words
