"""Crimes and incidents as small cards."""

from collections.abc import Iterable, Iterator

from alongside.care.casework.queries import CrimeLine
from alongside.foundation.lib.local import local_day
from alongside.foundation.reference.tables import FLAGS, OUTCOMES
from alongside.web.casework import say
from alongside.web.components.base import Tag, Tone
from alongside.web.components.casefile import Fact, FactCard
from alongside.web.words import say_day

ROLES = {
    "victim": "Victim",
    "witness": "Witness",
    "victim_witness": "Victim and witness",
}


def cards(crimes: Iterable[CrimeLine]) -> Iterator[FactCard]:
    """One card a crime, the newest report first."""
    for crime in crimes:
        yield FactCard(
            heading=crime.offence_title or say.code(crime.record_type),
            facts=tuple(_facts(crime)),
            tag=_tag(crime),
        )


def _tag(crime: CrimeLine) -> Tag | None:
    if not crime.live:
        return Tag(text="Taken back")
    if not crime.status:
        return None
    tone = Tone.PLAIN if crime.status == "closed" else Tone.INFO
    return Tag(text=say.code(crime.status), tone=tone)


def _facts(crime: CrimeLine) -> Iterator[Fact]:
    yield Fact(name="Reference", value=crime.crime_ref)
    yield Fact(name="Their part", value=ROLES.get(crime.role, say.code(crime.role)))
    yield Fact(name="Reported", value=say_day(local_day(crime.reported_at)))
    if crime.occurred_from is not None:
        yield Fact(name="Happened", value=say_day(local_day(crime.occurred_from)))
    if crime.flags:
        words = (FLAGS[code].label for code in crime.flags if code in FLAGS)
        yield Fact(name="Police flags", value=", ".join(words))
    if crime.relationship_to_suspect:
        same = ", at the same address" if crime.suspect_same_address else ""
        who = say.code(crime.relationship_to_suspect)
        yield Fact(name="Suspect is their", value=f"{who}{same}")
    if crime.outcome_type:
        outcome = OUTCOMES.get(crime.outcome_type)
        words_of = outcome.label if outcome else crime.outcome_type
        day = f", {say_day(crime.outcome_on)}" if crime.outcome_on else ""
        yield Fact(name="Outcome", value=f"{words_of}{day}")
    if crime.officer_contact:
        yield Fact(name="Officer", value=crime.officer_contact)
