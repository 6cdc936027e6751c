"""How safe a channel is, as a worker says it, and when an update may leave."""

from datetime import timedelta

from alongside.care.people import operations as people
from alongside.care.people.queries import get_person_key_by_id, open_person
from alongside.foundation.audit.types import Subject

# A moment after an update that was asked for may leave.
HOLD = timedelta(minutes=6)


def mark(actor, now, *, event, channel, state):
    """Say how safe a channel is for whom an event concerns."""
    public_id, shown = get_person_key_by_id(person_id=event.person_id)
    person = open_person(
        person_id=event.person_id,
        public_id=public_id,
        shown_record_id=shown,
        purpose="contact",
        now=now,
    )
    people.set_channel_safety(
        actor=actor,
        now=now,
        record_id=person.records[0].record_id,
        subject=Subject(kind="person", public_id=public_id),
        channel=channel,
        state=state,
        reason="They said so",
    )
