"""What is asked of someone who settles a held referral."""

from typing import Any

from django import forms

from alongside.care.intake.tables import RETURNS
from alongside.care.intake.types import ReturnCode
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look

LONGEST_REASON = 1000


def _reason(label: str, *, hint: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(),
        error_messages={"required": missing},
    )


class Accept(PlainForm):
    """Why a held referral may be worked after all."""

    reason = _reason(
        "Why can it be worked?",
        hint="The next person to open the case reads this.",
        missing="Say why it can be worked",
    )


class Return(PlainForm):
    """What the force is asked for, and a note that the force reads."""

    looks = {
        "code": Look(
            size="m", hints={code.value: row.words for code, row in RETURNS.items()}
        )
    }

    code = forms.TypedChoiceField(
        label="What do you ask of the force?",
        choices=[(code.value, row.label) for code, row in RETURNS.items()],
        coerce=ReturnCode,
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what you ask of the force"},
    )
    note = forms.CharField(
        label="Note to the force (optional)",
        help_text=(
            "The force reads this. Do not write anything the person told you, or "
            "anything a colleague told you about them."
        ),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(),
    )
    understood = forms.BooleanField(
        label="I understand that this cannot be undone here",
        error_messages={"required": "Confirm that you understand it cannot be undone"},
    )


class Wait(PlainForm):
    """Until when, and why."""

    until = DateField(
        label="Day to look at it again",
        help_text="For example, 27 3 2027",
        error_messages={"required": "Enter the day to look at it again"},
    )
    reason = _reason(
        "What are you waiting for?",
        hint="The next person to look at it reads this.",
        missing="Say what you are waiting for",
    )


def first_code(suggested: ReturnCode | None) -> dict[str, Any]:
    """The first values of the return form: the code that fits the reason."""
    return {"code": suggested.value} if suggested else {}
