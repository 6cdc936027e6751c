"""A request for somebody's records as it comes, and who works on it. Invented."""

from datetime import date
from typing import Any

from alongside.care.information_requests import queries
from alongside.care.information_requests.operations import answering, saying
from alongside.care.information_requests.types import (
    Approval,
    Asker,
    CameBy,
    Fate,
    Grounds,
    Notice,
    NoticeGiven,
    Part,
    PersonViews,
    Purpose,
    Scope,
    Section,
    Views,
)
from alongside.foundation.organisations.models import Agency
from tests.integration.rights.people import NOW, actor_of, acts, bea, idris

CAME = date(2026, 11, 16)
SAYS: dict[Section, Any] = {
    Section.PURPOSE: Purpose(offence="Harassment", line="When the messages began"),
    Section.SCOPE: Scope(
        kinds=("contacts", "notes"),
        period_from=date(2026, 9, 1),
        period_until=date(2026, 10, 1),
        particulars="Whether she spoke of messages before 20 September",
    ),
    Section.GROUNDS: Grounds(necessity="No other record", proportionality="A month"),
    Section.APPROVAL: Approval(approved_rank="inspector", approved_on=CAME),
    Section.NOTICE: NoticeGiven(
        notice=Notice.GIVEN, notice_on=CAME, notice_how="By letter"
    ),
    Section.VIEWS: PersonViews(views=Views.AGREES, views_on=CAME),
}
GIVEN = (
    Part(kind="contacts", fate=Fate.GIVE, words="Six calls in September"),
    Part(kind="notes", fate=Fate.WITHHOLD, reason="not_necessary"),
)


def force():
    return Agency.objects.get(force_code="leicestershire")


def asker(**changes):
    said = {
        "body": "police",
        "body_name": "Leicestershire Police",
        "asker_id": force().pk,
        "officer_role": "Detective constable, domestic abuse unit",
        "their_reference": "LP/26/0001",
        "received_on": CAME,
        "received_by": CameBy.EMAIL,
    }
    return Asker(**(said | changes))


def supervisor(**options):
    return actor_of("supervisor@llr.example", **options)


def liaison():
    return actor_of("police@llr.example")


def write_down(case, *, by=None, **changes):
    """A request that says nothing yet but who asks."""
    with acts(by or supervisor()) as actor:
        return saying.write_down(
            actor=actor, now=NOW, case_id=case, asker=asker(**changes)
        )


def say(asked, section, facts, *, by=None):
    with acts(by or supervisor()) as actor:
        return saying.say(
            actor=actor, now=NOW, asked_id=asked, section=section, facts=facts
        )


def whole(case, **says):
    """A request that says everything it must."""
    asked = write_down(case)
    for section, facts in SAYS.items():
        say(asked, section, says.get(section.value, facts))
    return asked


def prepare(asked, parts=GIVEN, *, by=None, refuse=""):
    with acts(by or supervisor()) as actor:
        return answering.prepare(
            actor=actor,
            now=NOW,
            asked_id=asked,
            parts=parts,
            words="The rest is not about the messages",
            refuse=refuse,
        )


def read(asked, *, by=None):
    with acts(by or bea()) as actor:
        row = queries.get_request(actor=actor, asked_id=asked)
        return queries.request_line(row)


def decide(asked, *, by=None, version=None):
    who = by or bea()
    seen = version or read(asked).version
    with acts(who) as actor:
        return answering.decide(
            actor=actor, now=NOW, asked_id=asked, version=seen, words=""
        )


__all__ = ["NOW", "acts", "bea", "idris"]
