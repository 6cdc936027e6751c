"""Safety and exit plans: what they say, their versions, and their sheets."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse

from alongside.care.planning.queries.meetings import PaperLine
from alongside.care.planning.tables import sections_of
from alongside.care.planning.types import PaperKind
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.local import local_day
from alongside.web.casework import say
from alongside.web.components.base import Act, EmptyState, Link
from alongside.web.components.planning import PlanCard, PlanRow, PlanSection
from alongside.web.planning.pages import CardsPage, SheetPage, SheetPart, at
from alongside.web.planning.plan_pages import may_change
from alongside.web.words import say_day
from alongside.workflows.read_case import CaseBrief

PAPERS = {PaperKind.SAFETY: "Safety plan", PaperKind.EXIT: "Exit plan"}
SHEET = "My notes"  # tells whoever finds it nothing


def paper_page(
    brief: CaseBrief,
    paper: PaperKind,
    papers: Sequence[PaperLine],
    *,
    actor: Actor,
    on: date,
) -> CardsPage:
    """A safety or exit plan as it stands, and the versions before."""
    name = PAPERS[paper]
    write = at(f"write_{paper.value}", brief)
    change = may_change(brief, actor)
    acts = [Act(text=f"Change the {name.lower()}", href=write)] if papers else []
    links = [Link(text="Sheet for the person", href=at(f"{paper}_sheet", brief))]
    if paper is PaperKind.SAFETY:
        acts += [
            Act(
                text="Code word",
                href=reverse("vault:list", args=[brief.label.public_id]),
            )
        ]
    return CardsPage(
        title=name,
        heading=name,
        caption=say.whose(brief),
        back=at("plan", brief),
        back_text="Back to the plan",
        acts=tuple(acts) if change else (),
        links=tuple(links) if papers else (),
        notes=tuple(_paper_notes(papers, paper, on)),
        sections=tuple(_papers(papers, paper, write if change else "")),
    )


def _paper_notes(
    papers: Sequence[PaperLine], paper: PaperKind, on: date
) -> Iterator[str]:
    if paper is PaperKind.SAFETY:
        yield (
            "A code word, a safe phone number and a safe address do not belong here."
            " Keep them as protected details."
        )
    if papers and papers[0].review_on:
        far = say.how_far(papers[0].review_on, on)
        yield f"To be looked at again on {say.long_day(papers[0].review_on)}, {far}."


def _papers(
    papers: Sequence[PaperLine], paper: PaperKind, write: str
) -> Iterator[PlanSection]:
    name = PAPERS[paper]
    if not papers:
        yield PlanSection(
            heading="What it says",
            cards=(),
            empty=EmptyState(
                heading=f"There is no {name.lower()} yet",
                text="Write it together with them, in their words.",
                link=Link(text=f"Write the {name.lower()}", href=write)
                if write
                else None,
            ),
        )
        return
    yield PlanSection(heading="What it says", cards=(paper_card(papers[0], paper),))
    if papers[1:]:
        yield PlanSection(
            heading="Versions before",
            cards=tuple(paper_card(one, paper, quiet=True) for one in papers[1:]),
        )


def paper_card(line: PaperLine, paper: PaperKind, *, quiet: bool = False) -> PlanCard:
    """One version, section by section."""
    with_them = ", together with them" if line.with_person else ""
    made = f"{say_day(local_day(line.made_at))} by {line.made_by}{with_them}"
    return PlanCard(
        label=f"Version {line.number}",
        heading=f"Written on {made}",
        rows=tuple(
            PlanRow(what=row.label, words=(line.sections[row.code],))
            for row in sections_of(paper)
            if row.code in line.sections
        ),
        quiet=quiet,
    )


def paper_sheet(
    brief: CaseBrief, paper: PaperKind, papers: Sequence[PaperLine]
) -> SheetPage:
    """The newest version, under headings that say nothing to whoever finds it."""
    sections = papers[0].sections if papers else {}
    return SheetPage(
        title=SHEET,
        heading=SHEET,
        back=at(paper.value, brief),
        back_text="Back",
        parts=tuple(
            SheetPart(heading=row.heading, lines=(sections[row.code],))
            for row in sections_of(paper)
            if row.code in sections
        ),
    )
