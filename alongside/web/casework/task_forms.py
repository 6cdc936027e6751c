"""What is asked of a worker about a task."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from alongside.web.casework.forms import ACTION_LIMIT, WORDS_LIMIT
from alongside.web.casework.pages.tasks import BY_HAND, KINDS
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look
from alongside.workflows.pass_on import Hands

WHOEVER = "Whoever holds the case"


class AddTask(PlainForm):
    """What is to be done, by when and by whom."""

    looks = {"kind": Look(size="m")}

    words = forms.CharField(
        label="What is to be done?",
        max_length=ACTION_LIMIT,
        error_messages={"required": "Say what is to be done"},
    )
    kind = forms.ChoiceField(
        label="What kind of task is it?",
        choices=[(kind.value, KINDS[kind]) for kind in BY_HAND],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what kind of task it is"},
    )
    due_on = DateField(
        label="Date by which it is done",
        error_messages={"required": "Enter the day by which it is done"},
    )
    owner = forms.TypedChoiceField(
        label="Who does it?", coerce=UUID, empty_value=None, required=False
    )

    def __init__(self, *args: Any, hands: Hands, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", WHOEVER), *_workers(hands)]


class SettleTask(PlainForm):
    """Whether a task is done, or not needed any more."""

    looks = {"outcome": Look(size="m"), "words": Look(rows=4)}

    outcome = forms.ChoiceField(
        label="What became of it?",
        choices=[("done", "It is done"), ("dropped", "It is not needed any more")],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what became of it"},
    )
    words = forms.CharField(
        label="What came of it, or why it is not needed",
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """See that what is not needed says why."""
        typed = super().clean() or {}
        if typed.get("outcome") == "dropped" and not typed.get("words"):
            self.add_error("words", "Say why it is not needed any more")
        return typed


def _workers(hands: Hands) -> Iterable[tuple[str, str]]:
    for worker, _ in hands.workers:
        yield str(worker.public_id), f"{worker.name}, {worker.role.label}"
