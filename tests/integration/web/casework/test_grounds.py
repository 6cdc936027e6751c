"""Grounds of enhanced support: what counts, who says so, and what follows from it."""

from uuid import UUID

import pytest

from alongside.care.assessment import queries as assessment
from alongside.care.assessment.operations import GroundStands
from alongside.care.assessment.types import (
    BasisKind,
    GroundCode,
    GroundFound,
    GroundState,
)
from alongside.care.casework.models import Case
from alongside.care.casework.operations.errors import ReasonNeeded
from alongside.care.casework.types import Tier
from alongside.care.journey.models import Clock
from alongside.walls.context import acting_as
from alongside.workflows import case_grounds
from tests.factories.feeds import receive
from tests.integration.web.casework.conftest import ASHA, text_of

ANSWERS = GroundFound(
    GroundCode.INTIMIDATED, BasisKind.ANSWERS, "witness 1:a", "They fear to give it"
)

MINA = ASHA | {
    "crime_ref": "26000000777",
    "person_ref": "N0777",
    "given_names": "Mina",
    "date_of_birth": "1971-01-09",
    "email": "mina@people.example",
}


def case_row(case_id):
    return Case.objects.get(public_id=case_id)


def lines(case_id):
    return assessment.list_every_ground(case_id=case_row(case_id).pk)


def decide(actor, now, case_id, *, confirm, reason="We spoke", which=0):
    standing = [one for one in lines(case_id) if one.state is not GroundState.ENDED]
    case_grounds.decide_ground(
        actor=actor,
        now=now,
        case_id=case_id,
        ground_id=standing[which].ground_id,
        confirm=confirm,
        reason=reason,
    )


def running(case_id):
    rows = Clock.objects.filter(case_id=case_row(case_id).pk, replaced_by=None)
    return rows.filter(met_on=None, not_owed_reason="")


def test_what_the_feed_says_counts_until_somebody_declines_it(worker, now, asha):
    (line,) = lines(asha)
    assert (line.ground, line.state) == ("A", GroundState.PROPOSED)
    assert case_row(asha).tier == Tier.ENHANCED

    decide(worker, now, asha, confirm=False, reason="It is not so")

    (line,) = lines(asha)
    assert (line.state, line.by, line.reason) == (
        GroundState.DECLINED,
        "Tom Hollis",
        "It is not so",
    )
    assert case_row(asha).tier == Tier.STANDARD


def test_a_yes_changes_nothing_but_that_somebody_said_so(worker, now, asha):
    decide(worker, now, asha, confirm=True)

    (line,) = lines(asha)
    assert line.state is GroundState.CONFIRMED
    assert case_row(asha).tier == Tier.ENHANCED


def test_each_decision_wants_a_reason(worker, now, asha):
    with pytest.raises(ReasonNeeded):
        decide(worker, now, asha, confirm=True, reason=" ")


def test_whoever_decides_anew_leaves_what_was_decided(worker, now, asha):
    decide(worker, now, asha, confirm=True)
    decide(worker, now, asha, confirm=False)
    decide(worker, now, asha, confirm=True)

    assert [line.state for line in lines(asha)] == [
        GroundState.ENDED,
        GroundState.ENDED,
        GroundState.CONFIRMED,
    ]
    assert case_row(asha).tier == Tier.ENHANCED


def test_one_of_two_grounds_is_enough(worker, now, asha):
    found = [ANSWERS]
    case_grounds.propose_grounds(actor=worker, now=now, case_id=asha, found=found)

    decide(worker, now, asha, confirm=False)
    assert case_row(asha).tier == Tier.ENHANCED

    decide(worker, now, asha, confirm=False, which=1)
    assert case_row(asha).tier == Tier.STANDARD


def test_the_same_answers_do_not_come_back_and_others_do(worker, now, omar):
    def propose(found):
        return case_grounds.propose_grounds(
            actor=worker, now=now, case_id=omar, found=[found]
        )

    assert propose(ANSWERS) == 1
    assert case_row(omar).tier == Tier.ENHANCED
    decide(worker, now, omar, confirm=False)
    assert propose(ANSWERS) == 0
    assert case_row(omar).tier == Tier.STANDARD

    later = GroundFound(ANSWERS.ground, ANSWERS.basis, "witness 1:b", ANSWERS.words)

    assert propose(later) == 1
    assert case_row(omar).tier == Tier.ENHANCED


@pytest.fixture
def mina(worker, case_of, now):
    """Somebody of whom the force will tell again."""
    send(MINA, now, "LEI-2")
    with acting_as(worker):
        yield case_of(MINA)


def send(row, now, extract_id):
    receive([row], now=now, extract_id=extract_id)


def test_what_was_declined_is_not_owed_again_on_the_same_word(worker, now, mina):
    decide(worker, now, mina, confirm=False)
    send(MINA | {"contact_times": "evenings"}, now, "LEI-3")

    with acting_as(worker):
        (line,) = lines(mina)
        assert line.state is GroundState.DECLINED
        assert case_row(mina).tier == Tier.STANDARD

    send(MINA | {"flags": "hate_race"}, now, "LEI-4")

    with acting_as(worker):
        states = sorted(line.state for line in lines(mina))
        assert case_row(mina).tier == Tier.ENHANCED
    assert states == [GroundState.ENDED, GroundState.PROPOSED]


def test_what_was_confirmed_stays_so_when_the_force_sends_it_again(worker, now, mina):
    decide(worker, now, mina, confirm=True)
    send(MINA | {"contact_times": "evenings"}, now, "LEI-3")

    with acting_as(worker):
        (line,) = lines(mina)
    assert line.state is GroundState.CONFIRMED


def test_only_promises_that_still_run_are_planned_anew(worker, now, omar):
    before = {row.pk: row for row in Clock.objects.filter(case_id=case_row(omar).pk)}
    case_grounds.add_ground(
        actor=worker,
        now=now,
        case_id=omar,
        ground=GroundCode.DISCRETION,
        reason="They are alone",
    )

    after = {row.pk: row for row in Clock.objects.filter(case_id=case_row(omar).pk)}
    replaced = [pk for pk in before if after[pk].replaced_by_id]
    settled = [pk for pk, row in before.items() if row.met_on]
    assert replaced
    assert settled
    assert not set(replaced) & set(settled)
    for pk in before:  # what was promised then stays as it was
        assert after[pk].due_on == before[pk].due_on
        assert after[pk].enhanced == before[pk].enhanced
    assert all(row.enhanced for row in running(omar))
    assert len(running(omar)) == len([row for row in before.values() if not row.met_on])


def test_coming_down_what_is_late_stays_late(worker, now, asha):
    late = {row.pk: row.due_on for row in running(asha) if row.due_on < now.date()}
    assert late

    decide(worker, now, asha, confirm=False)

    still = {row.pk: row.due_on for row in running(asha)}
    assert late.items() <= still.items()
    others = running(asha).exclude(pk__in=late)
    assert not any(row.enhanced for row in others)


def test_a_worker_adds_one_once(worker, now, omar):
    def add():
        case_grounds.add_ground(
            actor=worker,
            now=now,
            case_id=omar,
            ground=GroundCode.DISCRETION,
            reason="They are alone",
        )

    add()
    (line,) = lines(omar)
    assert line.words == "Tom Hollis says: They are alone"
    with pytest.raises(GroundStands):
        add()


def test_the_page_shows_each_with_what_it_rests_on(tom, asha):
    page = text_of(tom.get(f"/cases/{asha}/grounds"))

    assert "The police flagged this as domestic abuse" in page
    assert "Not yet looked at: counts" in page
    assert f"/cases/{asha}/grounds/" in page


def test_it_is_declined_there_and_stands_on_the_timeline(worker, tom, asha):
    (line,) = lines(asha)
    name = case_grounds.ground_name(case_id=asha, ground_id=line.ground_id)
    here = f"/cases/{asha}/grounds/{name}"
    assert "Say why" in text_of(tom.post(here, {"decision": "decline", "reason": ""}))

    given = {"decision": "decline", "reason": "Another person"}
    page = text_of(tom.post(here, given, follow=True))

    assert "Ground declined: Victim of the most serious crime" in page
    assert "Owed standard support from now on" in page
    assert "Another person" in text_of(tom.get(f"/cases/{asha}/grounds"))


def test_one_is_added_there(tom, omar):
    given = {"ground": "D", "reason": "They are alone"}

    page = text_of(tom.post(f"/cases/{omar}/grounds/add", given, follow=True))

    assert "Ground added" in page
    assert "Now owed enhanced support" in page
    assert "Nothing speaks" in text_of(tom.get(f"/cases/{_other(omar)}/grounds"))


def _other(case_id: UUID) -> UUID:
    rows = Case.objects.filter(tier="standard").exclude(public_id=case_id)
    found: UUID = rows.values_list("public_id", flat=True)[0]
    return found


def test_a_ground_that_is_none_is_not_found(tom, asha):
    assert tom.get(f"/cases/{asha}/grounds/{asha}").status_code == 404
