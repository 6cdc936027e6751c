"""People who are assessed. Everybody is invented."""

from collections.abc import Callable

import pytest

from alongside.care.instruments.tables import INSTRUMENTS
from alongside.care.instruments.types import Moment, QuestionKind
from alongside.workflows import assess
from tests.integration.web.casework.conftest import (  # noqa: F401
    actor_as,
    asha,
    case_of,
    now,
    omar,
    received,
    sarah,
    tom,
    worker,
)
from tests.integration.web.conftest import client_as, sign_in  # noqa: F401

YES = 14  # from so many on the domestic abuse list is high risk


def dash_answers(yes: int) -> dict[str, object]:
    """Answers to the domestic abuse list, so many of them yes."""
    instrument = INSTRUMENTS["dash", 1]
    counted = instrument.scores[0].questions
    answers: dict[str, object] = {}
    for question in instrument.questions():
        if question.code in counted:
            place = counted.index(question.code)
            answers[question.code] = "yes" if place < yes else "no"
        elif question.kind is QuestionKind.CHOICE:
            answers[question.code] = question.options[0].code
    return answers


@pytest.fixture
def begun(worker, asha, now) -> Callable[..., object]:  # noqa: F811
    """Begins an assessment of Asha; its public id."""

    def begin(code: str = "dash", moment: Moment = Moment.ANY) -> object:
        return assess.start(
            actor=worker, now=now, case_id=asha, code=code, moment=moment
        )

    return begin
