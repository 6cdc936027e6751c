"""What was typed as a protected detail, in the one form it is kept and found in."""

from alongside.foundation.lib.emails import read_email
from alongside.foundation.lib.errors import DomainError
from alongside.foundation.lib.phones import read_phone
from alongside.foundation.vault.tables import KINDS
from alongside.foundation.vault.types import DetailKind, IndexedField


class WordsNeeded(DomainError):
    user_message = "Enter what is to be protected"


class TooLong(DomainError):
    user_message = "This is longer than we can keep"


class NotANumber(DomainError):
    user_message = "Enter a phone number, like 07700 900123"


class NotAnAddress(DomainError):
    user_message = "Enter an e-mail address, like name@example.org"


def standard_text(kind: DetailKind, typed: str) -> str:
    """The value as it is kept.

    Raises:
        WordsNeeded, TooLong, NotANumber, NotAnAddress: it is not one of the kind.
    """
    text = "\n".join(line.rstrip() for line in typed.strip().splitlines())
    if not text:
        raise WordsNeeded
    if len(text) > KINDS[kind].longest:
        raise TooLong(f"Use {KINDS[kind].longest:,} characters or fewer")
    field = index_field(kind)
    return text if field is None else standard_index(field, text)


def index_field(kind: DetailKind) -> IndexedField | None:
    """The field by which a kind can be found, if it can."""
    found_by = KINDS[kind].found_by
    return IndexedField(found_by) if found_by else None


def standard_index(field: IndexedField, typed: str) -> str:
    """A phone number or an e-mail address in its one form.

    Raises:
        NotANumber, NotAnAddress: it is not one.
    """
    if field is IndexedField.PHONE:
        number = read_phone(typed.strip())
        if number is None:
            raise NotANumber
        return number
    address = read_email(typed.strip())
    if address is None:
        raise NotAnAddress
    return address
