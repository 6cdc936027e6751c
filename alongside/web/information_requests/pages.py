"""What one request for records shows, and what stands on the page of its case."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from alongside.care.information_requests.queries import RequestLine, StepLine
from alongside.care.information_requests.tables import (
    BODIES,
    KINDS,
    LACKS,
    REASONS,
    STEPS,
    asks_for_counselling,
)
from alongside.care.information_requests.types import (
    Fate,
    Outcome,
    RequestState,
    Section,
    Stops,
    Views,
)
from alongside.foundation.accounts.types import Actor, Permission
from alongside.walls.bits import COMPARTMENTS
from alongside.web.casework.say import reference
from alongside.web.components.base import Act, Link, Tag, Tone
from alongside.web.components.casefile import Fact
from alongside.web.components.lists import Column, DataTable
from alongside.web.information_requests import words
from alongside.web.information_requests.said import SAYS
from alongside.web.words import say_count, say_day, say_moment
from alongside.workflows.information_requests import AskedView

NOT_SAID = "They do not say"
NOT_ASKED = "Nobody has asked them yet"
QUIET = "The person has not been told of this request. Do not tell them."
FROM_POLICE = (
    "This case is hidden from the police. An answer tells them that there is one: make"
    " sure that it may."
)
_TONES = {
    RequestState.WAITING: Tone.PLAIN,
    RequestState.OPEN: Tone.INFO,
    RequestState.PREPARED: Tone.INFO,
    RequestState.DECIDED: Tone.SOON,
    RequestState.ANSWERED: Tone.GOOD,
}
SAYING = {RequestState.WAITING, RequestState.OPEN}


@dataclass(frozen=True, kw_only=True)
class SectionPart:
    """What the request says on one thing, and where that is put right."""

    name: str
    lines: tuple[str, ...]
    missing: tuple[str, ...]
    change: Link | None


@dataclass(frozen=True, kw_only=True)
class AskedPage:
    """One request, whole."""

    title: str
    heading: str
    caption: str
    tag: Tag
    clock: str
    warnings: tuple[str, ...]
    to_say: tuple[str, ...]
    acts: tuple[Act, ...]
    asker: tuple[Fact, ...]
    sections: tuple[SectionPart, ...]
    answer: DataTable | None
    ends: tuple[Fact, ...]
    steps: DataTable
    case: Link | None


def say_due(line: RequestLine, today: date) -> str:
    """The day, and how far away or past it is."""
    if not line.is_open:
        return say_day(line.due_on)
    if line.state is RequestState.WAITING:
        return "Starts when it says everything"
    days = (line.due_on - today).days
    if days < 0:
        return f"{say_day(line.due_on)}, {say_count(-days, 'day')} late"
    when = "today" if days == 0 else f"in {say_count(days, 'day')}"
    return f"{say_day(line.due_on)}, {when}"


def tag_of(line: RequestLine, today: date) -> Tag:
    """How it stands, in a word or two."""
    if line.is_open and line.is_late(today):
        return Tag(text=f"{words.STATES[line.state]}, late", tone=Tone.LATE)
    return Tag(text=words.STATES[line.state], tone=_TONES.get(line.state, Tone.PLAIN))


def asked(view: AskedView, *, actor: Actor, today: date) -> AskedPage:
    """The page of one request."""
    line = view.line
    name = line.asker.body_name
    return AskedPage(
        title=f"Request for records: {name}",
        heading=f"{name} ask for records",
        caption=view.name,
        tag=tag_of(line, today),
        clock=f"Answer due: {say_due(line, today)}" if line.is_open else "",
        warnings=tuple(_warnings(line)),
        to_say=tuple(_to_say(line)),
        acts=tuple(_acts(view, actor)),
        asker=tuple(Fact(name=name, value=said) for name, said in _asker(line)),
        sections=tuple(_sections(line)),
        answer=_answer(view),
        ends=tuple(Fact(name=name, value=said) for name, said in _ends(view)),
        steps=_steps(view),
        case=_case(line, actor),
    )


def _case(line: RequestLine, actor: Actor) -> Link | None:
    if line.case_id is None or not actor.has(Permission.CASE_VIEW):
        return None
    return Link(text="The case", href=reverse("casework:case", args=[line.case_id]))


def _hidden_from_police(line: RequestLine) -> bool:
    return bool(line.compartments & COMPARTMENTS["police_blind"])


def _warnings(line: RequestLine) -> Iterator[str]:
    if line.keeps_quiet:
        yield QUIET
    if line.is_open and _hidden_from_police(line):
        yield FROM_POLICE
    if line.is_open and asks_for_counselling(line.said.scope.kinds):
        yield LACKS["counselling_presumed"].words


def _to_say(line: RequestLine) -> Iterator[str]:
    """The words that go back to who asked."""
    if line.state in SAYING:
        for lack in line.lacks:
            if lack.stops is Stops.ALL:
                yield lack.words


def _asker(line: RequestLine) -> Iterator[tuple[str, str]]:
    who = line.asker
    yield "Asked by", f"{who.body_name} ({BODIES[who.body].label})"
    yield "Who there", who.officer_role or "Erased"
    if who.their_reference:
        yield "Their reference", who.their_reference
    came = f"{say_day(who.received_on)}, {words.CAME_BY[who.received_by].lower()}"
    yield "Came", came
    if who.urgent:
        yield "Cannot wait", who.urgent_why or "Yes"
    written = f"{say_moment(line.opened_at)}, by {line.opened_by}"
    yield "Written down", written
    yield "Our reference", reference(line.asked_id)


def _sections(line: RequestLine) -> Iterator[SectionPart]:
    for section in Section:
        counselling = asks_for_counselling(line.said.scope.kinds)
        if section is Section.COUNSELLING and not counselling:
            continue
        address = reverse(
            "information_requests:section", args=[line.asked_id, section.value]
        )
        lines = tuple(SAYS[section](line.said))
        yield SectionPart(
            name=words.SECTIONS[section],
            lines=lines or (NOT_ASKED if section is Section.VIEWS else NOT_SAID,),
            missing=tuple(lack.label for lack in line.lacks if lack.section is section),
            change=Link(
                text="Change" if lines else "Write down",
                href=address,
                about=words.SECTIONS[section].lower(),
            )
            if line.state in SAYING
            else None,
        )


def _acts(view: AskedView, actor: Actor) -> Iterator[Act]:
    line = view.line
    decides = actor.has(Permission.INFORMATION_REQUEST_DECIDE)
    own = line.prepared_by_id == actor.user_id
    offered: list[tuple[str, str]] = []
    if line.state in SAYING:
        offered.append(("Prepare the answer", "prepare"))
    if line.state is RequestState.PREPARED and decides:
        offered += [] if own else [("Decide", "decide")]
        offered.append(("Have it prepared again", "send_back"))
    if line.state is RequestState.DECIDED and decides:
        offered += [("It was sent", "sent"), ("Take the decision back", "reconsider")]
    if line.is_open:
        offered.append(("They took it back", "withdraw"))
    elif line.complaint_on and not line.complaint_answered_on:
        offered += [("Answer the complaint", "answer_complaint")] if decides else []
    else:
        offered.append(("Somebody complains", "complain"))
    offered.append(("Add a note", "note"))
    for place, (text, route) in enumerate(offered):
        href = reverse(f"information_requests:{route}", args=[line.asked_id])
        yield Act(text=text, href=href, primary=not place and line.is_open)


def proposes(line: RequestLine) -> str:
    """What the prepared answer comes to."""
    return f"Proposed: {words.OUTCOMES.get(line.proposed, 'nothing yet').lower()}"


def proposal(view: AskedView) -> Iterator[str]:
    """The prepared answer, part by part, and who prepared it and why."""
    for part in view.parts:
        label, fate = KINDS[part.kind].label, words.FATES[part.fate].lower()
        reason = REASONS[part.reason].label if part.reason in REASONS else ""
        more = part.words or reason
        yield f"{label}: {fate}{'. ' + more if more else ''}"
    last = next((one for one in view.steps if one.kind == "prepared"), None)
    if last is not None:
        yield f"Prepared by {last.by}: {last.words}"


def before_deciding(line: RequestLine) -> str:
    """What to think of before an answer is agreed to."""
    said = [FROM_POLICE] if _hidden_from_police(line) else []
    said += [QUIET] if line.keeps_quiet else []
    if line.said.views.views is Views.OBJECTS:
        said.append("The person does not want their records given.")
    return " ".join(said)


def cannot_give(line: RequestLine) -> str:
    """What is missing without which nothing, or no counselling notes, are given."""
    if not line.lacks:
        return ""
    labels = "; ".join(lack.label.lower() for lack in line.lacks)
    only = all(lack.stops is Stops.COUNSELLING for lack in line.lacks)
    what = "Counselling notes cannot be given" if only else "Nothing can be given"
    return f"{what} while this is missing: {labels}."


def answer_words(view: AskedView) -> Iterator[str]:
    """What the answer says, for whoever writes it."""
    outcome = words.OUTCOMES.get(view.line.outcome, "nothing yet")
    yield f"Decided: {outcome.lower()}"
    for part in view.parts:
        if part.fate is Fate.GIVE:
            yield f"{KINDS[part.kind].label}: {part.words}"
        elif part.fate is Fate.WITHHOLD:
            yield f"{KINDS[part.kind].label}: {REASONS[part.reason].words}"


def _answer(view: AskedView) -> DataTable | None:
    if view.line.proposed is Outcome.NONE or not view.parts:
        return None
    decided = view.line.decided_at is not None
    return DataTable(
        caption="What is given, and what is not" if decided else "Proposed answer",
        columns=(
            Column(heading="Records"),
            Column(heading="What becomes of them"),
            Column(heading="Listed, or why not"),
        ),
        rows=tuple(
            (
                KINDS[part.kind].label,
                words.FATES[part.fate],
                part.words
                or (REASONS[part.reason].label if part.reason in REASONS else ""),
            )
            for part in view.parts
        ),
    )


def _ends(view: AskedView) -> Iterator[tuple[str, str]]:
    line = view.line
    if line.prepared_at:
        yield "Prepared", f"{say_moment(line.prepared_at)}, by {line.prepared_by}"
    if line.decided_at:
        outcome = words.OUTCOMES.get(line.outcome, "")
        decided = f"{outcome}. {say_moment(line.decided_at)}"
        yield "Decided", f"{decided}, by {line.decided_by}"
    if line.sent_on:
        yield "Sent", f"{say_day(line.sent_on)}. {line.sent_how}"
    if line.complaint_on and line.complaint_from:
        who = words.COMPLAINTS[line.complaint_from]
        yield "Complaint", f"{say_day(line.complaint_on)}. {who}"
    if line.complaint_answered_on:
        yield "Complaint answered", say_day(line.complaint_answered_on)
    elif line.complaint_due_on:
        yield "Answer to it due", say_day(line.complaint_due_on)


def _steps(view: AskedView) -> DataTable:
    return DataTable(
        caption="What was said and done",
        columns=(
            Column(heading="When"),
            Column(heading="What"),
            Column(heading="By"),
            Column(heading="In words"),
        ),
        rows=tuple(
            (say_moment(one.at), _step(one), one.by, _in_words(one))
            for one in view.steps
        ),
    )


def _step(one: StepLine) -> str:
    label = STEPS[one.kind].label
    if not one.section:
        return label
    return f"{label}: {words.SECTIONS[Section(one.section)].lower()}"


def _in_words(one: StepLine) -> str:
    if not one.section:
        return one.words
    lines = tuple(SAYS[Section(one.section)](one.said))
    return ". ".join(line.rstrip(".") for line in lines) or NOT_SAID
