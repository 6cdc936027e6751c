"""What is asked of information governance."""

from typing import Any

from django import forms

from alongside.care.information_rights.tables import BLACKOUTS, EXEMPTIONS, RIGHTS
from alongside.care.information_rights.types import (
    Blackout,
    ReceivedBy,
    RequestState,
    RightKind,
)
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look

LONGEST = 4000
CAME_BY = {
    ReceivedBy.LETTER: "Letter",
    ReceivedBy.EMAIL: "E-mail",
    ReceivedBy.PHONE: "Phone",
    ReceivedBy.IN_PERSON: "In person",
    ReceivedBy.WORKER: "Said to a worker, who passed it on",
}
ENDS = {
    RequestState.ANSWERED: "Answered",
    RequestState.REFUSED: "Refused",
    RequestState.WITHDRAWN: "Taken back by the person",
}
BLACKING = {
    Blackout.KEEP: "Keep it all",
    Blackout.FOUND: "Black out what is marked",
    Blackout.WORDS: "Black out these words",
    Blackout.WHOLE: "Black out all of it",
}
NO_UNDOING = "I understand that this cannot be undone"


def _words(label: str, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea(), **options
    )


class NewRequest(PlainForm):
    """Who asks for what, since when, and who it is about."""

    looks = {
        "kind": Look(
            size="m", hints={kind.value: row.meaning for kind, row in RIGHTS.items()}
        ),
        "reference": Look(width=30),
        "born": Look(width=4),
        "what": Look(rows=3),
    }

    kind = forms.TypedChoiceField(
        label="What do they ask for?",
        choices=[(kind.value, row.label) for kind, row in RIGHTS.items()],
        coerce=RightKind,
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what they ask for"},
    )
    asked_by = forms.CharField(
        label="Who asked?",
        help_text="The person, or who acts for them and by what right",
        max_length=200,
        error_messages={"required": "Say who asked"},
    )
    reference = forms.CharField(
        label="Our reference for the person or their case, or the crime reference",
        help_text="Leave it empty where we hold nothing about them",
        max_length=60,
        required=False,
    )
    born = forms.IntegerField(
        label="Year of birth, where several people share a crime reference",
        min_value=1900,
        max_value=2100,
        required=False,
    )
    what = _words("What did they say? (optional)", required=False)
    received_on = DateField(
        label="Day it came",
        error_messages={"required": "Enter the day it came"},
    )
    received_by = forms.TypedChoiceField(
        label="How did it come?",
        choices=[(by.value, words) for by, words in CAME_BY.items()],
        coerce=ReceivedBy,
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose how it came"},
    )
    proof_asked = forms.BooleanField(
        label="We have asked for proof of who they are, and wait for it",
        help_text="The month to answer then starts when they have shown it",
        required=False,
    )


class Note(PlainForm):
    """What was done."""

    words = _words("What was done?", error_messages={"required": "Say what was done"})


class Identity(PlainForm):
    """How we are sure, and since when."""

    how = forms.CharField(
        label="What showed who they are?",
        help_text="What kind of proof, not its number",
        max_length=300,
        error_messages={"required": "Say what showed who they are"},
    )
    on = DateField(
        label="Day they showed it",
        error_messages={"required": "Enter the day they showed it"},
    )


class Reason(PlainForm):
    """Why."""

    reason = _words("Why?", error_messages={"required": "Say why"})


class End(PlainForm):
    """How a request ended."""

    state = forms.TypedChoiceField(
        label="How did it end?",
        choices=[(state.value, words) for state, words in ENDS.items()],
        coerce=RequestState,
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose how it ended"},
    )
    exemption = forms.ChoiceField(
        label="If refused: why the law allows it",
        required=False,
        widget=forms.Select(),
    )
    words = _words(
        "What was answered, or why not?",
        error_messages={"required": "Say what was answered, or why not"},
    )

    def __init__(self, *args: Any, kind: RightKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["exemption"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", "Not refused"),
                *(
                    (code, row.label)
                    for code, row in EXEMPTIONS.items()
                    if kind in row.kinds
                ),
            ]


class Correct(PlainForm):
    """What is right. What is left empty stays as it is.

    `warned` asks besides whether they looked at whom the person would seem to be.
    """

    given_names = forms.CharField(label="Given names", max_length=200, required=False)
    surname = forms.CharField(label="Surname", max_length=200, required=False)
    date_of_birth = DateField(label="Date of birth", required=False)
    language = forms.CharField(label="Language", max_length=60, required=False)
    adjustments = _words("Adjustments they need", required=False)
    reason = _words("How do we know?", error_messages={"required": "Say how we know"})
    looked = forms.BooleanField(
        label="I have looked at who they may be, and this is right all the same",
        error_messages={
            "required": "They would look like somebody else we hold. Look at who they"
            " may be before you put this right"
        },
    )

    def __init__(self, *args: Any, warned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not warned:
            del self.fields["looked"]


class Hold(PlainForm):
    """On whom, why, and until when at the latest."""

    reference = forms.CharField(
        label="Our reference for the person or their case, or the crime reference",
        max_length=60,
        error_messages={"required": "Enter a reference"},
    )
    born = forms.IntegerField(
        label="Year of birth, where several people share a crime reference",
        min_value=1900,
        max_value=2100,
        required=False,
    )
    reason = _words(
        "Why may nothing be erased?",
        error_messages={"required": "Say why nothing may be erased"},
    )
    review_on = DateField(
        label="Day by which to look at it again",
        error_messages={"required": "Enter the day by which to look at it again"},
    )


class Approve(PlainForm):
    """Yes or no, and knowing that there is no way back."""

    decision = forms.ChoiceField(
        label="Your decision",
        choices=[("approve", "Approve it"), ("decline", "Decline it")],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose whether to approve it"},
    )
    understood = forms.BooleanField(
        label=NO_UNDOING,
        error_messages={"required": "Confirm that you understand it cannot be undone"},
    )


class Understood(PlainForm):
    """Knowing that there is no way back."""

    understood = forms.BooleanField(
        label=NO_UNDOING,
        error_messages={"required": "Confirm that you understand it cannot be undone"},
    )


class Passage(PlainForm):
    """What becomes of one passage."""

    looks = {"words": Look(rows=3)}

    action = forms.TypedChoiceField(
        label="What becomes of it?",
        choices=[(action.value, words) for action, words in BLACKING.items()],
        coerce=Blackout,
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what becomes of it"},
    )
    words = forms.CharField(
        label="Words to black out, one passage a line",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(),
    )
    reason = forms.ChoiceField(
        label="Why, where something is blacked out",
        help_text="The person reads this",
        required=False,
        choices=[
            ("", "Nothing is blacked out"),
            *((code, row.label) for code, row in BLACKOUTS.items()),
        ],
        widget=forms.Select(),
    )

    def __init__(self, *args: Any, marked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["action"]
        if isinstance(field, forms.ChoiceField) and not marked:
            field.choices = [
                (action.value, words)
                for action, words in BLACKING.items()
                if action is not Blackout.FOUND
            ]
