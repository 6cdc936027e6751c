"""The pages on which an assessment is filled in, section by section."""

import re

import pytest

from alongside.care.assessment.models import Assessment
from tests.integration.assessing.conftest import YES, dash_answers
from tests.integration.web.casework.conftest import text_of


def version_in(text):
    """The version of a draft that a page sends along."""
    found = re.search(r'name="version" value="(\d+)"', text)
    assert found, text
    return found[1]


def send_all(client, where, answers):
    """Fill in every section as the pages lead on; the address of the check."""
    for _ in range(20):
        page = client.get(where)
        if page.status_code == 302:
            where = page.headers["Location"]
            continue
        if "/fill/" not in where:
            return where
        text = text_of(page)
        version = re.search(r'name="version" value="(\d+)"', text)
        form = {"version": version[1] if version else ""}
        for name in set(re.findall(r'name="([^"]+)"', text)):
            code = next((one for one in answers if name.endswith(one)), "")
            if code:
                form[name] = answers[code]
        sent = client.post(where, form)
        assert sent.status_code == 302, text_of(sent)
        where = sent.headers["Location"]
    raise AssertionError("the pages never end")


def begin(client, case_id, code, moment="any"):
    """Begin an assessment; the address of its first section."""
    sent = client.post(
        f"/cases/{case_id}/assessments/{code}/start",
        {"moment": moment, "how": "phone", "accompanied": ""},
    )
    assert sent.status_code == 302, text_of(sent)
    page = text_of(client.get(sent.headers["Location"]))
    found = re.search(r'href="([^"]+/fill/[^"]+)"', page)
    assert found, page
    return found[1]


def test_nothing_asked_yet_says_so_and_offers_what_fits(tom, asha):
    page = text_of(tom.get(f"/cases/{asha}/assessments"))
    assert "Nothing has been asked yet" in page
    assert "Domestic abuse risk list" in page
    assert "Begin" in page


def test_the_whole_list_by_its_pages_ends_in_the_form(tom, asha):
    where = begin(tom, asha, "dash")
    check = send_all(tom, where, dash_answers(YES) | {"judged": "as_found"})
    assert check.endswith("/check")
    text = text_of(tom.get(check))
    version = version_in(text)
    done = tom.post(check, {"version": version, "judged": "as_found", "reason": ""})
    assert done.status_code == 302, text_of(done)
    result = text_of(tom.get(done.headers["Location"]))
    assert "High risk" in result
    assert "Open the MARAC referral form" in result
    form = tom.get(done.headers["Location"] + "/referral-form")
    assert "Asha Reed" in text_of(form)
    data = tom.get(done.headers["Location"] + "/referral-form?format=json").json()
    assert data["format"] == "marac-referral/1"
    listed = text_of(tom.get(f"/cases/{asha}/assessments"))
    assert "Ask again" in listed


def test_a_draft_is_kept_and_never_scored(tom, asha):
    where = begin(tom, asha, "dash")
    text = text_of(tom.get(where))
    version = version_in(text)
    tom.post(where, {"version": version, "later": "yes"}, follow=True)
    row = Assessment.objects.get()
    assert (row.state, row.found, row.result) == ("draft", "", None)
    check = where.split("/fill/")[0] + "/check"
    refused = text_of(tom.post(check, {"version": row.version, "judged": "as_found"}))
    assert "There is a problem" in refused
    row.refresh_from_db()
    assert row.state == "draft"


@pytest.mark.parametrize("code", ["needs", "outcomes", "access_needs"])
def test_others_begin_too(tom, asha, code):
    moment = "first" if code != "access_needs" else "any"
    assert "/fill/" in begin(tom, asha, code, moment)


def test_outcomes_of_nothing_say_so(sarah):
    page = text_of(sarah.get("/outcomes"))
    assert "Nothing was asked in this time" in page


def test_outcomes_are_for_those_who_answer_for_the_service(tom):
    assert tom.get("/outcomes").status_code == 403
