"""Appointments, the week, warnings and the people around somebody."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse

from alongside.care.contact.tables import CHANNELS
from alongside.care.contact.types import Channel
from alongside.care.people.tables import RELATIONS
from alongside.care.people.types import RelationLine
from alongside.care.planning.queries.meetings import (
    AppointmentLine,
    DueAction,
    WarningLine,
)
from alongside.care.planning.tables import WARNING_KINDS
from alongside.care.planning.types import Attendance
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.local import LONDON, local_day
from alongside.web.casework import say
from alongside.web.components.base import Act, EmptyState, Link, Tag, Tone
from alongside.web.components.planning import PlanCard, PlanSection
from alongside.web.planning import pages
from alongside.web.planning.meeting_forms import CANCELLED, MEETINGS
from alongside.web.planning.pages import LATE, CardsPage, at
from alongside.web.planning.plan_pages import may_change
from alongside.web.words import say_day
from alongside.workflows.plan_support import Week
from alongside.workflows.read_case import CaseBrief

ENDS = {
    Attendance.ATTENDED: Tag(text="Kept", tone=Tone.GOOD),
    Attendance.MISSED: Tag(text="Missed", tone=Tone.LATE),
    Attendance.CANCELLED: Tag(text="Cancelled"),
}
UNSAID = Tag(text="Not settled", tone=Tone.SOON)
LAPSED = Tag(text="Lapsed: look at it again", tone=Tone.LATE)
NEVER = Tag(text="Must never be told", tone=Tone.LATE)
WEEK = timedelta(days=7)
HIDDEN = "Somebody whose name you may not see"


def when(line: AppointmentLine) -> str:
    """Day and times: "Friday 20 November 2026, 14:30 to 15:30"."""
    begins, ends = line.begins.astimezone(LONDON), line.ends.astimezone(LONDON)
    return f"{say.long_day(begins.date())}, {begins:%H:%M} to {ends:%H:%M}"


def _whom(line: AppointmentLine) -> str:
    return " and ".join(part for part in (line.worker, line.with_words) if part)


def _words(line: AppointmentLine) -> Iterator[str]:
    where = f", {line.place}" if line.place else ""
    yield f"{MEETINGS[line.how]}{where}. With {_whom(line)}"
    if line.reminder and line.state is Attendance.PLANNED:
        yield f"Wants a reminder: {CHANNELS[Channel(line.reminder)].label.lower()}"
    if line.cancelled_by:
        yield f"Cancelled by: {CANCELLED[line.cancelled_by].lower()}"
    if line.outcome:
        yield line.outcome


def appointment_card(
    line: AppointmentLine, *, now: datetime, change: bool, name: str = ""
) -> PlanCard:
    """One appointment. `name` says whose, where the page is not about one person."""
    planned = line.state is Attendance.PLANNED
    over = planned and line.ends <= now
    return PlanCard(
        label=name or when(line),
        heading=line.purpose if not name else f"{when(line)}: {line.purpose}",
        tag=UNSAID if over else ENDS.get(line.state),
        words=tuple(_words(line)),
        acts=tuple(_appointment_acts(line, planned=planned)) if change else (),
        quiet=not planned,
    )


def _appointment_acts(line: AppointmentLine, *, planned: bool) -> Iterator[Link]:
    names = [line.case_id, line.appointment_id]
    about = f"{line.purpose}, {when(line)}"
    if not planned:
        undo = reverse("planning:reopen_appointment", args=names)
        yield Link(text="Undo", href=undo, about=about)
        return
    end = reverse("planning:end_appointment", args=names)
    yield Link(text="Say what became of it", href=end, about=about)
    change = reverse("planning:appointment", args=names)
    yield Link(text="Move or change", href=change, about=about)


def appointments_page(
    brief: CaseBrief,
    lines: Sequence[AppointmentLine],
    *,
    actor: Actor,
    now: datetime,
) -> CardsPage:
    """The appointments of a case: those to come and to settle, then those over."""
    change = may_change(brief, actor)
    make = Act(
        text="Make an appointment", href=at("add_appointment", brief), primary=True
    )
    return CardsPage(
        title="Appointments",
        heading="Appointments",
        caption=say.whose(brief),
        back=pages.to_case(brief),
        back_text="Back to the case",
        acts=(make,) if change else (),
        links=(Link(text="Support plan", href=at("plan", brief)),),
        sections=tuple(_appointments(lines, now, change=change)),
    )


def _appointments(
    lines: Sequence[AppointmentLine], now: datetime, *, change: bool
) -> Iterator[PlanSection]:
    planned = [one for one in lines if one.state is Attendance.PLANNED]
    over = [one for one in lines if one.state is not Attendance.PLANNED]
    yield PlanSection(
        heading="To come",
        cards=tuple(
            appointment_card(one, now=now, change=change) for one in reversed(planned)
        ),
        empty=EmptyState(
            heading="Nothing is planned",
            text="Make an appointment for a time and a place that is safe.",
        ),
    )
    if over:
        yield PlanSection(
            heading="Over",
            cards=tuple(appointment_card(one, now=now, change=change) for one in over),
        )


def week_page(week: Week, *, now: datetime) -> CardsPage:
    """The reader's week, day by day, and what is late."""
    on = local_day(now)
    last = week.starts + WEEK - timedelta(days=1)
    here = reverse("planning:calendar")
    return CardsPage(
        title="My calendar",
        heading="My calendar",
        caption=f"{say_day(week.starts)} to {say_day(last)}",
        back=reverse("casework:my_work"),
        back_text="My work",
        links=(
            Link(text="Week before", href=f"{here}?from={week.starts - WEEK}"),
            Link(text="This week", href=here),
            Link(text="Week after", href=f"{here}?from={week.starts + WEEK}"),
            Link(text="All my tasks", href=reverse("planning:tasks")),
        ),
        sections=tuple(_week(week, on, now)),
    )


def _week(week: Week, on: date, now: datetime) -> Iterator[PlanSection]:
    late = [one for one in week.actions if one.due_on < min(on, week.starts)]
    if week.unsettled or late:
        yield PlanSection(
            heading="To settle first",
            cards=(
                *(_mine(one, week, now) for one in week.unsettled),
                *(_due(one, week, on) for one in late),
            ),
        )
    for step in range(7):
        day = week.starts + timedelta(days=step)
        cards = [
            _mine(one, week, now)
            for one in week.appointments
            if local_day(one.begins) == day and one not in week.unsettled
        ]
        cards += [
            _due(one, week, on)
            for one in week.actions
            if one.due_on == day and one not in late
        ]
        if cards:
            today = ", today" if day == on else ""
            yield PlanSection(heading=f"{say.long_day(day)}{today}", cards=tuple(cards))
    if not (week.appointments or week.actions or week.unsettled):
        yield PlanSection(
            heading="This week",
            cards=(),
            empty=EmptyState(
                heading="Nothing is planned for you this week",
                text="Appointments and actions that are yours appear here.",
            ),
        )


def _mine(line: AppointmentLine, week: Week, now: datetime) -> PlanCard:
    name = week.names.get(line.person_key, HIDDEN)
    return appointment_card(line, now=now, change=True, name=name)


def _due(line: DueAction, week: Week, on: date) -> PlanCard:
    href = reverse("planning:end_action", args=[line.case_id, line.action_id])
    plan = reverse("planning:plan", args=[line.case_id])
    return PlanCard(
        label=week.names.get(line.person_key, HIDDEN),
        heading=line.words,
        tag=LATE if line.due_on < on else None,
        words=(pages.due(line.due_on, on),),
        acts=(
            Link(text="Done or not", href=href, about=line.words),
            Link(text="Plan", href=plan, about=f"with {line.words}"),
        ),
    )


def warnings_page(
    brief: CaseBrief, lines: Sequence[WarningLine], *, actor: Actor, on: date
) -> CardsPage:
    """Every warning about a person: those that stand, that lapsed, and were."""
    change = may_change(brief, actor)
    groups = (
        ("To look at again", [one for one in lines if one.has_lapsed(on)]),
        (
            "Standing",
            [one for one in lines if one.ended_at is None and not one.has_lapsed(on)],
        ),
        ("Taken away", [one for one in lines if one.ended_at is not None]),
    )
    sections = [
        PlanSection(
            heading=heading,
            cards=tuple(warning_card(one, brief, on, change=change) for one in group),
        )
        for heading, group in groups
        if group
    ]
    nothing = PlanSection(
        heading="Standing",
        cards=(),
        empty=EmptyState(
            heading="Nobody is warned of anything",
            text="A warning stands at the top of every page about them, until a day.",
        ),
    )
    add = Act(text="Add a warning", href=at("add_warning", brief), primary=True)
    return CardsPage(
        title="Warnings",
        heading="Warnings",
        caption=say.whose(brief),
        back=pages.to_case(brief),
        back_text="Back to the case",
        acts=(add,) if change else (),
        sections=tuple(sections) or (nothing,),
    )


def warning_card(
    line: WarningLine, brief: CaseBrief, on: date, *, change: bool = False
) -> PlanCard:
    """One warning, until when it stands, and why it ended."""
    made = say_day(local_day(line.since))
    words = [f"Written on {made} by {line.made_by}"]
    if line.ended_at is not None:
        day = say_day(local_day(line.ended_at))
        words.append(f"Taken away on {day} by {line.ended_by}: {line.ended_why}")
    else:
        looked = f", looked at by {line.looked_by}" if line.looked_by else ""
        words.append(f"Holds until {say_day(line.until)}{looked}")
    href = at("warning", brief, line.warning_id)
    look = Link(text="Look at it again", href=href, about=line.words)
    return PlanCard(
        label=WARNING_KINDS[line.kind].label,
        heading=line.words,
        tag=LAPSED if line.has_lapsed(on) else None,
        words=tuple(words),
        acts=(look,) if change and line.ended_at is None else (),
        quiet=line.ended_at is not None,
    )


def around_page(
    brief: CaseBrief, lines: Sequence[RelationLine], *, actor: Actor
) -> CardsPage:
    """Who is around a person, what they may do or be told, and who was."""
    change = may_change(brief, actor)
    now = [one for one in lines if one.ended_at is None]
    before = [one for one in lines if one.ended_at is not None]
    sections = [
        PlanSection(
            heading="Now",
            cards=tuple(relation_card(one, brief, change=change) for one in now),
            empty=EmptyState(
                heading="Nobody is written down",
                text="Write down who matters: who may speak for them, and who must"
                " never be told.",
            ),
        )
    ]
    if before:
        sections.append(
            PlanSection(
                heading="Before",
                cards=tuple(relation_card(one, brief, change=False) for one in before),
            )
        )
    add = Act(text="Add somebody", href=at("add_around", brief), primary=True)
    return CardsPage(
        title="People around them",
        heading="People around them",
        caption=say.whose(brief),
        back=pages.to_case(brief),
        back_text="Back to the case",
        acts=(add,) if change else (),
        sections=tuple(sections),
    )


def relation_words(line: RelationLine) -> tuple[str, ...]:
    """What somebody may do or be told, in words."""
    if line.back:
        return ("Written down in that person's own case",)
    told = (
        "May be told how they are supported"
        if line.may_be_told
        else "Ask the person each time before you tell them anything"
    )
    return (
        *(("May speak for them",) if line.may_speak else ()),
        *((told,) if not line.never_told else ()),
    )


def relation_card(line: RelationLine, brief: CaseBrief, *, change: bool) -> PlanCard:
    """Somebody around a person."""
    row = RELATIONS[line.kind]
    words = [*relation_words(line)]
    if line.phone:
        words.append(f"Phone: {line.phone}")
    if line.since:
        words.append(f"Since {say_day(line.since)}")
    made = say_day(local_day(line.made_at))
    words.append(f"{line.reason}. Written on {made} by {line.made_by}")
    if line.ended_at is not None:
        words.append(f"Ended on {say_day(local_day(line.ended_at))}: {line.ended_why}")
    href = at("end_around", brief, line.relation_id)
    end = Link(text="Not any more, or wrong", href=href, about=line.name)
    return PlanCard(
        label=row.back if line.back else row.label,
        heading=line.name or HIDDEN,
        tag=NEVER if line.never_told and not line.back else None,
        words=tuple(words),
        acts=(end,) if change and not line.back and line.ended_at is None else (),
        quiet=line.ended_at is not None,
    )
