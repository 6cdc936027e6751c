"""Of a case that is not for somebody's eyes no page of theirs says a thing: not its
lists, not its files, not its counts. Everybody is invented."""

from datetime import timedelta

import pytest

from alongside.care.casework import queries as casework
from alongside.care.casework.types import ConflictKind
from alongside.care.code_rights.operations import Whereabouts
from alongside.care.code_rights.types import StepAsked
from alongside.care.guarding.operations import conflicts
from alongside.care.information_requests.operations.saying import write_down
from alongside.care.information_requests.types import Asker, CameBy
from alongside.care.journey.models import Escalation
from alongside.care.journey.operations.escalation import escalate_missed
from alongside.care.journey.operations.wishes import record_wish
from alongside.care.journey.types import WishKind
from alongside.care.telling.types import Kind
from alongside.foundation.accounts.queries import get_receiver
from alongside.foundation.lib.local import local_day
from alongside.walls.context import acting_as
from alongside.workflows import record_event as writing
from alongside.workflows.code_rights import begin_right
from alongside.workflows.write_update import Typed, keep_draft
from tests.integration.web.casework.conftest import OMAR
from tests.integration.web.test_reading_writes_nothing import PAGES
from tests.support.receiving import ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held_by_tom")]
WORDS = (
    "Omar Bell",
    "Bell, Omar",
    OMAR["crime_ref"],
    "Lantern Court",
    "Only good news",
)
SHUT = {302, 403, 404, 405}
# Says of any case at all, there or not, only that somebody was added.
OF_ANY_CASE = "/people/added/"


@pytest.fixture
def known(worker, omar, now):
    """All that a journey can hold of Omar, written down by Tom; what each is called."""
    acting = {"actor": worker, "now": now, "case_id": omar}
    case = casework.get_case(actor=worker, public_id=omar)
    crime = casework.list_crimes(case_ids=[case.pk])[0]

    def happened(event, days, **detail):
        at = now - timedelta(days=days)
        entry = writing.Entry(
            victimisation_id=crime.victimisation_id,
            event=event,
            suspect_ref="S1",
            offence_code="",
            occurred_at=at,
            received_at=at,
            detail=detail,
        )
        return writing.record_event(**acting, entry=entry)

    event = happened("charged", 9)
    court = {"court": "Lantern Court", "on": local_day(now).isoformat()}
    happened("first_hearing_listed", 8, **court)
    happened("witness_required", 8)
    typed = Typed(kind=Kind.STANDARD, words="Somebody was charged.", version=0)
    keep_draft(**acting, event_id=event, typed=typed)
    record_wish(**acting, asks=WishKind.BIG_NEWS, words="Only good news")
    about = Whereabouts(victimisation_id=crime.victimisation_id)
    fields = {"how": "phone", "explained": True}
    step = StepAsked(step="offered", on=local_day(now), by="police", fields=fields)
    right = begin_right(**acting, kind="vps", about=about, asked=step)
    asker = Asker(
        body="police",
        body_name="Another Police",
        asker_id=None,
        officer_role="Detective constable",
        their_reference="",
        received_on=local_day(now),
        received_by=CameBy.EMAIL,
    )
    asked = write_down(**acting, asker=asker)
    later = now + timedelta(days=7)
    receiver = get_receiver(agency_id=worker.agency_id, now=later)
    with acting_as(receiver):
        escalate_missed(actor=receiver, now=later)
    told = Escalation.objects.filter(case_id=case.pk).first()
    assert told is not None
    return {
        "<uuid:case_id>": omar,
        "<uuid:event_id>": event,
        "<uuid:update_id>": ask("SELECT public_id FROM telling_update LIMIT 1")[0][0],
        "<uuid:record_id>": right.record_id,
        "<uuid:step_id>": ask("SELECT public_id FROM code_rights_rightstep")[0][0],
        "<uuid:asked_id>": asked,
        "<uuid:escalation_id>": told.public_id,
        "<slug:event>": "charged",
        "<slug:kind>": "vps",
        "<slug:step>": "declined",
        "<slug:section>": "why",
        "<slug:rule>": "no_news",
        "<slug:holder>": "police",
    }


def paths(known):
    """The address of every page that needs nothing, or what is known of Omar."""
    for address in sorted(PAGES):
        path = f"/{address}"
        for part, value in known.items():
            path = path.replace(part, str(value))
        if "<" not in path and not path.startswith(OF_ANY_CASE):
            yield path, "<uuid:" in address
            if "<uuid:" not in address:
                yield f"{path}?format=csv", False
                yield f"{path}?whose=all&scope=all&show=all", False


def said(client, path):
    """What a page answers, as one text with its address; its status."""
    answer = client.get(path)
    body = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, body.decode(errors="replace") + str(answer.headers)


def names_in(text, case):
    reference = f"{case.hex[:4]}-{case.hex[4:8]}".upper()
    return [word for word in (*WORDS, reference, str(case)) if word in text]


def test_who_is_in_conflict_reads_nothing_of_it_anywhere(
    *, tom, worker, known, omar, now
):
    before = {path: said(tom, path) for path, _ in paths(known)}
    shown = {path for path, (_, text) in before.items() if names_in(text, omar)}
    assert {"/owed", "/tell", f"/cases/{omar}/journey"} <= shown
    with acting_as(worker):
        conflicts.declare_conflict(
            actor=worker,
            now=now,
            reference=OMAR["crime_ref"],
            kind=ConflictKind.RELATED,
            reason="A cousin",
        )

    for path, about_it in paths(known):
        status, text = said(tom, path)
        if about_it:
            assert status in SHUT, path
            assert tom.post(path, {}).status_code in SHUT, path
            continue
        assert not names_in(text, omar), path


@pytest.mark.parametrize(
    "name", ["police", "provider", "provider.worker", "commissioner", "administrator"]
)
def test_who_is_not_of_the_service_reads_nobodys_name(client_as, known, omar, name):
    client = client_as(name)

    for path, about_it in paths(known):
        status, text = said(client, path)
        if about_it:
            assert status in SHUT, path
        found = set(names_in(text, omar))
        # A force reads what it owes by its own number of the crime.
        assert found <= ({OMAR["crime_ref"]} if name == "police" else set()), path
