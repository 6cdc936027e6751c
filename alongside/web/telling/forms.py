"""What is asked of a worker who tells somebody something."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django import forms

from alongside.care.contact.types import Channel
from alongside.care.telling.tables import (
    DROPPED,
    LANGUAGES,
    NEVER_SAID,
    THINK_ABOUT,
    WAYS,
    limit,
)
from alongside.care.telling.tables.saying import said_in
from alongside.care.telling.types import (
    Hour,
    HourChoice,
    HourSaid,
    Kind,
    LimitCode,
    WayOffered,
)
from alongside.foundation.lib.local import LONDON
from alongside.web.casework.forms import TimeField
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look

WORDS = limit(LimitCode.WORDS_LENGTH)
SHORT = 1000
HOURS = {
    HourChoice.WITHIN: "Yes: this is a time they gave",
    HourChoice.ANYWAY: "It is not a good time, but it cannot wait",
}
KINDS = {Kind.STANDARD: "Standard words", Kind.EASY_READ: "Easy read"}


class MaybeTime(TimeField):
    """A time of day that may be left out."""

    def clean(self, value: Any) -> Any:
        """The time, or None."""
        return super().clean(value) if str(value or "").strip() else None


class Versioned(PlainForm):
    """A form that knows which version of the update its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def clean_version(self) -> int:
        """The version; nought where nothing was kept yet."""
        return int(self.cleaned_data.get("version") or 0)


class Tell(Versioned):
    """The words, and how they are told. Only ways that are safe are choices.

    `hints` say of each way what to mind; a way that leaves by a sender needs no time.
    """

    kind = forms.ChoiceField(
        choices=[(kind.value, words) for kind, words in KINDS.items()],
        widget=forms.HiddenInput(),
        required=False,
    )
    words = forms.CharField(
        label="What they are told",
        max_length=WORDS,
        widget=forms.Textarea(),
        help_text="Change the words where they do not fit. A greeting and who to ask"
        " are put around them.",
        error_messages={"required": "Write what they are to be told"},
    )
    plainly = forms.BooleanField(
        label="They want it said this plainly, in writing",
        required=False,
    )
    way = forms.ChoiceField(
        label="How are they told?",
        widget=forms.RadioSelect(),
        required=False,
        error_messages={"required": "Choose how they are told"},
    )
    hour = forms.ChoiceField(
        label="May it reach them at this hour?",
        widget=forms.RadioSelect(),
        required=False,
        help_text="Only where it leaves by text message or e-mail.",
    )
    hour_why = forms.CharField(
        label="Why it cannot wait",
        max_length=SHORT,
        widget=forms.Textarea(),
        required=False,
        help_text="Only where it is sent all the same. The person may ask for this.",
    )
    on = DateField(label="Date on which you told them", required=False)
    time = MaybeTime(
        label="Time",
        max_length=5,
        required=False,
        help_text="By the 24-hour clock, like 14:30. Date and time are only needed"
        " where you told them yourself or posted the letter.",
    )

    def __init__(
        self,
        *args: Any,
        ways: Iterable[WayOffered],
        hints: Mapping[str, str],
        hour: Hour,
        keeps: bool,
        language: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keeps = keeps
        self.fields["words"].widget.attrs["lang"] = language
        if LANGUAGES[language].right_to_left:
            self.fields["words"].widget.attrs["dir"] = "rtl"
        self.stale = False  # somebody else worked on it meanwhile
        said = str(self["words"].value() or "")
        self.tells = said_in(said, NEVER_SAID | THINK_ABOUT, language)
        if not self.tells:
            del self.fields["plainly"]
        offered = tuple(ways)
        self._choose("way", [(one.way.code, one.way.label) for one in offered])
        self._choose("hour", [(one, HOURS[one]) for one in hour.choices])
        if not hour.choices or not any(one.way.leaves for one in offered):
            del self.fields["hour"]
        if "hour" not in self.fields or HourChoice.ANYWAY not in hour.choices:
            del self.fields["hour_why"]
        self.looks = {
            "words": Look(rows=10, size="m"),
            "way": Look(size="m", hints=hints),
            "hour": Look(size="m"),
            "hour_why": Look(rows=2),
            "time": Look(width=5),
        }

    def _choose(self, name: str, choices: list[tuple[StrEnum, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.value, label) for one, label in choices]

    def clean_kind(self) -> Kind:
        """The kind of words; standard where nothing was said."""
        return Kind(self.cleaned_data.get("kind") or Kind.STANDARD)

    def clean(self) -> dict[str, Any]:
        """See that it is said how, and for what is told by hand, when."""
        typed = super().clean() or {}
        if self.keeps:
            return typed
        if not typed.get("way") and "way" not in self.errors:
            self.add_error("way", "Choose how they are told")
        way = WAYS.get(Channel(typed["way"])) if typed.get("way") else None
        if way is not None and not way.leaves:
            self._check_time(typed)
        if way is not None and way.needs_mark:
            self._check_said(typed)
        if way is not None and way.leaves and "hour" in self.fields:
            self._check_hour(typed)
        return typed

    def _check_hour(self, typed: dict[str, Any]) -> None:
        if not typed.get("hour") and "hour" not in self.errors:
            self.add_error("hour", "Say whether it may reach them at this hour")
        elif typed.get("hour") == HourChoice.ANYWAY and not typed.get("hour_why"):
            self.add_error("hour_why", "Say why it cannot wait")

    @property
    def said(self) -> HourSaid | None:
        """What was said of the hour, if anything."""
        choice = self.cleaned_data.get("hour")
        why = self.cleaned_data.get("hour_why") or ""
        return HourSaid(choice=HourChoice(choice), why=why) if choice else None

    def _check_said(self, typed: dict[str, Any]) -> None:
        if self.tells and not typed.get("plainly"):
            self.add_error(
                "words",
                f"It says “{self.tells}”, and somebody else may read it. Take it out,"
                " or say below that they want it so",
            )

    def _check_time(self, typed: dict[str, Any]) -> None:
        if not typed.get("on") and "on" not in self.errors:
            self.add_error("on", "Enter the date on which you told them")
        if not typed.get("time") and "time" not in self.errors:
            self.add_error("time", "Enter the time at which you told them")
        if typed.get("on") and typed.get("time"):
            local = datetime.combine(typed["on"], typed["time"], tzinfo=LONDON)
            typed["at"] = local.astimezone(UTC)


class Drop(Versioned):
    """Why somebody is not told."""

    why = forms.ChoiceField(
        label="Why are they not told?",
        choices=[(row.code, row.label) for row in DROPPED.values()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose why they are not told"},
    )
    words = forms.CharField(
        label="In a few words",
        max_length=SHORT,
        widget=forms.Textarea(),
        required=False,
        help_text="What you tried, or what they said. The person may ask for this.",
    )
    looks = {
        "why": Look(
            hints={
                row.code: "What is owed for it then ends." if row.not_owed else ""
                for row in DROPPED.values()
            }
        ),
        "words": Look(rows=3),
    }


class TakeBack(PlainForm):
    """Asked once, then done."""
