"""What cases ask their workers to do: for one, or for every case of a list at once."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID, uuid5

from alongside.care.assessment import queries as assessment
from alongside.care.assessment.operations.prompts import answer_prompt
from alongside.care.assessment.queries.prompts import (
    AnswerLine,
    find_assessed,
    list_answers,
)
from alongside.care.assessment.rules.prompts import prompts_for
from alongside.care.assessment.tables.prompts import PROMPT_EVENTS, PROMPTS
from alongside.care.assessment.types.prompts import Happened, Prompt, PromptFacts
from alongside.care.casework import queries as casework
from alongside.care.casework.types import CaseStatus, Tier
from alongside.care.journey import queries as journey
from alongside.care.journey.tables import EVENTS
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day

Answers = Mapping[int, Sequence[AnswerLine]]


class Asked(Protocol):
    """What has to be known of a case beforehand."""

    @property
    def case_id(self) -> int: ...
    @property
    def status(self) -> CaseStatus: ...
    @property
    def tier(self) -> Tier: ...
    @property
    def high_risk(self) -> bool: ...
    @property
    def opened_at(self) -> datetime: ...


def find_prompts(
    *, cases: Sequence[Asked], on: date
) -> tuple[dict[int, tuple[Prompt, ...]], Answers]:
    """What each open case of a list asks for, and what was answered. Five statements.

    A closed case asks for nothing.
    """
    keys = [case.case_id for case in cases]
    answers = list_answers(case_ids=keys)
    standing = assessment.find_standing(case_ids=keys)
    assessed = find_assessed(case_ids=keys)
    incidents = casework.find_newest_crimes(case_ids=keys)
    events = journey.find_newest_events(case_ids=keys, events=sorted(PROMPT_EVENTS))
    found = {}
    for case in cases:
        key = case.case_id
        if case.status is CaseStatus.CLOSED:
            continue
        facts = PromptFacts(
            tier=case.tier,
            high_risk=case.high_risk,
            opened_at=case.opened_at,
            has_ground=key in standing,
            assessed=assessed.get(key),
            incident=_happened(incidents.get(key)),
            event=_event(events.get(key)),
            doubted=_happened(standing.get(key)),
            answered=frozenset((one.code, one.about) for one in answers.get(key, ())),
        )
        found[key] = prompts_for(facts, PROMPTS, on)
    return found, answers


def prompt_name(*, case_id: UUID, prompt: Prompt) -> UUID:
    """What a page calls a prompt: always the same, and nothing can be told from it."""
    return uuid5(case_id, f"{prompt.code} {prompt.about}")


def read_prompt(*, actor: Actor, now: datetime, case_id: UUID, name: UUID) -> Prompt:
    """What a case asks for, by the name a page has for it. Six statements.

    Raises:
        NotFound: it asks for no such thing, or the actor may not know of the case.
    """
    case = casework.case_facts(casework.get_case(actor=actor, public_id=case_id))
    found, _ = find_prompts(cases=[case], on=local_day(now))
    for prompt in found.get(case.case_id, ()):
        if prompt_name(case_id=case_id, prompt=prompt) == name:
            return prompt
    raise NotFound("This case does not ask for that any more")


def not_needed(
    *, actor: Actor, now: datetime, case_id: UUID, name: UUID, reason: str
) -> None:
    """Say why what a case asks for is not needed (see `answer_prompt`)."""
    prompt = read_prompt(actor=actor, now=now, case_id=case_id, name=name)
    answer_prompt(actor=actor, now=now, case_id=case_id, prompt=prompt, reason=reason)


def _happened(found: tuple[int, datetime, str] | None) -> Happened | None:
    return Happened(*found) if found else None


def _event(found: tuple[int, datetime, str] | None) -> Happened | None:
    if found is None:
        return None
    row = EVENTS.get(found[2])
    return Happened(found[0], found[1], row.label if row else found[2])
