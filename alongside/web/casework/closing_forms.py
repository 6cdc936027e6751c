"""What is asked of a worker who closes a case."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.care.assessment.tables import EXITS
from alongside.care.assessment.types.filled import NoExitReason
from alongside.care.casework.tables import DISPOSITIONS, choices
from alongside.web.casework.forms import ACTION_LIMIT, WORDS_LIMIT, Versioned
from alongside.web.govuk.looks import Look
from alongside.workflows.close_case import needs_reason


class CloseCase(Versioned):
    """How the case ended."""

    looks = {
        "disposition": Look(
            size="m", hints={row.code: row.meaning for row in choices()}
        ),
        "reason": Look(rows=4),
    }

    disposition = forms.ChoiceField(
        label="How did it end?",
        choices=[(row.code, row.label) for row in choices()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose how it ended"},
    )
    reason = forms.CharField(
        label="Anything that whoever reads this later should know",
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(),
        required=False,
    )

    def __init__(
        self, *args: Any, exits: Sequence[NoExitReason], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asks_why = bool(exits)
        if not exits:
            return
        self.fields["no_exit"] = forms.ChoiceField(
            label="Why were they not asked again at the end?",
            help_text="Needed only where they were supported: there are no last scores"
            " to say what changed for them. You can also go back and ask them.",
            choices=[("", "Choose why"), *((row.code, row.label) for row in exits)],
            required=False,
        )
        self.fields["no_exit_words"] = forms.CharField(
            label="In your own words (optional)",
            max_length=ACTION_LIMIT,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """See that an ending that needs a reason has one."""
        typed = super().clean() or {}
        if self.asks_why and needs_reason(typed.get("disposition", "")):
            self._check_exit(typed)
        ending = DISPOSITIONS.get(typed.get("disposition", ""))
        if ending and ending.needs_reason and not typed.get("reason"):
            self.add_error("reason", "Say why it ended like this")
        return typed

    def _check_exit(self, typed: dict[str, Any]) -> None:
        chosen = EXITS.get(typed.get("no_exit", ""))
        if chosen is None:
            self.add_error("no_exit", "Choose why they were not asked at the end")
        elif chosen.needs_words and not typed.get("no_exit_words"):
            self.add_error("no_exit_words", "Say what stood in the way")
