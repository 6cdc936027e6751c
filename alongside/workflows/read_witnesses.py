"""Who must give evidence, and how ready they are, for witness care."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from alongside.care.assessment import queries as assessment
from alongside.care.assessment.types.filled import AssessmentState
from alongside.care.code_rights.queries.witnesses import RightState, list_states
from alongside.care.journey.queries.witnesses import (
    Showing,
    WitnessLine,
    list_witnesses,
)
from alongside.care.people import queries as people
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.local import local_day

PURPOSE = "list of witnesses"
NEEDS = "witness_needs"


@dataclass(frozen=True, kw_only=True)
class Ready:
    """What is known of one witness: when their needs were asked, what they need in
    order to come, and how far each of their rights has come, by kind."""

    needs_on: date | None
    practical: tuple[str, ...]
    days_told: str
    rights: Mapping[str, RightState]


@dataclass(frozen=True, kw_only=True)
class WitnessView:
    """A page of witnesses. `ready` goes with the lines, `names` by person."""

    lines: tuple[WitnessLine, ...]
    ready: tuple[Ready, ...]
    names: Mapping[int, str]
    more: bool


def read_witnesses(
    *,
    actor: Actor,
    now: datetime,
    showing: Showing,
    role: str = "",
    mine: bool = False,
    named: bool = True,
    limit: int,
    skip: int = 0,
) -> WitnessView:
    """Who must give evidence, by the day of the hearing. Six statements at most.

    Without `named` nobody's name is opened: for a file.
    """
    found = list_witnesses(
        actor=actor,
        today=local_day(now),
        showing=showing,
        role=role,
        mine=mine,
        limit=limit + 1,
        skip=skip,
    )
    lines = found[:limit]
    keys = [line.person_key for line in lines] if named else []
    labels = people.open_labels(person_ids=keys, purpose=PURPOSE, now=now)
    return WitnessView(
        lines=tuple(lines),
        ready=tuple(_ready(lines)),
        names={key: label.name for key, label in labels.items()},
        more=len(found) > limit,
    )


def _ready(lines: Sequence[WitnessLine]) -> list[Ready]:
    asked = _needs(lines)
    answers = assessment.find_answers(assessment_ids=[key for key, _ in asked.values()])
    states: dict[int, dict[str, RightState]] = {}
    for state in list_states(
        victimisation_ids=[line.victimisation_id for line in lines]
    ):
        states.setdefault(state.victimisation_id, {})[state.kind] = state
    return [
        _one(asked.get(line.case_key), answers, states.get(line.victimisation_id, {}))
        for line in lines
    ]


def _needs(lines: Sequence[WitnessLine]) -> dict[int, tuple[int, date]]:
    """The newest complete assessment of a witness's needs in each case, and its day."""
    found: dict[int, tuple[int, date]] = {}
    cases = [line.case_key for line in lines]
    for one in assessment.list_assessments(case_ids=cases):
        done = one.completed_at
        complete = one.state is AssessmentState.COMPLETE and done is not None
        if one.instrument == NEEDS and complete and one.case_id not in found:
            found[one.case_id] = (one.assessment_id, local_day(done or one.started_at))
    return found


def _one(
    asked: tuple[int, date] | None,
    answers: Mapping[int, Mapping[str, Any]],
    rights: Mapping[str, RightState],
) -> Ready:
    said = answers.get(asked[0], {}) if asked else {}
    practical = said.get("practical") or ()
    return Ready(
        needs_on=asked[1] if asked else None,
        practical=tuple(code for code in practical if code != "none"),
        days_told=str(said.get("dates_to_avoid") or ""),
        rights=rights,
    )
