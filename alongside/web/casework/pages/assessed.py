"""What was found out about a person, on the page of their case."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from alongside.care.assessment.types.filled import AssessmentLine, AssessmentState
from alongside.care.instruments.types import Risk
from alongside.foundation.lib.local import local_day
from alongside.web.components.casefile import Fact, FactCard
from alongside.web.words import say_day
from alongside.workflows.case_timeline import RISKS

SHOWN = 5


def card(lines: Sequence[AssessmentLine]) -> FactCard | None:
    """The newest of each instrument, the unfinished first; None where there is none."""
    newest = list(_newest(lines))
    if not newest:
        return None
    newest.sort(key=lambda line: line.state is not AssessmentState.DRAFT)
    return FactCard(heading="Assessments", facts=tuple(map(_fact, newest[:SHOWN])))


def _newest(lines: Sequence[AssessmentLine]) -> Iterator[AssessmentLine]:
    seen: set[tuple[str, AssessmentState]] = set()
    for line in lines:
        key = (line.instrument, line.state)
        if line.state is not AssessmentState.WITHDRAWN and key not in seen:
            seen.add(key)
            yield line


def _fact(line: AssessmentLine) -> Fact:
    if line.completed_at is None:
        what = f"Not finished, saved on {say_day(local_day(line.saved_at))}"
    else:
        what = say_day(local_day(line.completed_at))
        if line.risk is not None and line.risk is not Risk.NONE:
            what = f"{RISKS[line.risk]}, {what}"
    return Fact(
        name=line.title,
        value=what,
        href=reverse("assessing:show", args=[line.public_id]),
    )
