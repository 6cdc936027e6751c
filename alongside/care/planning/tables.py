"""Approvals, weights, kinds and sections of planning, as rows of data."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from alongside.care.planning.types import (
    ApprovalRule,
    AuditItem,
    Coded,
    PaperKind,
    PaperSection,
    PlanLimit,
    VolunteerWork,
    WarningKind,
    Weight,
)
from alongside.foundation.lib.datafile import (
    BadDataFile,
    Row,
    read_rows,
    read_toml,
)

C = TypeVar("C", bound=Coded)

FOLDER = Path(__file__).parent / "data"
LIMIT_CODES = {
    *("plan_days", "review_days", "action_days", "named_letters"),
    *("longest_hours", "back_days", "full_points"),
}
TIERS = {"standard", "enhanced"}


def load_approvals(text: str) -> tuple[ApprovalRule, ...]:
    """Read whose plans are approved: every tier and risk has its row."""
    rows = read_rows(
        read_toml(text, "approval", name="approval.toml"),
        _approval,
        key=lambda row: (row.area, row.tier, row.high_risk),
    )
    general = {(row.tier, row.high_risk) for row in rows if not row.area}
    if general != _every_kind():
        raise BadDataFile("approval.toml: a tier or risk has no row of its own")
    return rows


def load_weights(text: str) -> dict[tuple[str, bool], Weight]:
    """Read the points of work by tier and high risk: each has its row."""
    rows = read_rows(
        read_toml(text, "weight", name="weights.toml"),
        _weight,
        key=lambda row: (row.tier, row.high_risk),
    )
    found = {(row.tier, row.high_risk): row for row in rows}
    if found.keys() != _every_kind():
        raise BadDataFile("weights.toml: a tier or risk has no row")
    return found


def load_limits(text: str) -> dict[str, PlanLimit]:
    """Read the numbers of planning: exactly those that are used, none nought."""
    found = _by_code(text, "limit", "limits.toml", _limit)
    if found.keys() != LIMIT_CODES or min(r.number for r in found.values()) < 1:
        raise BadDataFile("limits.toml: does not hold exactly the limits used")
    return found


def load_sections(text: str) -> dict[str, PaperSection]:
    """Read the sections of safety and exit plans: each plan has some."""
    found = _by_code(text, "section", "sections.toml", _section)
    if {row.paper for row in found.values()} != set(PaperKind):
        raise BadDataFile("sections.toml: a plan has no section")
    return found


def sections_of(paper: PaperKind) -> tuple[PaperSection, ...]:
    """The sections of one paper, in the order in which they are asked."""
    return tuple(row for row in SECTIONS.values() if row.paper is paper)


def _every_kind() -> set[tuple[str, bool]]:
    return {(tier, high_risk) for tier in TIERS for high_risk in (False, True)}


def _by_code(
    text: str, table: str, name: str, make: Callable[[Row], C]
) -> dict[str, C]:
    rows = read_rows(read_toml(text, table, name=name), make, key=lambda row: row.code)
    return {row.code: row for row in rows}


def _approval(row: Row) -> ApprovalRule:
    return ApprovalRule(
        area=row.text("area", ""),
        tier=row.text("tier"),
        high_risk=row.yes("high_risk"),
        needed=row.yes("needed"),
        **row.provenance(),
    )


def _weight(row: Row) -> Weight:
    return Weight(
        tier=row.text("tier"),
        high_risk=row.yes("high_risk"),
        points=row.whole("points"),
        **row.provenance(),
    )


def _limit(row: Row) -> PlanLimit:
    return PlanLimit(
        code=row.text("code"),
        number=row.whole("number"),
        unit=row.text("unit"),
        label=row.text("label"),
        **row.provenance(),
    )


def _warning(row: Row) -> WarningKind:
    return WarningKind(
        code=row.text("code"),
        label=row.text("label"),
        hint=row.text("hint"),
        most_days=row.whole("most_days"),
        **row.provenance(),
    )


def _section(row: Row) -> PaperSection:
    return PaperSection(
        code=row.text("code"),
        paper=row.one_of("paper", PaperKind),
        label=row.text("label"),
        hint=row.text("hint"),
        heading=row.text("heading"),
        **row.provenance(),
    )


def _work(row: Row) -> VolunteerWork:
    return VolunteerWork(
        code=row.text("code"), label=row.text("label"), **row.provenance()
    )


def _item(row: Row) -> AuditItem:
    return AuditItem(code=row.text("code"), label=row.text("label"), **row.provenance())


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


APPROVALS = load_approvals(_text("approval.toml"))
WEIGHTS = load_weights(_text("weights.toml"))
LIMITS = load_limits(_text("limits.toml"))
SECTIONS = load_sections(_text("sections.toml"))
WARNING_KINDS: Mapping[str, WarningKind] = _by_code(
    _text("warnings.toml"), "warning", "warnings.toml", _warning
)
WORK: Mapping[str, VolunteerWork] = _by_code(
    _text("volunteer_work.toml"), "work", "volunteer_work.toml", _work
)
AUDIT_ITEMS: Mapping[str, AuditItem] = _by_code(
    _text("audit_items.toml"), "item", "audit_items.toml", _item
)
