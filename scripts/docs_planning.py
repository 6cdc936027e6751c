"""The page about planning: needs, whose plans are approved, points, kinds, limits."""

from collections.abc import Iterator

from alongside.care.instruments.tables import NEEDS
from alongside.care.planning.tables import (
    APPROVALS,
    AUDIT_ITEMS,
    LIMITS,
    SECTIONS,
    WARNING_KINDS,
    WEIGHTS,
    WORK,
)
from scripts.docs import PROVENANCE, page, provenance, table


def planning_page() -> str:
    """Everything that planning with a person reads from rows of data."""
    return page(
        "Planning",
        "What a support plan, its papers, warnings, workloads and volunteers' hours go"
        " by.",
        "## Needs",
        table(
            ("code", "need", "as a plan says it", "asked by", *PROVENANCE),
            (
                (
                    *(one.code, one.label, one.plain, ", ".join(sorted(one.questions))),
                    *provenance(one),
                )
                for one in NEEDS.values()
            ),
        ),
        "## Whose plans a supervisor approves",
        "A row of an area goes before the rows of all. Where no row holds, a supervisor"
        " approves.",
        table(
            ("area", "tier", "high risk", "approved by a supervisor", *PROVENANCE),
            (
                (
                    *(row.area or "every other", row.tier, _yes(row.high_risk)),
                    *(_yes(row.needed), *provenance(row)),
                )
                for row in APPROVALS
            ),
        ),
        "## Points of work",
        table(
            ("tier", "high risk", "points", *PROVENANCE),
            (
                (row.tier, _yes(row.high_risk), row.points, *provenance(row))
                for row in WEIGHTS.values()
            ),
        ),
        *_lists(),
    )


def _lists() -> Iterator[str]:
    """Kinds and sections, and the numbers."""
    yield from (
        "## Warnings",
        table(
            ("code", "warning", "for what", "stands at most days", *PROVENANCE),
            (
                (row.code, row.label, row.hint, row.most_days, *provenance(row))
                for row in WARNING_KINDS.values()
            ),
        ),
        "## Sections of safety and exit plans",
        table(
            ("plan", "code", "asked of the worker", "on the sheet", *PROVENANCE),
            (
                (row.paper.value, row.code, row.label, row.heading, *provenance(row))
                for row in SECTIONS.values()
            ),
        ),
        "## What volunteers do",
        table(
            ("code", "work", *PROVENANCE),
            ((row.code, row.label, *provenance(row)) for row in WORK.values()),
        ),
        "## What an audit of a case file looks for",
        table(
            ("code", "item", *PROVENANCE),
            ((row.code, row.label, *provenance(row)) for row in AUDIT_ITEMS.values()),
        ),
        "## Limits",
        table(
            ("code", "number", "unit", "meaning", *PROVENANCE),
            (
                (row.code, row.number, row.unit, row.label, *provenance(row))
                for row in LIMITS.values()
            ),
        ),
    )


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
