"""What is asked about somebody who cannot be reached."""

from typing import Any

from django import forms

from alongside.care.journey.operations.reach import BODIES
from alongside.care.journey.tables.reach import BASES
from alongside.care.journey.types.reach import DecidedBy
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look
from alongside.web.owed.pages import HOLDERS

WORDS_LIMIT = 2000
BY_HAND = tuple(one for one in BASES.values() if one.decided_by is DecidedBy.HAND)


class OutOfReach(PlainForm):
    """Why somebody cannot be told, by whom, and how it is known."""

    looks = {"basis": Look(size="m"), "words": Look(rows=4)}

    basis = forms.ChoiceField(
        label="Why can they not be told?",
        choices=[(one.code, one.label) for one in BY_HAND],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose why they cannot be told"},
    )
    holder = forms.ChoiceField(
        label="Who cannot tell them?",
        choices=[("", "Choose who"), *((one.value, HOLDERS[one]) for one in BODIES)],
        help_text="Only what this body promised is then not owed. Another body may"
        " know a safe way: ask it first, and write down what it said.",
        error_messages={"required": "Choose who cannot tell them"},
    )
    words = forms.CharField(
        label="How is it known, and what was tried?",
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(),
        help_text="Who said so and when. Whoever looks again needs it. Write no phone"
        " number and no address.",
        error_messages={"required": "Say how it is known, and what was tried"},
    )


class LookAgain(PlainForm):
    """Whether it is still so."""

    looks = {"found": Look(size="m", reveals={"over": "why"}), "why": Look(rows=3)}

    found = forms.ChoiceField(
        label="What did you find?",
        choices=[
            ("still", "I looked again: it is still so"),
            ("over", "It is over: they can be told again"),
        ],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what you found"},
    )
    why = forms.CharField(
        label="What has changed?",
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(),
        help_text="Promises are owed again from this moment.",
        required=False,
    )

    def __init__(self, *args: Any, only_over: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if only_over:
            found = self.fields["found"]
            assert isinstance(found, forms.ChoiceField)  # noqa: S101  for the types
            found.choices = [("over", "It is over: they can be told again")]

    def clean(self) -> dict[str, Any]:
        """See that an end says why."""
        typed = super().clean() or {}
        if typed.get("found") == "over" and not typed.get("why", "").strip():
            self.add_error("why", "Say what has changed")
        return typed
