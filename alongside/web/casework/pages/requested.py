"""What the case page says of requests for the person's records: one line."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from alongside.care.information_requests.queries import RequestNote
from alongside.web.components.casefile import Fact, FactCard
from alongside.web.words import say_count

QUIET = "They have not been told, and must not be"


def card(case_id: UUID, notes: Sequence[RequestNote]) -> FactCard | None:
    """Whether their records were asked for; nothing where they never were."""
    if not notes:
        return None
    waiting = sum(note.is_open for note in notes)
    words = f"{say_count(len(notes), 'request')}, {waiting} open"
    href = reverse("information_requests:of_case", args=[case_id])
    facts = [Fact(name="Records asked for", value=words, href=href)]
    if any(note.is_open and note.keeps_quiet for note in notes):
        facts.append(Fact(name="Careful", value=QUIET))
    return FactCard(heading="Police and others ask", facts=tuple(facts))
