"""What is asked of a worker about a protected detail."""

from typing import Any

from django import forms

from alongside.foundation.vault.tables import KINDS, REASONS
from alongside.foundation.vault.types import KindRow
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look

LONGEST = max(row.longest for row in KINDS.values())


class AddDetail(PlainForm):
    """Which kind of detail, and what it says."""

    looks = {
        "kind": Look(
            size="m", hints={row.kind.value: row.hint for row in KINDS.values()}
        ),
        "text": Look(rows=6),
    }

    kind = forms.ChoiceField(
        label="What do you want to protect?",
        choices=[(row.kind.value, row.label) for row in KINDS.values()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what you want to protect"},
    )
    text = forms.CharField(
        label="What should be kept?",
        max_length=LONGEST,
        widget=forms.Textarea(),
        error_messages={"required": "Enter what is to be protected"},
    )


class ReplaceDetail(PlainForm):
    """What a detail says now. Its kind stays."""

    text = forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea(),
        error_messages={"required": "Enter what is to be protected"},
    )

    def __init__(self, *args: Any, row: KindRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = f"The new {row.label.lower()}"
        self.fields["text"].help_text = row.hint
        self.looks = {"text": Look(rows=row.lines)}


class OpenDetail(PlainForm):
    """Why a detail is opened."""

    looks = {"reason": Look(size="m")}

    reason = forms.ChoiceField(
        label="Why are you opening this?",
        choices=[(row.code, row.label) for row in REASONS.values()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose why you are opening this"},
    )
