"""What is asked of whoever opens a case in an emergency, and of whoever reviews it."""

from django import forms

from alongside.care.guarding.tables import CATEGORIES, limit
from alongside.care.guarding.types import Finding, LimitCode
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look

FINDINGS = {
    Finding.JUSTIFIED: "Justified",
    Finding.NOT_JUSTIFIED: "Not justified",
    Finding.ENQUIRY: "Needs an enquiry",
}


class OpenCase(PlainForm):
    """Which case, what kind of emergency, and why."""

    looks = {
        "reference": Look(width=20),
        "category": Look(
            size="m", hints={row.code: row.meaning for row in CATEGORIES.values()}
        ),
        "reason": Look(rows=4),
    }

    reference = forms.CharField(
        label="Case or crime reference",
        max_length=80,
        help_text="In full, as you were given it: for example 7F3A-9B21, or the"
        " police's crime reference. You cannot search here.",
        error_messages={"required": "Enter the reference in full"},
    )
    born = DateField(
        label="Date of birth",
        required=False,
        help_text="Only where a crime reference may be about several people.",
    )
    category = forms.ChoiceField(
        label="What kind of emergency is it?",
        choices=[(row.code, row.label) for row in CATEGORIES.values()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what kind of emergency it is"},
    )
    reason = forms.CharField(
        label="Why do you need to see this case now?",
        max_length=2000,
        min_length=limit(LimitCode.REASON_LENGTH),
        widget=forms.Textarea(),
        help_text="Information governance reads this. Say who asked you and what may"
        " happen if you wait.",
        error_messages={
            "required": "Say why you need to see this case now",
            "min_length": "Say more: whoever reviews this must understand why",
        },
    )


class Review(PlainForm):
    """What a reviewer makes of it."""

    looks = {"finding": Look(size="m"), "words": Look(rows=4)}

    finding = forms.ChoiceField(
        label="What do you find?",
        choices=[(code.value, words) for code, words in FINDINGS.items()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what you find"},
    )
    words = forms.CharField(
        label="How did you come to that?",
        max_length=2000,
        widget=forms.Textarea(),
        help_text="For example, whom you asked.",
        error_messages={"required": "Say how you came to that"},
    )
