"""What the API says of deliveries. No person and no case is named to a force."""

from datetime import datetime
from uuid import UUID

from ninja import Schema

from alongside.care.intake.queries import DeliverySummary
from alongside.care.intake.types import DeliveryKind, DeliveryReport, DeliveryState


class Sent(Schema):
    """What was made of a body that was sent, and where to ask for more."""

    id: UUID
    address: str
    kind: DeliveryKind
    state: DeliveryState
    extract_id: str
    already_received: bool

    @classmethod
    def of(cls, report: DeliveryReport, *, address: str) -> "Sent":
        """The answer to whoever sent it."""
        if report.delivery_id is None:
            raise ValueError("A delivery that was kept has an id")
        return cls(
            id=report.delivery_id,
            address=address,
            kind=report.kind,
            state=report.state,
            extract_id=report.extract_id,
            already_received=report.already_received,
        )


class DeliveryLine(Schema):
    """One delivery. The counts are 0 until it is `visible`; `codes` is code to rows.

    `received` waits to be taken in, `visible` is taken in whole, `refused` is not
    taken in at all, and `refusal` says why.
    """

    id: UUID
    address: str
    kind: DeliveryKind
    state: DeliveryState
    extract_id: str
    received_at: datetime
    rows: int
    accepted: int
    held: int
    rejected: int
    codes: dict[str, int]
    refusal: str

    @classmethod
    def of(cls, delivery: DeliverySummary, *, address: str) -> "DeliveryLine":
        """The delivery as a list shows it."""
        return cls(
            id=delivery.public_id,
            address=address,
            kind=delivery.kind,
            state=delivery.state,
            extract_id=delivery.extract_id,
            received_at=delivery.received_at,
            rows=delivery.rows,
            accepted=delivery.accepted,
            held=delivery.held,
            rejected=delivery.rejected,
            codes=delivery.codes,
            refusal=delivery.refusal,
        )


class DeliveryAnswer(DeliveryLine):
    """One delivery, and how many of its rows have been worked so far."""

    rows_done: int


class DeliveryPage(Schema):
    """Deliveries, newest first. `next` is the address of the next page, if any."""

    deliveries: list[DeliveryLine]
    next: str | None


class Row(Schema):
    """What became of one row. `column` is what could not be read, if anything.

    `codes` are all the reasons to hold that apply; `code` is the first of them.
    """

    row: int
    fate: str
    code: str
    column: str
    message: str
    codes: list[str]


class RowPage(Schema):
    """Rows in the file's order. `next` is the address of the next page, if any."""

    rows: list[Row]
    next: str | None


class Returned(Schema):
    """A referral sent back. `message` says what is asked for, `note` what a person
    added; the references are the force's own."""

    row: int
    source_system: str
    crime_ref: str
    person_ref: str
    return_code: str
    message: str
    note: str
    returned_at: datetime


class Returns(Schema):
    """What of one delivery was sent back to the force."""

    returns: list[Returned]
