"""Answers in the words in which they were offered, and fixed words for a result."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from alongside.care.instruments.rules.showing import shown_sections
from alongside.care.instruments.tables import PROCEDURES
from alongside.care.instruments.types import Procedure
from alongside.workflows.assess import Filled
from alongside.workflows.marac_form import say_answer


@dataclass(frozen=True, kw_only=True)
class Said:
    """One question with its answer in words, and where it can be changed."""

    words: str
    answer: str
    href: str


@dataclass(frozen=True, kw_only=True)
class SaidPart:
    """A section with its answers."""

    heading: str
    answers: tuple[Said, ...]


def parts_of(filled: Filled, *, change: bool) -> Iterator[SaidPart]:
    """The answers by section, as they were given; each with the way to change it."""
    for section, questions in shown_sections(filled.instrument, filled.answers):
        href = reverse("assessing:fill", args=[filled.line.public_id, section.code])
        yield SaidPart(
            heading=section.heading,
            answers=tuple(
                Said(
                    words=question.words,
                    answer=say_answer(question, filled.answers.get(question.code)),
                    href=href if change else "",
                )
                for question in questions
            ),
        )


def procedures(asks: Sequence[str]) -> tuple[Procedure, ...]:
    """The fixed words for what a result asks for."""
    return tuple(PROCEDURES[ask] for ask in asks if ask in PROCEDURES)
