"""What a case asks its worker to do. No database, no clock."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from alongside.care.assessment.types.prompts import (
    ForWhom,
    Prompt,
    PromptCode,
    PromptFacts,
    PromptRow,
)
from alongside.care.casework.types import Tier
from alongside.care.instruments.types import Risk
from alongside.foundation.lib.local import local_day

RISKS = list(Risk)
Found = tuple[str, date, str]  # about, since when, what in particular


def prompts_for(
    facts: PromptFacts, rows: Sequence[PromptRow], on: date
) -> tuple[Prompt, ...]:
    """What a case asks for on a day, what matters most first.

    A prompt goes by what it asks for being done, or by somebody saying that it is not
    needed; the next of its kind comes all the same. The row for a case of high risk
    goes before that for what it is owed, and that before the one for any.
    """
    found = []
    for code in PromptCode:
        row = _row(facts, rows, code, on)
        if row is None:
            continue
        for about, since, what in _FINDERS[code](facts, row):
            if on < since or (code, about) in facts.answered:
                continue
            words = f"{row.words}: {what}" if what else row.words
            found.append(
                Prompt(code=code, about=about, words=words, asks=row.asks, since=since)
            )
    return tuple(found)


def _row(
    facts: PromptFacts, rows: Sequence[PromptRow], code: PromptCode, on: date
) -> PromptRow | None:
    whom = [ForWhom.HIGH_RISK] if facts.high_risk else []
    enhanced = facts.tier is Tier.ENHANCED
    whom += [ForWhom.ENHANCED if enhanced else ForWhom.STANDARD, ForWhom.ANY]
    held = {row.whom: row for row in rows if row.code is code and row.holds_on(on)}
    return next((held[one] for one in whom if one in held), None)


def _risk_raised(facts: PromptFacts, row: PromptRow) -> Iterator[Found]:
    last = facts.assessed
    if last is None or last.risk_before is None:
        return
    if RISKS.index(last.risk) > RISKS.index(last.risk_before):
        yield last.at.isoformat(), local_day(last.at) + timedelta(days=row.days), ""


def _released(facts: PromptFacts, row: PromptRow) -> Iterator[Found]:
    event = facts.event
    if event is None:
        return
    if facts.assessed is not None and event.at <= facts.assessed.at:
        return
    since = local_day(event.at) + timedelta(days=row.days)
    yield str(event.key), since, event.what


def _new_incident(facts: PromptFacts, row: PromptRow) -> Iterator[Found]:
    incident, last = facts.incident, facts.assessed
    if incident is None or last is None or incident.at <= last.at:
        return
    since = local_day(incident.at) + timedelta(days=row.days)
    yield str(incident.key), since, incident.what


def _unassessed(facts: PromptFacts, row: PromptRow) -> Iterator[Found]:
    if facts.assessed is None:
        since = local_day(facts.opened_at) + timedelta(days=row.days)
        yield row.whom.value, since, ""


def _review_due(facts: PromptFacts, row: PromptRow) -> Iterator[Found]:
    last = facts.assessed
    if last is not None and last.review_on is not None:
        since = last.review_on + timedelta(days=row.days)
        yield last.review_on.isoformat(), since, ""


def _look_again(facts: PromptFacts, row: PromptRow) -> Iterator[Found]:
    doubted = facts.doubted
    if doubted is not None:
        since = local_day(doubted.at) + timedelta(days=row.days)
        yield f"{doubted.key} {doubted.at.isoformat()}", since, doubted.what


def _nothing_speaks(facts: PromptFacts, row: PromptRow) -> Iterator[Found]:
    if facts.tier is Tier.ENHANCED and not facts.has_ground:
        yield "", local_day(facts.opened_at) + timedelta(days=row.days), ""


_FINDERS = {
    PromptCode.RISK_RAISED: _risk_raised,
    PromptCode.RELEASED: _released,
    PromptCode.NEW_INCIDENT: _new_incident,
    PromptCode.UNASSESSED: _unassessed,
    PromptCode.REVIEW_DUE: _review_due,
    PromptCode.LOOK_AGAIN: _look_again,
    PromptCode.NOTHING_SPEAKS: _nothing_speaks,
}
