"""What is asked when a request for records is answered."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.care.information_requests.tables import KINDS, REASONS
from alongside.care.information_requests.types import ComplaintBy, Fate, Part
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look
from alongside.web.information_requests.forms import words
from alongside.web.information_requests.words import COMPLAINTS, FATES


class Words(PlainForm):
    """A few words. `ask` is the question, `missing` what is said without them."""

    looks = {"words": Look(rows=4)}

    words = words("Words")

    def __init__(
        self, *args: Any, ask: str, missing: str, needed: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["words"]
        field.label, field.required = ask, needed
        field.error_messages["required"] = missing


class Prepare(PlainForm):
    """What becomes of each kind of records; or why nothing is given at all."""

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kinds = tuple(kinds)
        self.looks = {"words": Look(rows=3)}
        for kind in kinds:
            self._add(kind)
        if not kinds:
            self.fields["refuse"] = _reasons("Why is nothing given?", needed=True)
        self.fields["words"] = words(
            "Why do you propose this?",
            error_messages={"required": "Say why you propose this"},
        )

    def _add(self, kind: str) -> None:
        label = KINDS[kind].label
        self.fields[f"fate_{kind}"] = forms.TypedChoiceField(
            label=label,
            choices=[(fate.value, said) for fate, said in FATES.items()],
            coerce=Fate,
            widget=forms.RadioSelect(),
            error_messages={"required": f"Choose what becomes of “{label}”"},
        )
        self.fields[f"words_{kind}"] = words(
            "If given: list what, without copying it",
            required=False,
            help_text="For example: notes of 3 to 30 March 2026, 12 entries",
        )
        self.fields[f"reason_{kind}"] = _reasons("If not given: why", needed=False)
        self.looks[f"words_{kind}"] = Look(rows=2)
        self.looks[f"fate_{kind}"] = Look(
            size="m",
            reveals={
                Fate.GIVE.value: f"words_{kind}",
                Fate.WITHHOLD.value: f"reason_{kind}",
            },
        )

    def clean(self) -> dict[str, Any]:
        """What is given is listed; what is not has a reason."""
        said = super().clean() or {}
        for kind in self._kinds:
            fate = said.get(f"fate_{kind}")
            if fate is Fate.GIVE and not said.get(f"words_{kind}"):
                self.add_error(
                    f"words_{kind}", "List what is given, without copying it"
                )
            if fate is Fate.WITHHOLD and not said.get(f"reason_{kind}"):
                self.add_error(f"reason_{kind}", "Choose why it is not given")
        return said

    def parts(self) -> tuple[Part, ...]:
        """What becomes of each kind."""
        said = self.cleaned_data
        return tuple(
            Part(
                kind=kind,
                fate=said[f"fate_{kind}"],
                words=said[f"words_{kind}"]
                if said[f"fate_{kind}"] is Fate.GIVE
                else "",
                reason=said[f"reason_{kind}"]
                if said[f"fate_{kind}"] is Fate.WITHHOLD
                else "",
            )
            for kind in self._kinds
        )


def _reasons(label: str, *, needed: bool) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=needed,
        choices=[
            ("", "Choose a reason"),
            *((row.code, row.label) for row in REASONS.values()),
        ],
        widget=forms.Select(),
        error_messages={"required": "Choose why nothing is given"},
    )


class Decide(PlainForm):
    """Agreeing to the answer that somebody else prepared."""

    looks = {"words": Look(rows=3)}

    version = forms.IntegerField(widget=forms.HiddenInput())
    words = words("Why? (optional)", required=False)
    looked = forms.BooleanField(
        label="I have read what was asked and what is proposed",
        error_messages={"required": "Confirm that you have read both"},
    )


class Sent(PlainForm):
    """When and how the answer left."""

    on = DateField(
        label="Day it was sent",
        error_messages={"required": "Enter the day it was sent"},
    )
    how = forms.CharField(
        label="How was it sent, and to whom?",
        help_text="By role, not by name. For example: secure e-mail to the unit",
        max_length=200,
        error_messages={"required": "Say how it was sent"},
    )


class Complaint(PlainForm):
    """Who complains, since when, and what about."""

    by = forms.TypedChoiceField(
        label="Who complains?",
        choices=[(by.value, said) for by, said in COMPLAINTS.items()],
        coerce=ComplaintBy,
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose who complains"},
    )
    on = DateField(
        label="Day it came", error_messages={"required": "Enter the day it came"}
    )
    words = words(
        "What is it about?",
        error_messages={"required": "Say what the complaint is about"},
    )
