"""What somebody was told, and whether it still holds once what happened is corrected.

No database and no clock.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from alongside.care.journey.tables import details_of
from alongside.care.journey.types import Happened

# Forces write it for each other: nobody is told a code. Left out, nothing is unsaid.
NEVER_TOLD = frozenset({"outcome_type"})


@dataclass(frozen=True, slots=True)
class Heard:
    """That somebody was told of an event, as it was written then."""

    telling_id: int
    told_at: datetime
    evidence: str
    of: Happened


def still_holds(told: Happened, now: Happened) -> bool:
    """Whether who was told of one knows what now stands in its place.

    It is of the same kind, about nobody and nothing else, and says whatever was said
    before. When it happened and who had the news when is no other news; nor is what is
    only added.
    """
    if told.event != now.event:
        return False
    named = (
        {told.suspect_ref, now.suspect_ref},
        {told.offence_code, now.offence_code},
    )
    if any(len(values - {""}) > 1 for values in named):
        return False
    return all(
        _still_says(row.code, told.detail, now.detail) for row in details_of(told.event)
    )


def still_heard(tellings: Collection[Heard], now: Happened) -> list[Heard]:
    """The tellings that still hold of what stands now, the first first.

    None that came before the last which does not hold: what somebody heard last is
    what they know.
    """
    found: list[Heard] = []
    for one in sorted(tellings, key=lambda heard: (heard.told_at, heard.telling_id)):
        if still_holds(one.of, now):
            found.append(one)
        else:
            found.clear()
    return found


def _still_says(
    field: str, told: Mapping[str, object], now: Mapping[str, object]
) -> bool:
    before, after = _says(told, field), _says(now, field)
    unsaid = not before or not after and field in NEVER_TOLD
    return unsaid or before == after


def _says(detail: Mapping[str, object], field: str) -> str:
    value = detail.get(field)
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    words = str(value if value is not None else "").lower().replace("_", " ")
    return " ".join(words.split())
