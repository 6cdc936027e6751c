"""What is asked of supervisors, and of volunteers about their hours."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from alongside.care.planning.queries.volunteers import VolunteerLine
from alongside.care.planning.tables import AUDIT_ITEMS, LIMITS, WORK
from alongside.care.planning.types import Found
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look
from alongside.web.planning.forms import SHORT, choice, words_field

FOUND = {Found.YES: "Yes", Found.NO: "No", Found.NOT_NEEDED: "Not needed here"}


class Supervise(PlainForm):
    """What supervision came to, and what is to be done about it."""

    looks = {"words": Look(rows=5), "asks": Look(rows=2)}

    words = words_field(
        "What did you talk about, or see?",
        help_text="The worker who holds the case and supervisors read this. The person"
        " may ask for it.",
        error_messages={"required": "Write something first"},
    )
    asks = forms.CharField(
        label="What is the worker to do?",
        max_length=SHORT,
        required=False,
        widget=forms.Textarea(),
    )
    act_by = DateField(label="Date by which it is done", required=False)

    def clean(self) -> dict[str, Any]:
        """See that what is asked comes with its day."""
        typed = super().clean() or {}
        if (
            typed.get("asks")
            and not typed.get("act_by")
            and "act_by" not in self.errors
        ):
            self.add_error("act_by", "Enter the date by which it is done")
        if typed.get("act_by") and not typed.get("asks"):
            self.add_error("asks", "Say what the worker is to do by then")
        return typed


class Audit(Supervise):
    """What was found in the file of a case, thing by thing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {
            f"item_{row.code}": choice(
                row.label,
                [(one.value, words) for one, words in FOUND.items()],
                error_messages={"required": f"Answer “{row.label}”"},
            )
            for row in AUDIT_ITEMS.values()
        }
        self.fields = {**asked, **self.fields}
        self.looks = self.looks | dict.fromkeys(asked, Look(inline=True))

    def found(self) -> dict[str, Found]:
        """The answers, by the code of the item."""
        return {code: Found(self.cleaned_data[f"item_{code}"]) for code in AUDIT_ITEMS}


class LogHours(PlainForm):
    """Time that a volunteer gave on a day."""

    looks = {"hours": Look(width=3), "minutes": Look(width=3)}

    volunteer = forms.TypedChoiceField(label="Who gave it?", coerce=UUID)
    day = DateField(label="Date")
    hours = forms.IntegerField(
        label="Hours",
        min_value=0,
        max_value=LIMITS["longest_hours"].number,
        required=False,
    )
    minutes = forms.IntegerField(
        label="Minutes", min_value=0, max_value=59, required=False
    )
    work = choice(
        "What for?",
        [(row.code, row.label) for row in WORK.values()],
        error_messages={"required": "Choose what for"},
    )
    reference = forms.CharField(
        label="Reference of a case",
        help_text="Only where it was for one person, like 7F3A-9B21.",
        max_length=12,
        required=False,
    )
    words = forms.CharField(label="A few words", max_length=SHORT, required=False)

    def __init__(
        self, *args: Any, volunteers: Iterable[VolunteerLine], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["volunteer"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(one.public_id), one.name) for one in volunteers]

    def clean(self) -> dict[str, Any]:
        """Make minutes of hours and minutes."""
        typed = super().clean() or {}
        if "hours" in self.errors or "minutes" in self.errors:
            return typed
        typed["total"] = 60 * (typed.get("hours") or 0) + (typed.get("minutes") or 0)
        if not typed["total"]:
            self.add_error("hours", "Enter how long it was")
        return typed


class Mark(PlainForm):
    """Who gives their time from today."""

    worker = forms.TypedChoiceField(
        label="Who gives their time?",
        coerce=UUID,
        error_messages={"required": "Choose who"},
    )

    def __init__(
        self, *args: Any, workers: Iterable[tuple[UUID, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["worker"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", "Choose who"),
                *((str(name), words) for name, words in workers),
            ]
