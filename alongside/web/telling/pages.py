"""What is to be told, as lists; one update with its preview; the letter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django import forms
from django.urls import reverse

from alongside.care.contact.types import Channel
from alongside.care.journey.tables import EVENTS
from alongside.care.journey.types import DutyHolder
from alongside.care.telling.queries import OwedEvent, UpdateLine
from alongside.care.telling.rules import text_parts
from alongside.care.telling.tables import DROPPED, ENGLISH, FAILED, LANGUAGES, WAYS
from alongside.care.telling.types import HourChoice, Kind, UpdateState
from alongside.foundation.lib.local import local_day
from alongside.web.casework import say
from alongside.web.components.base import EmptyState, Link, Tag, Tone
from alongside.web.components.planning import PlanCard, PlanSection
from alongside.web.planning.pages import CardsPage, FormPage
from alongside.web.telling.forms import KINDS
from alongside.web.words import say_count, say_day, say_moment
from alongside.workflows.tell_person import CaseTelling, UpdateView, base_language

STATES = {
    UpdateState.DRAFTED: Tag(text="Draft", tone=Tone.INFO),
    UpdateState.LEAVING: Tag(text="Leaves soon", tone=Tone.SOON),
    UpdateState.SENDING: Tag(text="Being sent", tone=Tone.SOON),
    UpdateState.SENT: Tag(text="Sent", tone=Tone.GOOD),
    UpdateState.FAILED: Tag(text="Did not arrive", tone=Tone.LATE),
    UpdateState.DROPPED: Tag(text="Not sent"),
}
SAID_OF_HOUR = {
    HourChoice.WITHIN: "At a time they gave",
    HourChoice.ANYWAY: "Not at a good time, and it could not wait",
}
TOLD = Tag(text="Told", tone=Tone.GOOD)
NO_WAY = "There is no safe way to tell them in writing. Ring them where that is safe"
OR_SAY_SO = f"{NO_WAY}, or say that they cannot be told: “Not told” below."
SENDERS = frozenset({Channel.SMS, Channel.EMAIL})
NO_SENDER = "No sender is set up for this here."


@dataclass(frozen=True, kw_only=True)
class UpdatePage(FormPage):
    """One update: what they would read, who speaks what, and the form."""

    language: str
    direction: str
    subject: str
    preview: tuple[str, ...]
    other_kind: Link
    drop: Link
    letter: Link | None
    refused: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LetterPage:
    """A letter to print. Its title tells nobody anything."""

    title: str
    back: str
    back_text: str
    language: str
    direction: str
    to: tuple[str, ...]
    on: str
    paragraphs: tuple[str, ...]


def direction(language: str) -> str:
    """How a language is written, as a page says it."""
    return "rtl" if LANGUAGES[language].right_to_left else "ltr"


def what(event: str) -> str:
    """What an event is called."""
    row = next((row for code, row in EVENTS.items() if code == event), None)
    return row.label if row else say.code(event)


def at(page: str, case_id: UUID, *more: object) -> str:
    """The address of a page of telling about a case."""
    return reverse(f"telling:{page}", args=[case_id, *more])


def case_page(view: CaseTelling, *, on: date, may_tell: bool) -> CardsPage:
    """What one person is still to be told, and what became of every update."""
    case = view.brief.case
    begun = {one.event_id: one for one in view.updates if one.state != "dropped"}
    return CardsPage(
        title="Told and to tell",
        heading="Told and to tell",
        caption=say.whose(view.brief),
        back=reverse("casework:case", args=[case.public_id]),
        back_text="Back to the case",
        sections=(
            PlanSection(
                heading="To tell",
                cards=tuple(
                    _to_tell_card(one, begun.get(one.event_id), on=on, tells=may_tell)
                    for one in view.owed
                ),
                empty=EmptyState(
                    heading="Nothing waits to be told",
                    text="What is on its way, and what they were told, is below."
                    if view.updates
                    else "Nobody owes them news at the moment.",
                ),
            ),
            PlanSection(
                heading="What became of each",
                cards=tuple(
                    _update_card(one, case.public_id, tells=may_tell)
                    for one in view.updates
                ),
                empty=EmptyState(heading="Nothing has been sent yet"),
            ),
        ),
    )


def _to_tell_card(
    one: OwedEvent, begun: UpdateLine | None, *, on: date, tells: bool
) -> PlanCard:
    words = [f"Owed by {say.OWED_BY[DutyHolder(one.holder)]}"]
    if begun is not None and begun.failed:
        words.append(FAILED[begun.failed].label)
    acts = (
        Link(text="Tell them", href=at("update", one.case_id, one.event_id)),
        Link(text="Not told", href=at("drop", one.case_id, one.event_id)),
    )
    about = f": {what(one.event).lower()}"
    return PlanCard(
        heading=what(one.event),
        label=f"{say_day(local_day(one.occurred_at))}. Tell by"
        f" {say.long_day(one.due_on)}, {say.how_far(one.due_on, on)}",
        tag=Tag(text="Overdue", tone=Tone.LATE)
        if one.due_on < on
        else (STATES[begun.state] if begun else None),
        words=tuple(words),
        acts=tuple(
            Link(text=act.text, href=act.href, about=about) for act in acts if tells
        ),
    )


def _update_card(one: UpdateLine, case_id: UUID, *, tells: bool) -> PlanCard:
    acts = []
    if tells and one.state is UpdateState.LEAVING:
        acts.append(
            Link(text="Take it back", href=at("take_back", case_id, one.update_id))
        )
    way = WAYS[one.channel].done if one.channel else ""
    return PlanCard(
        heading=what(one.event),
        label=" · ".join(filter(None, (way, KINDS[one.kind]))),
        tag=TOLD if one.told_at else STATES[one.state],
        words=(*_story(one), *one.words.splitlines()),
        acts=tuple(acts),
        quiet=one.state is UpdateState.DROPPED,
    )


def _story(one: UpdateLine) -> Iterator[str]:
    """What became of an update, in order."""
    yield f"Written by {one.made_by or 'this service'} on {say_moment(one.made_at)}"
    if one.state is UpdateState.LEAVING and one.leaves_at:
        yield f"Leaves on {say_moment(one.leaves_at)}. You can take it back until then."
    if one.hour:
        yield f"{SAID_OF_HOUR[one.hour]}. {one.hour_why}".strip()
    if one.sent_at:
        yield f"{_sent_by(one)} on {say_moment(one.sent_at)}"
    if one.failed:
        yield FAILED[one.failed].label
    if one.ended_at:
        reason = DROPPED[one.ended_why].label
        who = f"{one.ended_by} on {say_moment(one.ended_at)}"
        yield f"{reason}: {who}. {one.ended_words}".strip()


def _sent_by(one: UpdateLine) -> str:
    if one.channel and not WAYS[one.channel].leaves:
        return f"{WAYS[one.channel].done} by {one.asked_by}"
    return f"Sent by {one.asked_by}" if not one.by_itself else "Sent by itself"


def hints(view: UpdateView, senders: frozenset[Channel]) -> dict[str, str]:
    """What to mind of each way that may be used."""
    return {
        one.way.code.value: " ".join(
            filter(None, (_to(view, one.way.code), one.caution))
        )
        for one in view.ways
        if usable(view, one.way.code, senders)
    }


def _to(view: UpdateView, channel: Channel) -> str:
    """Where a way leads, as it is read out, and how long a text would be."""
    point = view.to.get(channel, "")
    shown = ", ".join(say.phone(point).splitlines())
    to = f"To {shown}." if point else ""
    if channel is Channel.SMS:
        parts = text_parts(view.whole(view.written.words))
        return f"{to} As it stands: {say_count(parts, 'part')}, each charged."
    return to


def usable(view: UpdateView, channel: Channel, senders: frozenset[Channel]) -> bool:
    """Whether a way is safe, and there is somebody to carry it."""
    one = next(one for one in view.ways if one.way.code is channel)
    return not one.refused and (channel not in SENDERS or channel in senders)


def update_page(
    view: UpdateView, form: forms.Form, *, senders: frozenset[Channel], words: str
) -> UpdatePage:
    """One update, with what they would read."""
    heading = f"Tell them: {what(view.event.event).lower()}"
    case_id, event_id = view.case.public_id, view.event.event_id
    other = Kind.STANDARD if view.written.kind is Kind.EASY_READ else Kind.EASY_READ
    here = at("update", case_id, event_id)
    return UpdatePage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        caption=f"{view.person.label.name}, {say.reference(case_id)}",
        form=form,
        back=at("case", case_id),
        back_text="Back to what is to be told",
        save="Tell them",
        warnings=tuple(_warnings(view)),
        notes=tuple(_notes(view)),
        language=view.written.language,
        direction=direction(view.written.language),
        subject=view.frame.subject,
        preview=tuple(view.whole(words).splitlines()),
        other_kind=Link(
            text=f"Write it in {KINDS[other].lower()}", href=f"{here}?kind={other}"
        ),
        drop=Link(text="Not told", href=at("drop", case_id, event_id)),
        letter=_letter(view, senders),
        refused=tuple(_refused(view, senders)),
    )


def _letter(view: UpdateView, senders: frozenset[Channel]) -> Link | None:
    if view.update is None or not usable(view, Channel.LETTER, senders):
        return None
    href = at("letter", view.case.public_id, view.event.event_id)
    return Link(text="Print the letter", href=href)


def _warnings(view: UpdateView) -> Iterator[str]:
    if view.update is not None and view.update.failed:
        yield FAILED[view.update.failed].label
    if not any(not one.refused and one.way.needs_mark for one in view.ways):
        yield OR_SAY_SO
    if view.has_code_word:
        yield "They have a code word. Open it before you ring them."
    leaving = [one.refused for one in view.ways if one.way.leaves]
    if view.hour.asks and "" in leaving:
        yield view.hour.asks
    if view.hour.refused and view.hour.refused in leaving:
        yield view.hour.refused


def _notes(view: UpdateView) -> Iterator[str]:
    yield from _form_notes(view)
    if view.times and not view.hour.asks:
        yield f"Times they gave: {view.times}"
    if not view.reviewed:
        yield "These words have not been read over yet. Read them before they leave."
    spoken = say.language(view.language)
    if base_language(view.language) != view.written.language:
        yield (
            f"They read {spoken}, and these words are in English: there are none in"
            f" {spoken} for this. Tell them with an interpreter, or have it translated"
            " before you write. It never leaves by itself."
        )
    elif view.written.language != ENGLISH:
        yield f"These words are in {spoken}. Ask somebody who reads it about changes."
    if view.interpreter:
        yield "They asked for an interpreter."
    if not view.written.words.strip():
        yield "There are no words for this yet: write your own."


def _form_notes(view: UpdateView) -> Iterator[str]:
    """In which form they want to read, and where these words are in another."""
    if not view.suits.said:
        return
    yield f"What helps them: {'; '.join(view.suits.said)}."
    if view.suits.by_hand:
        yield "So nothing leaves by itself for them."
    wanted, written = view.suits.kind, view.written.kind
    if wanted is Kind.EASY_READ and written is Kind.STANDARD:
        yield (
            "They asked for easy read, and these are standard words: “Write it in easy"
            " read” below. It is offered first once it has been read over; until then"
            " nothing leaves by itself."
        )


def _refused(view: UpdateView, senders: frozenset[Channel]) -> Iterator[str]:
    for one in view.ways:
        if not usable(view, one.way.code, senders):
            yield f"{one.way.label}: {one.refused or NO_SENDER}"


def letter_page(view: UpdateView, *, now: datetime) -> LetterPage:
    """The letter, to print and post in a plain envelope."""
    lines = re.split(r"[,\n]", view.to.get(Channel.LETTER, ""))
    return LetterPage(
        title="Letter",
        back=at("update", view.case.public_id, view.event.event_id),
        back_text="Back",
        language=view.written.language,
        direction=direction(view.written.language),
        to=(
            view.person.label.name,
            *(line.strip() for line in lines),
        ),
        on=say_day(local_day(now)),
        paragraphs=tuple(view.whole(view.written.words).split("\n")),
    )


def drop_page(view: UpdateView, form: forms.Form) -> FormPage:
    """Why somebody is not told."""
    heading = f"Not told: {what(view.event.event).lower()}"
    unsafe = all(one.refused for one in view.ways if one.way.needs_mark)
    return FormPage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        caption=f"{view.person.label.name}, {say.reference(view.case.public_id)}",
        form=form,
        back=at("case", view.case.public_id),
        back_text="Back to what is to be told",
        save="They are not told",
        notes=(f"{NO_WAY}.",) if unsafe else (),
    )


def take_back_page(
    caption: str, one: UpdateLine, form: forms.Form, case_id: UUID
) -> FormPage:
    """Whether an update is not to leave after all."""
    leaves = say_moment(one.leaves_at) if one.leaves_at else ""
    return FormPage(
        title="Take it back?",
        heading="Take it back?",
        caption=caption,
        form=form,
        back=at("case", case_id),
        back_text="Back to what is to be told",
        save="Take it back",
        notes=(
            f"{what(one.event)}. It leaves on {leaves}.",
            "It is a draft again, and nothing leaves.",
        ),
    )
