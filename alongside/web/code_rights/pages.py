"""The rights of one case, and with which step one begins."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from alongside.care.casework.queries import CrimeLine
from alongside.care.code_rights.queries import CaseFound, RecordLine, find_window
from alongside.care.code_rights.types import RightKind, WindowNow
from alongside.foundation.accounts.types import Actor, Permission
from alongside.web.casework import say as words_of_cases
from alongside.web.code_rights import say
from alongside.web.code_rights.forms import name_crime
from alongside.web.components.base import Act, EmptyState, Link
from alongside.web.components.planning import PlanCard, PlanRow, PlanSection
from alongside.web.planning.pages import CardsPage, FormPage
from alongside.web.words import say_day
from alongside.workflows.code_rights import Begin, MayAsk, RightsView
from alongside.workflows.read_case import CaseBrief

TAKEN_BACK = "Taken back"


def may_write(brief: CaseBrief, actor: Actor) -> bool:
    """Whether the reader may write about rights in the case."""
    own = brief.case.agency_id == actor.agency_id
    return own and actor.has(Permission.CASE_WORK)


def numbered(found: CaseFound) -> list[tuple[int, CrimeLine]]:
    """The crimes of a case, each with a number, in the order in which they came."""
    crimes = sorted(found.crimes, key=lambda one: one.victimisation_id)
    return list(enumerate(crimes, start=1))


def crime_numbered(found: CaseFound, number: str) -> CrimeLine | None:
    """The crime of that number."""
    return next((one for n, one in numbered(found) if str(n) == number), None)


def suspects_in(found: CaseFound) -> list[str]:
    """The suspects of whom something was told, by reference."""
    lines = (one for lines in found.happened.values() for one in lines)
    return sorted({one.suspect_ref for one in lines if one.suspect_ref})


def window_for(
    found: Begin, kind: RightKind, crime: CrimeLine, suspect: str
) -> WindowNow | None:
    """How the window of a kind stands that is about to be begun."""
    born = found.brief.label.date_of_birth
    return find_window(kind, crime, found.found, suspect_ref=suspect, born=born)


def case_page(view: RightsView, *, actor: Actor, on: date) -> CardsPage:
    """What is open, what may be asked for now, and what is over."""
    change = may_write(view.brief, actor)
    case_id = view.brief.case.public_id
    current = [line for line in view.records if not _is_over(line)]
    over = [line for line in view.records if _is_over(line)]
    promises = reverse("casework:promises", args=[case_id])
    write = Act(text="Write down a right", href=at("choose", view.brief), primary=True)
    return CardsPage(
        title="Rights",
        heading="Rights",
        caption=words_of_cases.whose(view.brief),
        back=reverse("casework:case", args=[case_id]),
        back_text="Back to the case",
        acts=(write,) if change else (),
        links=(
            Link(text="All promises", href=promises),
            Link(text="Owed without a deadline", href=at("standing", view.brief)),
        ),
        sections=(
            PlanSection(
                heading="Open",
                cards=tuple(_record_card(view, line.record_id, on) for line in current),
                empty=EmptyState(heading="Nothing is open"),
            ),
            PlanSection(
                heading="They may use these now",
                cards=tuple(_may_ask(view, on, change=change)),
                empty=EmptyState(
                    heading="Nothing new applies at this stage",
                    text="What comes next depends on how the matter moves on.",
                ),
            ),
            *(
                (
                    PlanSection(
                        heading="Over",
                        cards=tuple(
                            _record_card(view, line.record_id, on) for line in over
                        ),
                    ),
                )
                if over
                else ()
            ),
        ),
    )


def _is_over(line: RecordLine) -> bool:
    """Whether nothing follows, or everything was taken back."""
    return line.ended_on is not None or line.state is None


def at(page: str, brief: CaseBrief, *more: object) -> str:
    """The address of a page about rights of a case."""
    return reverse(f"code_rights:{page}", args=[brief.case.public_id, *more])


def _record_card(view: RightsView, record_id: object, on: date) -> PlanCard:
    line = next(one for one in view.records if one.record_id == record_id)
    crime = view.found.crime(line.victimisation_id)
    window = view.windows.get(line.record_id)
    about = f" (suspect {line.suspect_ref})" if line.suspect_ref else ""
    words = [name_crime(crime) + about] if crime else []
    if window is not None:
        words.append(say.window(window, on))
    state = line.state.label if line.state else TAKEN_BACK
    return PlanCard(
        label=f"{say.right(line.kind)}: {line.kind.title}",
        heading=f"{state}, {say_day(line.state_on)}",
        tag=say.window_tag(window, on) if window else None,
        words=tuple(words),
        acts=(
            Link(
                text="Open",
                href=at("record", view.brief, line.record_id),
                about=line.kind.title,
            ),
        ),
        quiet=_is_over(line),
    )


def _may_ask(view: RightsView, on: date, *, change: bool) -> Iterator[PlanCard]:
    """One card for each crime, with what may be used there, the most urgent first."""
    for number, crime in numbered(view.found):
        lines = [
            one
            for one in view.may_ask
            if one.crime.victimisation_id == crime.victimisation_id
        ]
        lines.sort(key=lambda one: (_closes(one), one.kind.right, one.kind.title))
        if lines:
            yield PlanCard(
                heading=name_crime(crime),
                rows=tuple(
                    _may_row(view, one, number, on, change=change) for one in lines
                ),
            )


def _closes(one: MayAsk) -> date:
    return one.window.until if one.window and one.window.until else date.max


def _may_row(
    view: RightsView, one: MayAsk, number: int, on: date, *, change: bool
) -> PlanRow:
    words = [one.kind.offer]
    if one.window is not None:
        words.append(say.window(one.window, on))
    query = urlencode({"kind": one.kind.code, "crime": number})
    href = f"{at('choose', view.brief)}?{query}"
    return PlanRow(
        what=one.kind.title,
        words=tuple(words),
        tag=say.window_tag(one.window, on) if one.window else None,
        acts=(Link(text="Write down", href=href, about=one.kind.title),)
        if change
        else (),
    )


def choose_page(begin: Begin, form: forms.Form) -> FormPage:
    """Which right is written about."""
    return FormPage(
        title="Error: Write down a right" if form.errors else "Write down a right",
        heading="Write down a right",
        caption=words_of_cases.whose(begin.brief),
        form=form,
        back=at("case", begin.brief),
        back_text="Rights",
        save="Continue",
    )


def first_page(
    begin: Begin, kind: RightKind, crime: CrimeLine, *, query: str, window: str
) -> CardsPage:
    """With which step a right begins."""
    rows = tuple(
        PlanRow(
            what="",
            acts=(
                Link(
                    text=kind.step(code).act,
                    href=f"{at('begin', begin.brief, kind.code, code)}?{query}",
                ),
            ),
        )
        for code in kind.first
    )
    return CardsPage(
        title=kind.title,
        heading=kind.title,
        caption=words_of_cases.whose(begin.brief),
        back=f"{at('choose', begin.brief)}?all=yes",
        back_text="Another right",
        notes=(kind.meaning, name_crime(crime), *([window] if window else [])),
        sections=(
            PlanSection(
                heading="What happened first?", cards=(PlanCard(heading="", rows=rows),)
            ),
        ),
    )
