"""The forms by which a case is worked."""

import re
from datetime import timedelta

import pytest

from alongside.care.casework.models import Case
from alongside.care.casework.operations import working
from alongside.care.casework.types import NoteKind
from tests.integration.web.casework.conftest import text_of, typed_day

ACTS = ("contact", "note", "next-action", "hand-over", "close", "reopen")


def hidden(page):
    return dict(
        re.findall(r'type="hidden" name="(version|seen)" value="([^"]*)"', page)
    )


def test_a_note_is_written(tom, asha):
    page = text_of(tom.post(f"/cases/{asha}/note", {"text": "A calm <b>"}, follow=True))

    assert "Note added" in page
    assert "A calm <b>" in page


def test_an_empty_note_is_refused_beside_its_box_and_at_the_top(tom, asha):
    page = text_of(tom.post(f"/cases/{asha}/note", {"text": " "}))

    assert "<title>Error: Add a note" in page
    assert page.count("Write something first") == 2
    assert 'href="#id_text"' in page


def test_the_next_action_is_set(tom, asha, now):
    opened = hidden(text_of(tom.get(f"/cases/{asha}/next-action")))
    later = typed_day("on", now + timedelta(days=3))

    page = text_of(
        tom.post(
            f"/cases/{asha}/next-action",
            {**opened, "words": "Ring the school", **later},
            follow=True,
        )
    )

    assert "Next action saved" in page
    assert "Ring the school" in page


def test_a_day_in_the_past_is_refused_beside_it(tom, asha, now):
    opened = hidden(text_of(tom.get(f"/cases/{asha}/next-action")))
    before = typed_day("on", now - timedelta(days=3))

    page = text_of(
        tom.post(f"/cases/{asha}/next-action", {**opened, "words": "Ring", **before})
    )

    assert "Choose a day that is not in the past" in page
    assert 'href="#id_on_0"' in page


def test_what_somebody_else_did_meanwhile_is_shown_before_saving(
    tom, worker, asha, now
):
    opened = hidden(text_of(tom.get(f"/cases/{asha}/next-action")))
    opened["seen"] = (now - timedelta(minutes=1)).isoformat()
    working.add_note(
        actor=worker, now=now, case_id=asha, kind=NoteKind.SHARED, text="She moved."
    )
    typed = {"words": "Visit at home", **typed_day("on", now + timedelta(days=3))}

    page = text_of(tom.post(f"/cases/{asha}/next-action", {**opened, **typed}))
    assert "Somebody else has changed this case" in page
    assert "She moved." in page

    saved = text_of(
        tom.post(f"/cases/{asha}/next-action", {**hidden(page), **typed}, follow=True)
    )
    assert "Visit at home" in saved


def test_a_case_is_handed_over_with_a_reason(tom, asha):
    form = text_of(tom.get(f"/cases/{asha}/hand-over"))
    team = re.search(r'name="team" type="radio" value="([^"]+)"', form)
    assert team
    typed = {**hidden(form), "team": team[1], "worker": ""}

    refused = text_of(tom.post(f"/cases/{asha}/hand-over", typed))
    assert "Say why, so that the next worker understands" in refused

    done = text_of(
        tom.post(f"/cases/{asha}/hand-over", typed | {"reason": "Moved"}, follow=True)
    )
    assert "Case handed over" in done
    assert "Handed over to Children and young people" in done


def test_closing_asks_once_and_can_be_undone(tom, asha, now):
    form = hidden(text_of(tom.get(f"/cases/{asha}/close")))
    typed = {**form, "disposition": "declined", "reason": "She said no, kindly."}

    asked = text_of(tom.post(f"/cases/{asha}/close", typed))
    assert "Close this case?" in asked
    assert "Make first contact" in asked
    assert Case.objects.get(public_id=asha).status == "open"

    changed = text_of(tom.post(f"/cases/{asha}/close", typed | {"again": "yes"}))
    assert "She said no, kindly." in changed
    done = tom.post(f"/cases/{asha}/close", typed | {"sure": "yes"}, follow=True)
    assert "If that was a mistake, reopen it" in text_of(done)
    assert "None: this case is closed" in text_of(done)

    reopened = tom.post(
        f"/cases/{asha}/reopen",
        {
            "reason": "She rang back",
            "words": "Ring her",
            **typed_day("on", now + timedelta(days=1)),
        },
        follow=True,
    )
    assert "Case reopened" in text_of(reopened)
    assert "Ring her" in text_of(reopened)


def test_closing_needs_an_ending(tom, asha):
    form = hidden(text_of(tom.get(f"/cases/{asha}/close")))

    page = text_of(tom.post(f"/cases/{asha}/close", form))

    assert "Choose how it ended" in page


def test_closing_twice_is_refused_in_words(tom, asha):
    for _ in range(2):
        form = hidden(text_of(tom.get(f"/cases/{asha}/close")))
        typed = {**form, "disposition": "declined", "reason": "No", "sure": "yes"}
        page = text_of(tom.post(f"/cases/{asha}/close", typed, follow=True))

    assert "This case is closed already" in page


def test_an_open_case_is_not_reopened(tom, asha, now):
    typed = {"reason": "x", "words": "y", **typed_day("on", now)}

    page = text_of(tom.post(f"/cases/{asha}/reopen", typed))

    assert "This case is open already" in page


def promise_of(tom, asha, label):
    page = text_of(tom.get(f"/cases/{asha}/promises"))
    found = re.search(rf'href="(/cases/[^"]+/promises/[^"]+)">{label}', page)
    assert found
    return found[1]


def test_a_promise_is_kept_with_evidence(tom, asha, now):
    address = promise_of(tom, asha, "Police to confirm the report in writing")
    typed = {"outcome": "met", **typed_day("met_on", now)}

    refused = text_of(tom.post(address, typed))
    assert "Say how you know that it was kept" in refused

    done = text_of(
        tom.post(address, typed | {"evidence": "She showed the letter"}, follow=True)
    )
    assert "Promise settled" in done
    assert "She showed the letter" in done
    assert tom.get(address).status_code == 404


def test_a_promise_is_not_kept_tomorrow(tom, asha, now):
    address = promise_of(tom, asha, "Police to confirm the report in writing")
    tomorrow = typed_day("met_on", now + timedelta(days=2))

    page = text_of(tom.post(address, {"outcome": "met", "evidence": "x", **tomorrow}))

    assert "Choose a day between the start of the clock and today" in page


def test_a_promise_is_not_owed_with_a_reason(tom, asha):
    address = promise_of(tom, asha, "Police to confirm the report in writing")

    refused = text_of(tom.post(address, {"outcome": "not_owed", "why": ""}))
    assert "Choose why it is not owed" in refused
    done = text_of(
        tom.post(
            address, {"outcome": "not_owed", "why": "told_by_another"}, follow=True
        )
    )
    assert "They already know from somebody else" in done


def test_what_follows_from_a_fact_is_not_said_of_one_promise(tom, asha):
    address = promise_of(tom, asha, "Police to confirm the report in writing")

    shown = tom.get(address).content.decode()
    refused = tom.post(address, {"outcome": "not_owed", "why": "unsafe_to_contact"})

    assert "unsafe_to_contact" not in shown
    assert "Choose why it is not owed" in text_of(refused)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("name", ["police", "commissioner", "provider"])
def test_a_case_is_worked_by_those_who_work_cases(client_as, asha, act, name):
    assert client_as(name).get(f"/cases/{asha}/{act}").status_code == 403


@pytest.mark.parametrize("act", ACTS)
def test_every_form_opens_for_a_worker(tom, asha, act):
    assert tom.get(f"/cases/{asha}/{act}").status_code == 200
