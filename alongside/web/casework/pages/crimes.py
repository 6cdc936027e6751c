"""Crimes and incidents, as small cards and as a table."""

from collections.abc import Iterable, Iterator, Sequence

from alongside.care.casework.queries import CrimeLine
from alongside.foundation.lib.local import local_day
from alongside.foundation.reference.tables import FLAGS, OUTCOMES
from alongside.web.casework import say
from alongside.web.components.base import Tag, Tone
from alongside.web.components.casefile import Fact, FactCard
from alongside.web.components.lists import Column, DataTable
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
            heading=crime.what,
            facts=tuple(_facts(crime)),
            tag=_tag(crime),
        )


def table(crimes: Sequence[CrimeLine]) -> DataTable | None:
    """Every crime on a line, the newest report first."""
    if not crimes:
        return None
    return DataTable(
        caption="Crimes and incidents, newest report first",
        columns=(
            Column(heading="What"),
            Column(heading="Police reference"),
            Column(heading="Their part"),
            Column(heading="Reported"),
            Column(heading="Flags"),
            Column(heading="How it stands"),
        ),
        rows=tuple(
            (
                crime.what,
                crime.crime_ref or "None",
                ROLES.get(crime.role, say.code(crime.role)),
                _reported(crime),
                _flags(crime),
                _standing(crime),
            )
            for crime in crimes
        ),
    )


def _reported(crime: CrimeLine) -> str:
    day = say_day(local_day(crime.reported_at))
    return f"{day}, to us" if crime.by_hand else day


def _flags(crime: CrimeLine) -> str:
    return ", ".join(FLAGS[code].label for code in crime.flags if code in FLAGS)


def _standing(crime: CrimeLine) -> str:
    tag = _tag(crime)
    return ". ".join(
        part for part in (tag.text if tag else "", _outcome(crime)) if part
    )


def _outcome(crime: CrimeLine) -> str:
    if not crime.outcome_type:
        return ""
    outcome = OUTCOMES.get(crime.outcome_type)
    words = outcome.label if outcome else crime.outcome_type
    return f"{words}, {say_day(crime.outcome_on)}" if crime.outcome_on else words


def _tag(crime: CrimeLine) -> Tag | None:
    if not crime.live:
        return Tag(text="Taken back")
    if not crime.status:
        return None
    tone = Tone.PLAIN if crime.status == "closed" else Tone.INFO
    return Tag(text=say.code(crime.status), tone=tone)


def _facts(crime: CrimeLine) -> Iterator[Fact]:
    if crime.crime_ref:
        yield Fact(name="Police reference", value=crime.crime_ref)
    yield Fact(name="Their part", value=ROLES.get(crime.role, say.code(crime.role)))
    yield Fact(name="Reported", value=_reported(crime))
    if crime.occurred_from is not None:
        yield Fact(name="Happened", value=say_day(local_day(crime.occurred_from)))
    if crime.flags:
        flagged = "What fits" if crime.by_hand else "Police flags"
        yield Fact(name=flagged, value=_flags(crime))
    if crime.relationship_to_suspect:
        same = ", at the same address" if crime.suspect_same_address else ""
        who = say.code(crime.relationship_to_suspect)
        yield Fact(name="Suspect is their", value=f"{who}{same}")
    if crime.outcome_type:
        yield Fact(name="Outcome", value=_outcome(crime))
    if crime.officer_contact:
        yield Fact(name="Officer", value=crime.officer_contact)
