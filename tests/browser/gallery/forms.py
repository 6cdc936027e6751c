"""One of each field, with a mistake in most."""

from django import forms

from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look


class EveryField(PlainForm):
    looks = {
        "channel": Look(
            size="m",
            hints={"call": "Weekday mornings"},
            reveals={"other": "other_channel"},
        ),
        "minutes": Look(width=3),
        "result": Look(inline=True),
    }

    channel = forms.ChoiceField(
        label="How did you try?",
        help_text="Only what is marked safe is offered.",
        choices=[("call", "Call"), ("email", "E-mail"), ("other", "Something else")],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose how you tried"},
    )
    other_channel = forms.CharField(label="What was it?", required=False)
    result = forms.ChoiceField(
        label="Did they answer?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect(),
    )
    minutes = forms.IntegerField(label="Minutes", required=False)
    on = DateField(label="Date of the call")
    reason = forms.ChoiceField(
        label="Reason", choices=[("", "Choose"), ("a", "First contact")]
    )
    topics = forms.MultipleChoiceField(
        label="What was talked about?",
        choices=[("safety", "Safety"), ("court", "Court")],
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )
    note = forms.CharField(label="Note", max_length=500, widget=forms.Textarea())
    plain = forms.CharField(label="Anything else", widget=forms.Textarea())
    agreed = forms.BooleanField(label="They agreed to the referral")
    letter = forms.FileField(label="Letter", required=False)
    password = forms.CharField(widget=forms.PasswordInput())
    token = forms.CharField(required=False, widget=forms.HiddenInput())
