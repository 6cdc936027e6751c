"""The pages of rights: what applies, a step with its answers checked, the register."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.care.code_rights.models import RightRecord, RightStep
from tests.integration.web.casework.conftest import text_of, typed_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held_by_tom")]

PAGES = (("case", True), ("register", False), ("choose", True))


def page(client, name, *names, **query):
    return client.get(reverse(f"code_rights:{name}", args=names), query)


def answers(days, **fields):
    """What the form of a step sends."""
    on = datetime.now(tz=UTC) - timedelta(days=days)
    return {**typed_day("on", on), "by": "person", **fields}


def sent(client, address, fields, do=""):
    return client.post(address, {**fields, **({"do": do} if do else {})})


@pytest.fixture
def asking(asha):
    to = reverse("code_rights:begin", args=[asha, "vrr_police", "asked"])
    return f"{to}?crime=1"


@pytest.fixture
def asked_for(tom, asking, happened):
    """A review that was asked for eight days ago."""
    happened("no_further_action", days=9)
    sent(tom, asking, answers(8, how="phone"), do="save")
    return RightRecord.objects.get()


def test_only_what_applies_at_this_stage_is_offered(tom, asha, happened):
    text = text_of(page(tom, "case", asha))
    assert "Nothing is open" in text and "Victim Personal Statement" in text
    assert "Right to Review" not in text
    happened("no_further_action", days=9)
    text = text_of(page(tom, "case", asha))
    assert "Right to Review: police" in text and "May be asked for until" in text
    assert "Victim Personal Statement" not in text


@pytest.mark.parametrize(
    "row",
    [
        ({"sentence": "custody", "months": 12}, True),
        ({"sentence": "custody", "months": 11}, False),
        ({"sentence": "hospital_order"}, True),
        ({"sentence": "fine"}, False),
    ],
)
def test_the_contact_scheme_is_spoken_of_after_such_a_sentence(
    tom, asha, happened, row
):
    detail, offered = row
    happened("sentenced", days=9, detail=detail)
    text = text_of(page(tom, "case", asha))
    assert ("Victim Contact Scheme" in text) is offered
    # Which offences count is a list that somebody may know better: it can be begun.
    assert "Victim Contact Scheme" in text_of(page(tom, "choose", asha))


def test_a_window_that_is_closed_is_not_offered(tom, asha, happened):
    happened("no_further_action", days=120)
    assert "Right to Review: police" not in text_of(page(tom, "case", asha))


def test_answers_are_checked_before_they_are_kept(tom, asking, happened):
    happened("no_further_action", days=9)
    typed = answers(8, how="phone", words="By the helpline")
    text = text_of(sent(tom, asking, typed))
    assert "Check your answers" in text and "By the helpline" in text
    assert not RightRecord.objects.exists()
    text = text_of(sent(tom, asking, typed, do="change"))
    assert "Check your answers" not in text and "By the helpline" in text
    answer = sent(tom, asking, typed, do="save")
    assert answer.status_code == 302
    text = text_of(tom.get(answer["Location"]))
    assert "Police to decide on the review" in text and "Take back" in text


def test_what_cannot_be_kept_is_said_beside_its_field(tom, asking, happened):
    happened("no_further_action", days=120)
    answer = sent(tom, asking, answers(0, how="phone"))
    text = text_of(answer)
    assert "Error: " in text and 'href="#id_on' in text
    assert "The time to ask ended on" in text and not RightRecord.objects.exists()
    text = text_of(sent(tom, asking, {"by": "person"}))
    assert "Enter the day on which it was done" in text


def test_a_step_is_put_right_and_taken_back(tom, asha, asked_for):
    names = [asha, asked_for.public_id, RightStep.objects.get().public_id]
    right = reverse("code_rights:correct", args=names)
    typed = answers(7, how="letter", version=1)
    assert "Say why this is put right" in text_of(sent(tom, right, typed, do="save"))
    answer = sent(tom, right, {**typed, "why": "The date was wrong"}, do="save")
    text = text_of(tom.get(answer["Location"]))
    assert "Put right: The date was wrong" in text

    asked_for.refresh_from_db()
    last = RightStep.objects.order_by("-pk")[0]
    back = reverse("code_rights:take_back", args=[*names[:2], last.public_id])
    assert "Take back: Asked for" in text_of(tom.get(back))
    answer = tom.post(back, {"version": asked_for.version, "why": "Never asked"})
    assert answer.status_code == 302
    text = text_of(tom.get(answer["Location"]))
    assert "Now: Taken back" in text and "Write down that they asked" in text


def test_nobody_saves_over_what_somebody_else_saved(tom, asha, asked_for):
    step = reverse("code_rights:step", args=[asha, asked_for.public_id, "acknowledged"])
    typed = {**answers(1), "by": "police"}
    text = text_of(sent(tom, step, {**typed, "version": 9}, do="save"))
    assert "Somebody else has written something down" in text
    assert RightStep.objects.count() == 1
    assert sent(tom, step, {**typed, "version": 1}, do="save").status_code == 302


def test_a_wait_that_was_too_long_is_said(tom, asha):
    to = reverse("code_rights:begin", args=[asha, "court_day", "attended"])
    typed = answers(1, by="service", waited=150, apart="no", evidence="yes")
    answer = sent(tom, f"{to}?crime=1", typed, do="save")
    text = text_of(tom.get(answer["Location"]))
    assert "Longer than two hours" in text and "150" in text


def test_the_register_filters_and_exports(tom, asha, asked_for):
    text = text_of(page(tom, "register"))
    assert "Right to Review: police" in text and "Asha" in text
    assert "No right that fits" in text_of(page(tom, "register", kind="vps"))
    assert "Asha" in text_of(page(tom, "register", stands="open"))
    assert "Asha" not in text_of(page(tom, "register", stands="over"))
    assert (
        "Newest step" not in text
        and "Police to say that they have their request for a review, by" in text
    )
    by_step = text_of(page(tom, "register", kind="vrr_police", step="asked"))
    assert "Newest step" in by_step and "Asha" in by_step
    later = page(tom, "register", kind="vrr_police", step="upheld")
    assert "Asha" not in text_of(later)
    # A step of another kind narrows nothing.
    assert "Asha" in text_of(page(tom, "register", kind="vrr_police", step="made"))
    file = page(tom, "export", kind="vrr_police").content.decode()
    assert "Right to Review: police" in file and "Asha" not in file


def test_every_kind_can_be_begun_from_the_list(tom, asha):
    text = text_of(page(tom, "choose", asha))
    kinds = re.findall(r'name="kind" type="radio" value="(\w+)"', text)
    assert len(kinds) == 18
    for kind in kinds:
        answer = tom.get(
            reverse("code_rights:choose", args=[asha]),
            {"kind": kind, "crime": "1"},
            follow=True,
        )
        assert answer.status_code == 200, kind
        for step in re.findall(rf"begin/{kind}/(\w+)", text_of(answer)):
            to = reverse("code_rights:begin", args=[asha, kind, step])
            assert tom.get(f"{to}?crime=1").status_code == 200, (kind, step)
    assert tom.post(reverse("code_rights:choose", args=[asha])).status_code == 200


def test_others_do_not_write(asha, client_as, asked_for):
    stranger = client_as("police")
    assert page(stranger, "case", asha).status_code in {403, 404}
    assert page(stranger, "register").status_code == 403


def test_pages_take_the_same_statements_however_much_there_is(tom, asha, asked_for):
    """The case page of rights with one right open, and with six."""
    before = [statements(tom, *one) for one in PAGES]
    court = reverse("code_rights:begin", args=[asha, "court_day", "attended"])
    for waited in range(5):
        typed = answers(1, by="service", waited=waited, apart="no", evidence="yes")
        assert sent(tom, f"{court}?crime=1", typed, do="save").status_code == 302
    assert [statements(tom, *one) for one in PAGES] == before


def statements(client, name, named):
    names = [RightRecord.objects.order_by("pk")[0].case.public_id] if named else []
    with CaptureQueriesContext(connection) as captured:
        assert page(client, name, *names).status_code == 200
    return len(captured)
