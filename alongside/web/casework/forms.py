"""What is asked of a worker about a case."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django import forms

from alongside.care.contact.tables import ATTEMPT_RESULTS, results_for
from alongside.care.contact.types import OfferedChannels
from alongside.care.journey.tables import NOT_OWED
from alongside.care.linking.types import HouseholdSaid
from alongside.care.people.types import ChannelKind, SafetyState
from alongside.foundation.lib.local import LONDON
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look
from alongside.workflows.pass_on import Hands

WORDS_LIMIT = 4000
ACTION_LIMIT = 200
BY_DAY = "Date by which it happens"
NO_WORKER = "Nobody yet: leave it in the team's queue"
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class Versioned(PlainForm):
    """A form that knows which version of the case its page showed, and when."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    seen = forms.DateTimeField(widget=forms.HiddenInput(), required=False)


class TimeField(forms.CharField):
    """A time of day by the 24-hour clock, as 14:30."""

    def clean(self, value: Any) -> Any:
        """The time.

        Raises:
            ValidationError: it is missing, or is not a time.
        """
        text = super().clean(value)
        found = _TIME.fullmatch(text.strip())
        if found is None:
            raise forms.ValidationError("Enter the time like 9:05 or 14:30")
        return time(int(found[1]), int(found[2]))


def _words(label: str, *, limit: int = WORDS_LIMIT, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=limit, widget=forms.Textarea(), **options
    )


class LogContact(PlainForm):
    """One attempt to reach the person, and what happens next.

    Only the channels offered for this person are choices; each has the results that
    fit it. `keeps` says what stands if no next action is given.
    """

    looks = {
        "time": Look(width=5),
        "words": Look(rows=3),
        "next_action": Look(width=30),
    }

    channel = forms.ChoiceField(
        label="How did you try to reach them?",
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose how you tried to reach them"},
    )
    on = DateField(label="Date of the attempt")
    time = TimeField(
        label="Time",
        max_length=5,
        help_text="By the 24-hour clock, like 14:30",
        error_messages={"required": "Enter the time"},
    )
    words = _words("What was said", required=False)
    next_action = forms.CharField(
        label="What happens next?", max_length=ACTION_LIMIT, required=False
    )
    next_action_on = DateField(label=BY_DAY, required=False)

    def __init__(
        self, *args: Any, offered: OfferedChannels, keeps: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        channel = self.fields["channel"]
        if isinstance(channel, forms.ChoiceField):
            channel.choices = [
                (one.channel.value, one.label) for one in offered.offered
            ]
        self.fields["next_action"].help_text = keeps
        for one in offered.offered:
            options = [(row.code, row.label) for row in results_for(one.channel)]
            self.fields[f"result_{one.channel}"] = forms.ChoiceField(
                label="What came of it?",
                choices=[("", "Choose what came of it"), *options],
                required=False,
            )
        self.looks = self.looks | {
            "channel": Look(
                size="m",
                hints={one.channel.value: one.caution for one in offered.offered},
                reveals={
                    one.channel.value: f"result_{one.channel}"
                    for one in offered.offered
                },
            )
        }

    def clean(self) -> dict[str, Any]:
        """See that a result is chosen, and that what is next comes with its day."""
        typed = super().clean() or {}
        channel = typed.get("channel", "")
        typed["result"] = typed.get(f"result_{channel}", "")
        if channel and not typed["result"]:
            self.add_error(f"result_{channel}", "Choose what came of it")
        self._check_next(typed)
        if typed.get("on") and typed.get("time"):
            local = datetime.combine(typed["on"], typed["time"], tzinfo=LONDON)
            typed["at"] = local.astimezone(UTC)
        return typed

    def _check_next(self, typed: dict[str, Any]) -> None:
        result = ATTEMPT_RESULTS.get(typed["result"])
        needed = result is not None and result.needs_next_date
        given = typed.get("next_action") or typed.get("next_action_on")
        if not needed and not given:
            return
        if not typed.get("next_action"):
            self.add_error("next_action", "Say what happens next")
        if not typed.get("next_action_on") and "next_action_on" not in self.errors:
            self.add_error("next_action_on", "Enter the day by which it happens")


class AddNote(PlainForm):
    """A note for everyone who may see the case."""

    looks = {"text": Look(heading=True, size="l", rows=8)}

    text = _words(
        "Add a note",
        help_text="Everyone who may see this case can read it. A note cannot be"
        " changed once it is saved; add another to put it right.",
        error_messages={"required": "Write something first"},
    )


class NextAction(Versioned):
    """What happens next, and by which day."""

    words = forms.CharField(
        label="What happens next?",
        max_length=ACTION_LIMIT,
        error_messages={"required": "Say what happens next"},
    )
    on = DateField(
        label=BY_DAY,
        error_messages={"required": "Enter the day by which it happens"},
    )


class HandOver(Versioned):
    """Who works the case from now on, and why."""

    looks = {"reason": Look(rows=4)}

    team = forms.TypedChoiceField(
        label="Which team?",
        coerce=UUID,
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose a team"},
    )
    worker = forms.TypedChoiceField(
        label="Which worker?", coerce=UUID, empty_value=None, required=False
    )
    reason = _words(
        "Why?",
        help_text="The next worker reads this first.",
        error_messages={"required": "Say why, so that the next worker understands"},
    )

    def __init__(self, *args: Any, hands: Hands, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "team", ((str(one.public_id), one.name) for one in hands.teams))
        _offer(self, "worker", [("", NO_WORKER), *_workers(hands)])


class GiveCases(PlainForm):
    """Which worker the ticked cases go to."""

    selected: list[UUID] = []

    worker = forms.TypedChoiceField(
        label="Which worker?",
        coerce=UUID,
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose a worker"},
    )

    def __init__(self, *args: Any, hands: Hands, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {str(one.public_id): one.name for one, _ in hands.workers}
        _offer(self, "worker", _workers(hands))

    def clean(self) -> dict[str, Any]:
        """See that there is something to give: without, no worker is asked for."""
        if not self.selected:
            self.errors.pop("worker", None)
            self.add_error(
                None, "No case is ticked: go back and tick at least one case"
            )
        return super().clean() or {}


class ReopenCase(PlainForm):
    """Why a closed case opens again, and what happens next in it."""

    looks = {"reason": Look(rows=4)}

    reason = _words(
        "Why does it open again?",
        error_messages={"required": "Say why, so that the next person understands"},
    )
    words = forms.CharField(
        label="What happens next?",
        max_length=ACTION_LIMIT,
        error_messages={"required": "Say what happens next"},
    )
    on = DateField(
        label=BY_DAY,
        error_messages={"required": "Enter the day by which it happens"},
    )
    with_plan = forms.BooleanField(
        label="Open their support plan again too",
        help_text="It is then a draft, to be agreed with them again.",
        required=False,
    )

    def __init__(self, *args: Any, has_plan: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_plan:
            del self.fields["with_plan"]


class SettlePromise(PlainForm):
    """Whether a promise was kept, or is not owed."""

    looks = {
        "outcome": Look(size="m", reveals={"met": "met_on", "not_owed": "why"}),
        "evidence": Look(rows=3),
    }

    outcome = forms.ChoiceField(
        label="What became of it?",
        choices=[("met", "It was kept"), ("not_owed", "It is not owed")],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what became of it"},
    )
    met_on = DateField(label="Date on which it was kept", required=False)
    why = forms.ChoiceField(
        label="Why is it not owed?",
        choices=[
            ("", "Choose why"),
            *((row.code, row.label) for row in NOT_OWED.values() if not row.from_fact),
        ],
        help_text="That they asked not to hear, cannot be told safely or cannot be"
        " found is not said of one promise: see the links under all promises.",
        required=False,
    )
    evidence = _words(
        "How do you know?",
        help_text="Only where it was kept: a letter, an e-mail, what they told you.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """See that the chosen answer has what belongs to it."""
        typed = super().clean() or {}
        outcome = typed.get("outcome")
        if outcome == "met":
            if not typed.get("met_on") and "met_on" not in self.errors:
                self.add_error("met_on", "Enter the day on which it was kept")
            if not typed.get("evidence"):
                self.add_error("evidence", "Say how you know that it was kept")
        if outcome == "not_owed" and not typed.get("why"):
            self.add_error("why", "Choose why it is not owed")
        return typed


class MarkChannel(PlainForm):
    """Whether one way of reaching a person is safe, and how we know."""

    looks = {"state": Look(inline=True), "reason": Look(rows=4)}

    channel = forms.ChoiceField(
        label="Which way of reaching them?",
        choices=ChannelKind.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose a way of reaching them"},
    )
    state = forms.ChoiceField(
        label="Is it safe?",
        choices=SafetyState.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose whether it is safe"},
    )
    reason = _words(
        "How do you know?",
        help_text="For example: they told you so on the phone today.",
        error_messages={
            "required": "Say how you know, so that the next worker can trust it"
        },
    )


class SayHousehold(PlainForm):
    """Whether two people live together, and how we know."""

    looks = {"said": Look(size="m"), "reason": Look(rows=3)}

    said = forms.ChoiceField(
        label="Do they live together?",
        choices=[
            (HouseholdSaid.TOGETHER.value, "Yes, they live together"),
            (HouseholdSaid.NOT.value, "No: do not show this as a hint"),
        ],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose whether they live together"},
    )
    reason = _words(
        "How do you know?",
        help_text="For example: they told you so. Do not ask the other one.",
        error_messages={"required": "Say how you know"},
    )


class ConfirmContact(PlainForm):
    """How we know that a phone, an e-mail or an address is this person's."""

    looks = {"reason": Look(rows=4)}

    reason = _words(
        "How do you know that it is theirs?",
        help_text="For example: you rang it, and they answered and told you their date"
        " of birth. Say on the next page whether it is safe to use.",
        error_messages={"required": "Say how you know that it is theirs"},
    )


def local_now(now: datetime) -> tuple[date, str]:
    """The day and the time that a form starts from."""
    local = now.astimezone(LONDON)
    return local.date(), f"{local:%H:%M}"


def _workers(hands: Hands) -> Iterable[tuple[str, str]]:
    for worker, load in hands.workers:
        yield str(worker.public_id), f"{worker.name}, {worker.role.label}: holds {load}"


def _offer(form: forms.Form, name: str, options: Iterable[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(options)
