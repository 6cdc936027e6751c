"""What is asked about appointments, warnings and those around a person."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django import forms

from alongside.care.contact.types import OfferedChannel
from alongside.care.people.tables import RELATIONS
from alongside.care.planning.tables import WARNING_KINDS
from alongside.care.planning.types import Attendance, CancelledBy, Meeting
from alongside.foundation.lib.local import LONDON
from alongside.web.casework.forms import TimeField
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look
from alongside.web.planning.forms import (
    SHORT,
    Versioned,
    choice,
    offer_workers,
    words_field,
)
from alongside.workflows.pass_on import Hands

MEETINGS = {
    Meeting.OFFICE: "At our office",
    Meeting.HOME: "At their home",
    Meeting.ELSEWHERE: "Somewhere else",
    Meeting.PHONE: "By phone",
    Meeting.VIDEO: "By video",
}
ATTENDED = {
    Attendance.ATTENDED: "They came, or answered",
    Attendance.MISSED: "They did not come",
    Attendance.CANCELLED: "It was cancelled",
}
CANCELLED = {
    CancelledBy.PERSON: "The person",
    CancelledBy.US: "Us",
    CancelledBy.PARTNER: "Another service or person",
}


class EditAppointment(Versioned):
    """When, where and with whom; only safe ways to be reminded are offered."""

    looks = {"purpose": Look(rows=2), "place": Look(width=30)}

    purpose = forms.CharField(
        label="What is it for?",
        max_length=SHORT,
        error_messages={"required": "Say what it is for"},
    )
    on = DateField(label="Date of the appointment")
    begins = TimeField(
        label="From",
        max_length=5,
        help_text="By the 24-hour clock, like 14:30",
        error_messages={"required": "Enter the time at which it begins"},
    )
    ends = TimeField(
        label="Until",
        max_length=5,
        error_messages={"required": "Enter the time at which it ends"},
    )
    how = choice(
        "Where or how?",
        [(one.value, words) for one, words in MEETINGS.items()],
        error_messages={"required": "Choose where or how"},
    )
    place = forms.CharField(
        label="Which place?",
        help_text="Never a safe or refuge address: those are protected details.",
        max_length=SHORT,
        required=False,
    )
    worker = forms.TypedChoiceField(
        label="With which of us?", coerce=UUID, empty_value=None, required=False
    )
    with_words = forms.CharField(
        label="With whom else?", max_length=SHORT, required=False
    )
    reminder = forms.ChoiceField(
        label="How do they want to be reminded?",
        help_text="Only ways that may be used are offered. Nothing is sent by itself.",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        hands: Hands,
        offered: Iterable[OfferedChannel],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_workers(self, hands, nobody="None of us")
        field = self.fields["reminder"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", "Not at all"),
                *((one.channel.value, one.label) for one in offered),
            ]

    def clean(self) -> dict[str, Any]:
        """See that it is with somebody, and make moments of the times."""
        typed = super().clean() or {}
        if not typed.get("worker") and not typed.get("with_words"):
            self.add_error("worker", "Choose with which of us, or say with whom else")
        if typed.get("on"):
            for name in ("begins", "ends"):
                if typed.get(name):
                    typed[f"{name}_at"] = moment(typed["on"], typed[name])
        return typed


class EndAppointment(Versioned):
    """Whether they came, or who called it off."""

    looks = {
        "state": Look(reveals={"cancelled": "cancelled_by"}),
        "outcome": Look(rows=3),
    }

    state = choice(
        "What became of it?",
        [(one.value, words) for one, words in ATTENDED.items()],
        error_messages={"required": "Choose what became of it"},
    )
    cancelled_by = forms.ChoiceField(
        label="Who cancelled it?",
        choices=[
            ("", "Choose who"),
            *((one.value, words) for one, words in CANCELLED.items()),
        ],
        required=False,
    )
    outcome = words_field("What came of it?", required=False)

    def clean(self) -> dict[str, Any]:
        """See that what was cancelled says by whom."""
        typed = super().clean() or {}
        cancelled = typed.get("state") == Attendance.CANCELLED
        if cancelled and not typed.get("cancelled_by"):
            self.add_error("cancelled_by", "Choose who cancelled it")
        if not cancelled:
            typed["cancelled_by"] = ""
        return typed


class AddWarning(PlainForm):
    """Something to know before anybody acts, and until when."""

    looks = {
        "kind": Look(hints={row.code: row.hint for row in WARNING_KINDS.values()}),
        "words": Look(rows=3),
    }

    kind = choice(
        "What is it about?",
        [(row.code, row.label) for row in WARNING_KINDS.values()],
        error_messages={"required": "Choose what it is about"},
    )
    words = words_field(
        "What must be known?",
        limit=500,
        help_text="It stands at the top of every page about them. Say what to do.",
        error_messages={"required": "Say what must be known"},
    )
    until = DateField(label="Date on which somebody looks at it again")


class LookAtWarning(Versioned):
    """Whether a warning still stands, and until when."""

    looks = {"answer": Look(reveals={"keep": "until", "end": "why"})}

    answer = choice(
        "Does it still hold?",
        [("keep", "Yes"), ("end", "No: take it away")],
        error_messages={"required": "Choose whether it still holds"},
    )
    until = DateField(label="Date on which somebody looks at it again", required=False)
    why = forms.CharField(label="Why?", max_length=SHORT, required=False)

    def clean(self) -> dict[str, Any]:
        """See that the answer has what belongs to it."""
        typed = super().clean() or {}
        keeps = typed.get("answer") == "keep" and not typed.get("until")
        if keeps and "until" not in self.errors:
            self.add_error("until", "Enter the date on which to look at it again")
        if typed.get("answer") == "end" and not typed.get("why"):
            self.add_error("why", "Say why it is taken away")
        return typed


class AddAround(PlainForm):
    """Who is around a person, and what they may do or be told."""

    looks = {"reason": Look(rows=3)}

    kind = choice(
        "What are they to the person?",
        [(row.code, row.label) for row in RELATIONS.values()],
        error_messages={"required": "Choose what they are to the person"},
    )
    name = forms.CharField(label="Their name", max_length=SHORT, required=False)
    phone = forms.CharField(label="Their phone number", max_length=40, required=False)
    reference = forms.CharField(
        label="Reference of their own case",
        help_text="Only where we support them too, like 7F3A-9B21, instead of a name.",
        max_length=12,
        required=False,
    )
    since = DateField(label="Date since when, if you know it", required=False)
    telling = choice(
        "What may they know?",
        [
            ("told", "They may be told how the person is supported"),
            ("ask", "Ask the person each time"),
            ("never", "They must never be told anything"),
        ],
        error_messages={"required": "Choose what they may know"},
    )
    may_speak = forms.BooleanField(
        label="They may speak for the person",
        help_text="A parent, guardian or spokesperson the person has named, and never"
        " somebody who may be a suspect.",
        required=False,
    )
    reason = words_field(
        "How do you know?", error_messages={"required": "Say how you know"}
    )

    def clean(self) -> dict[str, Any]:
        """See that somebody is named, in one way."""
        typed = super().clean() or {}
        if bool(typed.get("name")) is bool(typed.get("reference")):
            self.add_error("name", "Enter their name, or the reference of their case")
        if typed.get("telling") == "never" and typed.get("may_speak"):
            self.add_error(
                "may_speak", "Whoever must never be told cannot speak for the person"
            )
        return typed


class EndAround(PlainForm):
    """Why somebody is around a person no more."""

    why = forms.CharField(
        label="Why?",
        max_length=SHORT,
        help_text="For example: they moved apart, or it was written down wrongly.",
        error_messages={"required": "Say why"},
    )


def moment(day: date, at: time) -> datetime:
    """A time of a day in London, as a moment."""
    return datetime.combine(day, at, tzinfo=LONDON).astimezone(UTC)
