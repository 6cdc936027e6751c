"""What is asked when somebody writes down what a request for records says."""

from typing import Any

from django import forms

from alongside.care.information_requests.tables import BODIES, KINDS, RANKS, UNSAID
from alongside.care.information_requests.types import (
    Approval,
    Asker,
    CameBy,
    Counselling,
    Grounds,
    Notice,
    NoticeGiven,
    PersonViews,
    Purpose,
    Scope,
    Section,
    SectionFacts,
    Views,
)
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look
from alongside.web.information_requests.words import CAME_BY, NOTICES, VIEWS

LONGEST = 4000
OTHER = "other"


def words(label: str, **options: Any) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea(), **options
    )


def _rank(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[
            ("", "They do not say"),
            *((row.code, row.label) for row in RANKS.values()),
        ],
        widget=forms.Select(),
    )


class NewRequest(PlainForm):
    """Who asks, and since when. `forces` are those of the area."""

    looks = {
        "urgent": Look(reveals={"yes": "urgent_why"}, inline=True),
        "reference": Look(width=30),
        "born": Look(width=4),
        "urgent_why": Look(rows=2),
    }

    reference = forms.CharField(
        label="Our reference for the case, or the crime reference",
        max_length=60,
        error_messages={"required": "Enter a reference"},
    )
    born = forms.IntegerField(
        label="Year of birth, where several people share a crime reference",
        min_value=1900,
        max_value=2100,
        required=False,
    )
    body = forms.ChoiceField(
        label="What kind of body asks?",
        help_text="Only these may ask us. Anybody else asks a court, or the person",
        choices=[(row.code, row.label) for row in BODIES.values()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what kind of body asks"},
    )
    force = forms.ChoiceField(label="Which one?", widget=forms.Select())
    body_name = forms.CharField(
        label="Its name, where it is not in that list", max_length=120, required=False
    )
    officer_role = forms.CharField(
        label="Who asks there?",
        help_text="Rank or role and unit, not a name",
        max_length=120,
        error_messages={"required": "Say who asks there, by rank or role"},
    )
    their_reference = forms.CharField(
        label="Their reference (optional)", max_length=60, required=False
    )
    received_on = DateField(
        label="Day it came", error_messages={"required": "Enter the day it came"}
    )
    received_by = forms.TypedChoiceField(
        label="How did it come?",
        choices=[(by.value, said) for by, said in CAME_BY.items()],
        coerce=CameBy,
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose how it came"},
    )
    urgent = forms.ChoiceField(
        label="Can it wait?",
        choices=[("no", "Yes"), ("yes", "No")],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose whether it can wait"},
    )
    urgent_why = words("Why can it not wait?", required=False)

    def __init__(
        self, *args: Any, forces: list[tuple[int, str]], named: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._forces = dict(forces)
        field = self.fields["force"]
        if isinstance(field, forms.ChoiceField):
            choices = [(str(key), name) for key, name in forces]
            field.choices = [*choices, (OTHER, "Another one")]
        if not named:
            del self.fields["reference"], self.fields["born"]

    def clean(self) -> dict[str, Any]:
        """A name where none was chosen; a reason where it cannot wait."""
        said = super().clean() or {}
        if said.get("force") == OTHER and not said.get("body_name"):
            self.add_error("body_name", "Enter the name of the body that asks")
        if said.get("urgent") == "yes" and not said.get("urgent_why"):
            self.add_error("urgent_why", "Say why it cannot wait")
        return said

    def asker(self) -> Asker:
        """Who asks, as the form says it."""
        said = self.cleaned_data
        listed = said["force"] != OTHER
        key = int(said["force"]) if listed else None
        return Asker(
            body=said["body"],
            body_name=self._forces[key] if key else said["body_name"],
            asker_id=key,
            officer_role=said["officer_role"],
            their_reference=said["their_reference"],
            received_on=said["received_on"],
            received_by=said["received_by"],
            urgent=said["urgent"] == "yes",
            urgent_why=said["urgent_why"] if said["urgent"] == "yes" else "",
        )


class SectionForm(PlainForm):
    """One thing that a request says. Everything may stay empty: then it lacks it."""

    warning = ""
    kind: type[SectionFacts]

    def facts(self) -> SectionFacts:
        """What the form says."""
        return self.kind(**self.cleaned_data)


class PurposeForm(SectionForm):
    """The offence and the line of enquiry."""

    kind = Purpose
    looks = {"line": Look(rows=4)}

    offence = forms.CharField(
        label="Which offence is investigated?", max_length=300, required=False
    )
    line = words(
        "Which reasonable line of enquiry are the records for?",
        required=False,
        help_text="In their words, as they wrote it",
    )


class ScopeForm(SectionForm):
    """Which records, from when to when."""

    kind = Scope
    looks = {"particulars": Look(rows=4)}

    kinds = forms.MultipleChoiceField(
        label="Which records do they name?",
        choices=[(row.code, row.label) for row in KINDS.values()],
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )
    everything = forms.BooleanField(
        label="They ask for everything we hold",
        help_text="Such a request cannot be answered: we ask what they need",
        required=False,
    )
    period_from = DateField(label="From which day?", required=False)
    period_until = DateField(label="Until which day?", required=False)
    particulars = words(
        "What exactly, and what is it to show?",
        required=False,
        help_text="In their words, as they wrote it",
    )

    def facts(self) -> SectionFacts:
        said = dict(self.cleaned_data)
        return Scope(kinds=tuple(said.pop("kinds")), **said)


class GroundsForm(SectionForm):
    """Why it is necessary and proportionate."""

    kind = Grounds
    looks = {name: Look(rows=4) for name in ("necessity", "proportionality")}

    necessity = words("Why do they need these records?", required=False)
    proportionality = words("Why so much, and no less?", required=False)
    other_means = words(
        "What other way did they think of first? (optional)", required=False
    )


class CounsellingForm(SectionForm):
    """Why counselling notes all the same."""

    kind = Counselling
    warning = (
        "Counselling notes are taken not to be necessary. They are given only where the"
        " request shows otherwise and a senior officer has approved asking for them."
    )
    looks = {"counselling_reason": Look(rows=4)}

    counselling_reason = words(
        "Why do they say that counselling notes are needed all the same?",
        required=False,
        help_text="Leave it empty where they do not say",
    )
    counselling_rank = _rank("Whose approval do they name for asking?")
    counselling_on = DateField(label="Day of that approval", required=False)


class ApprovalForm(SectionForm):
    """Who approved it on their side."""

    kind = Approval
    approved_rank = _rank("Whose approval does the request name?")
    approved_on = DateField(label="Day of the approval", required=False)


class NoticeForm(SectionForm):
    """Whether the person was told."""

    kind = NoticeGiven
    looks = {
        "notice": Look(
            reveals={
                Notice.GIVEN.value: "notice_on",
                Notice.WITHHELD.value: "withheld_why",
            }
        ),
        "withheld_words": Look(rows=3),
    }

    notice = forms.TypedChoiceField(
        label="Has the person been given notice of the request by who asks?",
        choices=[(notice.value, said) for notice, said in NOTICES.items()],
        coerce=Notice,
        empty_value=Notice.NOT_SAID,
        required=False,
        widget=forms.RadioSelect(),
    )
    notice_on = DateField(label="Day they were told", required=False)
    notice_how = forms.CharField(
        label="If they were told: how?", max_length=200, required=False
    )
    withheld_why = forms.ChoiceField(
        label="Why were they not told?",
        required=False,
        choices=[
            ("", "They do not say"),
            *((row.code, row.label) for row in UNSAID.values()),
        ],
        widget=forms.Select(),
    )
    withheld_words = words("If they were not told: why, in words", required=False)

    def facts(self) -> SectionFacts:
        said = self.cleaned_data
        given = said["notice"] is Notice.GIVEN
        withheld = said["notice"] is Notice.WITHHELD
        return NoticeGiven(
            notice=said["notice"],
            notice_on=said["notice_on"] if given else None,
            notice_how=said["notice_how"] if given else "",
            withheld_why=said["withheld_why"] if withheld else "",
            withheld_words=said["withheld_words"] if withheld else "",
        )


class ViewsForm(SectionForm):
    """What the person thinks of it."""

    kind = PersonViews
    looks = {"views_words": Look(rows=4)}

    views = forms.TypedChoiceField(
        label="What does the person think of their records being given?",
        choices=[(views.value, said) for views, said in VIEWS.items()],
        coerce=Views,
        empty_value=Views.NOT_SAID,
        required=False,
        widget=forms.RadioSelect(),
    )
    views_words = words("In their words; or why they were not asked", required=False)
    views_on = DateField(label="Day they said so", required=False)


SECTION_FORMS: dict[Section, type[SectionForm]] = {
    Section.PURPOSE: PurposeForm,
    Section.SCOPE: ScopeForm,
    Section.GROUNDS: GroundsForm,
    Section.COUNSELLING: CounsellingForm,
    Section.APPROVAL: ApprovalForm,
    Section.NOTICE: NoticeForm,
    Section.VIEWS: ViewsForm,
}
