"""Telling a person what has happened: what is to be told, and one update at a time."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alongside.care.assessment import queries as assessments
from alongside.care.casework import queries as casework
from alongside.care.casework.queries import CaseFacts
from alongside.care.contact.types import Channel
from alongside.care.people import queries as people
from alongside.care.people.types import ContactDetail, OpenedPerson, PersonLabel
from alongside.care.planning.queries.meetings import list_warnings
from alongside.care.telling import queries as telling
from alongside.care.telling import rules
from alongside.care.telling.queries import (
    OnItsWay,
    OwedEvent,
    Place,
    UpdateLine,
    Whose,
)
from alongside.care.telling.rules import Library
from alongside.care.telling.tables import (
    CASES,
    ENGLISH,
    FORMS,
    FRAMES,
    LANGUAGES,
    WAYS,
    limit,
)
from alongside.care.telling.types import (
    DraftWords,
    Facts,
    Frame,
    Hour,
    Kind,
    Language,
    LimitCode,
    Suits,
    WayOffered,
)
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import LONDON, local_day
from alongside.foundation.lib.times import age_on
from alongside.foundation.vault import queries as vault
from alongside.foundation.vault.types import DetailKind
from alongside.workflows.log_contact import NEEDS, ChannelView, read_channels
from alongside.workflows.read_case import CaseBrief, read_brief

PURPOSE = "list of work"
MOST_OF_CASE = 200


@dataclass(frozen=True, kw_only=True)
class ToTell:
    """One page of what is to be told, with the names the reader may see."""

    events: tuple[OwedEvent, ...]
    names: dict[int, PersonLabel]
    on_their_way: tuple[OnItsWay, ...]
    has_more: bool


@dataclass(frozen=True, kw_only=True)
class CaseTelling:
    """What one person is still to be told, and what became of every update."""

    brief: CaseBrief
    owed: tuple[OwedEvent, ...]
    updates: tuple[UpdateLine, ...]


@dataclass(frozen=True, kw_only=True)
class UpdateView:
    """One event as its page shows it: the words, and by which ways they may go.

    `update` is what was begun, `written` what it says or would say; `reviewed`, whether
    enough people have read those words over. `language` is what the person speaks,
    which may have no words, `suits` the form in which they want to read. `to` are the
    points each way uses. `hour` is what must be said before anything leaves now;
    `warned`, whether a warning stands.
    """

    case: CaseFacts
    person: OpenedPerson
    event: OwedEvent
    update: UpdateLine | None
    written: DraftWords
    reviewed: bool
    language: str
    frame: Frame
    facts: Facts
    ways: tuple[WayOffered, ...]
    to: dict[Channel, str]
    times: str
    hour: Hour
    suits: Suits
    warned: bool
    interpreter: bool
    has_code_word: bool

    def whole(self, words: str) -> str:
        """What the person reads: greeting, words, and who to ask."""
        return rules.whole(
            words, frame=self.frame, name=called(self.person), facts=self.facts
        )


def read_to_tell(
    *,
    actor: Actor,
    now: datetime,
    whose: Whose,
    after: Place | None = None,
    limit: int,
) -> ToTell:
    """What is to be told, soonest due first, and what is on its way. Four statements
    at most."""
    events = telling.list_owed(actor=actor, whose=whose, after=after, limit=limit + 1)
    shown = tuple(events[:limit])
    going = () if after else telling.list_on_their_way(actor=actor, limit=limit)
    names = people.open_labels(
        person_ids={one.person_id for one in (*shown, *going)}, purpose=PURPOSE, now=now
    )
    return ToTell(
        events=shown,
        names=names,
        on_their_way=tuple(going),
        has_more=len(events) > limit,
    )


def record_list(*, actor: Actor, now: datetime) -> None:
    """Put on the trail that the list was taken away as a file."""
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.UPDATES_LISTED,
        subject=Subject(kind="agency"),
    )


def read_case_telling(*, actor: Actor, now: datetime, case_id: UUID) -> CaseTelling:
    """What is to be told in one case, and what was. Four statements.

    Raises:
        NotFound: there is no such case that the actor may know of.
    """
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    key = brief.case.case_id
    owed = telling.list_owed_of_case(actor=actor, case_key=key, limit=MOST_OF_CASE)
    updates = telling.list_updates(case_key=key, limit=MOST_OF_CASE)
    return CaseTelling(brief=brief, owed=tuple(owed), updates=tuple(updates))


def read_update(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    event_id: UUID,
    kind: Kind | None = None,
) -> UpdateView:
    """One event with the words for it, filled in, and how it may be told. The look is
    on the trail; nothing is kept.

    Raises:
        NotFound: the case or the event is none that the actor may know of.
    """
    case = casework.case_facts(casework.get_case(actor=actor, public_id=case_id))
    event = telling.find_event(case_key=case.case_id, event_id=event_id)
    if event is None:
        raise NotFound("We could not find that event")
    channels = read_channels(actor=actor, now=now, case_id=case_id)
    update = telling.find_update(case_key=case.case_id, event_id=event_id)
    return _view(actor, case, event, channels, now=now, update=update, kind=kind)


def _view(
    actor: Actor,
    case: CaseFacts,
    event: OwedEvent,
    channels: ChannelView,
    *,
    now: datetime,
    update: UpdateLine | None,
    kind: Kind | None,
) -> UpdateView:
    spoken = next((r.language for r in channels.person.records if r.language), ENGLISH)
    library = telling.read_library(area_id=actor.area_id)
    held = vault.get_held(person_id=channels.person.label.public_id)
    suits = read_suits(channels.person)
    written = _written(
        library, event, update=update, spoken=spoken, kind=kind, suits=suits
    )
    warned = bool(list_warnings(person_id=event.person_id, ended=False))
    hour = _hour(channels, now, guarded=warned or channels.high_risk)
    return UpdateView(
        case=case,
        person=channels.person,
        event=event,
        update=update,
        written=written,
        reviewed=library.is_reviewed(written),
        language=spoken,
        frame=library.frame(written.language, FRAMES[ENGLISH]),
        facts=facts_of(event, written.language),
        ways=rules.close_leaving(ways_for(channels), hour.refused),
        to=addresses(channels),
        times=times_of(channels.person),
        hour=hour,
        suits=suits,
        warned=warned,
        interpreter=needs_interpreter(channels.person),
        has_code_word=DetailKind.CODE_WORD in held.kinds,
    )


def times_of(person: OpenedPerson) -> str:
    """When somebody said they may be reached, in their own words."""
    return next((r.contact_times for r in person.records if r.contact_times), "")


def needs_interpreter(person: OpenedPerson) -> bool:
    """Whether the newest record of somebody says that they need an interpreter."""
    return any(one.interpreter_needed for one in person.records[:1])


def read_suits(person: OpenedPerson) -> Suits:
    """In which form somebody wants to be written to. One statement."""
    answers = assessments.find_last_answers(
        person_id=person.label.person_id,
        instruments={row.instrument for row in FORMS},
        questions={row.question for row in FORMS},
    )
    said = next((r.adjustments for r in person.records if r.adjustments), "")
    interpreter = needs_interpreter(person)
    return rules.suits(FORMS, answers, adjustments=said, interpreter=interpreter)


def when_it_leaves(now: datetime) -> datetime:
    """When what is asked for now leaves, unless it is taken back."""
    return rules.leaves_at(now, hold=limit(LimitCode.HOLD_MINUTES))


def at_night(at: datetime) -> bool:
    """Whether people are not written to at this moment without a reason."""
    return rules.is_night(
        at.astimezone(LONDON).hour,
        from_hour=limit(LimitCode.DAY_FROM_HOUR),
        until_hour=limit(LimitCode.DAY_UNTIL_HOUR),
    )


def age_of(person: OpenedPerson, now: datetime) -> int | None:
    """How old somebody is; None where nobody knows."""
    born = person.label.date_of_birth
    return age_on(local_day(now), born=born) if born else None


def _hour(channels: ChannelView, now: datetime, *, guarded: bool) -> Hour:
    """What must be said before something that is asked for now leaves."""
    age = age_of(channels.person, now)
    return rules.judge_hour(
        night=at_night(when_it_leaves(now)),
        times=times_of(channels.person),
        child=age is None or age < limit(LimitCode.ADULT_AGE),
        guarded=guarded,
    )


def facts_of(event: OwedEvent, language: str) -> Facts:
    """What an event's words may be filled with, as a language writes it. Empty: nobody
    knows."""
    detail, spoken = event.detail, LANGUAGES[language]
    return Facts(
        reference=_reference(event.case_id),
        date=rules.say_day(event.occurred_at.astimezone(LONDON).date(), spoken),
        on=_say_text(detail.get("on") or detail.get("until"), spoken),
        place=str(detail.get("court") or ""),
        who=event.worker or spoken.us,
    )


def _reference(case_id: UUID) -> str:
    text = case_id.hex.upper()
    return f"{text[:4]}-{text[4:8]}"


def _say_text(value: object, language: Language) -> str:
    try:
        return rules.say_day(date.fromisoformat(str(value)), language)
    except ValueError:
        return ""


def base_language(spoken: str) -> str:
    """A language tag without its region: "pl" of "pl-PL"."""
    return spoken.lower().partition("-")[0]


def called(person: OpenedPerson) -> str:
    """What somebody is called in a letter: the first of their given names."""
    given = person.label.name.removesuffix(person.label.surname).split()
    return given[0] if given and person.label.given_names.strip() else ""


def _written(
    library: Library,
    event: OwedEvent,
    *,
    update: UpdateLine | None,
    spoken: str,
    kind: Kind | None,
    suits: Suits,
) -> DraftWords:
    """What was written, or what the words in use say. Another kind begins anew; where
    there are no words in their language, it is English.

    Where nobody chose a kind it is the one that suits them, if enough people have read
    its words over."""
    if update is not None and kind in {None, update.kind}:
        return DraftWords(
            template=update.template,
            version=update.template_version,
            kind=update.kind,
            language=update.language,
            words=update.words,
        )
    if kind is None and suits.kind is not Kind.STANDARD:
        suited = _drafted(library, event, spoken=spoken, kind=suits.kind)
        if suited is not None and library.is_reviewed(suited):
            return suited
    chosen = kind or Kind.STANDARD
    return _drafted(library, event, spoken=spoken, kind=chosen) or DraftWords(
        template="", version=0, kind=chosen, language=ENGLISH, words=""
    )


def _drafted(
    library: Library, event: OwedEvent, *, spoken: str, kind: Kind
) -> DraftWords | None:
    """The words of one kind in their language, or else in English; None without any."""
    known = [one for one in (base_language(spoken), ENGLISH) if one in LANGUAGES]
    made = (
        rules.draft(
            library,
            CASES.values(),
            event=event.event,
            detail=event.detail,
            facts=facts_of(event, language),
            kind=kind,
            language=language,
        )
        for language in known
    )
    return next((one for one in made if one is not None), None)


def ways_for(channels: ChannelView) -> tuple[WayOffered, ...]:
    """Every way to tell one person, and why it may not be used, where it may not."""
    return rules.offer_ways(
        WAYS,
        channels=channels.facts,
        answer=channels.offered,
        do_not_contact="They are marked as not to be contacted."
        if channels.do_not_contact
        else "",
    )


def addresses(channels: ChannelView) -> dict[Channel, str]:
    """The number or address that each way uses: the newest that is known as theirs."""
    found: dict[Channel, str] = {}
    points = sorted(channels.person.contacts, key=lambda one: one.said_at, reverse=True)
    for channel, kinds in NEEDS.items():
        for point in points:
            if point.kind in kinds and point.confirmed and point.value:
                found.setdefault(channel, _whole_address(point))
    return found


def _whole_address(point: ContactDetail) -> str:
    return ", ".join(part for part in (point.value, point.postcode) if part)
