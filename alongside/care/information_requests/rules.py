"""What a request lacks, what may be given, what an answer comes to. Plain Python."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from alongside.care.information_requests.tables import (
    DEADLINES,
    KINDS,
    LACKS,
    RANKS,
    STEPS,
    UNSAID,
    asks_for_counselling,
)
from alongside.care.information_requests.types import (
    Approval,
    Counselling,
    DeadlineCode,
    Fate,
    Grounds,
    Lack,
    Notice,
    NoticeGiven,
    Outcome,
    Part,
    PersonViews,
    Purpose,
    RequestState,
    Said,
    Scope,
    Section,
    SectionFacts,
    StepKind,
    Stops,
    Views,
)
from alongside.foundation.lib.working_days import add_working_days

# "The full file", "all records": a request for everything, whatever else it says.
_EVERYTHING = re.compile(
    r"\b(?:everything|(?:all|whole|entire|full|complete)"
    r"(?: of| the| her| his| their| your)*"
    r" (?:case )?(?:records?|files?|data|information))\b",
    re.IGNORECASE,
)


def asks_for_everything(scope: Scope) -> bool:
    """Whether a request asks for all there is: it says so, in a box or in words, or
    names every kind of records."""
    return (
        scope.everything
        or set(scope.kinds) == set(KINDS)
        or bool(_EVERYTHING.search(scope.particulars))
    )


def lacking(said: Said) -> tuple[Lack, ...]:
    """What a request must say and does not, in the order it is asked."""
    return tuple(LACKS[code] for code in _lacking(said))


def _lacking(said: Said) -> Iterator[str]:
    yield from _about_records(said)
    if asks_for_counselling(said.scope.kinds):
        yield from _counselling(said)
    rank = RANKS.get(said.approval.approved_rank)
    if rank is None or not rank.requests or said.approval.approved_on is None:
        yield "no_approval"
    if not _says_notice(said):
        yield "no_notice"
    if not _says_views(said):
        yield "no_views"


def _about_records(said: Said) -> Iterator[str]:
    if not (said.purpose.offence and said.purpose.line):
        yield "no_purpose"
    if asks_for_everything(said.scope):
        yield "everything"
    elif not _says_scope(said.scope):
        yield "no_scope"
    if not (said.grounds.necessity and said.grounds.proportionality):
        yield "no_necessity"


def _says_scope(scope: Scope) -> bool:
    days = scope.period_from, scope.period_until
    return bool(scope.kinds and all(days) and scope.particulars)


def _counselling(said: Said) -> Iterator[str]:
    if not said.counselling.counselling_reason:
        yield "counselling_presumed"
    rank = RANKS.get(said.counselling.counselling_rank)
    if rank is None or not rank.counselling or said.counselling.counselling_on is None:
        yield "counselling_rank"


def _says_notice(said: Said) -> bool:
    notice = said.notice
    if notice.notice is Notice.GIVEN:
        return notice.notice_on is not None and bool(notice.notice_how)
    if notice.notice is Notice.WITHHELD:
        return notice.withheld_why in UNSAID and bool(notice.withheld_words)
    return False


def _says_views(said: Said) -> bool:
    views = said.views
    if views.views is Views.NOT_ASKED:
        return bool(views.views_words)
    return views.views is not Views.NOT_SAID and views.views_on is not None


def must_keep_quiet(said: Said) -> bool:
    """Whether nobody may tell the person that their records are asked for."""
    row = UNSAID.get(said.notice.withheld_why)
    withheld = said.notice.notice is Notice.WITHHELD
    return withheld and row is not None and row.keep_quiet


def state_of(lacks: Iterable[Lack]) -> RequestState:
    """Where a request that nobody has prepared yet stands."""
    theirs = any(lack.stops is Stops.ALL for lack in lacks)
    return RequestState.WAITING if theirs else RequestState.OPEN


def may_step(step: StepKind, state: RequestState) -> bool:
    """Whether something may be done about a request in this state."""
    return state in STEPS[step].from_states


def outcome_of(parts: Sequence[Part]) -> Outcome:
    """What an answer comes to; of no parts, a refusal."""
    fates = {part.fate for part in parts}
    if fates == {Fate.NOT_HELD}:
        return Outcome.NOTHING_HELD
    if Fate.GIVE not in fates:
        return Outcome.REFUSED
    return Outcome.PART if Fate.WITHHOLD in fates else Outcome.GIVEN


def against_giving(kind: str, lacks: Iterable[Lack]) -> tuple[Lack, ...]:
    """What stands against giving records of a kind."""
    stopped = {Stops.ALL, Stops.VIEWS}
    if KINDS[kind].counselling:
        stopped.add(Stops.COUNSELLING)
    return tuple(lack for lack in lacks if lack.stops in stopped)


def answer_by(complete_on: date, *, urgent: bool, closed: Container[date]) -> date:
    """The day by which a request is answered, counted from when it said everything."""
    code = DeadlineCode.ANSWER_URGENT if urgent else DeadlineCode.ANSWER
    return add_working_days(complete_on, DEADLINES[code].working_days, closed)


def remind_until(today: date, *, closed: Container[date]) -> date:
    """The last day of answer of which staff are told on a day that it comes near."""
    return add_working_days(today, DEADLINES[DeadlineCode.REMIND].working_days, closed)


def complaint_by(received_on: date, *, closed: Container[date]) -> date:
    """The day by which a complaint is answered."""
    days = DEADLINES[DeadlineCode.COMPLAINT].working_days
    return add_working_days(received_on, days, closed)


_FACTS: dict[Section, type[SectionFacts]] = {
    Section.PURPOSE: Purpose,
    Section.SCOPE: Scope,
    Section.GROUNDS: Grounds,
    Section.COUNSELLING: Counselling,
    Section.APPROVAL: Approval,
    Section.NOTICE: NoticeGiven,
    Section.VIEWS: PersonViews,
}
_DAYS = frozenset({"period_from", "period_until"})


def said_then(section: Section, facts: Mapping[str, Any]) -> Said:
    """What a step says that the request said on one thing, as it was written down."""
    kind = _FACTS[section]
    read = {
        one.name: _read(one.name, facts[one.name])
        for one in fields(kind)
        if one.name in facts
    }
    said: dict[str, Any] = {section.value: kind(**read)}
    return replace(Said(), **said)


def _read(name: str, value: Any) -> Any:
    if name in _DAYS or name.endswith("_on"):
        return date.fromisoformat(value)
    if name == "notice":
        return Notice(value)
    if name == "views":
        return Views(value)
    return tuple(value) if isinstance(value, list) else value
