"""What a recipient sees of a case, table by table, for each part shared alone."""

import pytest
from django.db import connection

from alongside.care.casework.operations import working
from alongside.care.casework.types import NoteKind
from alongside.walls.bits import EVERY_FACET, FACETS
from alongside.walls.context import acting_as
from alongside.walls.tables import WALLED
from alongside.workflows import share_case
from alongside.workflows.read_shared import read_shared
from tests.factories.sharing import agree, make_agreement, plan

# Table: the part of the case its rows belong to. Written by hand, not read from the
# walls: what is not named here is never seen by a recipient.
BELONGS = {
    "casework_case": "support",
    "casework_casechange": "support",
    "casework_note": "notes",
    "casework_victimisation": "crime",
    "journey_matter": "crime",
    "assessment_caseground": "risk",
    "journey_clock": "journey",
}
# What a recipient sees of any share: that there is one, and on whose word.
ALWAYS = {
    "casework_caseaccess",
    "referrals_caseshare",
    "organisations_sharingagreement",
    "organisations_agreementparty",
    "organisations_agreementflow",
    "organisations_agreementchange",
    "accounts_notice",
}


def seen_tables(actor):
    with acting_as(actor), connection.cursor() as cursor:
        found = set()
        for table in WALLED:
            cursor.execute(f"SELECT count(*) FROM {table}")
            if cursor.fetchone()[0]:
                found.add(table)
        return found


@pytest.fixture
def full_case(stage):
    """Asha's case with a note and a change: something in every table."""
    worker = stage.worker
    with acting_as(worker):
        working.take_case(actor=worker, now=stage.now, case_id=stage.asha)
        working.add_note(
            actor=worker,
            now=stage.now,
            case_id=stage.asha,
            kind=NoteKind.SHARED,
            text="A note that is nobody else's",
        )


def share(stage, fields):
    make_agreement(stage.keeper, now=stage.now, fields=EVERY_FACET)
    with acting_as(stage.worker):
        agree(stage.worker, stage.asha, now=stage.now, fields=fields)
        return share_case.share(
            actor=stage.worker, now=stage.now, plan=plan(stage.asha, fields=fields)
        )


@pytest.mark.parametrize("facet", [f for f in FACETS if f != "contact"])
def test_a_part_shared_alone_shows_its_own_tables_and_no_other(stage, full_case, facet):
    before = seen_tables(stage.maeve)
    share(stage, FACETS[facet])

    seen = seen_tables(stage.maeve) - before - ALWAYS
    assert seen <= {table for table, part in BELONGS.items() if part == facet}
    assert {t for t, part in BELONGS.items() if part == facet} <= seen


@pytest.mark.parametrize("facet", [f for f in FACETS if f != "contact"])
def test_a_page_shows_a_part_only_where_it_is_shared(stage, full_case, facet):
    shared = share(stage, FACETS[facet])
    with acting_as(stage.maeve):
        view = read_shared(actor=stage.maeve, now=stage.now, share_id=shared)

    shown = {
        "identity": view.label is not None,
        "crime": bool(view.crimes),
        "risk": bool(view.grounds),
        "support": view.case is not None,
        "notes": bool(view.notes),
        "journey": bool(view.clocks),
    }
    assert {part for part, there in shown.items() if there} == {facet} - {"protected"}
    assert view.channels is None


def test_contact_is_shown_with_identity(stage, full_case):
    shared = share(stage, FACETS["identity"] | FACETS["contact"])
    with acting_as(stage.maeve):
        view = read_shared(actor=stage.maeve, now=stage.now, share_id=shared)

    assert view.channels is not None
    assert {one.value for one in view.channels.person.contacts}
    assert view.crimes == ()


def test_identity_alone_shows_no_contact_point(stage, full_case):
    share(stage, FACETS["identity"])
    with acting_as(stage.maeve), connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.contacts, o.marks, o.records -> 0 ->> 'guardian_phone'"
            " FROM referrals_shared_people("
            "   ARRAY(SELECT public_id FROM referrals_caseshare)) s,"
            " people_open_person(s.person_id, 'test', NULL, now()) o"
        )
        assert cursor.fetchall() == [(None, None, "")]
