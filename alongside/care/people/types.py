"""Words the people package uses."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import models

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
    """One contact point as given by one source."""

    contact_id: int
    record_id: int
    kind: ContactKind
    value: str
    postcode: str
    said_at: datetime


@dataclass(frozen=True, kw_only=True)
class ChannelMark:
    """The newest word on one channel of one person."""

    channel: ChannelKind
    state: SafetyState
    set_at: datetime
    set_by: str


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
