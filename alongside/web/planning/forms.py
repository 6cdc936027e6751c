"""What is asked about plans, goals, actions and papers."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from alongside.care.instruments.tables import NEEDS
from alongside.care.planning.tables import sections_of
from alongside.care.planning.types import (
    ActionState,
    AgreedHow,
    GoalState,
    PaperKind,
    Whose,
)
from alongside.web.govuk.dates import DateField
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look
from alongside.workflows.pass_on import Hands

WORDS, SHORT = 4000, 200
HOW = {
    AgreedHow.TOGETHER: "Face to face",
    AgreedHow.PHONE: "By phone",
    AgreedHow.VIDEO: "By video",
    AgreedHow.WRITING: "In writing",
    AgreedHow.FOR_THEM: "Somebody who may speak for them agreed",
}
GOAL_ENDS = {
    GoalState.REACHED: "It was reached",
    GoalState.PARTLY: "It was reached in part",
    GoalState.LEFT: "It is left: no longer wanted, or not possible",
}
WHOSE = {
    Whose.OURS: "One of us",
    Whose.PARTNER: "Another service or person",
    Whose.PERSON: "The person themselves",
}


def words_field(label: str, *, limit: int = WORDS, **options: Any) -> forms.CharField:
    """A box for words."""
    return forms.CharField(
        label=label, max_length=limit, widget=forms.Textarea(), **options
    )


def choice(
    label: str, options: Iterable[tuple[str, str]], **more: Any
) -> forms.ChoiceField:
    """Radios, one of which is chosen."""
    return forms.ChoiceField(
        label=label, choices=list(options), widget=forms.RadioSelect(), **more
    )


class Versioned(PlainForm):
    """A form that knows which version its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def clean_version(self) -> int:
        """The version; nought where there was none."""
        return int(self.cleaned_data.get("version") or 0)


class Sure(Versioned):
    """Nothing but the version: asked once, then done."""


class Begin(PlainForm):
    """When the plan is looked at again."""

    review_on = DateField(label="Date on which to look at the plan again")


class AddGoal(Versioned):
    """What is to be different, in which need, and why."""

    looks = {"words": Look(rows=2), "why": Look(rows=3)}

    need = choice(
        "What is it about?",
        [(row.code, row.label) for row in NEEDS.values()],
        error_messages={"required": "Choose what the goal is about"},
    )
    words = words_field(
        "What do they want to be different?",
        limit=500,
        help_text="In their words, if you can. They will read this.",
        error_messages={"required": "Say what they want to be different"},
    )
    why = words_field("Why does it matter to them?", required=False)
    review_on = DateField(label="Date on which to look at it again", required=False)


class EndGoal(Versioned):
    """What became of a goal."""

    looks = {"words": Look(rows=3)}

    state = choice(
        "What became of it?",
        [(state.value, words) for state, words in GOAL_ENDS.items()],
        error_messages={"required": "Choose what became of it"},
    )
    words = words_field("What do they say about it?", required=False)

    def clean(self) -> dict[str, Any]:
        """See that a goal that is left says why."""
        typed = super().clean() or {}
        if typed.get("state") == GoalState.LEFT and not typed.get("words"):
            self.add_error("words", "Say why it is left")
        return typed


class EditAction(Versioned):
    """What somebody does towards a goal, and by when."""

    looks = {
        "whose": Look(reveals={"ours": "worker", "partner": "owner_words"}),
        "words": Look(rows=2),
    }

    words = words_field(
        "What is to be done?",
        limit=500,
        error_messages={"required": "Say what is to be done"},
    )
    whose = choice(
        "Who does it?",
        [(one.value, words) for one, words in WHOSE.items()],
        error_messages={"required": "Choose who does it"},
    )
    worker = forms.TypedChoiceField(
        label="Which of us?", coerce=UUID, empty_value=None, required=False
    )
    owner_words = forms.CharField(
        label="Which service or person?", max_length=SHORT, required=False
    )
    due_on = DateField(label="Date by which it is done")

    def __init__(self, *args: Any, hands: Hands, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_workers(self, hands, nobody="Choose who")

    def clean(self) -> dict[str, Any]:
        """See that whoever does it is named."""
        typed = super().clean() or {}
        if typed.get("whose") == Whose.OURS and not typed.get("worker"):
            self.add_error("worker", "Choose which of us does it")
        if typed.get("whose") == Whose.PARTNER and not typed.get("owner_words"):
            self.add_error("owner_words", "Say which service or person does it")
        return typed


class EndAction(Versioned):
    """Whether an action was done, and what came of it."""

    looks = {"state": Look(reveals={"done": "done_on"}), "outcome": Look(rows=3)}

    state = choice(
        "Was it done?",
        [
            (ActionState.DONE.value, "Yes"),
            (ActionState.NOT_DONE.value, "No, and it will not be"),
        ],
        error_messages={"required": "Choose whether it was done"},
    )
    done_on = DateField(label="Date on which it was done", required=False)
    outcome = words_field("What came of it?", required=False)

    def clean(self) -> dict[str, Any]:
        """See that what was not done says why."""
        typed = super().clean() or {}
        if typed.get("state") == ActionState.NOT_DONE and not typed.get("outcome"):
            self.add_error("outcome", "Say why it will not be done")
        return typed


class Agree(Versioned):
    """When and how the person agreed to their plan."""

    looks = {"how": Look(reveals={"for_them": "spoke_for"})}

    on = DateField(label="Date on which they agreed")
    how = choice(
        "How did they agree?",
        [(one.value, words) for one, words in HOW.items()],
        error_messages={"required": "Choose how they agreed"},
    )
    spoke_for = forms.CharField(
        label="Who agreed for them, and why", max_length=SHORT, required=False
    )

    def clean(self) -> dict[str, Any]:
        """See that whoever agreed for them is named."""
        typed = super().clean() or {}
        if typed.get("how") == AgreedHow.FOR_THEM and not typed.get("spoke_for"):
            self.add_error("spoke_for", "Say who agreed for them, and why")
        return typed


class Decide(Versioned):
    """Whether a supervisor approves a plan."""

    looks = {"decision": Look(reveals={"return": "words"}), "words": Look(rows=3)}

    decision = choice(
        "Do you approve this plan?",
        [("approve", "Yes"), ("return", "No: send it back")],
        error_messages={"required": "Choose whether you approve it"},
    )
    words = words_field("What is to be changed?", required=False)

    def clean(self) -> dict[str, Any]:
        """See that a plan that goes back says what to change."""
        typed = super().clean() or {}
        if typed.get("decision") == "return" and not typed.get("words"):
            self.add_error("words", "Say what is to be changed")
        return typed


class Review(Versioned):
    """What was found when the plan was looked at again, and when next."""

    looks = {"words": Look(rows=3)}

    words = words_field(
        "What did you find?", error_messages={"required": "Say what you found"}
    )
    review_on = DateField(label="Date on which to look at it again")


class ClosePlan(Versioned):
    """What came of the plan as a whole."""

    looks = {"words": Look(rows=4)}

    words = words_field(
        "What came of it?", error_messages={"required": "Say what came of it"}
    )


class Paper(Versioned):
    """A safety or exit plan, section by section. `version` is the one it follows."""

    review_on = DateField(label="Date on which to look at it again", required=False)
    with_person = forms.BooleanField(
        label="I wrote this together with them", required=False
    )

    def __init__(self, *args: Any, paper: PaperKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {
            f"section_{row.code}": words_field(
                row.label, help_text=row.hint, required=False
            )
            for row in sections_of(paper)
        }
        self.fields = asked | self.fields
        self.looks = dict.fromkeys(asked, Look(rows=3))

    def sections(self) -> dict[str, str]:
        """What was written, by section."""
        return {
            name.removeprefix("section_"): words
            for name, words in self.cleaned_data.items()
            if name.startswith("section_")
        }


def offer_workers(form: forms.Form, hands: Hands, *, nobody: str) -> None:
    """Fill a form's list of workers."""
    field = form.fields["worker"]
    if isinstance(field, forms.ChoiceField):
        field.choices = [
            ("", nobody),
            *((str(one.public_id), one.name) for one, _ in hands.workers),
        ]
