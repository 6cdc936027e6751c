"""What is asked of an administrator about an instrument."""

from django import forms

from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look

BLANK = """\
code = ""
version = 1
title = ""
purpose = ""
source = ""
licence = ""
confidence = "local"
in_force = 2026-04-01

[[section]]
code = "first"
heading = ""

[[section.question]]
code = "first_question"
kind = "choice"
words = ""
required = true
options = [
  { code = "yes", words = "Yes", score = 1 },
  { code = "no", words = "No" },
]

[[score]]
code = "total"
words = ""
counting = "sum"
questions = ["first_question"]

[[score.band]]
code = "low"
words = ""
at_least = 0

[[score.band]]
code = "high"
words = ""
at_least = 1
risk = "high"
"""


def _text() -> forms.CharField:
    return forms.CharField(
        label="The instrument, as text",
        help_text="Each part begins with its name in brackets. Lines that start with"
        " # are notes to yourself. Save as often as you like: nobody is asked with it"
        " until it is put in use.",
        widget=forms.Textarea(attrs={"spellcheck": "false"}),
        strip=False,
        error_messages={"required": "Write the instrument"},
    )


class Draft(PlainForm):
    """The text of a draft. `saves`: how often it was saved before it was opened."""

    looks = {"text": Look(rows=40, code=True)}

    text = _text()
    saves = forms.IntegerField(widget=forms.HiddenInput())


class New(PlainForm):
    """An instrument that is not there yet."""

    looks = {"code": Look(width=20), "text": Look(rows=40, code=True)}

    code = forms.CharField(
        label="Code",
        help_text="A short name for the program, like: housing_needs. It stays the"
        " same in every version.",
        max_length=40,
    )
    text = _text()
