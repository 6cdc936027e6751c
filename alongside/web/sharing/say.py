"""How pages say what is shared, for what, on what basis and until when."""

from datetime import date, datetime

from alongside.care.consent.tables import BASES, PURPOSES, facets_of
from alongside.care.consent.types import BasisCode, EntryKind, Giver, Standing, Way
from alongside.care.referrals.types import EndReason, ReferralState
from alongside.foundation.lib.local import local_day
from alongside.walls.bits import FACETS
from alongside.web.components.base import Tag, Tone
from alongside.web.words import say_day

US = "Us"
FACET_NAMES = {
    "identity": "Who they are",
    "contact": "How to reach them",
    "crime": "What happened",
    "risk": "Why they need more support",
    "support": "Their case with us",
    "notes": "Notes",
    "journey": "What they are owed",
    "protected": "Protected details",
}
FACET_HINTS = {
    "identity": "Names, date of birth, language and adjustments",
    "contact": "Phone, e-mail, address, what is safe, and what was tried",
    "crime": "Crimes and incidents, and what the police and courts have done",
    "risk": "The grounds of enhanced support",
    "support": "Who holds the case, what is next, and its history",
    "notes": "What workers wrote",
    "journey": "Promises of the Victims' Code, and by when",
    "protected": "Such as a safe address. Opened one at a time, and written down",
}
WAYS = {
    Way.SPOKEN: "Spoken, in person or on the phone",
    Way.WRITTEN: "In writing",
    Way.ONLINE: "Online",
    Way.POLICE: "Told by the police",
}
GIVERS = {
    Giver.PERSON: "The person themselves",
    Giver.GUARDIAN: "A parent or guardian",
    Giver.ATTORNEY: "An attorney or deputy",
    Giver.COURT: "A court",
}
STANDINGS = {
    Standing.AGREED: Tag(text="Agreed", tone=Tone.GOOD),
    Standing.REFUSED: Tag(text="Said no", tone=Tone.LATE),
    Standing.WITHDRAWN: Tag(text="Withdrawn", tone=Tone.LATE),
    Standing.LAPSED: Tag(text="Has run out", tone=Tone.SOON),
}
KINDS = {
    EntryKind.GIVEN: "Agreed",
    EntryKind.REFUSED: "Said no",
    EntryKind.WITHDRAWN: "Withdrew",
    EntryKind.RELIED_ON: "Shared on another basis",
}
STATES = {
    ReferralState.SENT: Tag(text="Unanswered", tone=Tone.SOON),
    ReferralState.ACCEPTED: Tag(text="Accepted", tone=Tone.GOOD),
    ReferralState.DECLINED: Tag(text="Declined", tone=Tone.LATE),
    ReferralState.WITHDRAWN: Tag(text="Withdrawn"),
    ReferralState.ENDED: Tag(text="Ended"),
}
ENDINGS = {
    EndReason.STOPPED: "We stopped sharing",
    EndReason.CONSENT_WITHDRAWN: "They withdrew their consent",
    EndReason.AGREEMENT_ENDED: "The agreement ended",
    EndReason.DECLINED: "The service declined",
    EndReason.FINISHED: "The service has done its part",
}
SAID_BY_POLICE = {
    "given": "They agreed to be referred",
    "refused": "They did not want to be referred",
    "not_asked": "They were not asked",
}


def parts(mask: int) -> str:
    """The parts of a case in a mask: "Who they are, what happened"."""
    words = ", ".join(FACET_NAMES[name].lower() for name in facets_of(mask))
    return words.capitalize()


def part_choices(mask: int) -> list[tuple[str, str]]:
    """The parts in a mask, as a form offers them."""
    return [(name, FACET_NAMES[name]) for name in FACETS if mask & FACETS[name]]


def mask_of(names: list[str]) -> int:
    """The mask of the parts that were ticked."""
    return sum(FACETS[name] for name in names)


def purpose(code: str) -> str:
    """What a purpose is called."""
    row = PURPOSES.get(code)
    return row.label if row else code


def basis(code: BasisCode) -> str:
    """A lawful basis with its article."""
    row = BASES[code]
    return f"{row.label} (UK GDPR, {row.article})"


def until(moment: datetime | None, last_day: date | None = None) -> str:
    """The last day on which something is shared, whichever end comes first."""
    days = [day for day in (_last_day(moment), last_day) if day is not None]
    return say_day(min(days)) if days else "No end set"


def _last_day(moment: datetime | None) -> date | None:
    if moment is None:
        return None
    day = local_day(moment)
    # An end at midnight is the end of the day before.
    return date.fromordinal(day.toordinal() - 1) if _is_midnight(moment) else day


def _is_midnight(moment: datetime) -> bool:
    return local_day(moment) != local_day(
        datetime.fromtimestamp(moment.timestamp() - 1, moment.tzinfo)
    )
