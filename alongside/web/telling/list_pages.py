"""What is to be told across cases, and what is on its way: a page and a file."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from alongside.care.journey.types import DutyHolder
from alongside.care.people.types import PersonLabel
from alongside.care.telling.queries import OnItsWay, OwedEvent, Whose
from alongside.care.telling.tables import WAYS
from alongside.care.telling.types import UpdateState
from alongside.foundation.lib.local import local_day
from alongside.web.casework import say
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.lists import (
    Column,
    DataTable,
    FilterField,
    FilterRow,
    Pager,
)
from alongside.web.planning.pages import TablesPage
from alongside.web.telling.pages import at, what
from alongside.web.words import say_count, say_day, say_moment
from alongside.workflows.tell_person import ToTell

LISTS = {
    Whose.MINE: "People I work with",
    Whose.TEAM: "My team's people",
    Whose.ALL: "Everybody",
}
HEAD = ("Person", "Reference", "What happened", "On", "Tell by", "Owed by", "Worker")
FILE_HEAD = (
    *("reference", "what happened", "on", "tell by", "owed by", "tier", "high risk"),
    *("worker", "team", "begun"),
)
GOING_HEAD = ("Person", "What happened", "How", "Where it is", "Sent by")


def to_tell_address(whose: Whose, **more: object) -> str:
    """The address of the list of what is to be told."""
    query: dict[str, object] = {"whose": whose.value}
    return f"{reverse('telling:list')}?{urlencode(query | more)}"


def list_page(found: ToTell, whose: Whose, *, on: date, paged: bool) -> TablesPage:
    """What is to be told, overdue first, and what is on its way."""
    tables = [_owed_table(found, on)] if found.events else []
    if found.on_their_way:
        tables.append(_going_table(found))
    last = found.events[-1] if found.events else None
    pager = Pager(
        shown=f"{say_count(len(found.events), 'line')} on this page",
        previous=to_tell_address(whose) if paged else "",
        next=to_tell_address(whose, after=f"{last.due_on}.{last.clock_id}")
        if last and found.has_more
        else "",
    )
    return TablesPage(
        title="To tell",
        heading="To tell",
        notes=("What happened in somebody's case that they have not been told yet.",),
        filters=FilterRow(
            fields=(
                FilterField(
                    name="whose",
                    label="Whose",
                    options=tuple((one.value, words) for one, words in LISTS.items()),
                    chosen=whose.value,
                ),
            )
        ),
        tables=tuple(tables),
        empty=None
        if found.events
        else EmptyState(
            heading="Nobody waits for news",
            text="When something happens in somebody's case, it stands here until they"
            " have been told.",
        ),
        pager=pager if paged or found.has_more else None,
        export=Link(
            text="Save as a file (CSV)", href=to_tell_address(whose, format="csv")
        )
        if found.events
        else None,
    )


def _owed_table(found: ToTell, on: date) -> DataTable:
    return DataTable(
        caption="To tell, soonest due first",
        columns=tuple(Column(heading=one) for one in HEAD),
        rows=tuple(_owed(one, found.names, on) for one in found.events),
    )


def _owed(
    one: OwedEvent, names: Mapping[int, PersonLabel], on: date
) -> tuple[str | Link, ...]:
    begun = {"drafted": " (draft)", "failed": " (did not arrive)"}.get(one.state, "")
    name = _name(names, one.person_id)
    return (
        Link(text=name, href=at("case", one.case_id)),
        say.reference(one.case_id),
        Link(
            text=what(one.event) + begun,
            href=at("update", one.case_id, one.event_id),
            about=f"to {name}",
        ),
        say_day(local_day(one.occurred_at)),
        f"{say.short_day(one.due_on, on)}, {say.how_far(one.due_on, on)}",
        say.OWED_BY[DutyHolder(one.holder)].capitalize(),
        one.worker or "Nobody yet",
    )


def _name(names: Mapping[int, PersonLabel], person_id: int) -> str:
    label = names.get(person_id)
    return label.name if label else "No name you may see"


def _going_table(found: ToTell) -> DataTable:
    return DataTable(
        caption="On its way",
        columns=tuple(Column(heading=one) for one in GOING_HEAD),
        rows=tuple(_going(one, found.names) for one in found.on_their_way),
    )


def _going(one: OnItsWay, names: Mapping[int, PersonLabel]) -> tuple[str | Link, ...]:
    stands = {
        UpdateState.LEAVING: f"Leaves on {say_moment(one.leaves_at)}",
        UpdateState.SENDING: "Being sent",
    }.get(one.state, "Sent, not heard of yet")
    return (
        Link(text=_name(names, one.person_id), href=at("case", one.case_id)),
        what(one.event),
        WAYS[one.channel].done,
        stands,
        one.asked_by or "By itself",
    )


def list_rows(events: Sequence[OwedEvent]) -> Iterator[tuple[object, ...]]:
    """The same as rows of a file, by reference: names stay here."""
    for one in events:
        yield (
            *(say.reference(one.case_id), what(one.event)),
            *(local_day(one.occurred_at), one.due_on, one.holder, one.tier),
            *("yes" if one.high_risk else "no", one.worker, one.team, one.state),
        )
