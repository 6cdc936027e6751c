"""What is asked about an information-sharing agreement."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from alongside.care.consent.tables import PURPOSES
from alongside.foundation.organisations.queries import AgreementLine, PartyLine
from alongside.foundation.organisations.types import AgreementTerms, Flow
from alongside.walls.bits import EVERY_FACET
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look
from alongside.web.sharing import say

LINE_LIMIT, WORDS_LIMIT = 200, 2000
SHARED = [row for row in PURPOSES.values() if row.to_others]


def _line(label: str, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LINE_LIMIT, **options)


class Terms(PlainForm):
    """What an agreement says. For each purpose, the parts that may flow."""

    looks = {
        "reference": Look(width=20),
        "legal_basis": Look(rows=3),
        "signatories": Look(rows=3),
    }

    title = _line("What is it called?")
    reference = _line(
        "Reference of the signed document", help_text="So that it can be found again."
    )
    parties = forms.TypedMultipleChoiceField(
        label="With whom?",
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": "Choose at least one other agency"},
    )
    legal_basis = forms.CharField(
        label="What in law lets you share?",
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(),
    )
    signatories = forms.CharField(
        label="Who signed it, by office",
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(),
        help_text="Offices, not names, like: Head of service.",
    )
    starts = DateField(label="First day")
    last_day = DateField(label="Last day")
    review_on = DateField(label="Date of the next review")

    def __init__(self, *args: Any, others: Iterable[PartyLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {one.public_id: one.agency_id for one in others}
        parties = self.fields["parties"]
        if isinstance(parties, forms.ChoiceField):
            parties.choices = [(str(one.public_id), one.name) for one in others]
        for row in SHARED:
            self.fields[f"flow_{row.code}"] = forms.MultipleChoiceField(
                label=f"What may be shared for: {row.label.lower()}",
                choices=say.part_choices(EVERY_FACET),
                widget=forms.CheckboxSelectMultiple(),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """See that something flows, and that the days are in order."""
        typed = super().clean() or {}
        if not any(typed.get(f"flow_{row.code}") for row in SHARED):
            first = f"flow_{SHARED[0].code}"
            self.add_error(first, "Choose what may be shared for at least one purpose")
        starts, last, review = (
            typed.get(name) for name in ("starts", "last_day", "review_on")
        )
        if starts and last and last < starts:
            self.add_error("last_day", "The last day must not be before the first")
        if last and review and review > last:
            self.add_error("review_on", "The review must come before the last day")
        return typed

    def terms(self) -> AgreementTerms:
        """What was typed, as the register takes it."""
        typed = self.cleaned_data
        flows = (
            Flow(purpose=row.code, fields=say.mask_of(typed[f"flow_{row.code}"]))
            for row in SHARED
        )
        return AgreementTerms(
            title=typed["title"],
            reference=typed["reference"],
            legal_basis=typed["legal_basis"],
            signatories=typed["signatories"],
            starts=typed["starts"],
            last_day=typed["last_day"],
            review_on=typed["review_on"],
            other_party_ids=tuple(self.others[one] for one in typed["parties"]),
            flows=tuple(flow for flow in flows if flow.fields),
        )


def first_values(agreement: AgreementLine) -> dict[str, object]:
    """What the form starts from when a draft is changed."""
    flows = {
        f"flow_{flow.purpose}": [name for name, _ in say.part_choices(flow.fields)]
        for flow in agreement.flows
    }
    return {
        "title": agreement.title,
        "reference": agreement.reference,
        "parties": [str(one.public_id) for one in agreement.parties],
        "legal_basis": agreement.legal_basis,
        "signatories": agreement.signatories,
        "starts": agreement.starts,
        "last_day": agreement.last_day,
        "review_on": agreement.review_on,
        **flows,
    }


class Extend(PlainForm):
    """A later last day, and the document that says so."""

    looks = {"reference": Look(width=20)}

    last_day = DateField(label="New last day")
    review_on = DateField(label="Date of the next review")
    reference = _line("Reference of the newly signed document")


class Reviewed(PlainForm):
    """That an agreement was reviewed, and when it is reviewed again."""

    next_review_on = DateField(label="Date of the next review")


class End(PlainForm):
    """Why an agreement ends before its last day."""

    reason = _line(
        "Why does it end?",
        error_messages={"required": "Say why it ends"},
    )
