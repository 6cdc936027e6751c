"""What is asked about somebody who came by themselves."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from alongside.care.people.types import ChannelKind
from alongside.foundation.lib.emails import read_email
from alongside.foundation.lib.phones import read_phone
from alongside.foundation.lib.postcodes import read_postcode
from alongside.foundation.reference.tables import FLAGS, GENDERS
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look
from alongside.workflows.receiving.by_hand import CameBy, NewArrival

NAME_LIMIT, WORDS_LIMIT, LINE_LIMIT = 100, 4000, 200
CAME_BY = {
    CameBy.THEMSELVES: "They came, rang or wrote themselves",
    CameBy.FAMILY_OR_FRIEND: "A relative or a friend brought them",
    CameBy.OTHER_SERVICE: "Another service sent them",
    CameBy.COMMUNITY: "Through somebody in their community",
    CameBy.FOUND_BY_US: "We met them in our own work",
}
REPORTED = {
    "yes": "Yes",
    "no": "No",
    "not_known": "They have not said",
}
SOMEBODY_ELSE = "else"


def _text(label: str, *, limit: int = NAME_LIMIT, **options: Any) -> forms.CharField:
    attrs = {"autocomplete": "off", "spellcheck": "false"}
    return forms.CharField(
        label=label,
        max_length=limit,
        required=options.pop("required", False),
        widget=forms.TextInput(attrs=attrs),
        **options,
    )


def _ticks(label: str, choices: Iterable[tuple[str, str]], **options: Any) -> Any:
    return forms.MultipleChoiceField(
        label=label,
        choices=list(choices),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        **options,
    )


class Who(PlainForm):
    """What two records of one person are compared by. Nothing of it is needed."""

    given_names = _text("First names")
    surname = _text("Last name")
    date_of_birth = DateField(label="Date of birth", required=False)
    gender = forms.ChoiceField(
        label="Gender",
        required=False,
        choices=[("", "Not asked"), *((g.code, g.label) for g in GENDERS.values())],
    )
    mobile_phone = _text("Mobile number", limit=30)
    home_phone = _text("Home number", limit=30)
    email = _text("E-mail address", limit=254)
    address = forms.CharField(
        label="Address", max_length=400, required=False, widget=forms.Textarea()
    )
    postcode = _text("Postcode", limit=10)

    @property
    def phones(self) -> tuple[str, ...]:
        """The numbers that were typed, as they read."""
        both = (self.cleaned_data.get(name) for name in ("mobile_phone", "home_phone"))
        return tuple(number for number in both if number)


class AddSomebody(Who):
    """Safe contact first; then who they are, what happened and how they came."""

    field_order = (
        *("safe", "unsafe", "contact_times", "police_blind", "given_names", "surname"),
        *("date_of_birth", "gender", "language", "interpreter_needed", "adjustments"),
        *("mobile_phone", "home_phone", "email", "address", "postcode", "happened"),
        *("happened_on", "flags", "reported", "crime_ref", "came_by"),
    )
    looks = {
        "given_names": Look(width=30),
        "surname": Look(width=30),
        "contact_times": Look(width=30),
        "language": Look(width=20),
        "mobile_phone": Look(width=20),
        "home_phone": Look(width=20),
        "email": Look(width=30),
        "address": Look(rows=3),
        "postcode": Look(width=10),
        "happened": Look(rows=4),
        "reported": Look(reveals={"yes": "crime_ref"}),
        "crime_ref": Look(width=20),
    }

    safe = _ticks(
        "Which ways of reaching them are safe?",
        ChannelKind.choices,
        help_text="Ask first. Tick only what they have said themselves.",
    )
    unsafe = _ticks(
        "Which ways must nobody use?",
        ChannelKind.choices,
        help_text="For example because somebody else reads their messages.",
    )
    contact_times = _text(
        "When is it safe to reach them?",
        limit=LINE_LIMIT,
        help_text="In their words, like “weekdays before three”",
    )
    police_blind = forms.BooleanField(
        label="The police must not know that we support them", required=False
    )
    language = _text("Language they would rather speak", limit=40)
    interpreter_needed = forms.BooleanField(
        label="They need an interpreter", required=False
    )
    adjustments = _text("Anything that makes it easier for them", limit=LINE_LIMIT)
    happened = forms.CharField(
        label="What happened, in short?",
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(),
        help_text="A sentence or two, in their words",
        error_messages={"required": "Write down what happened, in short"},
    )
    happened_on = DateField(label="Day it happened, if they know it", required=False)
    flags = _ticks(
        "Does any of these fit?", [(flag.code, flag.label) for flag in FLAGS.values()]
    )
    reported = forms.ChoiceField(
        label="Do the police know of it?",
        choices=list(REPORTED.items()),
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose whether the police know of it"},
    )
    crime_ref = _text("Crime reference, if they have one", limit=40)
    came_by = forms.TypedChoiceField(
        label="How did they come to us?",
        choices=[(way.value, words) for way, words in CAME_BY.items()],
        coerce=CameBy,
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose how they came to us"},
    )

    def clean_mobile_phone(self) -> str:
        """The number as records hold it."""
        return self._phone("mobile_phone")

    def clean_home_phone(self) -> str:
        """The number as records hold it."""
        return self._phone("home_phone")

    def clean_email(self) -> str:
        """The address as records hold it."""
        text = self.cleaned_data["email"]
        if text and read_email(text) is None:
            raise forms.ValidationError(
                "Enter an e-mail address, like name@example.com"
            )
        return read_email(text) or ""

    def clean_postcode(self) -> str:
        """The postcode as on an envelope; one from abroad as it was written."""
        text = self.cleaned_data["postcode"]
        read = read_postcode(text) if text else None
        return read.text if read else text

    def clean(self) -> dict[str, Any]:
        """See that there is somebody, and that nothing is both safe and not safe."""
        typed = super().clean() or {}
        if not typed.get("given_names") and not typed.get("surname"):
            self.add_error(
                "given_names", "Enter a name, or what they like to be called"
            )
        both = set(typed.get("safe", ())) & set(typed.get("unsafe", ()))
        if both:
            named = " and ".join(
                kind.label for kind in ChannelKind if kind.value in both
            )
            self.add_error("unsafe", f"You ticked {named} as safe and as not safe")
        return typed

    def arrival(self, *, chosen: UUID | None, others: tuple[UUID, ...]) -> NewArrival:
        """What was typed, as the service takes it.

        `chosen` is who the worker says they are; `others` whom they say they are not.
        """
        typed = self.cleaned_data
        marks = dict.fromkeys(typed["safe"], True) | dict.fromkeys(
            typed["unsafe"], False
        )
        same = (
            *("given_names", "surname", "date_of_birth", "gender", "language"),
            *("adjustments", "mobile_phone", "home_phone", "email", "postcode"),
            *("contact_times", "happened", "happened_on", "police_blind", "came_by"),
        )
        return NewArrival(
            **{name: typed[name] for name in same},
            interpreter_needed=typed["interpreter_needed"] or None,
            address_lines=_lines(typed["address"]),
            safe={ChannelKind(kind): safe for kind, safe in marks.items()},
            flags=tuple(typed["flags"]),
            reported={"yes": True, "no": False}.get(typed["reported"]),
            crime_ref=typed["crime_ref"] if typed["reported"] == "yes" else "",
            chosen=chosen,
            others=others,
        )

    def _phone(self, name: str) -> str:
        text = self.cleaned_data[name]
        if text and read_phone(text) is None:
            raise forms.ValidationError("Enter a phone number, like 07700 900123")
        return read_phone(text) or ""


class IsItThem(PlainForm):
    """Whether they are one of those who are known, and whether somebody was asked."""

    looks = {"who": Look(size="m")}

    who = forms.ChoiceField(
        label="Is it one of them?",
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose whether it is one of them"},
    )
    asked = forms.BooleanField(
        label="I have asked a supervisor, and they are to be added",
        error_messages={"required": "Ask a supervisor before you add a new one"},
    )

    def __init__(
        self,
        *args: Any,
        people: Iterable[tuple[str, str]],
        ask: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = list(people)
        field = self.fields["who"]
        if choices and isinstance(field, forms.ChoiceField):
            field.choices = [*choices, (SOMEBODY_ELSE, "No, it is somebody else")]
        else:
            del self.fields["who"]
        if not ask:
            del self.fields["asked"]

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to answer."""
        return bool(self.fields)

    @property
    def chosen(self) -> UUID | None:
        """Who it is, where the worker says that it is one of them."""
        who = self.cleaned_data.get("who", SOMEBODY_ELSE)
        return None if who == SOMEBODY_ELSE else UUID(who)


def _lines(text: str) -> tuple[str, ...]:
    found = (line.strip() for line in text.splitlines())
    return tuple(line for line in found if line)
