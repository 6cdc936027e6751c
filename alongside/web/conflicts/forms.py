"""What is asked about conflicts of interest."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from alongside.care.casework.types import ConflictKind
from alongside.care.guarding.types import StaffDetails
from alongside.foundation.accounts.queries import Colleague
from alongside.foundation.lib.emails import read_email
from alongside.foundation.lib.phones import read_phone
from alongside.foundation.lib.postcodes import read_postcode
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm, reason_field
from alongside.web.govuk.looks import Look

KINDS = {
    ConflictKind.SELF: "The case is about me, or about the colleague named",
    ConflictKind.RELATED: "Family, household, friend or neighbour",
    ConflictKind.SUSPECT: "Suspected of the crime",
    ConflictKind.OTHER: "Another reason",
}
MOST_LINES = 12


def _lines(text: str) -> list[str]:
    found = [line.strip() for line in text.splitlines()]
    return [line for line in found if line][:MOST_LINES]


class Declare(PlainForm):
    """Whom a conflict is about, by reference, and what it is."""

    looks = {
        "reference": Look(width=20),
        "kind": Look(size="m"),
        "reason": Look(rows=3),
    }

    reference = forms.CharField(
        label="Case or crime reference",
        max_length=80,
        help_text="For example 7F3A-9B21, or the police's crime reference.",
        error_messages={"required": "Enter the reference"},
    )
    kind = forms.ChoiceField(
        label="What is the conflict?",
        choices=[(kind.value, words) for kind, words in KINDS.items()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what the conflict is"},
    )
    reason = reason_field(
        "In your own words",
        missing="Say how you know the person",
        help_text="Only supervisors and information governance read this.",
    )


class Bar(Declare):
    """The same for a colleague."""

    field_order = ("colleague", "reference", "kind", "reason")

    colleague = forms.TypedChoiceField(
        label="Which colleague?",
        coerce=UUID,
        error_messages={"required": "Choose a colleague"},
    )

    def __init__(
        self, *args: Any, colleagues: Iterable[Colleague], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, colleagues)


class Suspect(PlainForm):
    """Which colleague a force suspects, by the force's own reference."""

    looks = {"reference": Look(width=20)}

    colleague = forms.TypedChoiceField(
        label="Which colleague?",
        coerce=UUID,
        error_messages={"required": "Choose a colleague"},
    )
    force = forms.ChoiceField(label="Which force?")
    reference = forms.CharField(
        label="The force's reference for the suspect",
        max_length=80,
        error_messages={"required": "Enter the force's reference for the suspect"},
    )

    def __init__(
        self,
        *args: Any,
        colleagues: Iterable[Colleague],
        forces: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, colleagues)
        field = self.fields["force"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(forces)


class NoteSuspect(PlainForm):
    """Which of the people we support is the suspect, by reference, and how we know."""

    looks = {"reference": Look(width=20), "reason": Look(rows=3)}

    reference = forms.CharField(
        label="Case or crime reference of the suspect",
        max_length=80,
        help_text="For example 7F3A-9B21. Of a case in which they are supported.",
        error_messages={"required": "Enter the reference"},
    )
    reason = reason_field(
        "How do you know?",
        missing="Say how you know",
        help_text="Only supervisors and information governance read this.",
    )


class LiftApart(PlainForm):
    """Why two people need not be kept apart any more."""

    looks = {"reason": Look(rows=3)}

    reason = reason_field(
        "Why may one worker support both again?",
        missing="Say why they need not be kept apart",
        help_text="For example: the force named somebody else.",
    )


class Lift(PlainForm):
    """Why a conflict no longer stands."""

    looks = {"reason": Look(rows=3)}

    reason = reason_field(
        "Why may they be let in?",
        missing="Say why they may be let in",
        help_text="For example: another person of the same name. Say how you know.",
    )


class MyDetails(PlainForm):
    """What a member of staff says of themselves, to be matched and not kept."""

    looks = {
        "given_names": Look(rows=2),
        "surnames": Look(rows=2),
        "house": Look(width=20),
        "postcode": Look(width=10),
        "phones": Look(rows=2),
        "emails": Look(rows=2),
    }

    given_names = forms.CharField(
        label="Your first names",
        max_length=400,
        widget=forms.Textarea(),
        help_text="As a police officer may have written them. One way on each line.",
        error_messages={"required": "Enter your first names"},
    )
    surnames = forms.CharField(
        label="Your surnames",
        max_length=400,
        widget=forms.Textarea(),
        help_text="Also those you were known by, and those of your household. One on"
        " each line.",
        error_messages={"required": "Enter your surname"},
    )
    born = DateField(
        label="Your date of birth",
        error_messages={"required": "Enter your date of birth"},
    )
    house = forms.CharField(
        label="House number or name, and flat", max_length=100, required=False
    )
    postcode = forms.CharField(label="Home postcode", max_length=10, required=False)
    phones = forms.CharField(
        label="Phone numbers",
        max_length=400,
        required=False,
        widget=forms.Textarea(),
        help_text="Your own and those of your household. One on each line.",
    )
    emails = forms.CharField(
        label="E-mail addresses",
        max_length=800,
        required=False,
        widget=forms.Textarea(),
        help_text="Private ones. One on each line.",
    )

    def clean_postcode(self) -> str:
        """The postcode as records hold it."""
        text = self.cleaned_data["postcode"]
        read = read_postcode(text) if text else None
        if text and (read is None or not read.is_full):
            raise forms.ValidationError("Enter a full postcode, like LE1 1AA")
        return read.text if read else ""

    def clean_phones(self) -> list[str]:
        """The numbers as records hold them."""
        found = [read_phone(line) for line in _lines(self.cleaned_data["phones"])]
        if None in found:
            raise forms.ValidationError("Enter each phone number on a line of its own")
        return [number for number in found if number]

    def clean_emails(self) -> list[str]:
        """The addresses as records hold them."""
        found = [read_email(line) for line in _lines(self.cleaned_data["emails"])]
        if None in found:
            raise forms.ValidationError("Enter each e-mail address on its own line")
        return [address for address in found if address]

    def details(self) -> StaffDetails:
        """What was typed, as matching takes it."""
        typed = self.cleaned_data
        return StaffDetails(
            given_names=_lines(typed["given_names"]),
            surnames=_lines(typed["surnames"]),
            date_of_birth=typed["born"],
            house=typed["house"],
            postcode=typed["postcode"],
            phones=typed["phones"],
            emails=typed["emails"],
        )


def offer(form: forms.Form, colleagues: Iterable[Colleague]) -> None:
    """Offer these colleagues in the form's list."""
    field = form.fields["colleague"]
    if isinstance(field, forms.ChoiceField):
        field.choices = [
            ("", "Choose a colleague"),
            *((str(one.public_id), one.name) for one in colleagues),
        ]
