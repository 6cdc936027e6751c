"""What is owed in one case with no day set, and how one of it is settled."""

from collections.abc import Iterator

from django import forms
from django.urls import reverse

from alongside.care.journey.tables import NOT_OWED
from alongside.care.journey.types.standing import ShownBy, StandingState
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.local import local_day
from alongside.web.casework import say as words_of_cases
from alongside.web.code_rights import say
from alongside.web.code_rights.forms import name_crime
from alongside.web.code_rights.pages import may_write
from alongside.web.components.base import EmptyState, Link, Tag, Tone
from alongside.web.components.planning import PlanCard, PlanRow, PlanSection
from alongside.web.planning.pages import CardsPage, FormPage
from alongside.workflows.standing import StandingPart, StandingView

HEADING = "Owed without a deadline"
NOTE = (
    "The Code promises these and sets no number of days, so nobody is late with them."
    " Ask, and write down what you hear."
)
AGAIN = (
    "It is owed again, and nobody has said that it was done. What was written stays."
)
DONE, NOT_DUE = Tag(text="Done", tone=Tone.GOOD), Tag(text="Not owed")
SHOWN = {
    ShownBy.NEEDS: "The referral says when their needs were assessed",
    ShownBy.STATEMENT: "The referral says that it was offered",
    ShownBy.WISH: "They asked not to be told",
}


def standing_page(view: StandingView, *, actor: Actor) -> CardsPage:
    """The promises of which nobody has said anything first, then the others."""
    change = may_write(view.brief, actor)
    case_id = view.brief.case.public_id
    known = view.of(StandingState.MET, StandingState.NOT_OWED)
    return CardsPage(
        title=HEADING,
        heading=HEADING,
        caption=words_of_cases.whose(view.brief),
        back=reverse("casework:case", args=[case_id]),
        back_text="Back to the case",
        notes=(NOTE,),
        links=(
            Link(
                text="All promises", href=reverse("casework:promises", args=[case_id])
            ),
            Link(text="Rights", href=reverse("code_rights:case", args=[case_id])),
        ),
        sections=(
            PlanSection(
                heading="Nobody has said yet",
                cards=tuple(_cards(view, view.of(StandingState.OWED), change=change)),
                empty=EmptyState(
                    heading="Nothing waits",
                    text="Of everything owed without a deadline we know what became.",
                )
                if known
                else EmptyState(heading="Nothing is owed without a deadline here"),
            ),
            *(
                (
                    PlanSection(
                        heading="What we know",
                        cards=tuple(_cards(view, known, change=change)),
                    ),
                )
                if known
                else ()
            ),
        ),
    )


def _cards(
    view: StandingView, parts: tuple[StandingPart, ...], *, change: bool
) -> Iterator[PlanCard]:
    """One card for each crime."""
    crimes = {part.crime.victimisation_id: part.crime for part in parts}
    for key in sorted(crimes):
        yield PlanCard(
            heading=name_crime(crimes[key]),
            rows=tuple(
                _row(view, part, change=change)
                for part in parts
                if part.crime.victimisation_id == key
            ),
        )


def _row(view: StandingView, part: StandingPart, *, change: bool) -> PlanRow:
    line = part.line
    if line.state is StandingState.OWED:
        return PlanRow(
            what=line.rule.label,
            words=(_since(part), line.rule.why),
            acts=(_act(view, part, "settle", "Say what became of it"),)
            if change
            else (),
        )
    return PlanRow(
        what=line.rule.label,
        words=tuple(_how_we_know(part)),
        tag=DONE if line.state is StandingState.MET else NOT_DUE,
        acts=tuple(_ways_back(view, part, change=change)),
    )


def _since(part: StandingPart) -> str:
    holder = words_of_cases.OWED_BY[part.line.rule.duty_holder]
    return f"Owed by {holder} since {say.day(local_day(part.line.since))}"


def _how_we_know(part: StandingPart) -> Iterator[str]:
    line = part.line
    reason = NOT_OWED.get(line.reason)
    words = SHOWN.get(line.shown_by) or line.evidence
    if line.state is StandingState.NOT_OWED:
        words = reason.label if reason else words
        yield words
    elif line.met_on is not None and line.shown_by is ShownBy.STATEMENT:
        yield f"{words}. It reached us on {say.day(line.met_on)}"
    elif line.met_on is not None:
        yield f"{say.day(line.met_on)}: {words}"
    yield _since(part)


def _ways_back(
    view: StandingView, part: StandingPart, *, change: bool
) -> Iterator[Link]:
    """Where it is said that it was kept, and how that is taken back."""
    case_id, line = view.brief.case.public_id, part.line
    if part.record_id is not None:
        href = reverse("code_rights:record", args=[case_id, part.record_id])
        yield Link(text="Open the right", href=href, about=line.rule.label)
    elif line.shown_by is ShownBy.TOLD:
        href = reverse("journey:journey", args=[case_id])
        yield Link(text="Open the journey", href=href, about=line.rule.label)
    elif line.shown_by is ShownBy.WISH and change:
        href = reverse("wishes:wishes", args=[case_id])
        yield Link(text="What they asked for", href=href, about=line.rule.label)
    elif part.may_take_back and change:
        yield _act(view, part, "owed_again", "Take back")


def _act(view: StandingView, part: StandingPart, page: str, text: str) -> Link:
    href = reverse(f"code_rights:{page}", args=[view.brief.case.public_id, part.name])
    about = f"{part.line.rule.label}, {name_crime(part.crime)}"
    return Link(text=text, href=href, about=about)


def settle_page(view: StandingView, part: StandingPart, form: forms.Form) -> FormPage:
    """Asks what became of one promise."""
    return _form(
        view,
        part.line.rule.label,
        form,
        save="Save",
        notes=(name_crime(part.crime), f"{_since(part)}.", part.line.rule.why),
    )


def again_page(view: StandingView, part: StandingPart, form: forms.Form) -> FormPage:
    """Asks once before what somebody wrote of a promise is taken back."""
    return _form(
        view,
        f"Take back: {part.line.rule.label}",
        form,
        save="Take it back",
        notes=(name_crime(part.crime), *_how_we_know(part), AGAIN),
    )


def _form(
    view: StandingView,
    heading: str,
    form: forms.Form,
    *,
    save: str,
    notes: tuple[str, ...],
) -> FormPage:
    return FormPage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        caption=words_of_cases.whose(view.brief),
        form=form,
        back=reverse("code_rights:standing", args=[view.brief.case.public_id]),
        back_text=HEADING,
        save=save,
        notes=notes,
    )
