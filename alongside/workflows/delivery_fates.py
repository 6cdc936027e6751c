"""What became of each row of a delivery: the person and the case it led to."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.care.casework import queries as casework
from alongside.care.intake import queries as intake
from alongside.care.people import queries as people
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound

PAGE = 1000


@dataclass(frozen=True, slots=True)
class FateLine:
    """One row's fate. `person` and `case` are public ids, empty where there is none."""

    row: int
    fate: str
    code: str
    message: str
    person: str
    case: str


def list_fates(*, extract_id: str, actor: Actor) -> Iterator[FateLine]:
    """The fates of an extract's newest visible delivery, in row order.

    Raises:
        NotFound: no visible delivery the actor may see has that extract id.
    """
    found = intake.find_by_extract(extract_id=extract_id)
    if not found:
        raise NotFound("No delivery with that extract id has been received")
    return iterate_fates(actor=actor, delivery_id=found[0].pk)


def iterate_fates(*, actor: Actor, delivery_id: int) -> Iterator[FateLine]:
    """The fates of a delivery, a thousand rows at a time."""
    after = 0
    while rows := intake.list_fates(delivery_id=delivery_id, after=after, limit=PAGE):
        yield from describe_fates(actor=actor, rows=rows)
        after = rows[-1].row


def describe_fates(*, actor: Actor, rows: list[intake.RowFate]) -> list[FateLine]:
    """Some rows' fates with the person and the case each led to. Three statements."""
    matters = casework.find_matters(
        referral_ids=sorted({r.referral_id for r in rows if r.referral_id is not None})
    )
    person_ids = people.list_public_ids(
        person_ids=sorted({m.person_id for m in matters.values()})
    )
    case_ids = casework.list_public_ids(
        case_ids=sorted({m.case_id for m in matters.values() if m.case_id is not None})
    )
    lines = []
    for row in rows:
        matter = matters.get(row.referral_id) if row.referral_id else None
        person = person_ids.get(matter.person_id) if matter else None
        case = case_ids.get(matter.case_id) if matter and matter.case_id else None
        lines.append(
            FateLine(
                row=row.row,
                fate=row.fate,
                code=row.code,
                message=row.message,
                person=str(person or ""),
                case=str(case or ""),
            )
        )
    return lines
