"""How much a person is still to be told, on the page of their case."""

from django.urls import reverse

from alongside.care.telling.tables import TOLD_RULES
from alongside.web.components.casefile import Fact, FactCard
from alongside.web.words import say_count
from alongside.workflows.read_case import CaseView


def card(view: CaseView) -> FactCard:
    """How many things happened that they have not been told, and the way to them.

    Out of the promises that the page holds anyhow.
    """
    waiting = {
        clock.event_id
        for clock in view.clocks
        if not clock.settled and clock.event_id and clock.rule in TOLD_RULES
    }
    words = (
        say_count(len(waiting), "thing") + " to tell" if waiting else "Nothing waits"
    )
    href = reverse("telling:case", args=[view.case.public_id])
    return FactCard(
        heading="Telling them", facts=(Fact(name="News", value=words, href=href),)
    )
