"""A request for records through its pages: written down, prepared, decided, sent."""

import csv
import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.care.information_requests.models import InformationRequest
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.models import Agency
from tests.integration.rights.people import ASH, acts, bea, somebody
from tests.integration.web.casework.conftest import text_of, typed_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return datetime.now(tz=UTC)


@pytest.fixture
def case():
    return somebody()[2]


@pytest.fixture
def worker(client_as):
    return client_as("supervisor")


@pytest.fixture
def keeper(client_as):
    return client_as("information")


def address(name, *args):
    return reverse(f"information_requests:{name}", args=args)


def send(client, where, **typed):
    """Send a form that is to be taken; the address it leads to."""
    answer = client.post(where, typed)
    assert answer.status_code == 302, mistakes(answer)
    return answer["Location"]


def mistakes(answer):
    summary = text_of(answer).partition("govuk-error-summary__list")[2]
    return re.sub(r"<[^>]*>|\s+", " ", summary.partition("</ul>")[0])


def who_asks(now, **changes):
    force = Agency.objects.get(force_code="leicestershire")
    said = {
        "body": "police",
        "force": str(force.pk),
        "officer_role": "Detective constable",
        "their_reference": "LP/26/0001",
        "received_by": "email",
        "urgent": "no",
        **typed_day("received_on", now),
    }
    return said | changes


def says(now):
    """What the request says, page by page, in the order in which it is asked."""
    return {
        "purpose": {"offence": "Harassment", "line": "When the messages began"},
        "scope": {
            "kinds": ["contacts", "notes"],
            "particulars": "What was said of the messages",
            **typed_day("period_from", now),
            **typed_day("period_until", now),
        },
        "grounds": {"necessity": "No other record", "proportionality": "A day"},
        "approval": {"approved_rank": "inspector", **typed_day("approved_on", now)},
        "notice": {
            "notice": "given",
            "notice_how": "Letter",
            **typed_day("notice_on", now),
        },
        "views": {"views": "agrees", **typed_day("views_on", now)},
    }


def write_down(client, case, now, **skipped):
    """A request whole; where its last page leads."""
    here = send(client, address("new_of_case", case), **who_asks(now))
    for section, typed in says(now).items():
        assert here.endswith(f"/says/{section}"), here
        here = send(client, here, **(skipped.get(section, typed)))
    return here


PROPOSED = {
    "fate_contacts": "give",
    "words_contacts": "Two calls",
    "fate_notes": "withhold",
    "reason_notes": "not_necessary",
    "words": "The notes are about something else",
}


def test_one_thing_after_another_is_asked_and_then_the_request_is_whole(
    worker, case, now
):
    text = text_of(worker.get(write_down(worker, case, now)))
    assert "To prepare" in text
    assert "Missing:" not in text
    assert "When the messages began" in text


def test_what_is_missing_goes_back_to_who_asked_in_words(worker, case, now):
    here = send(worker, address("new_of_case", case), **who_asks(now))
    asked = here.split("/")[-3]
    page = text_of(worker.get(address("show", asked)))
    assert "Waiting for who asked" in page
    assert "Say which kinds of records are needed" in page
    send(worker, address("section", asked, "scope"), everything="on")
    page = text_of(worker.get(address("show", asked)))
    assert "A request for everything cannot be answered" in page


def test_counselling_notes_are_asked_about_on_a_page_of_their_own(worker, case, now):
    here = send(worker, address("new_of_case", case), **who_asks(now))
    asked = here.split("/")[-3]
    scope = says(now)["scope"] | {"kinds": ["counselling_notes"]}
    send(worker, address("section", asked, "scope"), **scope)
    here = send(worker, address("section", asked, "grounds"), **says(now)["grounds"])
    assert here.endswith("/says/counselling")
    assert "taken not to be necessary" in text_of(worker.get(here))


def test_what_is_wrong_stands_beside_its_field(worker, case, now):
    where = address("new_of_case", case)
    answer = worker.post(where, who_asks(now, force="other", urgent="yes"))
    assert "Enter the name of the body that asks" in mistakes(answer)
    assert "Say why it cannot wait" in mistakes(answer)
    answer = worker.post(where, {})
    assert "Choose what kind of body asks" in mistakes(answer)


def test_from_the_desk_a_case_is_found_by_its_reference(keeper, worker, case, now):
    where = address("new")
    wrong = keeper.post(where, who_asks(now, reference="nothing"))
    assert "We found no case under that reference" in mistakes(wrong)
    assert send(keeper, where, **who_asks(now, reference=ASH["crime_ref"]))
    short = case.hex[:8]
    assert send(worker, where, **who_asks(now, reference=short))
    assert "Quillon" in text_of(keeper.get(address("desk")))


def test_a_worker_prepares_and_information_governance_decides(
    worker, keeper, case, now
):
    here = write_down(worker, case, now)
    asked = here.split("/")[-1]
    wrong = worker.post(
        address("prepare", asked), {**PROPOSED, "words_contacts": "", "fate_notes": ""}
    )
    assert "List what is given" in mistakes(wrong)
    assert "Choose what becomes of" in mistakes(wrong)
    send(worker, address("prepare", asked), **PROPOSED)
    assert worker.get(address("decide", asked)).status_code == 403

    page = text_of(keeper.get(address("decide", asked)))
    assert "Two calls" in page and "Not necessary" in page
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    send(keeper, address("decide", asked), version=version[1], looked="on")
    sent = typed_day("on", now)
    send(keeper, address("sent", asked), how="Secure e-mail", **sent)
    page = text_of(keeper.get(address("show", asked)))
    assert "Answered" in page and "Some of it is given" in page
    assert "Prepare the answer" not in page


def test_the_case_says_in_one_line_that_records_were_asked_for(worker, case, now):
    case_page = reverse("casework:case", args=[case])
    assert "Records asked for" not in text_of(worker.get(case_page))
    notice = {
        "notice": "withheld",
        "withheld_why": "would_defeat",
        "withheld_words": "He would hear of it",
    }
    views = {"views": "not_asked", "views_words": "She must not be told"}
    write_down(worker, case, now, notice=notice, views=views)
    text = text_of(worker.get(case_page))
    assert "1 request, 1 open" in text
    assert "They have not been told, and must not be" in text


def restate(asked, **days):
    """Have time pass: other days of a request."""
    with acts(bea()):
        InformationRequest.objects.filter(public_id=asked).update(**days)


def shown(client, **chosen):
    """How many lines of the file are late and not, of what is chosen."""
    text = client.get(address("export"), chosen).content.decode()
    return Counter(row["late"] for row in csv.DictReader(text.splitlines()))


def test_the_register_is_filtered_and_saved_without_names(worker, keeper, case, now):
    write_down(worker, case, now)
    send(worker, address("new_of_case", case), **who_asks(now, body="national_crime"))
    page = text_of(keeper.get(address("desk"), {"show": "open"}))
    assert "1 request" in page
    page = text_of(keeper.get(address("desk"), {"body": "national_crime"}))
    assert "Waiting for who asked" in page
    assert "No request fits" in text_of(
        keeper.get(address("desk"), {"show": "decided"})
    )
    text = keeper.get(address("export")).content.decode()
    rows = list(csv.DictReader(text.splitlines()))
    assert sorted(row["state"] for row in rows) == ["open", "waiting"]
    assert "Quillon" not in text and "messages" not in text


def test_the_register_shows_what_is_late_and_of_one_force(worker, keeper, case, now):
    late = write_down(worker, case, now).split("/")[-1]
    write_down(worker, case, now)
    other = who_asks(now, force="other", body="national_crime", body_name="The NCA")
    send(worker, address("new_of_case", case), **other)
    restate(late, due_on=local_day(now) - timedelta(days=1))
    assert shown(keeper) == {"n": 2, "y": 1}
    assert shown(keeper, due="late") == {"y": 1}
    assert shown(keeper, force="leicestershire") == {"n": 1, "y": 1}
    assert shown(keeper, force="nobody") == {"n": 2, "y": 1}
    assert shown(keeper, due="late", body="national_crime") == {}
    page = text_of(keeper.get(address("desk"), {"due": "late"}))
    assert "1 request, by the day due" in page and "1 day late" in page
    assert "Show all that are open" in page
    assert "due=late" in page.partition("/file?")[2].partition('"')[0]


def test_what_waits_for_who_asked_is_never_late(worker, keeper, case, now):
    here = send(worker, address("new_of_case", case), **who_asks(now))
    restate(here.split("/")[-3], due_on=local_day(now) - timedelta(days=9))
    assert shown(keeper, due="late") == {}
    assert shown(keeper) == {"n": 1}


def test_what_ended_is_late_where_its_answer_left_after_its_day(
    worker, keeper, case, now
):
    late, early = (write_down(worker, case, now).split("/")[-1] for _ in range(2))
    for asked in (late, early):
        send(worker, address("withdraw", asked), words="They have it from elsewhere")
    today = local_day(now)
    restate(early, sent_on=today, due_on=today)
    restate(late, sent_on=today, due_on=today - timedelta(days=1))
    assert shown(keeper, show="ended") == {"n": 1, "y": 1}
    assert shown(keeper, show="ended", due="late") == {"y": 1}


def test_counts_say_how_many_asked_and_name_nobody(worker, keeper, case, now):
    write_down(worker, case, now)
    text = text_of(keeper.get(address("counts")))
    assert f"1 request came in {now.year}" in text
    rows = keeper.get(address("counts_file")).content.decode().splitlines()
    assert rows[1].startswith("A police force,1,1,0")
    assert worker.get(address("counts")).status_code == 403


def test_a_force_follows_its_own_requests_and_opens_none(client_as, worker, case, now):
    police = client_as("police")
    assert "You have asked for nothing" in text_of(police.get(address("own")))
    here = write_down(worker, case, now)
    text = text_of(police.get(address("own")))
    assert "LP/26/0001" in text and "With us" in text
    assert "Quillon" not in text and str(case) not in text
    assert police.get(here).status_code == 403


def test_complaints_and_taking_back(worker, keeper, case, now):
    asked = write_down(worker, case, now).split("/")[-1]
    send(worker, address("withdraw", asked), words="They have it from elsewhere")
    said = {"by": "person", "words": "Nobody asked me", **typed_day("on", now)}
    send(worker, address("complain", asked), **said)
    send(keeper, address("answer_complaint", asked), words="We were wrong")
    page = text_of(keeper.get(address("show", asked)))
    assert "Complaint answered" in page and "Taken back" in page


def statements_of(client, where):
    with CaptureQueriesContext(connection) as asked:
        client.get(where)
    return len(asked)


@pytest.mark.parametrize("name", ["desk", "export"])
def test_a_list_takes_as_many_statements_for_many_as_for_one(
    keeper, case, worker, name
):
    now = datetime.now(tz=UTC)
    write_down(worker, case, now)
    keeper.get(address(name))
    one = statements_of(keeper, address(name))
    for _ in range(3):
        write_down(worker, case, now)
    assert statements_of(keeper, address(name)) == one
