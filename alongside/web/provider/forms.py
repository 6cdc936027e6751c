"""What is asked of a service to which somebody was referred."""

from typing import Any

from django import forms

from alongside.care.referrals.tables import DECLINES
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look

WORDS_LIMIT = 2000


class Decline(PlainForm):
    """Why a referral is not taken on."""

    looks = {"words": Look(rows=3)}

    reason = forms.ChoiceField(
        label="Why do you not take this on?",
        choices=[(row.code, row.label) for row in DECLINES.values()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose why you do not take this on"},
    )
    words = forms.CharField(
        label="Anything the other service should know",
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """See that a reason that needs words has them."""
        typed = super().clean() or {}
        reason = DECLINES.get(typed.get("reason", ""))
        if reason and reason.needs_words and not typed.get("words"):
            self.add_error("words", "Say what the reason is")
        return typed
