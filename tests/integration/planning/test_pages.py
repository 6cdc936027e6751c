"""What is planned, from the first goal to the sheet for the person."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests.integration.planning.pages import (
    mistakes,
    name_in,
    option,
    page,
    refused,
    send,
)
from tests.integration.web.casework.conftest import text_of, typed_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held_by_tom")]


def test_a_plan_is_begun_agreed_approved_and_done(tom, sarah, asha, begun):
    now = datetime.now(tz=UTC)
    text = text_of(page(tom, "plan", asha))
    assert "Sleep in her own flat again" in text and "Draft" in text

    said = {"how": "together", **typed_day("on", now)}
    text = send(tom, "agree", asha, version=1, **said)
    assert "Waiting for approval" in text  # Asha is high risk: a supervisor approves
    assert tom.get(reverse("planning:decide", args=[asha])).status_code == 403

    text = send(sarah, "decide", asha, version=2, decision="return", words="By when?")
    assert "Sent back: By when?" in text and "Draft" in text
    send(tom, "agree", asha, version=3, **said)
    text = send(sarah, "decide", asha, version=4, decision="approve")
    assert "Approved on" in text

    action = name_in(text, "actions")
    text = send(
        tom,
        "end_action",
        asha,
        action,
        version=1,
        state="done",
        outcome="Locks changed",
        **typed_day("done_on", now),
    )
    assert "Locks changed" in text
    text = send(tom, "reopen_action", asha, action, version=2)
    assert "Locks changed" not in text.split("What has changed")[0]
    text = send(tom, "end_goal", asha, begun, version=1, state="reached")
    assert "Reached" in text
    send(tom, "reopen_goal", asha, begun, version=2)
    assert "Closed" in send(tom, "close", asha, version=5, words="She is settled")
    assert "Draft" in send(tom, "reopen", asha, version=6)


def test_what_somebody_else_saved_is_shown_and_kept(tom, asha, begun):
    typed = {"need": "N2", "why": ""}
    send(tom, "goal", asha, begun, version=1, words="Sleep well at home", **typed)
    text = refused(tom, "goal", asha, begun, version=1, words="Mine", **typed)
    assert "Somebody else has changed this" in text
    assert "Sleep well at home" in text
    assert "Mine" in send(tom, "goal", asha, begun, version=2, words="Mine", **typed)


def test_the_sheet_says_nothing_to_whoever_finds_it(tom, asha, begun):
    text = text_of(page(tom, "print", asha))
    sheet = text.split("<main")[1].split("</main>")[0]
    assert "<title>My notes" in text
    assert "Reed" not in sheet and "victim" not in sheet.lower()
    assert "Ask the landlord" in sheet


def test_papers_are_kept_version_by_version(tom, asha):
    send(
        tom,
        "write_safety",
        asha,
        version=0,
        section_home="The back door",
        with_person="on",
    )
    text = send(tom, "write_safety", asha, version=1, section_home="The side door")
    assert "The side door" in text and "The back door" in text
    text = refused(tom, "write_safety", asha, version=1, section_home="Mine")
    assert "Somebody else has changed this" in text
    assert "The side door" in text_of(page(tom, "safety_sheet", asha))
    send(tom, "write_exit", asha, version=0, section_turn_to="Her sister")
    assert "Her sister" in text_of(page(tom, "exit", asha))
    assert "at least one" in refused(tom, "write_exit", asha, version=1)


def test_appointments_are_made_moved_and_settled(tom, asha, now):
    day = typed_day("on", now + timedelta(days=3))
    typed = {"purpose": "Go to court", "how": "elsewhere", "with_words": "Her sister"}
    text = send(
        tom, "add_appointment", asha, begins="10:00", ends="11:30", **day, **typed
    )
    assert "10:00 to 11:30" in text
    name = name_in(text, "appointments")
    words = refused(tom, "end_appointment", asha, name, version=1, state="attended")
    assert "It has not begun yet" in words
    text = send(
        tom,
        "end_appointment",
        asha,
        name,
        version=1,
        state="cancelled",
        cancelled_by="person",
    )
    assert "Cancelled by: the person" in text
    assert "Move or change" in send(tom, "reopen_appointment", asha, name, version=2)
    words = refused(
        tom,
        "add_appointment",
        asha,
        begins="10:00",
        ends="09:00",
        reminder="email",
        **day,
        **typed,
    )
    assert "Select a valid choice" in words or "not one of the available" in words


def test_warnings_stand_on_the_case_and_lapse_in_the_open(tom, asha, now):
    until = typed_day("until", now + timedelta(days=10))
    send(tom, "add_warning", asha, kind="visit", words="A dog", **until)
    case = tom.get(reverse("casework:case", args=[asha]))
    assert "Before you visit: A dog. Until" in text_of(case)
    far = typed_day("until", now + timedelta(days=200))
    assert "at the latest" in refused(
        tom, "add_warning", asha, kind="visit", words="A dog", **far
    )
    text = text_of(page(tom, "warnings", asha))
    name = name_in(text, "warnings")
    text = send(tom, "warning", asha, name, version=1, answer="end", why="It moved")
    assert "Taken away on" in text


def test_who_is_around_them_and_what_they_may_know(tom, asha, omar):
    typed = {
        "kind": "parent",
        "telling": "told",
        "may_speak": "on",
        "reason": "She said so",
    }
    text = send(
        tom, "add_around", asha, name="Grace Reed", phone="0116 496 0000", **typed
    )
    assert "Grace Reed" in text and "May speak for them" in text
    typed = {
        "kind": "former_partner",
        "telling": "never",
        "reason": "He is the suspect",
    }
    text = send(tom, "add_around", asha, reference=str(omar)[:8], **typed)
    assert "Omar Bell" in text and "Must never be told" in text
    assert "Omar Bell" in text_of(tom.get(reverse("casework:case", args=[asha])))
    assert "Asha Reed" in text_of(page(tom, "around", omar))
    words = refused(tom, "add_around", asha, name="X", may_speak="on", **typed)
    assert "cannot speak for the person" in words


def test_supervision_is_for_the_worker_and_supervisors(tom, sarah, client_as, asha):
    by = typed_day("act_by", datetime.now(tz=UTC) + timedelta(days=5))
    send(sarah, "add_supervision", asha, words="Talked it over", asks="Ring GP", **by)
    text = text_of(page(tom, "supervision", asha))
    assert "Ring GP" in text
    other = client_as("specialist")
    assert "Ring GP" not in text_of(page(other, "supervision", asha))
    name = name_in(text, "supervision")
    assert "Done by Tom Hollis" in send(
        tom, "settle_supervision", asha, name, version=1
    )


def test_workload_and_the_cases_behind_it(tom, sarah, asha, begun):
    text = text_of(sarah.get(reverse("planning:workload")))
    assert "Tom Hollis" in text and "By team" in text
    # "My work" is not where the reader is, though its address begins the same.
    assert text.count("service-navigation__item--active") == 1
    assert tom.get(reverse("planning:workload")).status_code == 403
    for wanted in (
        "all",
        "overdue",
        "no_plan",
        "late_actions",
        "approvals",
        "warnings",
    ):
        answer = sarah.get(reverse("planning:watched"), {"list": wanted})
        assert answer.status_code == 200, wanted
    rows = sarah.get(reverse("planning:watched"), {"list": "all", "format": "csv"})
    assert b"Reed" not in rows.content and rows.content.count(b"\n") > 1
    assert sarah.get(reverse("planning:workload"), {"format": "csv"}).status_code == 200
    assert sarah.get(reverse("planning:watched"), {"list": "x"}).status_code == 404


def test_volunteers_write_down_their_hours(tom, sarah, asha, now):
    text = text_of(sarah.get(reverse("planning:mark_volunteer")))
    chosen = option(text, "Tom Hollis")
    sarah.post(reverse("planning:mark_volunteer"), {"worker": chosen})
    answer = tom.post(
        reverse("planning:log_hours"),
        {
            "volunteer": chosen,
            "hours": "2",
            "minutes": "30",
            "work": "court",
            "reference": str(asha)[:8],
            **typed_day("day", now),
        },
    )
    assert answer.status_code == 302, mistakes(answer)
    text = text_of(tom.get(reverse("planning:volunteers")))
    assert "2.5" in text and "2 h 30 min" in text
    name = name_in(text, "hours")
    tom.post(reverse("planning:undo", args=[name]), {"version": 1})
    assert "2 h 30 min" not in text_of(tom.get(reverse("planning:volunteers")))


def test_the_week_shows_what_is_mine(tom, asha, begun, now):
    text = text_of(tom.get(reverse("planning:calendar")))
    later = text_of(
        tom.get(
            reverse("planning:calendar"),
            {"from": f"{now + timedelta(days=7):%Y-%m-%d}"},
        )
    )
    assert "Ask the landlord for new locks" in text + later
    assert tom.get(reverse("planning:calendar"), {"from": "x"}).status_code == 200
    work = text_of(tom.get(reverse("casework:my_work")))
    assert "Asha Reed" in work


@pytest.mark.parametrize(
    "name", ["plan", "safety", "appointments", "warnings", "around"]
)
def test_nobody_without_the_case_sees_what_is_planned(client_as, asha, begun, name):
    assert page(client_as("police"), name, asha).status_code in {403, 404}
    assert page(client_as("panel"), name, asha).status_code == 403
