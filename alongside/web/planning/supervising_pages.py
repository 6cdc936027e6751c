"""Workloads, the cases behind each number, and what supervisors wrote."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse

from alongside.care.planning.queries.supervising import (
    SupervisionLine,
    Watched,
    WatchedCase,
)
from alongside.care.planning.tables import AUDIT_ITEMS, LIMITS, WEIGHTS
from alongside.care.planning.types import SupervisionKind
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day
from alongside.web.casework import say
from alongside.web.components.base import Act, EmptyState, Link
from alongside.web.components.lists import Column, DataTable, Pager
from alongside.web.components.planning import PlanCard, PlanRow, PlanSection
from alongside.web.planning import pages
from alongside.web.planning.pages import CardsPage, TablesPage, at
from alongside.web.planning.plan_pages import may_change
from alongside.web.planning.supervising_forms import FOUND
from alongside.web.words import say_day
from alongside.workflows.read_case import CaseBrief
from alongside.workflows.watch_workload import (
    Chosen,
    TeamLoad,
    WatchedPage,
    WorkerLoad,
    Workload,
)

LISTS = {
    Watched.ALL: "Open cases",
    Watched.OVERDUE: "Next action overdue",
    Watched.NO_PLAN: "No plan yet",
    Watched.LATE_ACTIONS: "Actions overdue",
    Watched.APPROVALS: "Plans that wait for approval",
    Watched.WARNINGS: "Warnings that lapsed",
}
WORKER_HEAD = ("Worker", "Points", "Open cases", "High risk", "Enhanced", "Overdue")
TEAM_HEAD = (
    *("Team", "Points", "Open cases", "In the queue", "Overdue", "No plan yet"),
    *("Actions overdue", "Waiting for approval", "Warnings lapsed"),
)
CASE_HEAD = ("Person", "Reference", "What", "By", "Tier", "Worker", "Team", "Opened")
POINTS = (
    "Points weigh each open case by its tier and risk: "
    + ", ".join(
        f"{tier}{' with high risk' if risk else ''} {row.points}"
        for (tier, risk), row in WEIGHTS.items()
    )
    + f". {LIMITS['full_points'].number} points are a full load."
)


def address(chosen: Chosen, **more: object) -> str:
    """The address of the cases behind a number."""
    query: dict[str, object] = {"list": chosen.watched.value}
    if chosen.team:
        query["team"] = chosen.team
    if chosen.worker:
        query["worker"] = chosen.worker
    if chosen.nobody:
        query["queue"] = "yes"
    return f"{reverse('planning:watched')}?{urlencode(query | more)}"


def _number(number: int, chosen: Chosen, about: str) -> str | Link:
    if not number:
        return "0"
    words = f"{LISTS[chosen.watched].lower()}, {about}"
    return Link(text=f"{number:,}", href=address(chosen), about=words)


def workload_page(work: Workload) -> TablesPage:
    """Who carries how much, and what is late or waits, by team."""
    return TablesPage(
        title="Workload",
        heading="Workload",
        notes=(POINTS,),
        acts=(
            Act(text="Volunteers", href=reverse("planning:volunteers")),
            Act(text="Tasks", href=f"{reverse('planning:tasks')}?of=all"),
        ),
        tables=(
            DataTable(
                caption="By worker, the fullest first",
                columns=(
                    *_columns(WORKER_HEAD),
                    Column(heading="No plan yet", numeric=True),
                    Column(heading="Of a full load", numeric=True),
                ),
                rows=tuple(_worker(one) for one in work.workers),
            ),
            DataTable(
                caption="By team",
                columns=_columns(TEAM_HEAD),
                rows=tuple(_team(one) for one in work.teams),
            ),
        ),
        export=Link(
            text="Save as a file (CSV)",
            href=f"{reverse('planning:workload')}?format=csv",
        ),
    )


def _columns(heads: Sequence[str]) -> tuple[Column, ...]:
    first, *others = heads
    return (
        Column(heading=first),
        *(Column(heading=one, numeric=True) for one in others),
    )


def _worker(one: WorkerLoad) -> tuple[str | Link, ...]:
    def number(count: int, watched: Watched) -> str | Link:
        return _number(count, Chosen(watched=watched, worker=one.worker_id), one.name)

    return (
        one.name,
        str(one.points),
        number(one.cases, Watched.ALL),
        str(one.high_risk),
        str(one.enhanced),
        number(one.overdue, Watched.OVERDUE),
        number(one.no_plan, Watched.NO_PLAN),
        f"{100 * one.share:.0f}%" + (", full" if one.share >= 1 else ""),
    )


def _team(one: TeamLoad) -> tuple[str | Link, ...]:
    team = one.team

    def number(count: int, watched: Watched, *, nobody: bool = False) -> str | Link:
        chosen = Chosen(watched=watched, team=team.public_id, nobody=nobody)
        return _number(count, chosen, team.name)

    return (
        team.name,
        str(one.points),
        number(one.cases, Watched.ALL),
        number(one.queue, Watched.ALL, nobody=True),
        number(one.overdue, Watched.OVERDUE),
        number(one.no_plan, Watched.NO_PLAN),
        number(one.waiting.late_actions, Watched.LATE_ACTIONS),
        number(one.waiting.approvals, Watched.APPROVALS),
        number(one.waiting.warnings, Watched.WARNINGS),
    )


def workload_rows(work: Workload) -> Iterator[tuple[object, ...]]:
    """The workload of each worker as rows of a file."""
    for one in work.workers:
        yield (
            *(one.name, one.points, one.cases, one.high_risk, one.enhanced),
            *(one.overdue, one.no_plan),
        )


def watched_page(
    found: WatchedPage, chosen: Chosen, *, on: date, start: int, size: int
) -> TablesPage:
    """The cases behind a number."""
    heading = LISTS[chosen.watched]
    table = DataTable(
        caption=found.of + (", in the queue" if chosen.nobody else ""),
        columns=tuple(Column(heading=one) for one in CASE_HEAD),
        rows=tuple(_case(one, found, on) for one in found.cases),
    )
    last = start + len(found.cases)
    pager = Pager(
        shown=f"Cases {start + 1} to {last}",
        previous=address(chosen, start=max(start - size, 0)) if start else "",
        next=address(chosen, start=start + size) if found.has_more else "",
    )
    return TablesPage(
        title=heading,
        heading=heading,
        back=reverse("planning:workload"),
        back_text="Workload",
        tables=(table,) if found.cases else (),
        empty=None
        if found.cases
        else EmptyState(heading="None", text="Nothing like this waits."),
        pager=pager if start or found.has_more else None,
        export=Link(text="Save as a file (CSV)", href=address(chosen, format="csv"))
        if found.cases
        else None,
    )


def _case(one: WatchedCase, found: WatchedPage, on: date) -> tuple[str | Link, ...]:
    href = reverse("casework:case", args=[one.case_id])
    name = found.names.get(one.person_key, "")
    due = (
        f"{say.short_day(one.due_on, on)}, {say.how_far(one.due_on, on)}"
        if one.due_on
        else ""
    )
    return (
        Link(text=name or "No name you may see", href=href),
        say.reference(one.case_id),
        one.what,
        due,
        one.tier.capitalize() + (", high risk" if one.high_risk else ""),
        one.worker or "Nobody yet",
        one.team,
        say_day(local_day(one.opened_at)),
    )


def watched_rows(found: WatchedPage) -> Iterator[tuple[object, ...]]:
    """The same as rows of a file, by reference: names stay here."""
    for one in found.cases:
        yield (
            *(say.reference(one.case_id), one.what, one.due_on, one.tier),
            *("yes" if one.high_risk else "no", one.worker, one.team),
            local_day(one.opened_at),
        )


def supervision_page(
    brief: CaseBrief,
    lines: Sequence[SupervisionLine],
    *,
    actor: Actor,
    now: datetime,
) -> CardsPage:
    """What supervisors wrote about a case."""
    change = may_change(brief, actor)
    supervises = change and actor.has(Permission.CASE_SUPERVISE)
    acts = (
        Act(text="Write a note", href=at("add_supervision", brief), primary=True),
        Act(text="Audit the file", href=at("audit", brief)),
    )
    return CardsPage(
        title="Supervision",
        heading="Supervision",
        caption=say.whose(brief),
        back=at("plan", brief),
        back_text="Back to the plan",
        notes=("The worker who holds the case and supervisors read this.",),
        acts=acts if supervises else (),
        sections=(
            PlanSection(
                heading="Notes and audits",
                cards=tuple(_note(one, brief, now, change=change) for one in lines),
                empty=EmptyState(heading="Nothing has been written yet"),
            ),
        ),
    )


def _note(
    line: SupervisionLine, brief: CaseBrief, now: datetime, *, change: bool
) -> PlanCard:
    on = local_day(now)
    open_still = bool(line.asks) and line.done_at is None
    rows = [
        PlanRow(what=AUDIT_ITEMS[code].label, words=(FOUND[answer],))
        for code, answer in line.found.items()
        if code in AUDIT_ITEMS
    ]
    if line.asks and line.act_by:
        done = f"Done by {line.done_by}" if line.done_at else ""
        href = at("settle_supervision", brief, line.note_id)
        rows.append(
            PlanRow(
                what=f"To do: {line.asks}",
                words=(done or pages.due(line.act_by, on),),
                tag=pages.LATE if open_still and line.act_by < on else None,
                acts=(Link(text="Done", href=href, about=line.asks),)
                if open_still and change
                else (),
            )
        )
    audit = line.kind is SupervisionKind.AUDIT
    return PlanCard(
        label=f"{say_day(local_day(line.at))}, {line.by}",
        heading="Audit of the file" if audit else "Supervision",
        words=(line.words,),
        rows=tuple(rows),
    )
