"""What was asked of people in the demonstration, and what it came to.

Done once, through the operations that the pages call: needs at two moments, a list of
high risk with its tasks, one judged higher, one unfinished, one withdrawn.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from tomllib import loads
from typing import Any
from uuid import UUID

from django.db import transaction

from alongside.care.assessment import operations
from alongside.care.assessment import queries as assessment
from alongside.care.assessment.operations import CannotJudge
from alongside.care.casework import queries as casework
from alongside.care.instruments.rules.showing import shown
from alongside.care.instruments.types import (
    Instrument,
    Moment,
    Question,
    QuestionKind,
    Risk,
)
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Role
from alongside.foundation.organisations import queries as organisations
from alongside.walls.context import acting_as
from alongside.workflows import assess
from alongside.workflows.complete_assessment import complete

FILE = Path(__file__).parent / "data" / "assessing.toml"
LOOKED_AT = 40


def play_assessing(*, now: datetime) -> int:
    """Play the scenes; how many. None where that was done before."""
    played = 0
    for row in loads(FILE.read_text(encoding="utf-8"))["scene"]:
        actor = _account(now, Role(row["role"]))
        with acting_as(actor), transaction.atomic():
            played += _play_where_it_fits(actor, row, now=now)
    return played


def _play_where_it_fits(actor: Actor, row: Mapping[str, Any], *, now: datetime) -> int:
    """Play the scene in its case, or in the next whose risk can be judged higher."""
    for place in range(row["case"], LOOKED_AT):
        try:
            with transaction.atomic():
                return _play(actor, {**row, "case": place}, now=now)
        except CannotJudge:
            continue
    return 0


def _play(actor: Actor, row: Mapping[str, Any], *, now: datetime) -> int:
    at = now - timedelta(days=row["days_ago"])
    moment = Moment(row["moment"])
    case = _case(actor, row, at)
    if case is None:
        return 0
    key = casework.get_case(actor=actor, public_id=case).pk
    known = assessment.list_assessments(case_ids=[key])
    if any(
        line.instrument == row["instrument"] and line.moment is moment for line in known
    ):
        return 0
    made = assess.start(
        actor=actor, now=at, case_id=case, code=row["instrument"], moment=moment
    )
    fill(actor, made, row, at)
    return 1


def _case(actor: Actor, row: Mapping[str, Any], at: datetime) -> UUID | None:
    """The actor's own case of that number, among those the instrument is for."""
    fitting = 0
    for case in casework.list_my_cases(actor=actor, limit=LOOKED_AT):
        view = assess.read_assessments(actor=actor, now=at, case_id=case.public_id)
        codes = {offered.instrument.code for offered in view.offered}
        if row["instrument"] in codes:
            if fitting == row["case"]:
                return case.public_id
            fitting += 1
    return None


def fill(actor: Actor, made: UUID, row: Mapping[str, Any], at: datetime) -> None:
    """Answer what was begun as a row of the scenes says, and end it."""
    version = 1
    filled = assess.read_filled(actor=actor, now=at, assessment_id=made)
    answers = _answers(filled.instrument, row)
    if row.get("draft"):
        answers = dict(list(answers.items())[:2])
    version = operations.save_answers(
        actor=actor, now=at, assessment_id=made, version=version, answers=answers
    )
    if row.get("draft"):
        return
    judged = row.get("judged")
    complete(
        actor=actor,
        now=at,
        assessment_id=made,
        version=version,
        judged=Risk(judged) if judged else None,
        reason=row.get("reason", ""),
    )
    if row.get("withdraw"):
        operations.withdraw_assessment(
            actor=actor,
            now=at + timedelta(hours=1),
            assessment_id=made,
            version=version + 1,
            reason=row["withdraw"],
        )


def _answers(instrument: Instrument, row: Mapping[str, Any]) -> dict[str, Any]:
    """Answers to every question that is shown, asked in turn."""
    numbers = cycle(row.get("scale", [5]))
    counted = {
        code: place < row.get("yes", 0)
        for place, code in enumerate(instrument.scores[0].questions)
    }
    answers: dict[str, Any] = {}
    for question in instrument.questions():
        if question in shown(instrument, answers):
            answers[question.code] = _answer(question, counted, numbers)
    given = {code: value for code, value in answers.items() if value is not None}
    given.update(row.get("answers", {}))
    return given


def _answer(question: Question, counted: Mapping[str, bool], numbers: Any) -> Any:
    if question.kind is QuestionKind.SCALE:
        return next(numbers)
    if question.kind is QuestionKind.CHOICE and question.code in counted:
        return "yes" if counted[question.code] else "no"
    if question.kind is QuestionKind.CHOICE and question.required:
        return question.options[0].code
    return None


def _account(now: datetime, role: Role) -> Actor:
    service = next(
        one for one in organisations.list_agencies() if one.code == "service"
    )
    return accounts.get_actor_of_role(agency_id=service.agency_id, role=role, now=now)
