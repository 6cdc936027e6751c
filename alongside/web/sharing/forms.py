"""What is asked of a worker about consent and sharing."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from alongside.care.consent.tables import BASES, PURPOSES
from alongside.care.consent.types import BasisCode, Giver, Said, Way
from alongside.foundation.organisations.queries import PartyLine
from alongside.walls.bits import EVERY_FACET
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look
from alongside.web.sharing import say
from alongside.workflows.read_sharing import Offer

WORDS_LIMIT = 2000
OLDEST = 120
AGREED, REFUSED = "agreed", "refused"
CONSENT = "consent"


def _words(label: str, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=WORDS_LIMIT, widget=forms.Textarea(), **options
    )


def _parts(label: str, **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, widget=forms.CheckboxSelectMultiple(), **options
    )


class RecordSaid(PlainForm):
    """What somebody has said about sharing, who said it, and how."""

    looks = {
        "answer": Look(size="m", reveals={AGREED: "parts"}),
        "purpose": Look(hints={row.code: row.meaning for row in PURPOSES.values()}),
        "parts": Look(hints=say.FACET_HINTS),
        "age": Look(width=3),
        "giver": Look(
            reveals={
                Giver.PERSON.value: "assessed_by",
                Giver.GUARDIAN.value: "guardian_checked",
            }
        ),
        "words": Look(rows=3),
    }

    answer = forms.ChoiceField(
        label="What did they say?",
        choices=[(AGREED, "They agreed"), (REFUSED, "They said no")],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what they said"},
    )
    recipient = forms.TypedChoiceField(
        label="Sharing with whom?", coerce=UUID, empty_value=None, required=False
    )
    purpose = forms.ChoiceField(
        label="What for?",
        choices=[(row.code, row.label) for row in PURPOSES.values()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what it is for"},
    )
    parts = _parts(
        "What may be shared?",
        choices=say.part_choices(EVERY_FACET),
        required=False,
    )
    explicit = forms.BooleanField(
        label="They agreed in so many words to sharing sensitive information, such as"
        " health, sexual life, ethnicity or beliefs",
        required=False,
    )
    giver = forms.ChoiceField(
        label="Who said it?",
        choices=[(giver.value, words) for giver, words in say.GIVERS.items()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose who said it"},
    )
    assessed_by = forms.CharField(
        label="If they are under 18: who found that they understand?",
        max_length=200,
        required=False,
    )
    guardian_checked = forms.BooleanField(
        label="I have made sure that this parent or guardian is not suspected"
        " of the crime",
        required=False,
    )
    age = forms.IntegerField(
        label="How old is the person?",
        min_value=0,
        max_value=OLDEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Enter their age in years",
            "invalid": "Enter their age in years, like 34",
            "min_value": "Enter their age in years, like 34",
            "max_value": f"Enter an age of {OLDEST} or less",
        },
    )
    unsafe_to_ask = forms.BooleanField(
        label="They are under 13, and asking a parent or guardian would not be safe",
        required=False,
    )
    way = forms.ChoiceField(
        label="How did they say it?",
        choices=[(way.value, words) for way, words in say.WAYS.items()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose how they said it"},
    )
    said_on = DateField(label="Date on which they said it")
    last_day = DateField(
        label="Last day it holds",
        required=False,
        help_text="Leave empty where they set no end.",
    )
    words = _words(
        "What they said, in their words",
        required=False,
        help_text="Never shown to anybody it is shared with.",
    )

    def __init__(self, *args: Any, others: Iterable[PartyLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["recipient"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", f"{say.US}: this service itself"),
                *((str(one.public_id), one.name) for one in others),
            ]

    def clean(self) -> dict[str, Any]:
        """See that a yes says to what."""
        typed = super().clean() or {}
        if typed.get("answer") == AGREED and not typed.get("parts"):
            self.add_error("parts", "Choose what they agreed may be shared")
        row = PURPOSES.get(typed.get("purpose", ""))
        if row and not row.to_others and typed.get("recipient"):
            self.add_error("purpose", "Only this service itself does this")
        return typed

    def said(self) -> Said:
        """Who said it, as the ledger takes it."""
        typed = self.cleaned_data
        return Said(
            giver=Giver(typed["giver"]),
            age=typed["age"],
            assessed_by=typed["assessed_by"],
            guardian_checked=typed["guardian_checked"],
            unsafe_to_ask=typed["unsafe_to_ask"],
        )


class Withdraw(PlainForm):
    """Who took back a yes, and how."""

    looks = {"words": Look(rows=3)}

    giver = forms.ChoiceField(
        label="Who withdrew it?",
        choices=[(giver.value, words) for giver, words in say.GIVERS.items()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose who withdrew it"},
    )
    way = forms.ChoiceField(
        label="How did they say it?",
        choices=[(way.value, words) for way, words in say.WAYS.items()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose how they said it"},
    )
    words = _words(
        "Anything they said about it",
        required=False,
        help_text="Never shown to anybody it was shared with.",
    )

    def heard(self) -> tuple[Giver, Way, str]:
        """Who, how, and in what words."""
        typed = self.cleaned_data
        return Giver(typed["giver"]), Way(typed["way"]), typed["words"]


class ShareParts(PlainForm):
    """Which parts of a case go to another agency, on what basis, until when."""

    looks = {
        "parts": Look(hints=say.FACET_HINTS),
        "basis": Look(reveals={}),
        "reason": Look(rows=3),
    }

    parts = _parts(
        "What may they see?",
        error_messages={"required": "Choose at least one part"},
    )
    basis = forms.ChoiceField(
        label="What does it rest on?",
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what it rests on"},
    )
    reason = _words(
        "If it does not rest on consent: why does this basis apply?",
        required=False,
        help_text="Kept with what they have said. Not shown to the other agency.",
    )
    last_day = DateField(
        label="Last day they may see it",
        required=False,
        help_text="Leave empty to share until you stop, consent runs out, or the"
        " agreement ends.",
    )

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer
        parts, basis = self.fields["parts"], self.fields["basis"]
        if isinstance(parts, forms.ChoiceField) and isinstance(
            basis, forms.ChoiceField
        ):
            parts.choices = say.part_choices(offer.fields)
            basis.choices = list(_bases(offer))
        self.looks = self.looks | {
            "basis": Look(hints={row.code: row.meaning for row in BASES.values()})
        }

    def clean(self) -> dict[str, Any]:
        """See that consent reaches as far as the parts, and another basis says why."""
        typed = super().clean() or {}
        basis = typed.get("basis")
        if basis == CONSENT:
            beyond = say.mask_of(typed.get("parts", [])) & ~self.offer.consented
            if beyond:
                self.add_error(
                    "parts", f"They did not agree to this: {say.parts(beyond).lower()}"
                )
        elif basis and not typed.get("reason"):
            self.add_error("reason", "Say why, so that somebody can check it later")
        return typed


class ReferParts(ShareParts):
    """The same, with what is asked of the other service."""

    asked = _words(
        "What do you ask of them?",
        help_text="They read this: write nothing you do not mean to share.",
        error_messages={"required": "Say what you ask of them"},
    )
    answer_by = DateField(label="Date by which they should answer")

    def clean_answer_by(self) -> date | None:
        """See that they are not asked to answer in the past."""
        day: date | None = self.cleaned_data["answer_by"]
        earliest: date | None = self.initial.get("today")
        if day and earliest and day < earliest:
            raise forms.ValidationError("The date must be a day to come")
        return day


class Message(PlainForm):
    """A question about a referral, or its answer."""

    words = _words(
        "What do you want to say?",
        help_text="The other service reads this. It cannot be changed afterwards.",
        error_messages={"required": "Write something first"},
    )


def _bases(offer: Offer) -> Iterable[tuple[str, str]]:
    if offer.consented:
        yield CONSENT, "They agreed"
    for row in BASES.values():
        if not row.is_consent and (row.against_wishes or not offer.against_wishes):
            yield row.code.value, f"{row.label} ({row.article})"


def basis_chosen(form: ShareParts) -> BasisCode:
    """The basis as the ledger names it."""
    return BasisCode(form.cleaned_data["basis"])
