"""The pages about consent and sharing, for those who share and for whom they share."""

import html
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor
from alongside.walls.context import acting_as
from alongside.workflows import share_case
from alongside.workflows.read_shared import read_inbox
from tests.factories.sharing import SUPPORT, agency, agree, make_agreement, plan
from tests.integration.web.casework.conftest import typed_day


@pytest.fixture
def agreement(worker, actor_as, now):
    return make_agreement(actor_as("information"), now=now)


@pytest.fixture
def tom(worker, client_as):
    return client_as("worker")


@pytest.fixture
def maeve(agreement, client_as):
    return client_as("provider")


@pytest.fixture
def bea(agreement, client_as):
    return client_as("information")


@pytest.fixture
def entry(worker, asha, agreement, now):
    with acting_as(worker):
        return agree(worker, asha, now=now)


@pytest.fixture
def referred(worker, asha, entry, now):
    with acting_as(worker):
        asked = plan(asha, asked="Would you offer a place?")
        return share_case.share(actor=worker, now=now, plan=asked)


@pytest.fixture
def withdrawal(asha, entry):
    """The page on which Asha takes back her yes."""
    return f"/cases/{asha}/sharing/said/{entry}/withdraw"


def text_of(response):
    return html.unescape(response.content.decode())


def someone(name):
    user = User.objects.get(email=f"{name}@llr.example")
    return get_actor(user_id=user.pk, now=datetime.now(tz=UTC))


def said(**changes):
    """What a worker types when somebody agrees on the phone."""
    given = {
        "answer": "agreed",
        "recipient": str(agency("harbour").public_id),
        "purpose": SUPPORT,
        "parts": ["identity", "contact"],
        "giver": "person",
        "age": "34",
        "way": "spoken",
        "words": "Happy for them to ring",
        **typed_day("said_on", datetime.now(tz=UTC)),
    }
    return given | changes


def test_a_yes_is_written_down_and_stands_on_the_page(tom, agreement, asha):
    page = text_of(tom.post(f"/cases/{asha}/sharing/said", said(), follow=True))

    assert "Written down" in page
    assert "Who they are, how to reach them" in page
    assert "Happy for them to ring" in page
    assert "The police said, of crime 26000000001" in page


@pytest.mark.parametrize(
    "slip",
    [
        ({"parts": []}, "Choose what they agreed may be shared"),
        ({"age": "15"}, "Say who found that they understand"),
        ({"age": "15", "giver": "guardian"}, "not suspected of the crime"),
        ({"age": "40", "giver": "guardian"}, "a parent or guardian cannot consent"),
        ({"age": "old"}, "Enter their age in years, like 34"),
        ({"purpose": "support"}, "Only this service itself does this"),
        (
            typed_day("said_on", datetime.now(tz=UTC) + timedelta(days=2)),
            "cannot be a day to come",
        ),
    ],
)
def test_what_cannot_be_is_said_in_words(tom, agreement, asha, slip):
    changes, words = slip
    page = text_of(tom.post(f"/cases/{asha}/sharing/said", said(**changes)))

    assert "There is a problem" in page
    assert words in page


def test_sharing_shows_what_they_will_see_before_it_is_done(tom, entry, asha):
    where = (
        f"/cases/{asha}/sharing/refer?to={agency('harbour').public_id}&for={SUPPORT}"
    )
    form = {
        "parts": ["identity", "crime"],
        "basis": "consent",
        "asked": "A place in the group",
        **typed_day("answer_by", datetime.now(tz=UTC) + timedelta(days=3)),
    }

    preview = text_of(tom.post(where, form))
    assert "Refer them to Harbour" in preview
    assert "Who they are, what happened" in preview
    assert "They will not see" in preview
    done = text_of(tom.post(where, form | {"sure": "yes"}, follow=True))
    assert "Shared with Harbour" in done
    assert "Unanswered" in done


def test_more_than_they_agreed_to_is_refused_beside_the_field(tom, entry, asha):
    where = (
        f"/cases/{asha}/sharing/share?to={agency('harbour').public_id}&for={SUPPORT}"
    )
    tom.post(
        f"/cases/{asha}/sharing/said", said(parts=["identity"])
    )  # their newest word

    page = text_of(
        tom.post(where, {"parts": ["identity", "crime"], "basis": "consent"})
    )
    assert "They did not agree to this: what happened" in page


def test_without_an_agreement_nobody_is_offered(tom, asha):
    page = text_of(tom.get(f"/cases/{asha}/sharing/share"))

    assert "There is nobody to share with" in page
    assert "Information governance can make one" in page


def test_withdrawing_says_what_closes_and_closes_it(tom, maeve, withdrawal, referred):
    assert "Asha Reed" in text_of(maeve.get(f"/shared/{referred}"))
    asked = text_of(tom.get(withdrawal))
    assert "Referral to Harbour" in asked
    assert "who they are, how to reach them, what happened" in asked

    done = text_of(
        tom.post(withdrawal, {"giver": "person", "way": "spoken"}, follow=True)
    )

    assert "Consent withdrawn" in done
    assert "They withdrew their consent" in done
    for page in ("", "/ask", "/decline"):
        answer = maeve.get(f"/shared/{referred}{page}")
        assert answer.status_code == 404
        assert "Asha" not in text_of(answer)
        assert "This is not shared with you, or no longer" in text_of(answer)
    inbox = text_of(maeve.get("/shared"))
    assert "No longer shared with you" in inbox
    assert "Asha" not in inbox


def test_a_provider_accepts_and_asks(maeve, tom, asha, referred):
    page = text_of(maeve.get("/shared"))
    assert "Waiting for your answer" in page
    assert "Asha Reed" in page

    accepted = text_of(maeve.post(f"/shared/{referred}/accept", follow=True))
    assert "Accepted" in accepted
    maeve.post(f"/shared/{referred}/ask", {"words": "Which evening suits?"})
    answered = text_of(tom.get(f"/cases/{asha}/sharing"))
    assert "Which evening suits?" in answered
    assert "Maeve Tindall" in answered


def test_a_provider_declines_with_a_reason(maeve, tom, asha, referred):
    refused = text_of(maeve.post(f"/shared/{referred}/decline", {"reason": "other"}))
    assert "Say what the reason is" in refused

    maeve.post(f"/shared/{referred}/decline", {"reason": "no_capacity"})
    assert maeve.get(f"/shared/{referred}").status_code == 404
    assert "We have no room for now" in text_of(tom.get(f"/cases/{asha}/sharing"))


def test_a_part_that_is_not_shared_is_not_on_the_page(maeve, referred):
    page = text_of(maeve.get(f"/shared/{referred}"))

    assert "Not shared with you: why they need more support" in page
    assert "The police flagged this as" not in page
    assert "Happy for them" not in page


def test_a_provider_does_not_get_at_the_case_itself(maeve, asha, referred):
    assert maeve.get(f"/cases/{asha}").status_code == 403


def test_governance_sees_what_is_shared_on_what_basis(bea, referred):
    page = text_of(bea.get("/shares"))
    assert "1 share" in page
    assert "UK GDPR, Article 6(1)(a)" in page
    assert "Asha" not in page

    file = bea.get("/shares?format=csv").content.decode()
    assert file.startswith("Case,With whom,What for,What they see,It rests on")
    assert "Harbour" in file


def terms(**changes):
    """A new agreement as it is typed."""
    today = datetime.now(tz=UTC)
    given = {
        "title": "Counselling",
        "reference": "ISA-7",
        "parties": [str(agency("harbour").public_id)],
        "legal_basis": "Invented Act",
        "signatories": "Head of service",
        f"flow_{SUPPORT}": ["identity", "contact"],
        **typed_day("starts", today),
        **typed_day("last_day", today + timedelta(days=365)),
        **typed_day("review_on", today + timedelta(days=180)),
    }
    return given | changes


def test_an_agreement_is_drafted_put_live_and_ended(bea):
    made = bea.post("/agreements/new", terms())
    where = made["Location"]
    assert "Draft" in text_of(bea.get(where))

    assert "From its first day workers may share" in text_of(bea.get(f"{where}/live"))
    assert "The agreement is live" in text_of(bea.post(f"{where}/live", follow=True))
    ended = text_of(
        bea.post(f"{where}/end", {"reason": "No longer needed"}, follow=True)
    )
    assert "What was shared under it is closed" in ended
    assert "Ended: No longer needed" in ended


def test_a_draft_says_what_is_missing(bea):
    empty = terms(**{f"flow_{SUPPORT}": []})
    page = text_of(bea.post("/agreements/new", empty))
    assert "Choose what may be shared for at least one purpose" in page


def test_the_register_is_narrowed_and_saved(bea):
    assert "Sharing with harbour" in text_of(bea.get("/agreements?state=live"))
    assert "There are no agreements here" in text_of(bea.get("/agreements?state=ended"))
    file = bea.get("/agreements?format=csv").content.decode()
    assert "Sharing with harbour,ISA-1,1,Live" in file


def test_a_supervisor_reads_the_register_and_changes_nothing(client_as, agreement):
    sarah = client_as("supervisor")
    page = text_of(sarah.get("/agreements"))
    assert "Sharing with harbour" in page
    assert "New agreement" not in page
    assert sarah.get(f"/agreements/{agreement}/end").status_code == 403


@pytest.mark.parametrize("page", ["/sharing", "/sharing/said", "/sharing/share"])
def test_a_case_that_is_not_there(tom, page):
    assert tom.get(f"/cases/{uuid4()}{page}").status_code == 404


def test_the_inbox_costs_the_same_whatever_is_in_it(worker, entry, asha, now):
    def statements():
        maeve = someone("provider")
        with acting_as(maeve), CaptureQueriesContext(connection) as captured:
            read = read_inbox(actor=maeve, now=now)
        return len(captured), len(read.lines)

    with acting_as(worker):
        share_case.share(actor=worker, now=now, plan=plan(asha))
    few = statements()
    with acting_as(worker):
        for _ in range(3):
            share_case.share(actor=worker, now=now, plan=plan(asha))
    assert statements() == (few[0], few[1] + 3)
