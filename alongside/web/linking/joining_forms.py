"""What is asked of somebody who joins two people, or parts them."""

from django import forms

from alongside.web.govuk.forms import PlainForm, reason_field
from alongside.web.govuk.looks import Look

LONGEST = 500


class FindOther(PlainForm):
    """Who the person may be one with."""

    other = forms.CharField(
        label="Who are they one person with?",
        max_length=200,
        help_text="The reference of the other case is best. A name with a date of"
        " birth, a phone number or a postcode will do where it leads to one person.",
        error_messages={"required": "Enter a case reference, or a name with more"},
    )


class Join(PlainForm):
    """How we know that they are one."""

    looks = {"reason": Look(rows=3)}

    reason = reason_field(
        "How do you know that they are one person?",
        missing="Say how you know",
        longest=LONGEST,
        help_text="For example: they told us their maiden name and both addresses.",
    )


class Part(PlainForm):
    """Why they are two, and what is to stay."""

    looks = {"reason": Look(rows=3)}

    reason = reason_field(
        "How do you know that they are two people?",
        missing="Say how you know",
        longest=LONGEST,
    )
    leave_changed = forms.BooleanField(
        label="What has changed since may stay as it is now",
        required=False,
        widget=forms.CheckboxInput(),
    )
    never_again = forms.BooleanField(
        label="Never take them for one person again",
        required=False,
        initial=True,
        widget=forms.CheckboxInput(),
    )

    def without_questions(self) -> None:
        """Nothing has changed since: there is nothing to agree to."""
        del self.fields["leave_changed"]
