"""Keys, what they protect, and the words for it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from alongside.foundation.lib.provenance import Sourced


class KeyService(Protocol):
    """Where the keys of areas live: a file here, or a key service elsewhere.

    Nothing outside ever holds an area's key itself; it asks for things to be done
    with it, by the key's name, so that a service that never gives its keys away can
    stand in the file's place.
    """

    def current(self, area_code: str) -> str:
        """The name of the key that wraps new keys of persons in the area."""
        ...

    def wrap(self, name: str, data: bytes, *, label: bytes) -> bytes:
        """Encrypt a person's key under the named key, bound to the label."""
        ...

    def unwrap(self, name: str, wrapped: bytes, *, label: bytes) -> bytes:
        """The person's key again. Raises KeyMissing or Tampered."""
        ...

    def index_names(self, area_code: str) -> tuple[str, ...]:
        """The index keys by which tokens may have been made, the current one first."""
        ...

    def index_token(self, name: str, *, field: str, text: str) -> bytes:
        """A short token that stands for a value of a field: equal for equal values."""
        ...


class DetailKind(StrEnum):
    """What kind of thing is protected."""

    SAFE_ADDRESS = "safe_address"
    REFUGE_ADDRESS = "refuge_address"
    SAFE_PHONE = "safe_phone"
    SAFE_EMAIL = "safe_email"
    CODE_WORD = "code_word"
    STATEMENT = "statement"
    RESTORATIVE_NOTE = "restorative_note"


class IndexedField(StrEnum):
    """What a protected detail can be found by."""

    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, kw_only=True, slots=True)
class KindRow(Sourced):
    """One kind of protected detail: how it is asked for and how it may be opened.

    `fresh_minutes` is how recently a second factor must have been given before the
    database lets it out; 0 where the pages' own rule is enough. `found_by` is the
    field it can be found by, empty where it cannot.
    """

    kind: DetailKind
    label: str
    hint: str
    held_words: str
    lines: int
    longest: int
    fresh_minutes: int
    found_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenReason(Sourced):
    """Why a protected detail is opened, as the trail keeps it."""

    code: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DetailLine:
    """That something is held, and nothing of what it says."""

    detail_id: UUID
    kind: DetailKind
    made_at: datetime
    made_by: str
    ended_at: datetime | None
    ended_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldDetails:
    """What a page may say of a person's protected details without opening one.

    `kinds` is empty for a reader who may not open them; `any` is true all the same.
    """

    may_open: bool = False
    any: bool = False
    kinds: tuple[DetailKind, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedDetail:
    """A protected detail, opened. The look is on the trail."""

    detail_id: UUID
    person_id: UUID
    kind: DetailKind
    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shredded:
    """What shredding a person destroyed: how many keys, how many sealed details."""

    keys: int
    details: int
