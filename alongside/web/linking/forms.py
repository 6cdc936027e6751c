"""What is asked of a reviewer who cannot tell."""

from django import forms

from alongside.care.linking.types import AskedOf
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look

WHOM = {
    AskedOf.COLLEAGUE: "Somebody else who reviews",
    AskedOf.PERSON: "The person, at the next contact",
}
HINTS = {
    AskedOf.COLLEAGUE: "It stays in their list, with your question.",
    AskedOf.PERSON: "Your question is shown on the case of the record that came later."
    " The task comes back here after two weeks.",
}


class Ask(PlainForm):
    """Whom to ask, and what."""

    looks = {
        "whom": Look(
            size="m", hints={whom.value: words for whom, words in HINTS.items()}
        ),
        "words": Look(rows=3),
    }

    whom = forms.ChoiceField(
        label="Whom do you want to ask?",
        choices=[(whom.value, words) for whom, words in WHOM.items()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose whom to ask"},
    )
    words = forms.CharField(
        label="Your question",
        max_length=300,
        widget=forms.Textarea(),
        help_text="Give nothing away: if they are two people, neither may learn of the"
        " other. For example: Have you been in touch with us before, and under which"
        " name?",
        error_messages={"required": "Enter what is to be asked"},
    )
