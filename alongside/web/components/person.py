"""Who someone is, and how it is safe to reach them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from alongside.web.components.base import Link, Tag


class Safety(StrEnum):
    """Whether a channel may be used."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    NOT_KNOWN = "not_known"

    @property
    def sign(self) -> str:
        """The mark a sighted reader sees."""
        return _SIGNS[self]

    @property
    def words(self) -> str:
        """The words everyone else hears."""
        return _WORDS[self]


_SIGNS = {Safety.SAFE: "✓", Safety.UNSAFE: "✗", Safety.NOT_KNOWN: "?"}
_WORDS = {
    Safety.SAFE: "safe",
    Safety.UNSAFE: "not safe",
    Safety.NOT_KNOWN: "not known to be safe",
}


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A way of reaching someone ("Call", "Text"), and whether it is safe."""

    name: str
    safety: Safety
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class SafeContactStrip:
    """How it is safe to reach the person, in one line.

    `unmarked_is_unsafe` is true of high-risk crimes: the strip then says that a
    channel without a ✓ must not be used. `times` and `code_word` are as given. `held`
    says what is kept under protection, and nothing of what it says.
    """

    template: ClassVar[str] = "components/safe_contact.html"

    channels: tuple[Channel, ...]
    times: str = ""
    code_word: str = ""
    unmarked_is_unsafe: bool = False
    change: Link | None = None
    held: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProtectedCard:
    """What is held of the person under protection, without opening any of it."""

    template: ClassVar[str] = "components/protected_card.html"

    words: tuple[str, ...]
    link: Link | None = None


@dataclass(frozen=True, kw_only=True)
class PhoneNumber:
    """A number that can be copied; its safety is said with it, and again on copying.

    `display` is how it reads, `number` what is dialled, `name` whose or which it is
    ("mobile number"). Only a number that is safe to call is a link that calls it.
    """

    template: ClassVar[str] = "components/phone_number.html"

    display: str
    number: str
    name: str
    safety: Safety
    note: str = ""

    @property
    def safety_words(self) -> str:
        """One sentence for the reader who has just copied it."""
        said = f"{self.safety.words.capitalize()} to call."
        return f"{said} {self.note}" if self.note else said


@dataclass(frozen=True, kw_only=True)
class IdentityBar:
    """The top of every page about one person.

    `name` is as they wish to be called; `details` short facts in reading order
    (age, pronouns, language, interpreter); `reference` the case's public code;
    `tier` standard or enhanced support and `grounds` what that rests on; `holder`
    who works the case; `warnings` sentences that have not yet expired.
    """

    template: ClassVar[str] = "components/identity_bar.html"

    name: str
    details: tuple[str, ...]
    reference: str
    holder: str
    strip: SafeContactStrip
    tier: Tag | None = None
    tags: tuple[Tag, ...] = ()
    grounds: str = ""
    warnings: tuple[str, ...] = ()
