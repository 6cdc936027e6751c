"""What is owed with no day set, across cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.care.journey.queries.standing import standing_rules
from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.standing import (
    StandingAsked,
    StandingCount,
    StandingOpen,
)
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.queries import TeamChoice
from alongside.web.access import requires
from alongside.web.casework import say as words_of_cases
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.lists import (
    Column,
    DataTable,
    FilterField,
    FilterRow,
    Pager,
)
from alongside.web.exports import csv_file
from alongside.web.planning.pages import TablesPage
from alongside.web.planning.saving import start_of
from alongside.web.requests import AppRequest
from alongside.web.words import capital, say_day
from alongside.workflows import standing
from alongside.workflows.standing import StandingRegister

SIZE, MOST = 50, 10_000
NAMES = ("rule", "holder", "team", "whose")
COUNTED = (
    Column(heading="Promise"),
    Column(heading="Owed by"),
    Column(heading="Nobody has said", numeric=True),
    Column(heading="Known to be done", numeric=True),
    Column(heading="Not owed", numeric=True),
)
LISTED = tuple(
    Column(heading=one)
    for one in ("Person", "Owed since", "Crime", "Case", "Worker", "Team")
)
FILE_HEAD = ("Promise", "Owed by", *(one.heading for one in LISTED[1:]))
NOTE = (
    "The Code sets no number of days for these, so nobody is late. Often it was done"
    " and nobody told us. Choose a promise to see in which cases nobody has said that"
    " it was kept."
)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What was chosen above the list, as the address says it."""

    rule: str
    holder: str
    team: str
    whose: str

    def query(self, **more: object) -> str:
        """The same as a query, with what is to be added."""
        kept = {name: value for name in NAMES if (value := getattr(self, name))}
        return f"?{urlencode({**kept, **more})}" if kept or more else ""


@requires(Permission.CASE_VIEW)
@require_safe
def show(request: AppRequest) -> HttpResponse:
    """How many stand how; of one promise, in which cases nobody has said."""
    chosen, start = _chosen(request), start_of(request)
    found = standing.read_standing_register(
        actor=request.actor,
        now=request.now,
        asked=_asked(request, chosen),
        size=SIZE,
        skip=start,
    )
    page = _page(found, chosen, start)
    return render(request, "planning/tables.html", {"page": page})


@requires(Permission.CASE_VIEW)
@require_safe
def export(request: AppRequest) -> HttpResponse:
    """Of which nobody has said that they were kept, as a file without names."""
    lines = standing.export_standing(
        actor=request.actor,
        now=request.now,
        asked=_asked(request, _chosen(request)),
        most=MOST,
    )
    return csv_file("owed-without-a-day", FILE_HEAD, _rows(lines))


def _rows(lines: list[StandingOpen]) -> Iterator[tuple[object, ...]]:
    for line in lines:
        yield (
            line.rule.label,
            words_of_cases.OWED_BY[line.rule.duty_holder],
            local_day(line.since).isoformat(),
            line.crime_ref,
            words_of_cases.reference(line.case_id),
            line.worker,
            line.team,
        )


def _chosen(request: AppRequest) -> Chosen:
    said = {name: request.GET.get(name, "") for name in NAMES}
    rules = standing_rules()
    return Chosen(
        rule=said["rule"] if said["rule"] in rules else "",
        holder=said["holder"] if said["holder"] in _holders() else "",
        team=said["team"],
        whose="mine" if said["whose"] == "mine" else "",
    )


def _holders() -> dict[str, str]:
    found = {rule.duty_holder for rule in standing_rules().values()}
    return {
        one.value: capital(words_of_cases.OWED_BY[one])
        for one in DutyHolder
        if one in found
    }


def _asked(request: AppRequest, chosen: Chosen) -> StandingAsked:
    team = standing.find_team(actor=request.actor, public_id=chosen.team)
    return StandingAsked(
        rule=chosen.rule,
        holder=chosen.holder,
        team_key=team.team_id if team else None,
        worker_key=request.actor.user_id if chosen.whose else None,
    )


def _page(found: StandingRegister, chosen: Chosen, start: int) -> TablesPage:
    here = reverse("code_rights:standing_register")
    listed = _list(found, start) if found.lines else None
    pager = Pager(
        shown=listed.caption if listed else "",
        previous=f"{here}{chosen.query(start=max(start - SIZE, 0))}" if start else "",
        next=f"{here}{chosen.query(start=start + SIZE)}" if found.has_more else "",
    )
    return TablesPage(
        title="Owed without a deadline",
        heading="Owed without a deadline",
        notes=() if chosen.rule else (NOTE,),
        filters=_filters(chosen, found.teams),
        tables=tuple(
            table
            for table in (
                _counts(found.counts, chosen) if found.counts else None,
                listed,
            )
            if table is not None
        ),
        empty=None if found.counts else EmptyState(heading="Nothing of this is owed"),
        pager=pager if start or found.has_more else None,
        export=Link(
            text="Save those of which nobody has said as a file (CSV), without names",
            href=f"{reverse('code_rights:standing_export')}{chosen.query()}",
        )
        if any(one.owed for one in found.counts)
        else None,
    )


def _counts(counts: tuple[StandingCount, ...], chosen: Chosen) -> DataTable:
    here = reverse("code_rights:standing_register")
    query = {"holder": chosen.holder, "team": chosen.team, "whose": chosen.whose}
    kept = {name: value for name, value in query.items() if value}
    return DataTable(
        caption="In cases that are open",
        columns=COUNTED,
        rows=tuple(
            (
                Link(text=one.rule.label, href=address),
                capital(words_of_cases.OWED_BY[one.rule.duty_holder]),
                _cases(one.owed, address),
                f"{one.met:,}",
                f"{one.not_owed:,}",
            )
            for one in counts
            for address in (f"{here}?{urlencode({**kept, 'rule': one.rule.code})}",)
        ),
    )


def _cases(number: int, address: str) -> str | Link:
    """How many cases, and the way to them where there are any."""
    return Link(text=f"{number:,}", href=address) if number else "0"


def _list(found: StandingRegister, start: int) -> DataTable:
    last = start + len(found.lines)
    return DataTable(
        caption=f"Nobody has said: {start + 1:,} to {last:,}, owed longest first",
        columns=LISTED,
        rows=tuple(_row(line, found) for line in found.lines),
    )


def _row(line: StandingOpen, found: StandingRegister) -> tuple[str | Link, ...]:
    name = found.names.get(line.person_key, "") or "Name not known"
    return (
        Link(
            text=name,
            href=reverse("code_rights:standing", args=[line.case_id]),
            about=line.crime_ref,
        ),
        say_day(local_day(line.since)),
        line.crime_ref,
        words_of_cases.reference(line.case_id),
        line.worker or "In the queue",
        line.team,
    )


def _filters(chosen: Chosen, teams: tuple[TeamChoice, ...]) -> FilterRow:
    labels = {code: rule.label for code, rule in standing_rules().items()}
    choices = {
        "rule": ("Promise", labels),
        "holder": ("Owed by", _holders()),
        "team": ("Team", {str(one.public_id): one.name for one in teams}),
        "whose": ("Whose cases", {"mine": "Those I hold"}),
    }
    everything = Link(text="Show all", href=reverse("code_rights:standing_register"))
    return FilterRow(
        fields=tuple(
            FilterField(
                name=name,
                label=label,
                options=(("", "All"), *options.items()),
                chosen=getattr(chosen, name),
            )
            for name, (label, options) in choices.items()
        ),
        clear=everything if chosen.query() else None,
    )
