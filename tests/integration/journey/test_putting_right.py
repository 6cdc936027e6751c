"""What was counted as kept, and turns out not to have been so."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.care.casework import queries as casework
from alongside.care.journey.models import Clock, JourneyEvent, Telling
from alongside.care.journey.operations import mark_met, mark_not_owed
from alongside.care.journey.operations.untelling import UntoldWhyNeeded
from alongside.care.journey.types import DutyHolder
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.workflows import close_case
from alongside.workflows import record_event as writing
from alongside.workflows.never_so import CLOSED
from tests.integration.web.casework.conftest import text_of
from tests.support.receiving import ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held_by_tom")]
BAIL = {"conditions": "Not to contact her"}


@pytest.fixture
def crime(worker, asha):
    case = casework.get_case(actor=worker, public_id=asha)
    return casework.list_crimes(case_ids=[case.pk])[0]


@pytest.fixture
def acting(worker, now, asha):
    return {"actor": worker, "now": now, "case_id": asha}


@pytest.fixture
def entry(crime, now):
    def make(event="suspect_bailed", *, days=5, suspect="S1", received=None, **detail):
        at = now - timedelta(days=days)
        return writing.Entry(
            victimisation_id=crime.victimisation_id,
            event=event,
            suspect_ref=suspect,
            offence_code="",
            occurred_at=at,
            received_at=now - timedelta(days=received) if received else at,
            detail=detail,
        )

    return make


@pytest.fixture
def tell(acting, now):
    def told(event_id, *, days=1, evidence="The officer said so"):
        writing.tell(
            **acting,
            event_id=event_id,
            told_at=now - timedelta(days=days),
            told_by=DutyHolder.POLICE,
            how="phone",
            evidence=evidence,
        )

    return told


@pytest.fixture
def untell(acting):
    def take_back(event_id, why="It was another number"):
        one = Telling.objects.filter(event__public_id=event_id, taken_back_at=None)
        telling = one.latest("told_at")
        writing.take_back_telling(**acting, telling_id=telling.pk, why=why)

    return take_back


def clock(event_id, rule="R06-BAIL"):
    return Clock.objects.get(event__public_id=event_id, rule=rule, replaced_by=None)


def counts(event_id):
    return Telling.objects.filter(event__public_id=event_id, taken_back_at=None).count()


def correct(acting, old, entry, why="It was otherwise"):
    return writing.correct_event(**acting, event_id=old, entry=entry, why=why)


def test_what_they_were_told_holds_where_only_the_time_was_wrong(
    acting, entry, tell, now
):
    old = writing.record_event(**acting, entry=entry(**BAIL))
    tell(old)
    new = correct(acting, old, entry(days=4, received=3, **BAIL))

    found = clock(new)
    assert found.met_on == local_day(now - timedelta(days=1))
    assert found.evidence == "The officer said so"
    assert counts(new) == 1
    assert Telling.objects.get(event__public_id=new).carried_from is not None


def test_they_are_owed_what_really_happened(acting, entry, tell):
    """They were told that he may not come near her, and that was never said."""
    old = writing.record_event(**acting, entry=entry(**BAIL))
    tell(old)
    new = correct(acting, old, entry())

    found = clock(new)
    assert (found.met_on, found.not_owed_reason, counts(new)) == (None, "", 0)
    kept = Clock.objects.get(event__public_id=old, rule="R06-BAIL")
    assert kept.met_on is not None and kept.replaced_by_id == found.pk


def test_what_is_only_added_leaves_what_they_were_told(acting, entry, tell):
    old = writing.record_event(**acting, entry=entry(suspect=""))
    tell(old)
    new = correct(acting, old, entry(**BAIL))

    assert clock(new).met_on is not None


def test_put_back_as_it_was_they_knew_it_all_along(acting, entry, tell):
    first = writing.record_event(**acting, entry=entry(**BAIL))
    tell(first)
    wrong = correct(acting, first, entry())
    assert clock(wrong).met_on is None
    again = correct(acting, wrong, entry(**BAIL))

    assert clock(again).met_on is not None


def test_told_of_the_wrong_thing_meanwhile_they_are_owed_it_again(acting, entry, tell):
    first = writing.record_event(**acting, entry=entry(**BAIL))
    tell(first, days=3)
    wrong = correct(acting, first, entry(conditions="None"))
    tell(wrong, days=2)
    again = correct(acting, wrong, entry(**BAIL))

    assert clock(again).met_on is None


def test_a_promise_kept_for_what_never_happened_was_never_due(acting, entry, tell):
    event = writing.record_event(**acting, entry=entry())
    tell(event)
    writing.take_back(**acting, event_id=event, why="It was somebody else")

    found = clock(event)
    assert (found.met_on, found.not_owed_reason) == (None, "corrected")
    kept = Clock.objects.get(replaced_by=found)
    assert kept.met_on is not None and kept.evidence == "The officer said so"


def test_a_window_goes_on_from_when_they_were_told(acting, entry, tell, now):
    said = {"outcome_type": "15"}
    rule = "R06-VRRPOLICE-ASK"
    old = writing.record_event(**acting, entry=entry("no_further_action", **said))
    tell(old, days=1)
    until = clock(old, rule).due_on
    new = correct(acting, old, entry("no_further_action", days=4, **said))

    assert clock(new, rule).due_on == until
    assert clock(new, rule).starts_at == now - timedelta(days=1)


def test_what_the_court_passed_on_follows_the_day_it_was_received(acting, entry, now):
    old = writing.record_event(**acting, entry=entry("warrant_issued"))
    new = correct(acting, old, entry("warrant_issued", received=2))

    found = clock(new, "R08-WARRANT-COURT")
    assert found.met_on == local_day(now - timedelta(days=2))


def test_what_was_marked_by_hand_goes_over_where_it_holds(acting, entry, now, asha):
    old = writing.record_event(**acting, entry=entry(**BAIL))
    mark_met(
        **acting, clock_id=clock(old).pk, met_on=local_day(now), evidence="Her letter"
    )
    same = correct(acting, old, entry(days=4, **BAIL))
    assert clock(same).evidence == "Her letter"
    other = correct(acting, same, entry(days=4))
    assert clock(other).met_on is None


@pytest.mark.parametrize(
    ("reason", "stays"), [("told_by_another", False), ("not_their_matter", True)]
)
def test_a_reason_of_the_news_goes_with_it(acting, entry, reason, stays):
    old = writing.record_event(**acting, entry=entry(**BAIL))
    mark_not_owed(**acting, clock_id=clock(old).pk, reason=reason)
    same = correct(acting, old, entry(days=4, **BAIL))
    assert (clock(same).not_owed_reason, clock(same).by_fact) == (reason, False)
    other = correct(acting, same, entry(days=4))
    assert clock(other).not_owed_reason == (reason if stays else "")


def test_taken_back_that_they_were_told_it_is_owed_again(acting, entry, tell, untell):
    event = writing.record_event(**acting, entry=entry())
    before = clock(event)
    tell(event)
    with pytest.raises(UntoldWhyNeeded):
        untell(event, why=" ")
    untell(event)

    found = clock(event)
    assert (found.met_on, found.due_on) == (None, before.due_on)
    told = Clock.objects.get(replaced_by=found)
    assert told.met_on is not None
    row = Telling.objects.get()
    assert row.taken_back_why == "It was another number"
    with pytest.raises(NotFound):
        writing.take_back_telling(**acting, telling_id=row.pk, why="Again")


def test_of_two_tellings_the_other_still_counts(acting, entry, tell, untell):
    event = writing.record_event(**acting, entry=entry())
    tell(event, days=3, evidence="The first call")
    tell(event, days=1, evidence="The second call")
    untell(event)
    assert clock(event).evidence == "The first call"
    untell(event)
    assert clock(event).met_on is None


def test_the_first_taken_back_the_second_meets_it(acting, entry, tell):
    event = writing.record_event(**acting, entry=entry())
    tell(event, days=3, evidence="The first call")
    tell(event, days=1, evidence="The second call")
    first = Telling.objects.earliest("told_at")
    writing.take_back_telling(**acting, telling_id=first.pk, why="No answer")

    assert clock(event).evidence == "The second call"


def test_taken_back_of_what_was_corrected_since(acting, entry, tell):
    old = writing.record_event(**acting, entry=entry())
    tell(old)
    new = correct(acting, old, entry(days=4))
    first = Telling.objects.get(carried_from=None)
    writing.take_back_telling(**acting, telling_id=first.pk, why="Wrong number")

    assert clock(new).met_on is None
    assert not Telling.objects.filter(taken_back_at=None).exists()


def test_a_window_runs_from_the_event_again(acting, entry, tell, untell):
    rule = "R06-VRRPOLICE-ASK"
    event = writing.record_event(**acting, entry=entry("no_further_action"))
    before = clock(event, rule)
    tell(event)
    assert clock(event, rule).due_on != before.due_on
    untell(event)

    assert clock(event, rule).due_on == before.due_on
    assert clock(event, rule).starts_at == before.starts_at


def test_what_was_agreed_goes_on_as_if_nobody_had_told_them(
    acting, entry, tell, untell
):
    from alongside.care.journey.operations.wishes import record_wish
    from alongside.care.journey.types import WishKind

    now = acting["now"]
    record_wish(
        **{**acting, "now": now - timedelta(days=4)},
        asks=WishKind.EVERY,
        every_days=14,
    )
    agreed = Clock.objects.get(rule="R06-FREQ")
    event = writing.record_event(**acting, entry=entry())
    tell(event)
    untell(event)

    running = Clock.objects.get(
        rule="R06-FREQ", met_on=None, not_owed_reason="", replaced_by=None
    )
    assert (running.starts_at, running.due_on) == (agreed.starts_at, agreed.due_on)


def test_it_is_taken_back_on_the_page(tom, acting, entry, tell):
    asha = acting["case_id"]
    event = writing.record_event(**acting, entry=entry())
    tell(event)
    shown = tom.get(reverse("journey:journey", args=[asha]))
    assert "They were not told" in text_of(shown)
    telling = Telling.objects.get()
    page = reverse("journey:untold", args=[asha, telling.pk])
    assert "owed again" in text_of(tom.get(page))
    assert "Say how you know" in text_of(tom.post(page, {"why": ""}))
    sent = tom.post(page, {"why": "The letter came back"})
    assert sent.status_code == 302
    text = text_of(tom.get(reverse("journey:journey", args=[asha])))
    assert "Not so after all: The letter came back" in text
    assert "Nobody has written down that they were told." in text
    assert tom.get(page).status_code == 404
    assert JourneyEvent.objects.get(public_id=event).superseded_by is None


@pytest.fixture
def bailed(acting, entry):
    return writing.record_event(**acting, entry=entry(**BAIL))


@pytest.fixture
def heard(bailed, tell):
    """What they were told of."""
    tell(bailed)
    return bailed


@pytest.fixture
def never_so(acting):
    """Says that an event never happened; the tasks that ask to tell them so."""

    def take_back(event_id):
        writing.take_back(**acting, event_id=event_id, why="Another suspect")
        case = casework.get_case(actor=acting["actor"], public_id=acting["case_id"])
        tasks = casework.list_tasks(case_id=case.pk, limit=9)
        return [one for one in tasks if "never happened" in one.words]

    return take_back


def test_whoever_heard_of_what_never_happened_is_told_so(heard, never_so, now):
    """No promise of the Code has anybody say it."""
    (task,) = never_so(heard)

    assert "bail" in task.words.lower()
    assert task.due_on > local_day(now)


def test_what_they_heard_before_it_was_corrected_counts(acting, heard, entry, never_so):
    now_wrong, later = correct(acting, heard, entry()), entry(days=3)

    assert len(never_so(correct(acting, now_wrong, later))) == 1


def test_who_never_heard_of_it_is_told_nothing(bailed, never_so):
    assert never_so(bailed) == []


def test_nor_who_was_not_told_after_all(heard, untell, never_so):
    untell(heard)

    assert never_so(heard) == []


def test_of_a_closed_case_supervisors_are_told(acting, heard, never_so):
    worker, asha = acting["actor"], acting["case_id"]
    version = casework.get_case(actor=worker, public_id=asha).version
    ending = close_case.Ending(disposition="declined", reason="No, thank you")
    close_case.close(**acting, version=version, ending=ending)

    assert never_so(heard) == []
    (notice,) = ask("SELECT words, to_role FROM accounts_notice WHERE kind = 'promise'")
    assert notice == (CLOSED, "supervisor")


def test_the_page_says_that_they_will_have_to_be_told(bailed, tell, tom, asha):
    page = reverse("journey:take_back", args=[asha, bailed])
    assert "They were told of it" not in text_of(tom.get(page))
    tell(bailed)
    assert "They were told of it" in text_of(tom.get(page))
