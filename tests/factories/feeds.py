"""Files a force might send, for tests. Every person is invented."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO
from itertools import count

from alongside.care.intake.types import DeliveryReport
from alongside.workflows.receive_delivery import receive_source
from tests.support.feed import REFERRAL, as_csv

LARGEST = 10_000_000
_fresh = count(1)


def feed_csv(rows: Iterable[Mapping[str, str]], *, extract_id: str = "LEI-1") -> bytes:
    """A feed of new referrals: each row is well except for what it says itself.

    Rows that do not say who they are about are about different people in
    different crimes.
    """
    return as_csv(
        REFERRAL | _of_their_own() | dict(row) | {"extract_id": extract_id}
        for row in rows
    )


def receive(
    rows: Iterable[Mapping[str, str]], *, now: datetime, extract_id: str = "LEI-1"
) -> DeliveryReport:
    """Receive a feed of these rows, as the force's own file would be."""
    return receive_bytes(feed_csv(rows, extract_id=extract_id), now=now)


def receive_bytes(data: bytes, *, now: datetime) -> DeliveryReport:
    """Receive exactly these bytes."""
    return receive_source(source=BytesIO(data), now=now, max_bytes=LARGEST)


def _of_their_own() -> dict[str, str]:
    number = next(_fresh)
    return {
        "crime_ref": f"2601{number:07}",
        "person_ref": f"N{number:07}",
        "given_names": f"Invented {_letters(number)}",
        "date_of_birth": f"{1950 + number % 50}-03-{1 + number % 28:02}",
        "mobile_phone": f"07700 900{number % 1000:03}",
    }


def _letters(number: int) -> str:
    """A number as a name: names hold no digits."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)).capitalize()
