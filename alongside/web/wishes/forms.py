"""What is asked about how somebody wants to be told."""

from django import forms

from alongside.care.contact.tables import CHANNELS
from alongside.care.journey.tables import LIMITS
from alongside.care.journey.types import WishKind
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look

ASKS = {
    WishKind.EVERY: "Every so many days, news or no news",
    WishKind.BIG_NEWS: "Big news only",
    WishKind.NOTHING: "Nothing",
}
MOST_DAYS = LIMITS["wish_days"].number


class RecordWish(PlainForm):
    """How much somebody wants to hear, and how."""

    looks = {
        "asks": Look(reveals={WishKind.EVERY.value: "every_days"}),
        "every_days": Look(width=3),
        "words": Look(rows=3),
    }

    asks = forms.ChoiceField(
        label="What do they want to hear?",
        choices=[(kind.value, words) for kind, words in ASKS.items()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what they want to hear"},
    )
    every_days = forms.IntegerField(
        label="Every how many days?",
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
    )
    channel = forms.ChoiceField(
        label="How do they want to be told?",
        choices=[
            ("", "Any safe way"),
            *((row.code.value, row.label) for row in CHANNELS.values()),
        ],
        required=False,
    )
    words = forms.CharField(
        label="In their own words, if it helps whoever tells them next",
        max_length=1000,
        widget=forms.Textarea(),
        required=False,
    )
