"""The forms by which a case is worked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.urls import reverse

from alongside.care.assessment.tables import EXITS
from alongside.care.casework.tables import DISPOSITIONS
from alongside.care.contact.types import RefusedChannel
from alongside.care.planning.queries.plans import PlanSum
from alongside.web.casework import say
from alongside.web.casework.pages import case, timeline
from alongside.web.components.casefile import Fact, Timeline
from alongside.web.components.person import PhoneNumber
from alongside.workflows.case_timeline import Entry
from alongside.workflows.close_case import needs_reason
from alongside.workflows.log_contact import ChannelView
from alongside.workflows.read_case import CaseBrief

HIGH_RISK = (
    "This is a high-risk case. Use only a channel that is marked safe: one that nobody"
    " has marked is treated as unsafe."
)


@dataclass(frozen=True, kw_only=True)
class ActPage:
    """One form about one case.

    `news` is what has happened since the form was opened, where somebody else
    changed the case meanwhile. `own_heading` is false where a field is the heading.
    """

    title: str
    heading: str
    caption: str
    form: forms.Form
    back: str
    save: str
    notes: tuple[str, ...] = ()
    news: Timeline | None = None
    own_heading: bool = True


@dataclass(frozen=True, kw_only=True)
class ContactPage:
    """Logging contact: the form, and the channels that may not be used with why."""

    title: str
    heading: str
    caption: str
    form: forms.Form
    back: str
    notes: tuple[str, ...]
    refused: tuple[RefusedChannel, ...]
    phones: tuple[PhoneNumber, ...]
    can_reach: bool
    safety: str


@dataclass(frozen=True, kw_only=True)
class ClosingPage:
    """Asking once before a case closes. `kept` is what was typed, name by name."""

    title: str
    heading: str
    caption: str
    back: str
    kept: tuple[tuple[str, object], ...]
    facts: tuple[Fact, ...]


def act(
    heading: str,
    brief: CaseBrief,
    form: forms.Form,
    *,
    save: str,
    notes: Sequence[str] = (),
    news: Iterable[Entry] = (),
    on: date,
    own_heading: bool = True,
) -> ActPage:
    """A form about one case."""
    entries = tuple(news)
    return ActPage(
        title=_title(heading, form),
        heading=heading,
        caption=say.whose(brief),
        form=form,
        back=_back(brief),
        save=save,
        notes=tuple(notes),
        news=Timeline(days=timeline.days(entries, on=on)) if entries else None,
        own_heading=own_heading,
    )


def contact(brief: CaseBrief, channels: ChannelView, form: forms.Form) -> ContactPage:
    """The form on which an attempt to reach the person is logged."""
    notes = []
    if channels.do_not_contact:
        why = f" {channels.reason}" if channels.reason else ""
        notes.append(f"They are marked as not to be contacted.{why}")
    elif channels.high_risk:
        notes.append(HIGH_RISK)
    return ContactPage(
        title=_title("Log contact", form),
        heading="Log contact",
        caption=say.whose(brief),
        form=form,
        back=_back(brief),
        notes=tuple(notes),
        refused=channels.offered.refused,
        phones=tuple(case.phones(channels)),
        can_reach=bool(channels.offered.offered),
        safety=reverse("casework:safety", args=[brief.label.public_id]),
    )


def closing(
    brief: CaseBrief, form: forms.Form, plan: PlanSum | None = None
) -> ClosingPage:
    """What closing will do, asked once. `plan` is the one that closes with it."""
    typed = form.cleaned_data
    facts = [
        Fact(name="How it ended", value=DISPOSITIONS[typed["disposition"]].label),
        Fact(name="What you wrote", value=typed["reason"] or "Nothing"),
    ]
    if typed.get("no_exit") and needs_reason(typed["disposition"]):
        facts.append(
            Fact(name="Not asked at the end", value=EXITS[typed["no_exit"]].label)
        )
    if brief.case.next_action:
        due = brief.case.next_action_on
        by = f", by {say.long_day(due)}" if due else ""
        facts.append(
            Fact(name="Will no longer happen", value=f"{brief.case.next_action}{by}")
        )
    if plan is not None and not plan.is_closed:
        facts.append(Fact(name="Support plan", value=_closes(plan)))
    return ClosingPage(
        title="Close this case?",
        heading="Close this case?",
        caption=say.whose(brief),
        back=_back(brief),
        kept=tuple((name, form.data.get(name, "")) for name in form.fields),
        facts=tuple(facts),
    )


def _title(heading: str, form: forms.Form) -> str:
    return f"Error: {heading}" if form.errors else heading


def _back(brief: CaseBrief) -> str:
    return reverse("casework:case", args=[brief.case.public_id])


def _closes(plan: PlanSum) -> str:
    left = [
        f"{number:,} {one if number == 1 else many}"
        for number, one, many in (
            (plan.goals, "goal that is open", "goals that are open"),
            (plan.actions, "action that is to do", "actions that are to do"),
        )
        if number
    ]
    return f"Closes with it, with {' and '.join(left)}" if left else "Closes with it"
