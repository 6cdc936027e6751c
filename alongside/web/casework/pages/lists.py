"""My work, a team's cases, and giving cases out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from alongside.care.assessment.rules.filled import is_left
from alongside.care.assessment.tables import LIMITS
from alongside.care.assessment.types.filled import Draft
from alongside.care.casework.queries import COUNT_LIMIT, Place
from alongside.care.casework.types import Tier
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day
from alongside.web.casework import say
from alongside.web.casework.pages import owed, repeats
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.lists import (
    FilterField,
    FilterRow,
    Pager,
    WorkRow,
    WorkTable,
)
from alongside.web.words import say_count, say_day
from alongside.workflows.read_work import Due, MyWork, TeamWork, WorkItem

TIER_OPTIONS = (("", "Any"), ("enhanced", "Enhanced"), ("standard", "Standard"))
DUE_WORDS = {
    Due.OVERDUE: "Overdue",
    Due.TODAY: "Today",
    Due.WEEK: "In the next 7 days",
    Due.LATER: "Later",
}
CSV_COLUMNS = ("reference", "person", "due", "what", "why", "tier", "held_by")


@dataclass(frozen=True, kw_only=True)
class MyWorkPage:
    """The home page of everyone who works cases."""

    title: str
    filters: FilterRow
    table: WorkTable
    pager: Pager | None
    drafts: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class TeamPage:
    """A team's cases. `may_take` and `may_give` say which buttons there are."""

    title: str
    heading: str
    filters: FilterRow
    table: WorkTable
    pager: Pager | None
    may_take: bool
    may_give: bool


@dataclass(frozen=True, kw_only=True)
class GivePage:
    """Choosing a worker for cases that were ticked."""

    title: str
    heading: str
    form: forms.Form
    people: tuple[str, ...]
    back: str


def my_work(
    work: MyWork,
    *,
    actor: Actor,
    due: Due | None,
    tier: Tier | None,
    start: int,
    size: int,
) -> MyWorkPage:
    """The actor's own cases."""
    chosen = {"due": due or "", "tier": tier or ""}
    return MyWorkPage(
        title="My work",
        filters=FilterRow(
            fields=(
                FilterField(
                    name="due",
                    label="Due",
                    options=(("", "Any time"), *_due_options(work)),
                    chosen=chosen["due"],
                ),
                FilterField(
                    name="tier",
                    label="Support",
                    options=TIER_OPTIONS,
                    chosen=chosen["tier"],
                ),
            ),
            clear=Link(text="Show everything", href="?") if due or tier else None,
            export=_export(chosen) if work.matching else None,
        ),
        table=WorkTable(
            caption=_my_caption(work, filtered=bool(due or tier)),
            rows=tuple(_row(item, work.on) for item in work.items),
            empty=_no_work(work, actor),
        ),
        drafts=tuple(_draft(draft, work.on) for draft in work.drafts),
        pager=_my_pager(work, chosen, start=start, size=size),
    )


def _draft(draft: Draft, on: date) -> Link:
    """An assessment that the reader began and has not finished."""
    left = is_left(draft.saved_at, on=on, days=LIMITS["draft_days"].number)
    verb = "left unfinished since" if left else "saved on"
    return Link(
        text=f"{draft.title}, case {say.reference(draft.case_id)}, {verb}"
        f" {say_day(local_day(draft.saved_at))}",
        href=reverse("assessing:show", args=[draft.public_id]),
    )


def team(
    work: TeamWork,
    *,
    actor: Actor,
    waiting: bool,
    tier: Tier | None,
    place: Place | None,
) -> TeamPage:
    """A team's cases: those nobody holds, or all that are open."""
    chosen = {
        "team": str(work.team.public_id),
        "show": "" if waiting else "all",
        "tier": tier or "",
    }
    may_give = actor.has(Permission.CASE_ALLOCATE)
    may_take = waiting and actor.has(Permission.CASE_WORK)
    return TeamPage(
        title="Team queue" if waiting else "Team cases",
        heading=f"Team queue: {work.team.name}"
        if waiting
        else f"Team cases: {work.team.name}",
        filters=_team_filters(work, chosen),
        table=WorkTable(
            caption=_team_caption(work, waiting=waiting),
            rows=tuple(_row(item, work.on) for item in work.items),
            empty=_nothing_waits(waiting=waiting, filtered=tier is not None),
            selectable=may_give or may_take,
            shows_holder=not waiting,
        ),
        pager=_team_pager(work, chosen, place),
        may_take=may_take,
        may_give=may_give,
    )


def give(items: Iterable[WorkItem], form: forms.Form) -> GivePage:
    """The cases that were ticked, and the workers there are."""
    chosen = tuple(items)
    words = f"Give {say_count(len(chosen), 'case')} to a worker"
    if not chosen:
        words = "Give cases to a worker"
    return GivePage(
        title=f"Error: {words}" if form.errors else words,
        heading=words,
        form=form,
        people=tuple(
            f"{item.name}, {say.reference(item.case.public_id)}" for item in chosen
        ),
        back=reverse("casework:queue"),
    )


def csv_rows(items: Iterable[WorkItem], on: date) -> Iterator[tuple[str, ...]]:
    """A list of work as the rows of a file, under CSV_COLUMNS."""
    for item in items:
        yield (
            say.reference(item.case.public_id),
            item.name,
            item.due_on.isoformat() if item.due_on else "",
            item.what,
            _why(item, on),
            item.case.tier,
            item.case.worker_name,
        )


def _row(item: WorkItem, on: date) -> WorkRow:
    case = item.case
    return WorkRow(
        person=item.name,
        href=reverse("casework:case", args=[case.public_id]),
        reference=say.reference(case.public_id),
        what=item.what or "Nothing is planned",
        by_when=say.short_day(item.due_on, on) if item.due_on else "No day set",
        late_by=say.how_far(item.due_on, on) if item.due_on else "",
        why=_why(item, on),
        holder=case.worker_name or "Nobody yet",
        tag=say.DUE_TAGS[item.due],
        overdue=item.due is Due.OVERDUE,
        key=str(case.public_id),
    )


def _why(item: WorkItem, on: date) -> str:
    """What is owed and why, and that it is not the first time."""
    told = item.owed is None or item.owed.label == item.what
    words = (
        say.why_it_matters(item.case, item.ground),
        *repeats.lately(item.repeats),
        *(prompt.words for prompt in item.prompts),
        *item.silent,
        *(() if told else (owed.in_list(item.owed, on),)),
    )
    return ". ".join(words)


def _due_options(work: MyWork) -> Iterator[tuple[str, str]]:
    for kind, words in DUE_WORDS.items():
        yield kind.value, f"{words} ({work.counts[kind]:,})"


def _my_caption(work: MyWork, *, filtered: bool) -> str:
    held = say_count(work.held, "case")
    if filtered:
        return f"{work.matching:,} of your {held}"
    late = work.counts[Due.OVERDUE]
    if work.elsewhere:
        held += f" and {say_count(work.elsewhere, 'task')} in cases of others"
    return f"{held}, {late:,} overdue" if late else f"{held}, none overdue"


def _no_work(work: MyWork, actor: Actor) -> EmptyState:
    if work.held:
        return EmptyState(
            heading="Nothing like that",
            text="None of your cases is of the kind chosen.",
            link=Link(text="Show all your cases", href="?"),
        )
    if actor.for_provider:
        return EmptyState(
            heading="You hold no cases",
            text="What other agencies share with you is in its own list.",
            link=Link(text="Shared with us", href=reverse("provider:inbox")),
        )
    return EmptyState(
        heading="You hold no cases",
        text="Open your team's queue and take the case that is due first.",
        link=Link(text="Open the team queue", href=reverse("casework:queue")),
    )


def _nothing_waits(*, waiting: bool, filtered: bool) -> EmptyState:
    if filtered:
        return EmptyState(
            heading="Nothing like that",
            text="Choose another kind of support to see more.",
        )
    if waiting:
        return EmptyState(
            heading="Nobody is waiting",
            text="Every case of this team has a worker. Choose another team, or see"
            " what you hold.",
            link=Link(text="Open my work", href=reverse("casework:my_work")),
        )
    return EmptyState(
        heading="This team has no open cases",
        text="Choose another team to see its cases.",
    )


def _my_pager(
    work: MyWork, chosen: Mapping[str, str], *, start: int, size: int
) -> Pager | None:
    if work.matching <= size:
        return None
    last = start + len(work.items)
    before, after = max(start - size, 0), start + size
    return Pager(
        shown=f"{start + 1:,} to {last:,} of {work.matching:,}",
        previous=_query(chosen, start=before) if start else "",
        next=_query(chosen, start=after) if after < work.matching else "",
    )


def _team_filters(work: TeamWork, chosen: Mapping[str, str]) -> FilterRow:
    return FilterRow(
        fields=(
            FilterField(
                name="team",
                label="Team",
                options=tuple((str(one.public_id), one.name) for one in work.teams),
                chosen=chosen["team"],
            ),
            FilterField(
                name="show",
                label="Show",
                options=(("", "Waiting for a worker"), ("all", "All open cases")),
                chosen=chosen["show"],
            ),
            FilterField(
                name="tier",
                label="Support",
                options=TIER_OPTIONS,
                chosen=chosen["tier"],
            ),
        ),
        export=_export(chosen) if work.items else None,
    )


def _team_caption(work: TeamWork, *, waiting: bool) -> str:
    if work.count > COUNT_LIMIT:
        counted = f"More than {COUNT_LIMIT:,} cases"
    else:
        counted = say_count(work.count, "case")
    return f"{counted} waiting for a worker" if waiting else f"{counted} open"


def _team_pager(
    work: TeamWork, chosen: Mapping[str, str], place: Place | None
) -> Pager | None:
    backwards = place is not None and place.before
    has_next = backwards or work.has_more
    has_previous = work.has_more if backwards else place is not None
    if not work.items or not (has_next or has_previous):
        return None
    return Pager(
        shown=f"{say_count(len(work.items), 'case')} on this page",
        previous=_to(chosen, "before", work.items[0]) if has_previous else "",
        next=_to(chosen, "after", work.items[-1]) if has_next else "",
    )


def _to(chosen: Mapping[str, str], way: str, item: WorkItem) -> str:
    if item.case.next_action_on is None:
        return ""
    return _query(chosen, **{way: f"{item.case.next_action_on}.{item.case.public_id}"})


def _export(chosen: Mapping[str, str]) -> Link:
    return Link(text="Save as CSV", href=_query(chosen, format="csv"))


def _query(chosen: Mapping[str, str], **more: object) -> str:
    kept = {name: value for name, value in chosen.items() if value}
    return f"?{urlencode(kept | more)}"
