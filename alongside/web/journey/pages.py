"""The journey of a case: the way of each matter, what happened, and who was told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.urls import reverse

from alongside.care.contact.tables import CHANNELS
from alongside.care.contact.types import Channel
from alongside.care.journey.queries import EventLine, TellingLine
from alongside.care.journey.tables import EVENTS, STAGES
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day
from alongside.foundation.reference.tables import OFFENCES
from alongside.web.casework import say
from alongside.web.components.base import Act, EmptyState, Link, Tag, Tone
from alongside.web.components.journey import Way, WayStep
from alongside.web.components.planning import PlanCard, PlanSection
from alongside.web.planning.pages import FormPage
from alongside.web.words import say_day, say_moment
from alongside.workflows.case_timeline import say_detail
from alongside.workflows.read_case import CaseBrief
from alongside.workflows.read_journey import JourneyView, MatterView

NO_MATTERS = EmptyState(
    heading="No crime or incident is written down in this case",
    text="Their journey begins with one.",
)
NOTHING_YET = EmptyState(
    heading="Nothing has been told to us yet",
    text="News comes from the police and the courts; what you hear yourself you can"
    " write down.",
)
KEPT = "What was written stays to be seen, marked as corrected."
UNSAID = (
    "They were told of it, so somebody has to tell them that it never happened: a task"
    " says so or, where the case is closed, a notice to supervisors."
)


@dataclass(frozen=True, kw_only=True)
class JourneyPage:
    """The journey of one case."""

    title: str
    heading: str
    caption: str
    back: str
    back_text: str
    sections: tuple[Way | PlanSection, ...]
    acts: tuple[Act, ...]
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    tag: Tag | None = None
    history: None = None


def journey(view: JourneyView, *, actor: Actor) -> JourneyPage:
    """The page of a journey for one reader, whether the case is open or closed."""
    case_id = view.brief.case.public_id
    may_work = actor.has(Permission.CASE_WORK)
    cards = tuple(_cards(view, may_work=may_work))
    happened = PlanSection(
        heading="What happened",
        cards=cards,
        empty=None if cards else NOTHING_YET,
    )
    ways = tuple(_way(matter) for matter in view.matters)
    nowhere = PlanSection(heading="Their journey", cards=(), empty=NO_MATTERS)
    return JourneyPage(
        title="Journey",
        heading="Their journey through justice",
        caption=say.whose(view.brief),
        back=reverse("casework:case", args=[case_id]),
        back_text="Back to the case",
        sections=(*ways, happened) if ways else (nowhere,),
        acts=(
            Act(
                text="Write down what happened",
                href=reverse("journey:record", args=[case_id]),
                primary=True,
            ),
        )
        if may_work and view.crimes
        else (),
    )


def _way(matter: MatterView) -> Way:
    stage = STAGES[matter.line.stage]
    steps = [
        WayStep(label=STAGES[matter.begins].label, since=_day(matter.since)),
        *(
            WayStep(label=STAGES[one.stage].label, since=_day(one.at), words=one.again)
            for one in matter.steps
            if one.moved
        ),
    ]
    last = steps.pop()
    now = WayStep(label=last.label, since=last.since, words=last.words, now=True)
    return Way(
        heading=say_matter(matter),
        about=f"Crime {matter.crime.called}" if matter.crime.crime_ref else "",
        steps=(*steps, now),
        meaning=stage.meaning,
        who_tells=f"Who tells them: {stage.who_tells.lower()}.",
    )


def say_matter(matter: MatterView) -> str:
    """A matter in words: what it is of, and who is suspected."""
    offence = OFFENCES.get(matter.line.offence_code)
    what = offence.title if offence else matter.crime.what
    suspect = matter.line.suspect_ref
    return f"{what}: suspect {suspect}" if suspect else f"{what}: no suspect known yet"


def _cards(view: JourneyView, *, may_work: bool) -> Iterator[PlanCard]:
    for event in view.events:
        if event.superseded_by is not None or event.event != "taken_back":
            yield _card(view, event, may_work=may_work)


def _card(view: JourneyView, event: EventLine, *, may_work: bool) -> PlanCard:
    gone = event.superseded_by is not None
    unexpected = event.event_id in view.unexpected
    tag = Tag(text="Corrected") if gone else None
    if unexpected and not gone:
        tag = Tag(text="Not expected here", tone=Tone.SOON)
    return PlanCard(
        label=_day(event.occurred_at),
        heading=EVENTS[event.event].label,
        tag=tag,
        words=tuple(filter(None, _words(view, event, unexpected=unexpected))),
        acts=tuple(_acts(view, event)) if may_work and not gone else (),
        quiet=gone,
    )


def _words(view: JourneyView, event: EventLine, *, unexpected: bool) -> Iterator[str]:
    if event.superseded_by is not None:
        yield f"Corrected because: {event.superseded_why}"
    yield say_detail(event.detail)
    calls = {crime.victimisation_id: crime.called for crime in view.crimes}
    suspect = f", suspect {event.suspect_ref}" if event.suspect_ref else ""
    yield f"Crime {calls.get(event.victimisation_id, '')}{suspect}"
    by = event.recorded_by
    source = f"Written down by {by}" if by else f"Said by the {event.source}"
    owner = say.OWED_BY[EVENTS[event.event].who_tells]
    known = _day(event.received_at)
    yield f"{source}. Owed by {owner}, who knew of it on {known}."
    if unexpected:
        yield "It came at a point where we did not expect it. It moved nothing."
    told = view.tellings.get(event.event_id, ())
    yield from map(_told, told)
    if not _counting(view, event) and event.superseded_by is None:
        yield "Nobody has written down that they were told."


def never_so_notes(view: JourneyView, event: EventLine) -> list[str]:
    """What follows where it is said that something never happened."""
    notes = [KEPT, "What was promised because of it is owed no more."]
    if _counting(view, event):
        notes.append(UNSAID)
    return notes


def _counting(view: JourneyView, event: EventLine) -> list[TellingLine]:
    told = view.tellings.get(event.event_id, ())
    return [one for one in told if not one.taken_back]


def _told(one: TellingLine) -> str:
    how = CHANNELS[Channel(one.how)].label.lower()
    by = say.OWED_BY[one.told_by]
    words = f"Told by {by}, {how}, {say_moment(one.told_at)}: {one.evidence}"
    if one.taken_back:
        return f"Not so after all: {one.taken_back} (It said: {words})"
    if one.carried:
        return f"{words} (Before this was corrected. It still holds.)"
    return words


def _acts(view: JourneyView, event: EventLine) -> Iterator[Link]:
    label = EVENTS[event.event].label
    ways = [
        ("They were told", "journey:told"),
        ("Correct", "journey:correct"),
        ("It did not happen", "journey:take_back"),
    ]
    if event.public_id in view.to_tell:
        ways.insert(0, ("Tell them", "telling:update"))
    for text, route in ways:
        href = reverse(route, args=[view.brief.case.public_id, event.public_id])
        yield Link(text=text, about=f": {label}", href=href)
    for one in _counting(view, event)[-1:]:
        href = reverse(
            "journey:untold", args=[view.brief.case.public_id, one.telling_id]
        )
        yield Link(text="They were not told", about=f": {label}", href=href)


def _day(moment: datetime) -> str:
    return say_day(local_day(moment))


def form(
    heading: str,
    brief: CaseBrief,
    asked: forms.Form,
    *,
    save: str,
    notes: Sequence[str] = (),
) -> FormPage:
    """A form about the journey of one case."""
    return FormPage(
        title=f"Error: {heading}" if asked.errors else heading,
        heading=heading,
        caption=say.whose(brief),
        form=asked,
        back=reverse("journey:journey", args=[brief.case.public_id]),
        back_text="Back",
        save=save,
        notes=tuple(notes),
    )
