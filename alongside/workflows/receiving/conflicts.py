"""Staff who may never open what arrives: barred before anybody can."""

from collections.abc import Iterator, Sequence

from alongside.care.casework.operations.arrivals import JoinedCase
from alongside.care.guarding import queries as guarding
from alongside.care.guarding import rules
from alongside.care.guarding.operations import compartments, conflicts
from alongside.care.guarding.types import Mark, MarkKind
from alongside.workflows.receiving.piece import Incoming, Reception

Barred = Sequence[tuple[int, int, MarkKind]]


def bar_staff(receiving: Reception, incoming: Sequence[Incoming]) -> None:
    """Bar members of staff from records in which what they registered is found.

    One statement where nobody has registered anything or nothing is found, else two.
    """
    bar_found(receiving, find_barred(receiving, incoming))


def find_barred(receiving: Reception, incoming: Sequence[Incoming]) -> Barred:
    """Who is to be barred from whose records, and why. One statement.

    Somebody who comes alone is compared with nothing that is not theirs.
    """
    actor, secret = receiving.actor, receiving.link_secret
    alone = [*_marks(incoming[0], secret)] if len(incoming) == 1 else None
    among = None if alone is None else [mark.value for mark in alone]
    known = guarding.find_marks(actor=actor, among=among)
    if not known:
        return ()
    return rules.find_conflicts(
        ((one.person_id, _marks(one, secret)) for one in incoming), known
    )


def bar_found(receiving: Reception, barred: Barred) -> None:
    """Bar them: people and cases must be there. No statement where there are none."""
    conflicts.bar_matched(actor=receiving.actor, now=receiving.now, found=barred)


def return_uncleared(receiving: Reception, joined: Sequence[JoinedCase]) -> None:
    """Take a case from a worker not cleared for what has joined it."""
    walled = [case.case_id for case in joined if case.compartments]
    if walled:
        compartments.return_uncleared(
            actor=receiving.actor, now=receiving.now, case_ids=walled
        )


def _marks(one: Incoming, secret: bytes) -> Iterator[Mark]:
    row = one.plan.row
    if one.new_record:
        yield from rules.record_marks(
            given_names=row.given_names,
            surname=row.surname,
            date_of_birth=row.date_of_birth,
            phones=(row.mobile_phone, row.home_phone, row.guardian_phone),
            emails=(row.email or "",),
            house=row.address_lines[0] if row.address_lines else "",
            postcode=row.postcode or "",
            secret=secret,
        )
    if row.suspect_ref:
        yield rules.suspect_mark(
            force_code=row.identity.force_code,
            reference=row.suspect_ref,
            secret=secret,
        )
