"""What is asked about a step, made from the data of its kind of right."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alongside.care.casework.queries import CrimeLine
from alongside.care.code_rights.queries import StepLine
from alongside.care.code_rights.rules import kept_fields
from alongside.care.code_rights.tables import BODIES
from alongside.care.code_rights.types import (
    FieldKind,
    RightKind,
    Step,
    StepAsked,
    StepField,
)
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look

WORDS, SHORT, PENCE = 4000, 300, 100
YES_NO = (("yes", "Yes"), ("no", "No"))
_MONEY = re.compile(r"£?\s*(\d{1,7}|\d{1,3}(?:,\d{3})+)(?:\.(\d{2}))?")


class MoneyField(forms.CharField):
    """Pounds and pence as they are written; kept as pence."""

    def clean(self, value: Any) -> Any:
        """The pence, or None where nothing was typed and nothing is needed.

        Raises:
            ValidationError: it is missing, or is no amount.
        """
        text = super().clean(value).strip()
        if not text:
            return None
        found = _MONEY.fullmatch(text)
        if found is None:
            raise ValidationError("Enter pounds and pence like 125 or 125.50")
        return int(found[1].replace(",", "")) * PENCE + int(found[2] or 0)


class StepForm(PlainForm):
    """One step: the day, who did it, what the kind asks, and anything else.

    With `why` it puts a step right that was written down.
    """

    looks: Mapping[str, Look]

    def __init__(
        self,
        *args: Any,
        step: Step,
        today: date,
        line: StepLine | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = _initial(step, today, line) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput(), required=False
        )
        self.fields["on"] = DateField(label="Day on which it was done")
        self._ask_by()
        for field in step.fields:
            self.fields[field.code] = _form_field(field)
        self.fields["words"] = _words("What else should be known? (optional)")
        if line is not None:
            self.fields["why"] = _words(
                "Why is this put right?",
                required=True,
                error_messages={"required": "Say why this is put right"},
            )
        self.looks = dict(_looks(step))

    def _ask_by(self) -> None:
        bodies = [(code, BODIES[code].label) for code in self.step.by]
        self.fields["by"] = forms.ChoiceField(
            label="Who did it?",
            choices=bodies,
            widget=forms.HiddenInput() if len(bodies) == 1 else forms.RadioSelect(),
            error_messages={"required": "Choose who did it"},
        )
        if len(bodies) == 1:
            self.initial["by"] = bodies[0][0]

    @property
    def version(self) -> int:
        """The version of the right that the page showed; nought where it is new."""
        return int(self.cleaned_data.get("version") or 0)

    def kept(self) -> dict[str, Any]:
        """What of the answers is kept: those that are asked for, given the others."""
        return kept_fields(self.step, self.asked().fields)

    def asked(self) -> StepAsked:
        """The step as it was filled in."""
        typed = self.cleaned_data
        return StepAsked(
            step=self.step.code,
            on=typed["on"],
            by=typed["by"],
            fields={
                field.code: _kept(field, typed.get(field.code))
                for field in self.step.fields
                if typed.get(field.code) not in (None, "", [])
            },
            words=typed.get("words", ""),
        )


class TakeBack(PlainForm):
    """Why a step never was."""

    looks = {"why": Look(rows=3)}

    version = forms.IntegerField(widget=forms.HiddenInput())
    why = forms.CharField(
        label="Why is it taken back?",
        help_text="What was written stays to be read, crossed out, with this reason.",
        max_length=WORDS,
        widget=forms.Textarea(),
        error_messages={"required": "Say why it is taken back"},
    )


class Choose(PlainForm):
    """Which right, about which crime and which suspect."""

    looks = {"kind": Look(size="m"), "crime": Look(size="m"), "suspect": Look(size="m")}

    kind = forms.ChoiceField(
        label="Which right?",
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose which right it is"},
    )
    crime = forms.TypedChoiceField(
        label="About which crime?",
        coerce=int,
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose which crime it is about"},
    )
    suspect = forms.ChoiceField(
        label="About which suspect?",
        help_text="By the reference of the police.",
        widget=forms.RadioSelect(),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[RightKind],
        crimes: Sequence[tuple[int, CrimeLine]],
        suspects: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("kind", [(one.code, one.title) for one in kinds])
        self._offer("crime", [(str(n), name_crime(one)) for n, one in crimes])
        self._offer("suspect", [("", "All of them"), *((s, s) for s in suspects)])
        if len(crimes) == 1:
            self.fields["crime"].widget = forms.HiddenInput()
            self.initial["crime"] = str(crimes[0][0])
        if len(suspects) < 2:
            del self.fields["suspect"]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


def name_crime(crime: CrimeLine) -> str:
    """A crime as a choice names it."""
    ref = f", {crime.crime_ref}" if crime.crime_ref else ""
    return f"{crime.what}{ref}"


def _words(label: str, *, required: bool = False, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=WORDS,
        widget=forms.Textarea(),
        required=required,
        **more,
    )


def _label(field: StepField) -> str:
    return field.label if field.required else f"{field.label} (optional)"


def _form_field(field: StepField) -> forms.Field:
    # A field that depends on another is asked for by the step itself, which knows
    # both answers.
    required = field.required and field.only_if is None
    given: dict[str, Any] = {
        "label": _label(field),
        "help_text": field.help,
        "required": required,
    }
    if field.kind in _CHOICES:
        return _CHOICES[field.kind](field, given)
    return _TYPED[field.kind](**given)


def _choose(field: StepField, given: dict[str, Any]) -> forms.Field:
    options = [(one.code, one.label) for one in field.options]
    return forms.ChoiceField(choices=options, widget=forms.RadioSelect(), **given)


def _choose_many(field: StepField, given: dict[str, Any]) -> forms.Field:
    options = [(one.code, one.label) for one in field.options]
    boxes = forms.CheckboxSelectMultiple()
    return forms.MultipleChoiceField(choices=options, widget=boxes, **given)


def _yes_no(field: StepField, given: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect(), **given)


_CHOICES: dict[FieldKind, Callable[[StepField, dict[str, Any]], forms.Field]] = {
    FieldKind.CHOICE: _choose,
    FieldKind.MANY: _choose_many,
    FieldKind.YES_NO: _yes_no,
}
_TYPED: dict[FieldKind, Callable[..., forms.Field]] = {
    FieldKind.DATE: DateField,
    FieldKind.NUMBER: partial(
        forms.IntegerField, error_messages={"invalid": "Enter a whole number like 90"}
    ),
    FieldKind.MONEY: partial(MoneyField, max_length=20),
    FieldKind.TEXT: partial(forms.CharField, max_length=SHORT),
}


def _looks(step: Step) -> Iterator[tuple[str, Look]]:
    yield "words", Look(rows=3)
    yield "why", Look(rows=3)
    revealed = {
        (field.only_if[0], code): field.code
        for field in step.fields
        if field.only_if and len(field.only_if[1]) == 1
        for code in field.only_if[1]
    }
    for field in step.fields:
        reveals = {
            code: other
            for (name, code), other in revealed.items()
            if name == field.code
        }
        short = field.kind in {FieldKind.MONEY, FieldKind.NUMBER}
        yield (
            field.code,
            Look(
                reveals=reveals,
                width=10 if short else None,
                inline=field.kind is FieldKind.YES_NO and not reveals,
            ),
        )


def _initial(step: Step, today: date, line: StepLine | None) -> dict[str, Any]:
    if line is None:
        return {"on": today}
    kept: dict[str, Any] = {"on": line.on, "by": line.by, "words": line.words}
    for field in step.fields:
        if field.code in line.fields:
            kept[field.code] = _shown(field, line.fields[field.code])
    return kept


def _shown(field: StepField, value: Any) -> Any:
    match field.kind:
        case FieldKind.DATE:
            return date.fromisoformat(value)
        case FieldKind.MONEY:
            return f"{value / PENCE:.2f}"
        case FieldKind.YES_NO:
            return "yes" if value else "no"
        case _:
            return value


def _kept(field: StepField, value: Any) -> Any:
    match field.kind:
        case FieldKind.DATE:
            return value.isoformat()
        case FieldKind.YES_NO:
            return value == "yes"
        case _:
            return value
