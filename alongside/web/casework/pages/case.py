"""The case page: who this is, what is safe, what is next, and what has happened."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse

from alongside.care.assessment.tables import GROUNDS
from alongside.care.assessment.types import GroundCode
from alongside.care.casework.rules import compartments_in
from alongside.care.casework.tables import COMPARTMENT_ROWS, DISPOSITIONS
from alongside.care.casework.types import CaseStatus
from alongside.care.contact.types import Channel as ChannelCode
from alongside.care.contact.types import ChannelFacts, RouteEnd, Safety
from alongside.care.journey.tables import NOT_OWED
from alongside.care.journey.tables.reach import BY_CLOSING
from alongside.care.people.types import ContactKind
from alongside.foundation.accounts.types import Actor, Permission, Role
from alongside.foundation.lib.local import local_day
from alongside.foundation.lib.times import age_on
from alongside.foundation.vault.tables import KINDS
from alongside.foundation.vault.types import DetailKind, HeldDetails
from alongside.web.casework import say
from alongside.web.casework.pages import (
    assessed,
    clocks,
    crimes,
    household,
    planned,
    prompts,
    repeats,
    requested,
    tasks,
    timeline,
    told,
)
from alongside.web.components import casefile, person
from alongside.web.components.base import Act, Link, Tag, Tone
from alongside.web.vault import pages as protected
from alongside.workflows.case_timeline import EntryKind
from alongside.workflows.log_contact import ChannelView
from alongside.workflows.read_case import CaseView

CHANNEL_NAMES = {
    ChannelCode.PHONE: "Call",
    ChannelCode.VOICEMAIL: "Voicemail",
    ChannelCode.SMS: "Text",
    ChannelCode.EMAIL: "E-mail",
    ChannelCode.LETTER: "Letter",
}
PHONES = {ContactKind.MOBILE: "mobile number", ContactKind.HOME_PHONE: "home number"}
PHONES_SHOWN = 3
CRIMES_SHOWN = 3
# Protected ways to reach somebody: the strip says that there is one.
SAFE_WAYS = (DetailKind.SAFE_ADDRESS, DetailKind.SAFE_PHONE, DetailKind.SAFE_EMAIL)


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """Everything about one case on one calm page."""

    title: str
    identity: person.IdentityBar
    next_action: casefile.NextAction
    take: str
    acts: casefile.ActList
    other_acts: casefile.ActLinks
    prompts: casefile.PromptList | None
    tasks: casefile.TaskList | None
    clocks: casefile.ClockList
    timeline: casefile.Timeline
    crimes: tuple[casefile.FactCard, ...]
    more_crimes: Link | None
    suspect: Link | None
    around: tuple[str, ...]
    phones: tuple[person.PhoneNumber, ...]
    guardian: str
    person_href: str
    seen_href: str
    protected: person.ProtectedCard
    assessed: casefile.FactCard | None
    others: casefile.FactCard | None
    household: casefile.FactCard | None
    told: casefile.FactCard
    planned: casefile.FactCard
    people: casefile.FactCard
    requested: casefile.FactCard | None


def case(
    view: CaseView, *, actor: Actor, now: datetime, kind: EntryKind | None, limit: int
) -> CasePage:
    """The page of one case for one reader."""
    on = local_day(now)
    may_work = actor.has(Permission.CASE_WORK)
    is_open = view.case.status is not CaseStatus.CLOSED
    here = _address(view, "case")
    return CasePage(
        title=f"Case {say.reference(view.case.public_id)}",
        identity=_identity(view, on, may_work=may_work),
        next_action=_next_action(view, on, may_change=may_work and is_open),
        take=_take(view, may_work=may_work and is_open),
        acts=casefile.ActList(acts=tuple(_acts(view, actor))),
        other_acts=casefile.ActLinks(acts=tuple(_other_acts(view, actor))),
        prompts=prompts.asked(view, may_answer=may_work),
        tasks=tasks.to_do(view, actor=actor, on=on) if is_open else None,
        clocks=clocks.open_clocks(view, on, may_settle=may_work),
        timeline=timeline.timeline(view, on=on, kind=kind, limit=limit, here=here),
        crimes=tuple(crimes.cards(view.crimes[:CRIMES_SHOWN])),
        more_crimes=_more_crimes(view),
        around=tuple(repeats.around(view.repeats)),
        suspect=_suspect(view) if may_work and is_open else None,
        phones=tuple(phones(view.channels)),
        guardian=_guardian(view),
        person_href=reverse("casework:person", args=[view.person.label.public_id]),
        seen_href=_seen(view, actor),
        protected=protected.card(
            view.held, person_id=view.person.label.public_id, actor=actor
        ),
        assessed=assessed.card(view.assessments),
        others=_others(view),
        household=household.card(view.household),
        told=told.card(view),
        planned=planned.card(view, on),
        people=planned.people_card(view),
        requested=requested.card(view.case.public_id, view.requested),
    )


def _address(view: CaseView, page: str) -> str:
    return reverse(f"casework:{page}", args=[view.case.public_id])


def _identity(view: CaseView, on: date, *, may_work: bool) -> person.IdentityBar:
    case = view.case
    holder = f"Held by {case.worker_name}" if case.worker_name else "Nobody holds it"
    return person.IdentityBar(
        name=view.person.label.name,
        details=tuple(_details(view, on)),
        reference=say.reference(case.public_id),
        holder=f"{holder}, {case.team_name}",
        strip=strip(view.channels, may_work=may_work, held=view.held),
        tier=say.TIERS[case.tier],
        tags=tuple(_tags(view)),
        grounds=". ".join(_grounds(view)),
        warnings=tuple(_warnings(view, on)),
    )


def _grounds(view: CaseView) -> Iterator[str]:
    """Each ground once, with everything it rests on."""
    rests_on: dict[GroundCode, dict[str, None]] = defaultdict(dict)
    for line in view.grounds:
        rests_on[line.ground][line.words] = None
    for ground, (first, *others) in rests_on.items():
        rest = (f"; {words[:1].lower()}{words[1:]}" for words in others)
        yield f"{GROUNDS[ground].label}: {first}{''.join(rest)}"


def _details(view: CaseView, on: date) -> Iterator[str]:
    newest = view.person.records[0]
    born = view.person.label.date_of_birth
    yield f"Age {age_on(on, born=born)}" if born else "Age not known"
    if newest.language:
        yield say.language(newest.language)
    if newest.interpreter_needed:
        yield "Interpreter needed"
    if newest.adjustments:
        yield newest.adjustments


def _seen(view: CaseView, actor: Actor) -> str:
    """Where it is read who has seen them: a supervisor reads it of their own team's."""
    if not actor.has(Permission.TRAIL_VIEW):
        return ""
    teams = {one.team_id for one in (view.case, *view.others)}
    of_one_team = actor.role is Role.SUPERVISOR and actor.team_id is not None
    if of_one_team and actor.team_id not in teams:
        return ""
    return reverse("seen:person", args=[view.person.label.public_id])


def _guardian(view: CaseView) -> str:
    newest = view.person.records[0]
    number = say.phone(newest.guardian_phone)
    return ", ".join(part for part in (newest.guardian_name, number) if part)


def _tags(view: CaseView) -> Iterator[Tag]:
    if view.case.high_risk:
        yield Tag(text="High risk", tone=Tone.LATE)
    for words in repeats.lately(view.repeats):
        yield Tag(text=words, tone=Tone.SOON)
    for code in compartments_in(view.case.compartments, COMPARTMENT_ROWS):
        yield Tag(text=COMPARTMENT_ROWS[code].label, tone=Tone.SPECIAL)
    if view.case.status is CaseStatus.CLOSED:
        yield Tag(text="Closed")


def _warnings(view: CaseView, on: date) -> Iterator[str]:
    yield from planned.warnings(view.warnings, on)
    if view.channels.do_not_contact:
        why = f" {view.channels.reason}" if view.channels.reason else ""
        yield f"Do not contact them.{why}"
    for question in view.questions:
        yield f"To ask at the next contact, for {question.asked_by}: {question.words}"


def strip(
    channels: ChannelView, *, may_work: bool, held: HeldDetails
) -> person.SafeContactStrip:
    """How it is safe to reach the person, in one line."""
    newest = channels.person.records[0]
    change = reverse("casework:safety", args=[channels.person.label.public_id])
    return person.SafeContactStrip(
        channels=tuple(channel(facts) for facts in channels.facts),
        times=newest.contact_times,
        unmarked_is_unsafe=channels.high_risk,
        held=tuple(KINDS[kind].held_words for kind in held.kinds if kind in SAFE_WAYS),
        change=Link(text="Change what is safe", href=change) if may_work else None,
    )


def channel(facts: ChannelFacts) -> person.Channel:
    """One way of reaching the person, and whether it is safe."""
    safety = person.Safety(facts.safety.value)
    note = ""
    if facts.ended is RouteEnd.UNSAFE:
        safety, note = person.Safety.UNSAFE, "somebody else answered"
    elif facts.ended is RouteEnd.NOT_WORKING:
        note = "does not reach them"
    elif not facts.exists:
        note = "not confirmed as theirs" if facts.unconfirmed else "none held"
    return person.Channel(name=CHANNEL_NAMES[facts.channel], safety=safety, note=note)


def phones(channels: ChannelView) -> Iterator[person.PhoneNumber]:
    """The numbers we hold, newest first, each once and with its safety."""
    calls = next(f for f in channels.facts if f.channel is ChannelCode.PHONE)
    refused = {one.channel for one in channels.offered.refused}
    safety = Safety.UNSAFE if ChannelCode.PHONE in refused else calls.safety
    held = {
        detail.value: PHONES[detail.kind]
        for detail in channels.person.contacts
        if detail.kind in PHONES and detail.confirmed
    }
    for number, name in list(held.items())[:PHONES_SHOWN]:
        yield person.PhoneNumber(
            display=say.phone(number),
            number=number,
            name=name,
            safety=person.Safety(safety.value),
            note=channels.person.records[0].contact_times,
        )


def _next_action(view: CaseView, on: date, *, may_change: bool) -> casefile.NextAction:
    case = view.case
    if case.status is CaseStatus.CLOSED:
        ending = DISPOSITIONS.get(case.disposition)
        day = say.long_day(local_day(case.closed_at)) if case.closed_at else ""
        basis = BY_CLOSING.get(case.disposition)
        if basis is not None and basis.every_case:
            return casefile.NextAction(
                what=f"{NOT_OWED[basis.reason].label}. Nothing is sent to them",
                when=f"The case closed on {day}. {basis.meaning}",
            )
        return casefile.NextAction(
            what="None: this case is closed",
            when=f"{ending.label if ending else case.disposition}, {day}",
        )
    due = case.next_action_on
    when = f"By {say.long_day(due)}, {say.how_far(due, on)}" if due else ""
    change = Link(text="Change the next action", href=_address(view, "next_action"))
    return casefile.NextAction(
        what=case.next_action,
        when=when,
        overdue=due is not None and due < on,
        change=change if may_change else None,
    )


def _take(view: CaseView, *, may_work: bool) -> str:
    return _address(view, "take") if may_work and not view.case.worker_id else ""


def _acts(view: CaseView, actor: Actor) -> Iterator[Act]:
    """The commonest acts: what a worker does most days."""
    is_open = view.case.status is not CaseStatus.CLOSED
    if actor.has(Permission.CASE_CLOSE) and not is_open:
        yield Act(text="Reopen", href=_address(view, "reopen"), primary=True)
    if not actor.has(Permission.CASE_WORK):
        yield _act_at(view, "Journey", "journey:journey")
        return
    if is_open:
        held = view.case.worker_id is not None
        yield Act(text="Log contact", href=_address(view, "contact"), primary=held)
    yield _act_at(view, "Assess" if is_open else "Assessments", "assessing:list")
    yield Act(text="Add note", href=_address(view, "note"))
    yield _act_at(view, "Plan", "planning:plan")
    yield _act_at(view, "Journey", "journey:journey")


def _other_acts(view: CaseView, actor: Actor) -> Iterator[Act]:
    """What is done less often."""
    is_open = view.case.status is not CaseStatus.CLOSED
    if actor.has(Permission.CASE_WORK):
        yield _act_at(view, "Sharing and consent", "sharing:case")
        yield _act_at(view, "Rights", "code_rights:case")
        yield _act_at(view, "Appointments", "planning:appointments")
        if is_open:
            yield Act(text="Next action", href=_address(view, "next_action"))
            yield Act(text="Add a task", href=_address(view, "add_task"))
            yield _act_at(view, "Why support is owed", "grounds:grounds")
            yield Act(text="Hand over", href=_address(view, "hand_over"))
    if actor.has(Permission.COMPARTMENT_SET):
        yield _act_at(view, "Walls", "compartments:set")
    if actor.has(Permission.INFORMATION_REQUEST_WORK):
        yield _act_at(view, "Somebody asks for records", "information_requests:of_case")
    if actor.has(Permission.CONFLICT_DECLARE):
        query = urlencode({"reference": say.reference(view.case.public_id)})
        declare = reverse("conflicts:declare")
        yield Act(text="I know this person", href=f"{declare}?{query}")
    if actor.has(Permission.CASE_CLOSE) and is_open:
        yield Act(text="Close case", href=_address(view, "close"))


def _act_at(view: CaseView, text: str, route: str) -> Act:
    return Act(text=text, href=reverse(route, args=[view.case.public_id]))


def _more_crimes(view: CaseView) -> Link | None:
    if len(view.crimes) <= CRIMES_SHOWN:
        return None
    href = reverse("casework:person", args=[view.person.label.public_id])
    return Link(text=f"All {len(view.crimes)} crimes", href=f"{href}#crimes")


def _suspect(view: CaseView) -> Link | None:
    if not view.crimes:
        return None
    href = reverse("conflicts:note_suspect", args=[view.case.public_id])
    return Link(text="We support the suspect too", href=href)


def _others(view: CaseView) -> casefile.FactCard | None:
    if not view.others:
        return None
    return casefile.FactCard(
        heading="Their other cases",
        facts=tuple(
            casefile.Fact(
                name=f"Opened {say.long_day(local_day(other.opened_at))}",
                value=f"{say.reference(other.public_id)}, {other.status}",
                href=reverse("casework:case", args=[other.public_id]),
            )
            for other in view.others
        ),
    )
