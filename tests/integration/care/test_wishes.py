"""What people ask to hear, and what it does to what they are owed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.care.casework.models import Case
from alongside.care.journey.models import Clock
from alongside.care.journey.operations.wishes import (
    WishImpossible,
    go_on_telling,
    record_wish,
)
from alongside.care.journey.queries.wishes import wish_now
from alongside.care.journey.rules.wishes import frequency_holder
from alongside.care.journey.types import DutyHolder, WishKind
from tests.integration.owed.conftest import *  # noqa: F403


@pytest.fixture
def key(worker, asha):
    return Case.objects.get(public_id=asha).pk


def say(worker, now, asha, asks, **more):
    record_wish(actor=worker, now=now, case_id=asha, asks=asks, **more)


def frequency(key):
    return list(Clock.objects.filter(case_id=key, rule="R06-FREQ").order_by("pk"))


def test_who_wants_nothing_is_owed_no_news_from_then_on(worker, now, *, asha, promise):
    late, soon = promise(asha, "R06-ARREST", -1), promise(asha, "R08-BAIL", 1)
    pay = promise(asha, "R10-EXP", 1)

    say(worker, now, asha, WishKind.NOTHING)

    for clock in (late, soon, pay):
        clock.refresh_from_db()
    assert (soon.not_owed_reason, soon.by_fact) == ("asked_not_to_be_told", True)
    assert late.not_owed_reason == pay.not_owed_reason == ""

    say(worker, now, asha, WishKind.BIG_NEWS)
    soon.refresh_from_db()
    again = soon.replaced_by
    assert soon.not_owed_reason  # kept as it was
    assert (again.due_on, again.not_owed_reason) == (soon.due_on, "")


def test_big_news_only_leaves_small_news_out(worker, now, asha, promise):
    small, big = promise(asha, "R06-INTERVIEW", 1), promise(asha, "R06-CHARGE", 1)

    say(worker, now, asha, WishKind.BIG_NEWS)

    small.refresh_from_db()
    big.refresh_from_db()
    assert small.not_owed_reason
    assert not big.not_owed_reason


def test_every_so_many_days_makes_a_promise_that_goes_on(
    worker, now, asha, *, key, today
):
    say(worker, now, asha, WishKind.EVERY, every_days=14, channel="phone", words="x")

    (first,) = frequency(key)
    assert first.due_on == today + timedelta(days=14)
    assert first.holder == DutyHolder.POLICE
    told = now + timedelta(days=10)
    go_on_telling(actor=worker, now=told, case_id=key, told_at=told, evidence="Rang")
    first, second = frequency(key)
    assert (first.met_on, first.evidence) == (today + timedelta(days=10), "Rang")
    assert second.due_on == today + timedelta(days=24)

    say(worker, told, asha, WishKind.EVERY, every_days=7)
    *_, old, new = frequency(key)
    assert (old.replaced_by_id, new.due_on) == (new.pk, today + timedelta(days=17))
    say(worker, told, asha, WishKind.NOTHING)
    assert frequency(key)[-1].not_owed_reason == "asked_not_to_be_told"
    wish = wish_now(key)
    assert wish
    assert wish.asks is WishKind.NOTHING


@pytest.mark.parametrize(
    ("asks", "more"),
    [
        (WishKind.EVERY, {}),
        (WishKind.EVERY, {"every_days": 0}),
        (WishKind.EVERY, {"every_days": 366}),
        (WishKind.NOTHING, {"every_days": 7}),
        (WishKind.NOTHING, {"channel": "pigeon"}),
    ],
)
def test_what_cannot_be_is_refused(worker, now, *, asha, key, asks, more):
    with pytest.raises(WishImpossible):
        say(worker, now, asha, asks, **more)
    assert wish_now(key) is None


def test_the_page_keeps_what_they_ask(tom, held_by_tom, asha, key):
    page = reverse("wishes:wishes", args=[asha])
    assert "Nobody has asked them yet" in tom.get(page).content.decode()

    wrong = tom.post(page, {"asks": "every"})
    assert "Enter a number of days from 1 to 365" in wrong.content.decode()
    tom.post(page, {"asks": "every", "every_days": "28", "channel": "sms"})

    shown = tom.get(page).content.decode()
    assert "To hear every 28 days" in shown
    wish = wish_now(key)
    assert wish
    assert wish.every_days == 28


@pytest.mark.parametrize(
    ("stages", "holder"),
    [
        ([], DutyHolder.POLICE),
        (["S31", "N10"], DutyHolder.POLICE),
        (["S20", "S33"], DutyHolder.WCU),
        (["S61", "S90"], DutyHolder.WCU),
        (["S81"], DutyHolder.PROBATION),
        (["S90"], DutyHolder.POLICE),
    ],
)
def test_who_owes_what_was_agreed(stages, holder):
    assert frequency_holder(stages) is holder
