"""What is asked of a worker about a ground."""

from django import forms

from alongside.care.assessment.tables import GROUNDS
from alongside.care.assessment.types import GroundCode
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look

WORDS_LIMIT = 2000


def _reason(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(),
        help_text=help_text,
        error_messages={"required": "Say why, so that the next person understands"},
    )


class DecideGround(PlainForm):
    """Whether enhanced support is owed through a ground, and why."""

    looks = {"decision": Look(size="m"), "reason": Look(rows=4)}

    decision = forms.ChoiceField(
        label="Is more support owed for this reason?",
        choices=[
            ("confirm", "Yes, this is so"),
            ("decline", "No: support is not owed for this reason"),
        ],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose whether more support is owed for this"},
    )
    reason = _reason("How do you know?", "For example: you spoke about it with them.")


class NotNeeded(PlainForm):
    """Why what a case asks for is not needed."""

    looks = {"reason": Look(rows=4)}

    reason = _reason(
        "Why is it not needed?", "It stays in the history of the case, with your name."
    )


class LowerTier(PlainForm):
    """Why standard support is enough from now on."""

    looks = {"reason": Look(rows=4)}

    reason = _reason(
        "Why is standard support enough?",
        "Say what has changed and whom you spoke with. It stays in the history of the"
        " case, with your name.",
    )


class AddGround(PlainForm):
    """A ground that a worker knows of, and how."""

    looks = {
        "ground": Look(
            size="m", hints={row.code.value: row.meaning for row in GROUNDS.values()}
        ),
        "reason": Look(rows=4),
    }

    ground = forms.ChoiceField(
        label="Why is more support owed?",
        choices=[(row.code.value, row.label) for row in GROUNDS.values()],
        initial=GroundCode.DISCRETION.value,
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose why more support is owed"},
    )
    reason = _reason("What makes you say so?")
