"""How long a case may be quiet before it is listed."""

from django import forms

from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look
from alongside.workflows.read_status import QUIET


class Quiet(PlainForm):
    """Days without an event, within the bounds the service has set."""

    looks = {"days": Look(width=4)}

    days = forms.IntegerField(
        label="List a case when nothing has happened for this many days",
        min_value=QUIET.least,
        max_value=QUIET.most,
        initial=QUIET.number,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Enter a number of days",
            "invalid": "Enter the days as a whole number",
            "min_value": f"Enter {QUIET.least} day or more",
            "max_value": f"Enter {QUIET.most} days or fewer",
        },
    )
