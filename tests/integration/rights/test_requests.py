"""Requests: their clock, who may work on them, and the copy they are answered with."""

import json
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection

from alongside.care.information_rights import queries
from alongside.care.information_rights.operations import (
    keeping,
    packs,
    reminding,
    requests,
)
from alongside.care.information_rights.permissions import NotReady, StaleFactor
from alongside.care.information_rights.types import (
    Blackout,
    Decision,
    ReceivedBy,
    RequestState,
    RightKind,
)
from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.web.rights.pack import draw
from alongside.workflows import rectify, restrict, subject_access
from tests.integration.rights.people import (
    NOW,
    actor_of,
    acts,
    bea,
    idris,
    receiver,
    somebody,
    write_note,
)
from tests.support.receiving import LATER, ask, send

pytestmark = pytest.mark.django_db
CAME = date(2026, 10, 31)


def write_down(key, kind=RightKind.ACCESS, *, proof_asked=False, came=CAME):
    with acts(bea()) as actor:
        return requests.register_request(
            actor=actor,
            now=NOW,
            kind=kind,
            person_key=key,
            asked_by="The person",
            what="Everything",
            received_on=came,
            received_by=ReceivedBy.LETTER,
            proof_asked=proof_asked,
        )


def show_identity(request, on=CAME):
    with acts(bea()) as actor:
        requests.record_identity(
            actor=actor, now=NOW, request_id=request, on=on, how="Passport, seen"
        )


def read(request):
    with acts(bea()) as actor:
        row = queries.get_request(actor=actor, request_id=request)
        return queries.request_line(row)


def test_the_month_runs_from_the_day_it_came_or_from_the_proof_we_asked_for():
    key, _, _ = somebody()
    assert read(write_down(key)).due_on == date(2026, 11, 30)

    waits = write_down(key, proof_asked=True)
    assert read(waits).state is RequestState.WAITING
    show_identity(waits, on=date(2026, 11, 20))
    assert read(waits).due_on == date(2026, 12, 21)  # the 20th is a Sunday
    assert read(waits).state is RequestState.OPEN


def test_more_time_is_taken_once_and_in_time():
    key, _, _ = somebody()
    request = write_down(key)
    with acts(bea()) as actor:
        given = {"actor": actor, "now": NOW, "request_id": request}
        assert requests.extend_request(**given, reason="Much") == date(2027, 2, 1)
        with pytest.raises(requests.CannotExtend):
            requests.extend_request(**given, reason="More")
    late = write_down(key, came=date(2026, 9, 1))
    with acts(bea()) as actor, pytest.raises(requests.CannotExtend):
        requests.extend_request(actor=actor, now=NOW, request_id=late, reason="Late")


def test_a_refusal_needs_a_reason_that_the_right_knows():
    key, _, _ = somebody()
    request = write_down(key)
    with acts(bea()) as actor:
        given = {
            "actor": actor,
            "now": NOW,
            "request_id": request,
            "state": RequestState.REFUSED,
            "words": "No",
        }
        with pytest.raises(requests.ChooseExemption):
            requests.end_request(**given, exemption="legal_claims")
        requests.end_request(**given, exemption="crime_prevention")
        with pytest.raises(requests.NotOpen):
            requests.end_request(**given, exemption="crime_prevention")


def test_nobody_but_information_governance_sees_a_request():
    key, _, _ = somebody()
    request = write_down(key)
    supervisor = actor_of("supervisor@llr.example")
    with acts(supervisor), pytest.raises(NotFound):
        queries.get_request(actor=supervisor, request_id=request)
    with acts(supervisor), pytest.raises(NotAllowed):
        requests.take_request(actor=supervisor, now=NOW, request_id=request)


def test_owners_are_reminded_once_before_the_day_and_weekly_after():
    key, _, _ = somebody()
    write_down(key)
    service = receiver()
    for days, expected in ((0, 0), (2, 1), (3, 0), (9, 1)):
        with acts(service):
            count = reminding.remind_of_requests(
                actor=service, now=NOW + timedelta(days=days)
            )
        assert count == expected, days


def finished(request):
    """Go through everything: black out what is marked, keep what is theirs."""
    with acts(bea()) as actor:
        given = {"actor": actor, "now": NOW, "request_id": request}
        view = subject_access.read_pack(**given)
        for passage in view.undecided:
            action = Blackout.FOUND if passage.spans else Blackout.WHOLE
            subject_access.decide(
                **given,
                key=passage.key,
                decision=Decision(action=action, reason="other_person"),
            )
        subject_access.finish(**given)


def test_a_copy_is_not_looked_at_before_we_are_sure_and_freshly_confirmed():
    key, _, _ = somebody()
    request = write_down(key)
    with acts(bea()) as actor, pytest.raises(subject_access.NoPerson):
        subject_access.read_pack(actor=actor, now=NOW, request_id=request)
    show_identity(request)
    with acts(bea(fresh=False)) as actor, pytest.raises(StaleFactor):
        subject_access.read_pack(actor=actor, now=NOW, request_id=request)


def made(request):
    """The finished copy, gone through by one and checked by another."""
    finished(request)
    with acts(bea()) as actor, pytest.raises(NotReady):
        subject_access.check(actor=actor, now=NOW, request_id=request)
    with acts(idris()) as actor:
        subject_access.check(actor=actor, now=NOW, request_id=request)
    with acts(bea()) as actor:
        given = {"actor": actor, "now": NOW, "request_id": request}
        pack = subject_access.make(**given, draw=draw)
        return subject_access.fetch(**given, pack_id=pack)


def test_a_copy_leaves_only_gone_through_and_checked_by_another():
    key, _, case = somebody()
    write_note(case)
    request = write_down(key)
    show_identity(request)
    with acts(bea()) as actor:
        given = {"actor": actor, "now": NOW, "request_id": request}
        with pytest.raises(NotReady):
            subject_access.finish(**given)
        with pytest.raises(NotReady):
            subject_access.make(**given, draw=draw)

    with ZipFile(BytesIO(made(request))) as packed:
        page = packed.read("what-we-hold.html").decode()
        document = json.loads(packed.read("what-we-hold.json"))
        manifest = json.loads(packed.read("manifest.json"))
    for text in (page, json.dumps(document, ensure_ascii=False)):
        assert "Quillon Idwal" in text and "marmalade" in text and "zibeline" in text
        assert "Odette" not in text and "900999" not in text and "900 999" not in text
    assert document["schema"] == "alongside-subject-access/1"
    assert document["blacked_out"] and document["seen_by"]
    # Our codes are said in words; what the force sent is there letter for letter.
    assert "Not asked" in page and page.count("not_asked") == 1
    assert "<style>" in page and "<!--looks-->" not in page
    assert manifest["sha256"].keys() == {"what-we-hold.html", "what-we-hold.json"}


def test_a_finished_copy_is_kept_sealed_and_deleted_when_its_days_are_over():
    key, _, case = somebody()
    write_note(case)
    request = write_down(key)
    show_identity(request)
    made(request)
    with acts(bea()) as actor:
        (pack,) = queries.list_packs(actor=actor, request_id=request)
        sealed, _ = queries.get_pack(
            actor=actor, request_id=request, pack_id=pack.pack_id
        )
    assert pack.fetched_by == "Bea Lindqvist"
    assert sealed[:2] != b"PK" and b"what-we-hold" not in sealed
    with acts(receiver()) as actor:
        assert packs.delete_old_packs(actor=actor, now=NOW) == 0
        over = NOW + timedelta(days=30)
        assert packs.delete_old_packs(actor=actor, now=over) == 1


def test_what_is_written_after_the_review_is_gone_through_again():
    key, _, case = somebody()
    write_note(case)
    request = write_down(key)
    show_identity(request)
    finished(request)
    with acts(idris()) as actor:
        subject_access.check(actor=actor, now=NOW, request_id=request)
    write_note(case, text="Something new")
    with acts(bea()) as actor, pytest.raises(NotReady):
        subject_access.make(actor=actor, now=NOW, request_id=request, draw=draw)


def test_gathering_is_refused_without_a_request_of_a_known_person():
    somebody()
    from uuid import uuid4

    with acts(bea()), connection.cursor() as cursor:
        with pytest.raises(Exception, match="no open request"):
            cursor.execute("SELECT rights_gather(%s, now())", [uuid4()])
        connection.set_rollback(True)


def test_a_correction_is_added_and_what_was_there_stays():
    _, person, _ = somebody()
    with acts(bea()) as actor:
        changed = rectify.rectify(
            actor=actor,
            now=NOW,
            person_id=person,
            request_id=None,
            right={"surname": "Ashgrove-Bell", "given_names": ""},
            reason="Birth certificate seen",
        )
        with pytest.raises(rectify.NothingChanged):
            rectify.rectify(
                actor=actor,
                now=NOW,
                person_id=person,
                request_id=None,
                right={"surname": "Ashgrove-Bell"},
                reason="Again",
            )
    assert changed == ("surname",)
    sources = ask("SELECT source FROM people_personrecord ORDER BY id")
    assert len(sources) == 2 and sources[1] == (rectify.SOURCE,)
    assert ask("SELECT changed FROM rights_correction") == [(["surname"],)]


def test_a_restricted_record_is_kept_and_nobody_uses_it():
    key, person, case = somebody()
    supervisor = actor_of("supervisor@llr.example")
    with acts(idris()) as actor:
        restrict.restrict(
            actor=actor, now=NOW, person_id=person, request_id=None, reason="Asked"
        )
        with pytest.raises(keeping.AlreadyRestricted):
            restrict.restrict(
                actor=actor, now=NOW, person_id=person, request_id=None, reason="Again"
            )
    from alongside.care.casework.queries import get_case

    with acts(supervisor):
        with pytest.raises(NotFound):
            get_case(actor=supervisor, public_id=case)
        kept = restrict.read_kept(actor=supervisor, case_id=case)
        assert kept is not None and kept.since == NOW
    provider = actor_of("provider@llr.example")
    with acts(provider):
        assert restrict.read_kept(actor=provider, case_id=case) is None

    # A new case of theirs, while it stands, is restricted too.
    ask(
        "UPDATE casework_case SET status = 'closed', closed_at = now(),"
        " disposition = 'declined', compartments = compartments RETURNING 1"
    )
    from tests.integration.rights.people import ASH

    later = {"crime_ref": "26019999002", "reported_at": "2026-06-01T05:24:00"}
    send(ASH | later, extract="LEI-2", at=LATER)
    masks = ask("SELECT compartments & 32 FROM casework_case WHERE person_id = %s", key)
    assert masks == [(32,), (32,)]

    with acts(bea()) as actor:
        (one,) = queries.list_restrictions(actor=actor)
        restrict.lift(
            actor=actor, now=NOW, restriction_id=one.restriction_id, reason="Agreed"
        )
    with acts(supervisor):
        assert get_case(actor=supervisor, public_id=case).compartments & 32 == 0
