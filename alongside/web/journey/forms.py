"""What is asked about something that happened, and about who was told."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

from django import forms

from alongside.care.contact.tables import CHANNELS
from alongside.care.journey.rules import said
from alongside.care.journey.tables import EVENTS, details_of
from alongside.care.journey.types import DetailKind, DetailRow, DutyHolder, OwnEvent
from alongside.foundation.lib.local import LONDON
from alongside.foundation.reference.tables import OFFENCES, OUTCOMES
from alongside.web.casework import say
from alongside.web.casework.forms import TimeField
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm, reason_field
from alongside.web.govuk.looks import Look
from alongside.web.words import capital

DETAIL = "detail_"
LONGEST = 300
BIGGEST_MONTHS = 1200
TELLERS = tuple(one for one in DutyHolder if one is not DutyHolder.VICTIM)
NOT_OFFERED = {OwnEvent.TAKEN_BACK}


def moment(day: date, time: Any) -> datetime:
    """A day and a time of day in London, in UTC."""
    return datetime.combine(day, time, tzinfo=LONDON).astimezone(UTC)


class ChooseEvent(PlainForm):
    """What happened."""

    event = forms.ChoiceField(
        label="What happened?",
        choices=[
            ("", "Choose what happened"),
            *(
                (row.code, row.label)
                for row in EVENTS.values()
                if row.code not in NOT_OFFERED
            ),
        ],
        error_messages={"required": "Choose what happened"},
    )


class WriteDown(PlainForm):
    """When something happened, whom it is about, and what is said of it."""

    looks = {"time": Look(width=5), "suspect_ref": Look(width=20), "why": Look(rows=3)}

    about = forms.ChoiceField(
        label="What is it about?",
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what it is about"},
    )
    suspect_ref = forms.CharField(
        label="Police number of the suspect",
        help_text="Only if it names somebody who is not listed above",
        max_length=100,
        required=False,
    )
    on = DateField(label="Date it happened")
    time = TimeField(
        label="Time",
        max_length=5,
        help_text="By the 24-hour clock, like 14:30. If nobody knows, leave 12:00",
        error_messages={"required": "Enter the time"},
    )
    received_on = DateField(label="Date on which whoever must tell them got the news")

    def __init__(
        self,
        *args: Any,
        event: str,
        about: Sequence[tuple[str, str]],
        corrects: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["about"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = list(about)
        self.event = event
        for row in details_of(event):
            self.fields[DETAIL + row.code] = _field(row)
        if corrects:
            self.fields["why"] = reason_field(
                "Why is it corrected?", missing="Say why it is corrected"
            )

    @property
    def occurred_at(self) -> datetime:
        """When it happened."""
        return moment(self.cleaned_data["on"], self.cleaned_data["time"])

    @property
    def received_at(self) -> datetime:
        """When those who owe the news got it: not before it happened that same day."""
        day = self.cleaned_data["received_on"]
        if day == self.cleaned_data["on"]:
            return self.occurred_at
        return moment(day, datetime.min.time().replace(hour=12))

    @property
    def detail(self) -> dict[str, object]:
        """What is said of it, as messages say it."""
        found: dict[str, object] = {}
        for row in details_of(self.event):
            value = self.cleaned_data.get(DETAIL + row.code)
            if value not in (None, ""):
                found[row.code] = (
                    value.isoformat() if isinstance(value, date) else value
                )
        return found


class TakeBack(PlainForm):
    """Why something does not count."""

    looks = {"why": Look(rows=3)}

    why = reason_field("Why does it not count?", missing="Say why it does not count")


class NotTold(PlainForm):
    """How it is known that somebody was not told."""

    looks = {"why": Look(rows=3)}

    why = reason_field(
        "How do we know that they were not told?",
        missing="Say how you know that they were not told",
    )


class WasTold(PlainForm):
    """Who told the person, when and how, and how we know."""

    looks = {"time": Look(width=5), "evidence": Look(rows=3)}

    told_by = forms.ChoiceField(
        label="Who told them?",
        choices=[(one.value, capital(say.OWED_BY[one])) for one in TELLERS],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose who told them"},
    )
    how = forms.ChoiceField(
        label="How were they told?",
        choices=[(row.code, row.label) for row in CHANNELS.values()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose how they were told"},
    )
    on = DateField(label="Date they were told")
    time = TimeField(
        label="Time",
        max_length=5,
        help_text="By the 24-hour clock, like 14:30",
        error_messages={"required": "Enter the time"},
    )
    evidence = reason_field(
        "How do we know?", missing="Say how you know that they were told"
    )

    @property
    def told_at(self) -> datetime:
        """When they were told."""
        return moment(self.cleaned_data["on"], self.cleaned_data["time"])


def detail_as_typed(event: str, detail: Mapping[str, object]) -> dict[str, object]:
    """What was said of an event, as its form begins with it."""
    typed: dict[str, object] = {}
    for row in details_of(event):
        value = detail.get(row.code)
        if value in (None, "", []):
            continue
        if row.kind is DetailKind.DAY:
            with suppress(ValueError):
                typed[DETAIL + row.code] = date.fromisoformat(str(value))
        elif row.kind is DetailKind.CHOICE:
            typed[DETAIL + row.code] = said(detail, row.code)
        elif isinstance(value, list):
            typed[DETAIL + row.code] = ", ".join(map(str, value))
        else:
            typed[DETAIL + row.code] = value
    return typed


def _field(row: DetailRow) -> forms.Field:
    same: dict[str, Any] = {"label": row.label, "required": row.needed}
    if row.kind is DetailKind.DAY:
        return DateField(**same)
    if row.kind is DetailKind.NUMBER:
        return forms.IntegerField(min_value=0, max_value=BIGGEST_MONTHS, **same)
    if row.kind is DetailKind.WORDS:
        return forms.CharField(max_length=LONGEST, **same)
    if row.kind is DetailKind.CHOICE:
        return _choice(row.options.items(), **same)
    table = OFFENCES if row.kind is DetailKind.OFFENCE else OUTCOMES
    return _choice(
        (
            (code, getattr(one, "title", None) or getattr(one, "label", code))
            for code, one in table.items()
        ),
        **same,
    )


def _choice(options: Any, **same: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[("", "Not said"), *options], **same)
