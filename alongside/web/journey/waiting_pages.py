"""Messages that wait for the referral of their crime."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.urls import reverse

from alongside.care.journey.operations.waiting import LOOK_AFTER
from alongside.care.journey.queries import WaitingLine
from alongside.care.journey.tables import EVENTS
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.web.components.base import Act, EmptyState, Link, Tag, Tone
from alongside.web.components.lists import (
    Column,
    DataTable,
    FilterField,
    FilterRow,
    Pager,
)
from alongside.web.components.planning import PlanCard, PlanSection
from alongside.web.govuk.forms import PlainForm, reason_field
from alongside.web.journey.pages import JourneyPage
from alongside.web.planning.pages import FormPage, TablesPage
from alongside.web.words import say_count, say_day, say_moment
from alongside.workflows.waiting_messages import (
    LONG,
    OURS,
    REFUSED,
    OneWaiting,
    Waiting,
)

NOBODY_WAITS = EmptyState(
    heading="No message waits",
    text="Here stands what a force tells us about a crime before it has referred"
    " anybody in it to us. It is applied by itself when the referral comes.",
)
NONE_LIKE_IT = EmptyState(
    heading="No message like this waits", text="Show every message, or choose another."
)
SHOWS = {
    "": "Every message",
    LONG: f"Longer than {LOOK_AFTER.days} days: somebody must look",
    OURS: "Crime numbers that a case here names",
    REFUSED: "Could not be applied",
}
WAITING = (
    "What a force told us about crimes that it has not referred anybody from. Each is"
    " applied by itself when the referral comes."
)
FILE_HEAD = (
    *("crime", "what", "happened", "sent_by", "waits_since", "why", "days"),
    *("must_look", "cases_that_name_it", "looked_at", "what_came_of_it"),
)
FOR_REFERRAL = "Waits for the referral of its crime"
NOT_GIVEN = EmptyState(
    heading="No case here names this crime",
    text="Somebody whom you write down with this number is shown here.",
)


class LookedAt(PlainForm):
    """What came of looking at a message."""

    words = reason_field(
        "What came of it?",
        missing="Say what came of it",
        help_text="For example: we asked the force for the referral. Name nobody.",
    )


class Erase(PlainForm):
    """Why a message is erased."""

    why = reason_field(
        "Why is it erased?",
        missing="Say why it is erased",
        longest=300,
        help_text="For example, that the force says the victim does not want support."
        " Name nobody: this stays on the audit trail.",
    )


def waiting(found: Waiting, *, show: str, start: int, size: int) -> TablesPage:
    """A page of messages that wait."""
    shown = found.lines[:size]
    has_more = len(found.lines) > size
    table = DataTable(
        caption="The longest waiting first",
        columns=tuple(
            Column(heading=words)
            for words in (
                *("Crime", "What happened", "When", "Sent by", "Waited"),
                *("Why", "Cases that name it"),
            )
        ),
        rows=tuple(_row(found, line) for line in shown),
    )
    return TablesPage(
        title="Messages that wait",
        heading="Messages that wait for a referral",
        notes=(WAITING,),
        tables=(table,) if shown else (),
        filters=FilterRow(
            fields=(
                FilterField(
                    name="show",
                    label="Show",
                    options=tuple(SHOWS.items()),
                    chosen=show,
                ),
            ),
            export=Link(text="Save as CSV", href=_at(show, format="csv")),
        ),
        empty=None if shown else NONE_LIKE_IT if show else NOBODY_WAITS,
        pager=Pager(
            shown=f"Messages {start + 1} to {start + len(shown)}",
            previous=_at(show, start=max(start - size, 0)) if start else "",
            next=_at(show, start=start + size) if has_more else "",
        )
        if start or has_more
        else None,
    )


def _at(show: str, **more: object) -> str:
    return f"?{urlencode({'show': show} | more)}"


def _row(found: Waiting, line: WaitingLine) -> tuple[str | Link, ...]:
    given = len(found.given.get(line.crime_ref, ()))
    return (
        Link(
            text=line.crime_ref,
            href=reverse("journey:waiting_one", args=[line.public_id]),
            about=EVENTS[line.event].label,
        ),
        EVENTS[line.event].label,
        _day(line.occurred_at),
        line.sender_name,
        f"{_days(found, line)}{': somebody must look' if found.is_long(line) else ''}",
        line.looked_words or line.refused_why or FOR_REFERRAL,
        say_count(given, "case") if given else "None",
    )


def _days(found: Waiting, line: WaitingLine) -> str:
    days = (found.now - line.waits_since).days
    return say_count(days, "day") if days else "Since today"


def _day(moment: datetime) -> str:
    return say_day(local_day(moment))


def file_rows(found: Waiting) -> Iterator[tuple[object, ...]]:
    """Messages that wait as rows of a file."""
    for line in found.lines:
        yield (
            *(line.crime_ref, line.event, line.occurred_at.isoformat()),
            *(line.sender_name, line.waits_since.isoformat()),
            *(line.refused_why or FOR_REFERRAL, (found.now - line.waits_since).days),
            "yes" if found.is_long(line) else "no",
            len(found.given.get(line.crime_ref, ())),
            line.looked_at.isoformat() if line.looked_at else "",
            line.looked_words,
        )


def one(found: OneWaiting, *, actor: Actor) -> JourneyPage:
    """One message: what it says, who may be meant, and what was done about it."""
    line = found.line
    decides = actor.has(Permission.HELD_DECIDE)
    acts = [_act("Write down what came of it", "waiting_look", line, primary=True)]
    if line.looked_at is not None:
        acts.append(_act("Erase it", "waiting_erase", line))
    return JourneyPage(
        title="A message that waits",
        heading=EVENTS[line.event].label,
        caption=f"Crime {line.crime_ref}",
        back=reverse("journey:waiting"),
        back_text="Back to the messages that wait",
        tag=Tag(text="Somebody must look", tone=Tone.LATE) if found.is_long else None,
        notes=tuple(said(line)),
        sections=(_given(found, works=actor.has(Permission.CASE_WORK)),),
        acts=tuple(acts) if decides else (),
    )


def said(line: WaitingLine) -> Iterator[str]:
    """What a message says, since when it waits and why, and who looked at it."""
    yield (
        f"{line.sender_name} says that it happened on {_day(line.occurred_at)}. It"
        f" has waited since {say_moment(line.waits_since)}."
    )
    yield line.refused_why or (
        "Nobody in this crime has been referred to us. When that happens it is applied"
        " by itself."
    )
    if line.looked_at is not None:
        yield (
            f"{line.looked_by} looked at it on {_day(line.looked_at)}:"
            f" {line.looked_words}"
        )


def _given(found: OneWaiting, *, works: bool) -> PlanSection:
    cards = tuple(
        PlanCard(
            heading=name,
            words=("They gave this crime number when they were written down here.",),
            acts=(
                Link(
                    text="Open the case",
                    href=reverse("casework:case", args=[given.case_id]),
                    about=f": {name}",
                ),
                *(
                    [
                        Link(
                            text="It is their crime",
                            href=reverse(
                                "journey:waiting_apply",
                                args=[found.line.public_id, given.case_id],
                            ),
                            about=f": {name}",
                        )
                    ]
                    if works
                    else []
                ),
            ),
        )
        for given, name in found.given
    )
    return PlanSection(
        heading="Who gave this crime number",
        cards=cards,
        empty=None if cards else NOT_GIVEN,
    )


def _act(text: str, route: str, line: WaitingLine, *, primary: bool = False) -> Act:
    href = reverse(f"journey:{route}", args=[line.public_id])
    return Act(text=text, href=href, primary=primary)


def whose(found: OneWaiting, case_id: UUID) -> str:
    """Who gave the crime's number in a case, by name.

    Raises:
        NotFound: nobody in that case did.
    """
    named = (name for given, name in found.given if given.case_id == case_id)
    name = next(named, None)
    if name is None:
        raise NotFound("We could not find that crime in this case")
    return name


def asks(
    heading: str,
    found: OneWaiting,
    form: forms.Form,
    *,
    save: str,
    warning: str = "",
    notes: Iterable[str] = (),
) -> FormPage:
    """A form about one message."""
    return FormPage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        caption=f"Crime {found.line.crime_ref}: {EVENTS[found.line.event].label}",
        form=form,
        back=reverse("journey:waiting_one", args=[found.line.public_id]),
        back_text="Back",
        save=save,
        warnings=(warning,) if warning else (),
        notes=tuple(notes),
    )
