"""People to whom something happened, and a server that speaks Notify's protocol."""

from datetime import timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from alongside.care.intake.types import DeliveryKind
from alongside.care.telling import queries as telling
from alongside.care.telling.queries import Whose
from alongside.demo.practice_notify import practice_notify
from alongside.foundation.gateways.messages import Route
from alongside.workflows.pass_on import take_cases
from alongside.workflows.receive_delivery import receive_source
from tests.factories.feeds import LARGEST, receive
from tests.integration.web.casework.conftest import (  # noqa: F401
    ASHA,
    actor_as,
    case_of,
    now,
    received,
    sarah,
    tom,
    worker,
)
from tests.integration.web.conftest import client_as, sign_in  # noqa: F401
from tests.support.feed import MESSAGE, PROGRESS_NAMES, as_csv

NINA = {
    "crime_ref": "26000000071",
    "given_names": "Nina Louise",
    "surname": "Vale",
    "date_of_birth": "1971-05-06",
    "mobile_phone": "07700 900471",
    "email": "nina@people.example",
    "safe_phone": "y",
    "safe_sms": "y",
    "safe_email": "y",
    "safe_letter": "y",
    "contact_times": "after six",
    "language": "pl",
}
LOST = {**NINA, "crime_ref": "26000000072", "mobile_phone": "07700 900002"}
LOST |= {"email": "lou@people.example", "language": "", "contact_times": ""}
LOST |= {"given_names": "Lou", "surname": "Sand", "date_of_birth": "1980-05-06"}


def say(when):
    """A moment as a force writes it: by the clocks of London."""
    return when.astimezone(ZoneInfo("Europe/London")).strftime("%Y-%m-%dT%H:%M:%S")


def send_news(rows, *, now):  # noqa: F811
    """Receive progress messages, each well except for what it says itself."""
    at = {"occurred_at": say(now - timedelta(days=2))}
    at["received_at"] = say(now - timedelta(days=1))
    at["extracted_at"] = say(now - timedelta(hours=12))
    text = as_csv(
        [
            MESSAGE | at | {"extract_id": "LEI-P-1", "detail": ""} | dict(row)
            for row in rows
        ],
        PROGRESS_NAMES,
    )
    return receive_source(
        source=BytesIO(text), now=now, max_bytes=LARGEST, kind=DeliveryKind.PROGRESS
    )


@pytest.fixture
def news(received, now):  # noqa: F811
    """Nina and Lou, marked safe, and Asha, at high risk: of each somebody was
    arrested; Nina's first hearing is set."""
    before = now - timedelta(days=9)
    receive([NINA, LOST], now=before, extract_id="LEI-2")
    hearing = '{"court": "Leicester Magistrates", "on": "2027-03-04"}'
    report = send_news(
        [
            {"crime_ref": NINA["crime_ref"], "event": "suspect_arrested"},
            {
                "crime_ref": NINA["crime_ref"],
                "event": "first_hearing_listed",
                "detail": hearing,
            },
            {"crime_ref": LOST["crime_ref"], "event": "suspect_arrested"},
            {"crime_ref": ASHA["crime_ref"], "event": "suspect_arrested"},
        ],
        now=now,
    )
    assert report.accepted == 4, report


@pytest.fixture
def nina(news, case_of):  # noqa: F811
    return case_of(NINA)


@pytest.fixture
def lou(news, case_of):  # noqa: F811
    return case_of(LOST)


@pytest.fixture
def asha(news, case_of):  # noqa: F811
    return case_of(ASHA)


@pytest.fixture
def held(*, worker, nina, lou, asha, now):  # noqa: F811
    """Tom holds all three cases."""
    take_cases(actor=worker, now=now, case_ids=[nina, lou, asha])


@pytest.fixture
def owed(worker, held):  # noqa: F811
    """What is to be told, by case and event."""

    def find(case_id, event="suspect_arrested"):
        found = telling.list_owed(actor=worker, whose=Whose.MINE, limit=50)
        return next(
            (o for o in found if o.case_id == case_id and o.event == event), None
        )

    return find


@pytest.fixture
def notify():
    with practice_notify() as server:
        yield server


@pytest.fixture
def senders(notify):
    return dict.fromkeys(Route, notify.sender)


@pytest.fixture
def promises(worker):  # noqa: F811
    """How the promises of an event stand: (met on, evidence, not owed)."""

    def of(event):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT met_on, evidence, not_owed_reason FROM journey_clock"
                " WHERE event_id = %s AND replaced_by_id IS NULL ORDER BY id",
                [event.event_key],
            )
            return cursor.fetchall()

    return of


@pytest.fixture
def stands(worker):  # noqa: F811
    """The update of an event as it stands."""

    def of(event):
        return telling.find_update(case_key=event.case_key, event_id=event.event_id)

    return of
