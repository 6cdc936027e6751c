"""What other agencies share with ours: the list, and one opened.

Nothing here decides what may be seen. Each part of a case is asked for as its own
service would ask, and the walls show of it what was shared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.care.assessment import queries as assessment
from alongside.care.assessment.queries import GroundLine
from alongside.care.casework import queries as casework
from alongside.care.casework.queries import CaseFacts, CrimeLine, NoteLine
from alongside.care.contact import queries as contact
from alongside.care.journey import queries as journey
from alongside.care.journey.queries import ClockLine
from alongside.care.people import queries as people
from alongside.care.people.types import PersonLabel
from alongside.care.referrals import queries as referrals
from alongside.care.referrals.queries import (
    ClosedLine,
    MessageLine,
    ReferralLine,
    SharedPerson,
    ShareLine,
)
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.walls.bits import FACETS
from alongside.workflows.log_contact import (
    ATTEMPTS_LOOKED_AT,
    ChannelView,
    view_channels,
)

PURPOSE = "shared with us"
MOST_SHOWN = 200
NOTES_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class InboxLine:
    """Something shared with us. `label` is there where identity was shared."""

    share: ShareLine
    referral: ReferralLine | None
    label: PersonLabel | None


@dataclass(frozen=True, kw_only=True)
class Inbox:
    """What is shared with us now, and what no longer is."""

    lines: tuple[InboxLine, ...]
    closed: tuple[ClosedLine, ...]


@dataclass(frozen=True, kw_only=True)
class SharedView:
    """One thing that is shared with us, opened: the shared parts and no other.

    `label` and `channels` are None where identity, or how to reach them, was not
    shared; `case` where the case itself was not.
    """

    share: ShareLine
    referral: ReferralLine | None
    messages: tuple[MessageLine, ...]
    label: PersonLabel | None
    channels: ChannelView | None
    crimes: tuple[CrimeLine, ...]
    grounds: tuple[GroundLine, ...]
    case: CaseFacts | None
    notes: tuple[NoteLine, ...]
    clocks: tuple[ClockLine, ...]


def read_inbox(*, actor: Actor, now: datetime) -> Inbox:
    """What is shared with the actor's agency. Five statements."""
    lines = referrals.list_shared_with_us(actor=actor, limit=MOST_SHOWN)
    sent = referrals.list_referrals(share_ids=[line.share_id for line in lines])
    whom = referrals.find_people(
        actor=actor, share_ids=[line.public_id for line in lines]
    )
    labels = people.open_labels(
        person_ids=[one.person_id for one in whom.values()], purpose=PURPOSE, now=now
    )
    return Inbox(
        lines=tuple(
            InboxLine(
                share=line,
                referral=sent.get(line.share_id),
                label=labels[whom[line.public_id].person_id]
                if _is_named(line, whom, labels)
                else None,
            )
            for line in lines
        ),
        closed=tuple(referrals.list_closed_to_us(actor=actor, limit=MOST_SHOWN)),
    )


def read_shared(*, actor: Actor, now: datetime, share_id: UUID) -> SharedView:
    """One thing that is shared with the actor's agency. The look is on the trail.

    Raises:
        NotFound: nothing of that name is shared with them, or no longer.
    """
    share = referrals.get_shared_with_us(actor=actor, public_id=share_id)
    whom = referrals.find_people(actor=actor, share_ids=[share.public_id])
    if share.public_id not in whom:
        raise NotFound("This is not shared with you, or no longer")
    sent = referrals.list_referrals(share_ids=[share.share_id])
    referral = sent.get(share.share_id)
    said = referrals.list_messages(referral_ids=[r.referral_id for r in sent.values()])
    label, channels = _person(share, whom[share.public_id], now)
    _note_look(actor, now, share, label)
    return SharedView(
        share=share,
        referral=referral,
        messages=tuple(said.get(referral.referral_id, ()) if referral else ()),
        label=label,
        channels=channels,
        crimes=tuple(casework.list_crimes(case_ids=[share.case_id])),
        grounds=tuple(assessment.list_grounds(case_id=share.case_id)),
        case=_case(share),
        notes=tuple(
            casework.list_notes(actor=actor, case_id=share.case_id, limit=NOTES_SHOWN)
        ),
        clocks=tuple(journey.list_clocks(case_id=share.case_id, on=local_day(now))),
    )


def shares(line: ShareLine, facet: str) -> bool:
    """Whether a part of the case is shared."""
    return bool(line.fields & FACETS[facet])


def _is_named(
    line: ShareLine,
    whom: Mapping[UUID, SharedPerson],
    labels: Mapping[int, PersonLabel],
) -> bool:
    found = whom.get(line.public_id)
    named = found is not None and found.person_id in labels
    return named and shares(line, "identity")


def _person(
    share: ShareLine, whom: SharedPerson, now: datetime
) -> tuple[PersonLabel | None, ChannelView | None]:
    """Name and channels, as far as they were shared. At most two statements."""
    if not shares(share, "identity"):
        return None, None
    person = people.open_person(
        person_id=whom.person_id,
        public_id=whom.public_id,
        shown_record_id=whom.shown_record_id,
        purpose=PURPOSE,
        now=now,
    )
    if not shares(share, "contact"):
        return person.label, None
    made = contact.list_attempts(case_id=share.case_id, limit=ATTEMPTS_LOOKED_AT)
    # A channel nobody has marked counts as unsafe: how high the risk is may not have
    # been shared.
    return person.label, view_channels(
        person=person, attempts_made=made, high_risk=True
    )


def _case(share: ShareLine) -> CaseFacts | None:
    if not shares(share, "support"):
        return None
    return casework.find_case_facts(case_id=share.case_id)


def _note_look(
    actor: Actor, now: datetime, share: ShareLine, label: PersonLabel | None
) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.SHARE_SEEN,
        subject=Subject(
            kind="share",
            public_id=share.public_id,
            person_ids=(label.public_id,) if label else (),
        ),
    )
