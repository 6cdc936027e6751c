"""A plan closes with its case and is offered again; who is told of approvals."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from alongside.care.casework import queries as casework
from alongside.care.casework.models import Case
from alongside.care.planning.models import Action, Plan
from alongside.care.planning.queries.due import next_planned
from alongside.care.planning.queries.plans import PlanSum, sum_up_plan
from alongside.care.planning.types import PlanState
from alongside.foundation.accounts.models import Notice
from alongside.foundation.accounts.types import NoticeKind, Role
from alongside.foundation.lib.local import local_day
from alongside.walls.context import acting_as
from tests.integration.planning.pages import name_in, page, refused, send
from tests.integration.web.casework.conftest import text_of, typed_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held_by_tom")]
AGREED = {"how": "together"}


def close_case(client, case, **more):
    key = Case.objects.get(public_id=case)
    typed = {
        "version": key.version,
        "disposition": "supported_enhanced",
        "reason": "",
        "no_exit": "did_not_want",
        "no_exit_words": "",
        **more,
    }
    return client.post(reverse("casework:close", args=[case]), typed)


def reopen_case(client, case, now, **more):
    typed = {"reason": "He is back", "words": "Ring her", **typed_day("on", now)}
    answer = client.post(reverse("casework:reopen", args=[case]), {**typed, **more})
    assert answer.status_code == 302, text_of(answer)


def plan_of(case):
    return Plan.objects.get(case__public_id=case)


def told():
    return list(Notice.objects.filter(kind=NoticeKind.PLAN).order_by("pk"))


def agree(client, case, version, now):
    send(client, "agree", case, version=version, **AGREED, **typed_day("on", now))


def test_closing_says_what_goes_and_closes_the_plan_with_the_case(tom, asha, begun):
    text = text_of(close_case(tom, asha))
    assert "1 goal that is open and 1 action that is to do" in text
    assert plan_of(asha).state == PlanState.DRAFT

    assert close_case(tom, asha, sure="yes").status_code == 302

    plan, case = plan_of(asha), Case.objects.get(public_id=asha)
    assert (plan.state, plan.closed_at) == (PlanState.CLOSED, case.closed_at)
    assert "Plan closed with the case" in text_of(page(tom, "plan", asha))
    assert "Support plan" not in text_of(tom.get(f"/cases/{asha}/close"))


def test_reopening_offers_the_plan_and_opens_it_as_a_draft(tom, asha, begun, now):
    agree(tom, asha, 1, now)
    close_case(tom, asha, sure="yes")
    form = text_of(tom.get(reverse("casework:reopen", args=[asha])))
    assert "Open their support plan again too" in form

    reopen_case(tom, asha, now, with_plan="on")

    plan = plan_of(asha)
    assert (plan.state, plan.closed_at, plan.agreed_on) == (PlanState.DRAFT, None, None)


def test_reopening_leaves_the_plan_closed_where_it_is_not_wanted(tom, asha, begun, now):
    close_case(tom, asha, sure="yes")
    reopen_case(tom, asha, now)
    assert plan_of(asha).state == PlanState.CLOSED


def test_a_case_without_a_plan_closes_and_opens_as_before(tom, asha, now):
    assert "Support plan" not in text_of(close_case(tom, asha)).split("<main")[1]
    close_case(tom, asha, sure="yes")
    form = text_of(tom.get(reverse("casework:reopen", args=[asha])))
    assert "Open their support plan" not in form
    reopen_case(tom, asha, now, with_plan="on")
    assert not Plan.objects.exists()


def test_a_closed_plan_asks_for_nothing_any_more(*, tom, worker, asha, begun, now):
    late = local_day(now) + timedelta(days=30)
    key = Case.objects.get(public_id=asha).pk

    def due():
        return next_planned(case_ids=[key], on=late, now=now + timedelta(days=30))

    assert due()[key][1] == "Ask the landlord for new locks"
    assert sum_up_plan(case_id=key) == PlanSum(is_closed=False, goals=1, actions=1)

    send(tom, "close", asha, version=1, words="She has moved away")

    assert due() == {}
    assert "new locks" not in text_of(tom.get(reverse("planning:calendar")))
    assert sum_up_plan(case_id=key) == PlanSum(is_closed=True, goals=1, actions=1)
    with acting_as(worker):
        assert casework.get_case(actor=worker, public_id=asha).status == "open"


def test_supervisors_are_told_that_a_plan_waits(*, tom, sarah, asha, begun, now):
    agree(tom, asha, 1, now)

    (one,) = told()
    assert (one.to_role, one.to_user_id) == (Role.SUPERVISOR, None)
    assert "waits for a supervisor" in one.words
    assert "Reed" not in one.words
    text = text_of(sarah.get(reverse("notices:list")))
    assert "waits for a supervisor" in text and f"/cases/{asha}" in text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"decision": "approve"}, "was approved"),
        ({"decision": "return", "words": "By when?"}, "came back"),
    ],
    ids=["approved", "sent back"],
)
def test_the_worker_is_told_what_became_of_it(
    *, tom, sarah, worker, asha, begun, now, typed, words
):
    agree(tom, asha, 1, now)
    send(sarah, "decide", asha, version=2, **typed)

    (one,) = told()[1:]
    assert (one.to_user_id, one.to_role) == (worker.user_id, "")
    assert words in one.words and "By when" not in one.words
    assert words in text_of(tom.get(reverse("notices:list")))


def test_a_plan_that_nobody_approves_tells_nobody(tom, asha, begun, now):
    Case.objects.filter(public_id=asha).update(tier="standard", high_risk=False)
    agree(tom, asha, 1, now)
    assert plan_of(asha).state == PlanState.AGREED
    assert told() == []


def test_an_action_saved_as_it_stands_keeps_its_worker(tom, worker, asha, begun):
    action = name_in(text_of(page(tom, "plan", asha)), "actions")
    before = Action.objects.get()
    form = page(tom, "action", asha, action).context["page"].form
    typed = {name: form[name].value() or "" for name in form.fields if name != "due_on"}

    send(tom, "action", asha, action, **typed, **typed_day("due_on", before.due_on))

    after = Action.objects.get()
    assert after.version == before.version + 1
    assert (after.whose, after.worker_id) == ("ours", worker.user_id)
    assert (after.words, after.due_on) == (before.words, before.due_on)


def test_an_action_of_ours_is_somebodys(tom, asha, begun):
    typed = {"words": "Ring", "whose": "ours", "worker": ""}
    day = typed_day("due_on", datetime.now(tz=UTC) + timedelta(days=3))
    text = refused(tom, "add_action", asha, begun, **typed, **day)
    assert "Choose which of us does it" in text
