"""What is asked of those who write words and of those who read them over."""

from typing import Any

from django import forms

from alongside.care.telling.tables import ENGLISH, LANGUAGES, limit
from alongside.care.telling.types import LimitCode
from alongside.web.govuk.forms import PlainForm, reason_field
from alongside.web.govuk.looks import Look

SHORT = 500
KILOBYTE = 1000


class ReadOver(PlainForm):
    """That these very words may be sent. A translation needs somebody to vouch."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    digest = forms.CharField(widget=forms.HiddenInput())
    checked_with = forms.CharField(
        label="Who made sure that the translation is right?",
        max_length=SHORT,
        help_text="You, because you read the language well, or whoever read it to you.",
        error_messages={
            "required": "Say who made sure that the translation is right",
        },
    )
    sure = forms.BooleanField(
        label="I have read these words and they may be sent",
        error_messages={"required": "Tick the box when you have read the words"},
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if language == ENGLISH:
            del self.fields["checked_with"]


class TakeBack(PlainForm):
    """Why words may not be sent."""

    why = reason_field(
        "What is wrong with them?",
        missing="Say what is wrong with these words",
        longest=SHORT,
        help_text="Whoever writes words reads this.",
    )


class OwnWords(PlainForm):
    """Words of the area's own. `saves`: how often the draft was saved before."""

    looks = {"words": Look(rows=10, size="m")}

    words = forms.CharField(
        label="The words",
        max_length=limit(LimitCode.WORDS_LENGTH),
        widget=forms.Textarea(),
        error_messages={"required": "Write the words"},
    )
    saves = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = LANGUAGES[language]
        attributes = {"lang": language}
        if spoken.right_to_left:
            attributes["dir"] = "rtl"
        self.fields["words"].widget.attrs.update(attributes)


class Translation(PlainForm):
    """A translator's file."""

    file = forms.FileField(
        label="File with the translation",
        help_text="The file you were given, saved as CSV UTF-8.",
        error_messages={
            "required": "Choose the file with the translation",
            "empty": "There is nothing in the file",
        },
    )

    def clean_file(self) -> str:
        """The file as text."""
        given = self.cleaned_data["file"]
        most = limit(LimitCode.FILE_KILOBYTES)
        if given.size > most * KILOBYTE:
            raise forms.ValidationError(f"The file is larger than {most} kB")
        try:
            text = given.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(
                "The file cannot be read. Save it as CSV UTF-8 and choose it again"
            ) from None
        return str(text)
