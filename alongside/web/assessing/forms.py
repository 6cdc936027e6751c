"""What is asked of a worker about an assessment, besides its own questions."""

from typing import Any

from django import forms

from alongside.care.assessment.rules.filled import may_judge
from alongside.care.assessment.types.filled import How
from alongside.care.instruments.types import Instrument, Moment, Risk
from alongside.web.assessing import say
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look

WORDS_LIMIT = 2000
AS_FOUND = ""


class Begin(PlainForm):
    """At which moment an assessment is made, how, and who else is there."""

    looks = {"moment": Look(size="m"), "how": Look(size="m"), "accompanied": Look()}

    moment = forms.TypedChoiceField(
        label="At which moment is this?",
        coerce=Moment,
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose at which moment this is"},
    )
    how = forms.TypedChoiceField(
        label="How are you asking?",
        coerce=How,
        choices=[(how.value, words) for how, words in say.HOW.items()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose how you are asking"},
    )
    accompanied = forms.CharField(
        label="Is anybody with them? (optional)",
        help_text="For example: their sister. Never ask in front of somebody they may"
        " be afraid of.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moment = self.fields["moment"]
        if isinstance(moment, forms.ChoiceField):
            moment.choices = [
                (one.value, say.MOMENTS[one]) for one in instrument.moments
            ]
        if len(instrument.moments) == 1:
            moment.widget = forms.HiddenInput()
            moment.initial = instrument.moments[0].value


class Finish(PlainForm):
    """Completing an assessment; where a worker may judge, a higher risk and why."""

    looks = {"judged": Look(size="m"), "reason": Look(rows=4)}

    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if instrument.judgement:
            self.fields["judged"] = forms.ChoiceField(
                label="What is your own judgement of the risk?",
                help_text="Your judgement can raise what the answers come to. It can"
                " never lower it.",
                choices=[
                    ("as_found", "As the answers have it"),
                    *((risk.value, say.RISKS[risk]) for risk in may_judge(Risk.NONE)),
                ],
                initial="as_found",
                widget=forms.RadioSelect(),
            )
            self.fields["reason"] = forms.CharField(
                label="If you judge it higher: why?",
                max_length=WORDS_LIMIT,
                widget=forms.Textarea(),
                required=False,
            )

    @property
    def judged(self) -> Risk | None:
        """The risk that was judged, where it was not left to the answers."""
        chosen = self.cleaned_data.get("judged", "as_found")
        return None if chosen == "as_found" else Risk(chosen)


class Judge(PlainForm):
    """A higher risk than was found, and why."""

    looks = {"judged": Look(size="m"), "reason": Look(rows=4)}

    version = forms.IntegerField(widget=forms.HiddenInput())
    judged = forms.TypedChoiceField(
        label="What is the risk?",
        coerce=Risk,
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what the risk is"},
    )
    reason = forms.CharField(
        label="Why do you see it so?",
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(),
        error_messages={"required": "Say why, so that the next person understands"},
    )

    def __init__(self, *args: Any, found: Risk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        judged = self.fields["judged"]
        if isinstance(judged, forms.ChoiceField):
            judged.choices = [(one.value, say.RISKS[one]) for one in may_judge(found)]


class Withdraw(PlainForm):
    """Why an assessment does not count."""

    looks = {"reason": Look(rows=4)}

    version = forms.IntegerField(widget=forms.HiddenInput())
    reason = forms.CharField(
        label="Why is it withdrawn?",
        help_text="It stays to be read, marked as withdrawn, and is no longer counted.",
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(),
        error_messages={"required": "Say why, so that the next person understands"},
    )
