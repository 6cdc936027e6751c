"""What the case page says of what is planned, warned of, and who is around."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse

from alongside.care.people.tables import RELATIONS
from alongside.care.people.types import RelationLine
from alongside.care.planning.queries.meetings import WarningLine
from alongside.care.planning.tables import WARNING_KINDS
from alongside.web.components.casefile import Fact, FactCard
from alongside.web.words import say_day
from alongside.workflows.read_case import CaseView

HIDDEN = "Somebody whose name you may not see"
NEVER = "must never be told"


def warnings(lines: Sequence[WarningLine], on: date) -> Iterator[str]:
    """Each warning with the day it stands until; a lapsed one asks to be looked at."""
    for line in lines:
        said = f"{WARNING_KINDS[line.kind].label}: {line.words.rstrip('.')}."
        if line.has_lapsed(on):
            yield (f"{said} This lapsed on {say_day(line.until)}: look at it again.")
        else:
            yield f"{said} Until {say_day(line.until)}."


def card(view: CaseView, on: date) -> FactCard:
    """The ways to what is planned, from the case."""
    lapsed = sum(line.has_lapsed(on) for line in view.warnings)
    standing = len(view.warnings) - lapsed
    stand = f"{standing} standing" if standing else "None standing"
    words = stand + (f", {lapsed} lapsed" if lapsed else "")

    def to(page: str) -> str:
        return reverse(f"planning:{page}", args=[view.case.public_id])

    return FactCard(
        heading="Planned",
        facts=(
            Fact(name="Safety", value="Safety plan", href=to("safety")),
            Fact(name="Warnings", value=words, href=to("warnings")),
        ),
    )


def people_card(view: CaseView) -> FactCard:
    """Who is around the person, and what they may do or be told."""
    href = reverse("planning:around", args=[view.case.public_id])
    facts = [_somebody(line) for line in view.relations if line.ended_at is None]
    change = Fact(name="All", value="People around them", href=href)
    return FactCard(heading="People around them", facts=(*facts, change))


def _somebody(line: RelationLine) -> Fact:
    row = RELATIONS[line.kind]
    marks = [line.name or HIDDEN]
    if not line.back:
        marks += ["may speak for them"] if line.may_speak else []
        marks += [NEVER] if line.never_told else []
    return Fact(name=row.back if line.back else row.label, value=", ".join(marks))
