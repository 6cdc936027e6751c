"""The questions of an instrument as a form: the same for workers and for previews.

Only what is shown by the answers so far is on the form. What an answer leads to
appears once it is saved, so that it works without scripts; `appeared` says so.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from alongside.care.instruments.rules.answering import check_answers
from alongside.care.instruments.rules.showing import shown_sections
from alongside.care.instruments.tables.conditions import is_answered
from alongside.care.instruments.tables.limits import LIMITS
from alongside.care.instruments.types import (
    Answers,
    Instrument,
    Problem,
    Question,
    QuestionKind,
    Section,
)
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.grid import GridField
from alongside.web.govuk.looks import Look

NOT_OFFERED = "Choose one of the answers offered"
NOT_WHOLE = "Enter a whole number, like 3"


@dataclass(frozen=True, kw_only=True)
class Group:
    """One section of the form, ready to be drawn."""

    code: str
    heading: str
    help: str
    fields: tuple[forms.BoundField, ...]


class AnswerForm(PlainForm):
    """The questions that are shown now, of one section or of all.

    `is_valid` refuses what the instrument does not allow and, with `whole`, what is
    missing. Then `answers` holds what was typed, over what was answered before.
    """

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        instrument: Instrument,
        before: Answers,
        section: str = "",
        whole: bool = False,
    ) -> None:
        self.instrument, self.before, self.whole = instrument, dict(before), whole
        self.section = section
        self.parts = self._shown(before)
        self.looks = {
            name_of(one.code): _look(one) for _, qs in self.parts for one in qs
        }
        super().__init__(data, initial=_initial(self.parts, before))
        for part, questions in self.parts:
            mixed = len({one.required for one in part.questions}) > 1
            for one in questions:
                self.fields[name_of(one.code)] = _field(one, mixed)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The sections, each with its fields, in order."""
        return tuple(
            Group(
                code=part.code,
                heading=part.heading,
                help=part.help,
                fields=tuple(self[name_of(one.code)] for one in questions),
            )
            for part, questions in self.parts
        )

    @property
    def answers(self) -> dict[str, Any]:
        """What is answered now, as the instrument keeps it. Only after `is_valid`."""
        typed = {
            one.code: _kept(self.cleaned_data.get(name_of(one.code)))
            for _, questions in self.parts
            for one in questions
        }
        together = {**self.before, **typed}
        return {code: one for code, one in together.items() if is_answered(one)}

    @property
    def parts_shown(self) -> tuple[Question, ...]:
        """The questions on the form, in order."""
        return tuple(one for _, questions in self.parts for one in questions)

    @property
    def appeared(self) -> tuple[Question, ...]:
        """What the answers have led to in these sections and is not on the form yet."""
        here = {one.code for one in self.parts_shown}
        return tuple(
            one
            for _, questions in self._shown(self.answers)
            for one in questions
            if one.code not in here
        )

    def clean(self) -> dict[str, Any]:
        """Ask the instrument about every answer on the form."""
        typed = super().clean() or {}
        self.note(
            check_answers(self.instrument, self.answers, whole=self.whole), silent=True
        )
        return typed

    def note(self, problems: Iterable[Problem], *, silent: bool = False) -> None:
        """Put problems beside their questions; `silent` passes over those elsewhere."""
        for problem in problems:
            name = name_of(problem.question)
            if name in self.fields:
                if name not in self.errors:
                    self.add_error(name, problem.words)
            elif not silent:
                self.add_error(None, str(problem))

    def _shown(
        self, answers: Answers
    ) -> tuple[tuple[Section, tuple[Question, ...]], ...]:
        return tuple(
            (part, questions)
            for part, questions in shown_sections(self.instrument, answers)
            if not self.section or part.code == self.section
        )


def answer_form(
    instrument: Instrument,
    answers: Answers,
    problems: Iterable[Problem] = (),
    *,
    data: QueryDict | None = None,
    section: str = "",
    whole: bool = False,
) -> AnswerForm:
    """A form of what the answers so far show, of one section or of the whole.

    `problems` are put beside their questions, where the form was sent.
    """
    form = AnswerForm(
        data, instrument=instrument, before=answers, section=section, whole=whole
    )
    if data is not None:
        form.note(problems)
    return form


def name_of(code: str) -> str:
    """What the field of a question is called."""
    return f"q_{code}"


def _kept(value: Any) -> Any:
    """As answers are kept (`QuestionKind`)."""
    return value.isoformat() if isinstance(value, date) else value


def _initial(
    parts: Iterable[tuple[Section, tuple[Question, ...]]], before: Answers
) -> dict[str, Any]:
    found = {}
    for _, questions in parts:
        for one in questions:
            value = before.get(one.code)
            if one.kind is QuestionKind.DATE and value:
                value = date.fromisoformat(value)
            found[name_of(one.code)] = value
    return found


def _look(question: Question) -> Look:
    if question.kind is QuestionKind.SCALE:
        return Look(scale=True)
    if question.kind is QuestionKind.NUMBER:
        return Look(width=5)
    few = question.kind is QuestionKind.CHOICE and len(question.options) <= 3
    short = all(len(one.words) <= 14 for one in question.options)
    alone = frozenset(one.code for one in question.options if one.exclusive)
    return Look(inline=few and short, alone=alone)


def _field(question: Question, mixed: bool) -> forms.Field:
    """The field of a question. `mixed`: say which of the section may be left out."""
    optional = mixed and not question.required
    label = f"{question.words} (optional)" if optional else question.words
    return _FIELDS[question.kind](question, label)


def _choices(question: Question) -> list[tuple[str, str]]:
    return [(one.code, one.words) for one in question.options]


def _choice(question: Question, label: str) -> forms.Field:
    return forms.ChoiceField(
        label=label,
        help_text=question.help,
        choices=_choices(question),
        widget=forms.RadioSelect(),
        required=False,
        error_messages={"invalid_choice": NOT_OFFERED},
    )


def _many(question: Question, label: str) -> forms.Field:
    return forms.MultipleChoiceField(
        label=label,
        help_text=question.help,
        choices=_choices(question),
        widget=forms.CheckboxSelectMultiple(),
        required=False,
        error_messages={"invalid_choice": NOT_OFFERED},
    )


def _scale(question: Question, label: str) -> forms.Field:
    least, most = question.least or 0, question.most or 0
    ends = (
        f"{least} means “{question.least_words}”, {most} means “{question.most_words}”."
    )
    return forms.TypedChoiceField(
        label=label,
        help_text=f"{question.help} {ends}".strip(),
        choices=[(str(n), str(n)) for n in range(least, most + 1)],
        widget=forms.RadioSelect(),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": NOT_OFFERED},
    )


def _number(question: Question, label: str) -> forms.Field:
    return forms.IntegerField(
        label=label,
        help_text=question.help,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        required=False,
        error_messages={"invalid": NOT_WHOLE},
    )


def _day(question: Question, label: str) -> forms.Field:
    return DateField(label=label, help_text=question.help, required=False)


def _text(question: Question, label: str) -> forms.Field:
    most = question.most or LIMITS["text_length"].number
    return forms.CharField(
        label=label,
        help_text=question.help,
        widget=forms.Textarea(),
        max_length=most,
        required=False,
        error_messages={"max_length": f"Enter {most} characters or fewer"},
    )


def _grid(question: Question, label: str) -> forms.Field:
    return GridField(
        rows=[(one.code, one.words) for one in question.rows],
        options=_choices(question),
        label=label,
        help_text=question.help,
        required=False,
    )


_FIELDS: Mapping[QuestionKind, Callable[[Question, str], forms.Field]] = {
    QuestionKind.CHOICE: _choice,
    QuestionKind.MANY: _many,
    QuestionKind.NUMBER: _number,
    QuestionKind.DATE: _day,
    QuestionKind.TEXT: _text,
    QuestionKind.SCALE: _scale,
    QuestionKind.GRID: _grid,
}
