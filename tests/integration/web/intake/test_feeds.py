"""How good a force's feed is, and who may see which."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from alongside.care.intake.operations import deliveries
from alongside.care.intake.tables import HOLDS
from alongside.care.intake.types import Code, DeliveryKind
from alongside.foundation.accounts.queries import get_receiver
from alongside.foundation.organisations.models import Agency
from alongside.foundation.organisations.types import AgencyKind
from alongside.walls.context import acting_as
from tests.factories.feeds import receive
from tests.integration.web.intake.conftest import NO_CONSENT, WELL
from tests.integration.web.intake.test_held import text_of

pytestmark = pytest.mark.django_db

OUT_OF_AREA = HOLDS[Code.OUT_OF_AREA].words
FEED = "/feeds/leicestershire"
FEED_STATEMENTS = 12
DELIVERY_STATEMENTS = 18


def lines_of(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


@pytest.mark.parametrize("role", ["supervisor", "information", "police"])
def test_one_feed_is_opened_at_once(client_as, report, role):
    client = client_as(role)

    assert client.get("/feeds").url == FEED
    page = text_of(client.get(FEED))
    assert "5 rows: 1 accepted, 3 held, 1 rejected." in page
    assert "Workable: <strong>20.0%</strong>" in page


@pytest.mark.parametrize("role", ["worker", "analyst", "administrator"])
def test_other_roles_may_not_open_feeds(client_as, delivery_page, role):
    client = client_as(role)

    for address in ("/feeds", FEED, delivery_page, f"{delivery_page}/fates.csv"):
        assert client.get(address).status_code == 403


def test_the_slowest_is_said_in_days(client_as):
    now = timezone.now()
    reported = now - timedelta(days=175, hours=2)
    row = {
        "reported_at": reported.isoformat(timespec="seconds"),
        "occurred_from": "",
        "extracted_at": (now - timedelta(hours=1)).isoformat(timespec="seconds"),
    }
    receive([row], now=now)

    page = text_of(client_as("police").get(FEED))
    assert "Slowest from report to receipt: <strong>175 days</strong>" in page


def test_deliveries_come_newest_first_in_pages(client_as, monkeypatch):
    monkeypatch.setattr("alongside.web.intake.feeds.PAGE_ROWS", 2)
    for day in (1, 2, 3):
        now = datetime(2026, 11, day, 9, tzinfo=UTC)
        receive([WELL], now=now, extract_id=f"LEI-{day}")
    client = client_as("police")

    first, second = text_of(client.get(FEED)), text_of(client.get(f"{FEED}?page=2"))
    assert first.index("LEI-3") < first.index("LEI-2")
    assert "LEI-1" not in first
    assert "1 to 2 of 3" in first
    assert "LEI-1" in second
    assert 'rel="next"' not in second
    assert 'rel="prev"' in second


@pytest.fixture
def waiting(db, earlier):
    """A delivery that the service has, and has not read yet."""
    service = Agency.objects.get(kind=AgencyKind.SERVICE)
    force = Agency.objects.get(force_code="leicestershire")
    receiver = get_receiver(agency_id=service.pk, now=earlier)
    arrival = deliveries.Arrival(
        kind=DeliveryKind.REFERRALS,
        sender_id=force.pk,
        receiver_id=service.pk,
        sha256=b"0" * 32,
        size=10,
        extract_id="LEI-9",
    )
    with acting_as(receiver):
        delivery = deliveries.begin_delivery(
            actor=receiver, now=earlier, arrival=arrival
        )
    return receiver, delivery


def test_a_delivery_that_waits_says_so(client_as, waiting):
    page = text_of(client_as("police").get(FEED))

    assert "LEI-9" in page
    assert "Being received" in page
    assert "Workable" not in page


def test_a_delivery_refused_whole_says_why(client_as, waiting, earlier):
    receiver, delivery = waiting
    with acting_as(receiver):
        deliveries.refuse_delivery(
            actor=receiver, now=earlier, delivery=delivery, refusal="The file is empty"
        )

    page = text_of(client_as("police").get(FEED))
    assert "nothing of it is kept: The file is empty" in page


def test_the_feed_can_be_saved(client_as, report):
    (line,) = lines_of(client_as("police").get(f"{FEED}?format=csv"))

    assert (line["rows"], line["accepted"], line["held"]) == ("5", "1", "3")
    assert line["share_workable"] == "0.2000"


def test_a_delivery_says_what_became_of_its_rows(client_as, delivery_page):
    page = text_of(client_as("supervisor").get(delivery_page))

    assert "No consent to be referred" in page
    assert "Could not be read" in page
    assert "date_of_birth:" in page
    assert OUT_OF_AREA in page


def test_rows_are_narrowed_by_fate_and_by_reason(client_as, delivery_page):
    client = client_as("supervisor")

    page = client.get(f"{delivery_page}?fate=rejected").content.decode()
    rows = page.split('id="rows"')[1]
    assert "date_of_birth:" in rows
    assert OUT_OF_AREA not in rows
    page = client.get(f"{delivery_page}?code=out_of_area").content.decode()
    rows = page.split('id="rows"')[1]
    assert OUT_OF_AREA in rows
    assert "date_of_birth:" not in rows


def test_rows_are_paged_both_ways(client_as, delivery_page, monkeypatch):
    monkeypatch.setattr("alongside.web.intake.deliveries.PAGE_ROWS", 2)
    client = client_as("supervisor")

    assert "Rows 1 to 2 of 5 rows" in text_of(client.get(delivery_page))
    second = text_of(client.get(f"{delivery_page}?after=2"))
    assert "Rows 3 to 4 of 5 rows" in second
    assert "before=3" in second
    assert "Rows 1 to 2 of 5 rows" in text_of(client.get(f"{delivery_page}?before=3"))
    last = text_of(client.get(f"{delivery_page}?after=4"))
    assert "Rows 5 to 5 of 5 rows" in last
    assert 'rel="next"' not in last


def test_the_service_is_led_to_the_case_and_to_what_is_held(client_as, delivery_page):
    page = client_as("supervisor").get(delivery_page).content.decode()

    assert page.count('href="/cases/') == 1
    assert page.count('href="/held/') == 3


def test_governance_reads_a_delivery_without_ways_into_cases(client_as, delivery_page):
    page = client_as("information").get(delivery_page).content.decode()

    assert 'href="/cases/' not in page
    assert 'href="/held/' not in page


def test_a_force_never_meets_the_services_case_numbers(client_as, delivery_page):
    ours = lines_of(client_as("supervisor").get(f"{delivery_page}/fates.csv"))
    force = client_as("police")
    theirs = lines_of(force.get(f"{delivery_page}/fates.csv"))
    page = force.get(delivery_page).content.decode()

    numbers = [row["case"] for row in ours if row["case"]]
    numbers += [row["person"] for row in ours if row["person"]]
    assert len(numbers) == 5
    assert not any(number in page for number in numbers)
    assert not any(row["person"] or row["case"] for row in theirs)
    assert [row["fate"] for row in theirs] == [row["fate"] for row in ours]
    assert 'href="/cases/' not in page
    assert 'href="/held/' not in page


@pytest.fixture
def two_forces(db, monkeypatch) -> None:
    """As if another force of the same area sent a feed too."""
    ours = Agency.objects.get(force_code="leicestershire")
    forces = [
        ("leicestershire", ours.name, ours.pk),
        ("rutland", "Rutland Rangers", -1),
    ]
    monkeypatch.setattr(
        "alongside.foundation.organisations.queries.list_forces",
        lambda **_: forces,
    )


def test_the_service_chooses_between_forces(client_as, two_forces):
    client = client_as("supervisor")
    page = text_of(client.get("/feeds"))

    assert 'href="/feeds/leicestershire"' in page
    assert 'href="/feeds/rutland"' in page
    assert "Nothing has been received yet" in text_of(client.get("/feeds/rutland"))


def test_a_force_sees_its_own_feed_only(client_as, delivery_page, two_forces):
    client = client_as("police")
    other = delivery_page.replace("leicestershire", "rutland")

    assert client.get("/feeds").url == FEED
    for address in ("/feeds/rutland", other, f"{other}/fates.csv"):
        assert client.get(address).status_code == 404


def test_a_delivery_is_found_under_its_own_force_only(
    client_as, delivery_page, two_forces
):
    address = delivery_page.replace("leicestershire", "rutland")
    client = client_as("supervisor")

    for one in (address, f"{address}/fates.csv", f"{address}/returns.csv"):
        assert client.get(one).status_code == 404


def test_no_feed_of_that_name_is_not_found(client_as, report):
    for role in ("supervisor", "police"):
        assert client_as(role).get("/feeds/nowhere").status_code == 404


def test_the_feed_takes_the_same_statements_whatever_is_in_it(
    client_as, earlier, django_assert_num_queries
):
    client = client_as("supervisor")
    receive([WELL], now=earlier)
    client.get(FEED)
    with django_assert_num_queries(FEED_STATEMENTS):
        client.get(FEED)
    receive([NO_CONSENT], now=earlier, extract_id="LEI-2")
    with django_assert_num_queries(FEED_STATEMENTS):
        assert "2 deliveries" in text_of(client.get(FEED))


def test_a_delivery_takes_the_same_statements_whatever_is_in_it(
    client_as, earlier, django_assert_num_queries
):
    client = client_as("supervisor")
    few = receive([WELL, NO_CONSENT], now=earlier).delivery_id
    many = receive([WELL, NO_CONSENT] * 9, now=earlier, extract_id="LEI-2").delivery_id
    client.get(f"{FEED}/{few}")
    for delivery_id in (few, many):
        with django_assert_num_queries(DELIVERY_STATEMENTS):
            client.get(f"{FEED}/{delivery_id}")
