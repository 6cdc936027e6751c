"""Who acts on rights in tests, and somebody about whom much is held. Invented."""

import time
from contextlib import contextmanager
from dataclasses import replace

from django.db import transaction

from alongside.care.casework.operations import working
from alongside.care.casework.types import NoteKind
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor, list_memberships
from alongside.walls.context import acting_as
from tests.support.receiving import NOW, ask, receiver, send

ASH = {
    "given_names": "Quillon Idwal",
    "surname": "Ashgrove-Pell",
    "date_of_birth": "1988-02-29",
    "mobile_phone": "07700 900456",
    "email": "quillon.pell@post.example",
    "address_line_1": "7 Thimblerigg Yard",
    "postcode": "LE2 7DT",
    "crime_ref": "26019999001",
    "person_ref": "N7770001",
    "adjustments": "Wears a zibeline scarf",
}
MARKS = (
    *("quillon", "ashgrove", "07700900456", "7700900456", "quillon.pell"),
    *("thimblerigg", "zibeline", "marmalade", "n7770001"),
)


def actor_of(email, *, fresh=True):
    """One of the demonstration's accounts, with a second factor just given."""
    user = User.objects.get(email=email)
    ((membership, _),) = list_memberships(user_id=user.pk, now=NOW)
    actor = get_actor(user_id=user.pk, now=NOW, membership_id=membership)
    return replace(actor, strong_at=int(time.time()) if fresh else 0)


def bea(**options):
    """The first information governance officer."""
    return actor_of("information@llr.example", **options)


def idris(**options):
    """The second: what one proposes another approves."""
    return actor_of("information.second@llr.example", **options)


@contextmanager
def acts(actor):
    """Everything in the block is done by the actor, in one transaction."""
    with acting_as(actor), transaction.atomic():
        yield actor


def somebody(**changes):
    """Somebody with a case, a note and a next action; (key, public id, case id)."""
    send(ASH | changes)
    return about(changes.get("crime_ref", ASH["crime_ref"]))


def about(crime_ref):
    """(key, public id, case's public id) of the one person of a crime."""
    ((key, person, case),) = ask(
        "SELECT p.id, p.public_id, c.public_id FROM casework_victimisation v"
        " JOIN casework_case c ON c.id = v.case_id"
        " JOIN people_person p ON p.id = c.person_id WHERE v.crime_ref = %s",
        crime_ref,
    )
    return key, person, case


def write_note(case, text="Ate marmalade with her sister Odette, 07700 900999"):
    """A note by the supervisor of the team."""
    supervisor = actor_of("supervisor@llr.example")
    with acts(supervisor):
        working.add_note(
            actor=supervisor, now=NOW, case_id=case, kind=NoteKind.SHARED, text=text
        )


def close(case, disposition="supported_basic", at=NOW):
    """Close a case as of a moment."""
    supervisor = actor_of("supervisor@llr.example")
    with acts(supervisor):
        from alongside.care.casework import queries

        version = queries.get_case(actor=supervisor, public_id=case).version
        working.close_case(
            actor=supervisor,
            now=at,
            case_id=case,
            version=version,
            disposition=disposition,
            reason="Done",
        )


__all__ = ["ASH", "MARKS", "NOW", "acts", "bea", "idris", "receiver", "somebody"]
