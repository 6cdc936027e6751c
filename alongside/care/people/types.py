"""Words the people package uses."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import models

from alongside.foundation.lib.provenance import Sourced

# What a record that a force sent names as its source.
FROM_A_FORCE = "police feed"
_WORD = re.compile(r"[^\W\d_]+")


class ContactKind(models.TextChoices):
    MOBILE = "mobile", "Mobile"
    HOME_PHONE = "home_phone", "Home phone"
    EMAIL = "email", "E-mail"
    ADDRESS = "address", "Address"


class ChannelKind(models.TextChoices):
    """A way to reach a person; each has a safety of its own."""

    PHONE = "phone", "Phone call"
    VOICEMAIL = "voicemail", "Voicemail"
    SMS = "sms", "Text message"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"


class SafetyState(models.TextChoices):
    SAFE = "safe", "Safe"
    UNSAFE = "unsafe", "Not safe"


@dataclass(frozen=True, kw_only=True)
class PersonLabel:
    """What a list may show of a person the reader may see."""

    person_id: int
    public_id: UUID
    given_names: str
    surname: str
    date_of_birth: date | None

    @property
    def name(self) -> str:
        """The name as a page shows it: what a source shouted or mumbled is spoken."""
        name = f"{self.given_names} {self.surname}".strip()
        if name.isupper() or name.islower():
            name = _WORD.sub(lambda word: word[0].capitalize(), name)
        return name or "Name not known"


@dataclass(frozen=True, kw_only=True)
class ContactDetail:
    """One contact point as given by one source.

    `confirmed` says that it is this person's own: it came with their own record, says
    the same as one that did, or a worker confirmed it (`confirmed_by`). What came with
    a linked record is not, and is never offered; `linked_on` is when.
    """

    contact_id: int
    record_id: int
    kind: ContactKind
    value: str
    postcode: str
    said_at: datetime
    confirmed: bool = True
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    linked_on: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ChannelMark:
    """The newest word on one channel of one person, among those that count."""

    channel: ChannelKind
    state: SafetyState
    set_at: datetime
    set_by: str


@dataclass(frozen=True, kw_only=True)
class SaidMark:
    """A word on one channel, from one record, before it is known whether it counts.

    `own` says that the record is this person's own, and not one that was linked;
    `by_worker` that a worker gave it for this person: not a source, and not about
    somebody who was joined into them.
    """

    mark: ChannelMark
    record_id: int
    own: bool
    by_worker: bool


@dataclass(frozen=True, kw_only=True)
class RecordDetail:
    """What one source said about a person at one time."""

    record_id: int
    source: str
    said_at: datetime
    title: str
    given_names: str
    surname: str
    date_of_birth: date | None
    gender: str
    language: str
    interpreter_needed: bool | None
    adjustments: str
    guardian_name: str
    guardian_phone: str
    contact_times: str
    preferred_method: str
    do_not_contact: bool | None
    do_not_contact_reason: str


@dataclass(frozen=True, kw_only=True)
class OpenedPerson:
    """Everything shown of one person on their page, newest record first."""

    label: PersonLabel
    records: tuple[RecordDetail, ...]
    contacts: tuple[ContactDetail, ...] = field(default_factory=tuple)
    marks: tuple[ChannelMark, ...] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class SearchTerms:
    """What somebody looks for a person by. Everything given has to fit.

    `names` is in any order and may have slips; `points` are phones and e-mail
    addresses in their standard form; `postcode` may be its beginning; `crime_refs`
    are ways of writing one reference; `reference` is the first eight digits of a
    case's id. `in_part` says that a kind was given twice, and only the first counts.
    """

    names: str = ""
    born: date | None = None
    points: tuple[str, ...] = ()
    postcode: str = ""
    crime_refs: tuple[str, ...] = ()
    reference: str = ""
    in_part: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        given = (self.names, self.born, self.points, self.postcode)
        return not any((*given, self.crime_refs, self.reference))


@dataclass(frozen=True, kw_only=True)
class MaskedPerson:
    """Enough of a person to tell them from others, too little to know who they are.

    Initials, year of birth, the first half of the postcode, and how their case
    stands. `outward` is empty where where they live is not shown to the reader;
    `standing` is empty where only a referral about them is held. `alike` says that
    the name was taken for another by a slip or two.
    """

    public_id: UUID
    given_initial: str
    surname_initial: str
    birth_year: int | None
    outward: str
    standing: str
    tier: str
    alike: bool


@dataclass(frozen=True, kw_only=True)
class LikelyPerson:
    """Somebody known who may be the one being added, as far as the reader may know."""

    public_id: UUID
    given_initial: str
    surname_initial: str
    birth_year: int | None
    outward: str


@dataclass(frozen=True, kw_only=True)
class EntryHint:
    """Who may be known already. `ask` says that there may be a record besides.

    One yes for everybody whom the reader may not see: neither how many, nor why not.
    """

    people: tuple[LikelyPerson, ...] = ()
    ask: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to warn of."""
        return not self.people and not self.ask


@dataclass(frozen=True, kw_only=True)
class FoundPeople:
    """One page of what a search found. `count` goes no further than one past `most`."""

    people: tuple[MaskedPerson, ...]
    count: int
    most: int

    @property
    def too_many(self) -> bool:
        """Whether more were found than are ever shown."""
        return self.count > self.most


@dataclass(frozen=True, kw_only=True, slots=True)
class LookPurpose(Sourced):
    """Why a person is opened. `plain` is what the person themselves reads."""

    code: str
    label: str
    plain: str
    may_choose: bool
    needs_words: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class LookingLimit(Sourced):
    """One limit of unusual looking; `meaning` says in what unit."""

    code: str
    number: int
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Look:
    """One entry of the trail about a person: who, when, what of them, and why.

    `looker` and `name` are missing where the service acted by itself.
    """

    entry_id: int
    at: datetime
    looker: UUID | None
    name: str
    roles: tuple[str, ...]
    agency: str
    action: str
    what: str
    purpose: str
    request_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class TrailFilter:
    """Which looks to read: of one reader, of some kinds, from and before a moment."""

    looker: UUID | None = None
    actions: tuple[str, ...] = ()
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class TrailPage:
    """Looks at one person, newest first, and everybody who ever looked, by name."""

    looks: tuple[Look, ...]
    lookers: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, kw_only=True)
class UnusualLook:
    """Looking that somebody should ask about. `person` or `looker` may be missing."""

    kind: str
    person: UUID | None
    looker: str
    times: int
    last: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class RelationKind(Sourced):
    """What somebody can be to a person, and whether they could ever speak for them."""

    code: str
    label: str
    back: str
    may_speak: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RelationLine:
    """Somebody around a person. `name` is empty where the reader may not know it.

    `back` says that the line was written of the other one: `kind` is then what the
    person is to them, and what may be done or told is theirs, not the person's.
    """

    relation_id: UUID
    back: bool
    kind: str
    other_id: UUID | None
    name: str
    phone: str
    since: date | None
    may_speak: bool
    may_be_told: bool
    never_told: bool
    reason: str
    made_at: datetime
    made_by: str
    ended_at: datetime | None
    ended_why: str
