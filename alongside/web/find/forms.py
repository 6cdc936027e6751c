"""What somebody types to find a person."""

from django import forms

from alongside.care.people.rules import LONGEST
from alongside.web.govuk.forms import PlainForm


class Find(PlainForm):
    """One box for whatever is known. Sent as a body: no term stands in an address."""

    q = forms.CharField(
        label="Who are you looking for?",
        help_text=(
            "A name, date of birth, phone number, e-mail address, postcode, crime "
            "reference or case reference. Give more than one to narrow it down: "
            "kaur 3/2/1987 LE3"
        ),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter something that you know about the person",
            "max_length": f"Enter {LONGEST} characters or fewer",
        },
    )
    start = forms.IntegerField(
        widget=forms.HiddenInput(), required=False, min_value=0, max_value=50
    )
    wider = forms.BooleanField(widget=forms.HiddenInput(), required=False)
