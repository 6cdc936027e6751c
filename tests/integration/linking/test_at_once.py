"""People who come at the same moment, on connections of their own."""

import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from wsgiref.simple_server import WSGIRequestHandler

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connections, transaction

from alongside.care.linking.operations import arriving
from alongside.foundation.accounts.models import Membership
from alongside.foundation.accounts.operations import make_token
from alongside.walls.context import acting_as
from tests.integration.linking.somebody import ADA, NOW, WORKER, arrive, like, worker

EIGHT = [
    {
        "given_names": given,
        "surname": surname,
        "date_of_birth": f"19{60 + place}-04-0{place + 1}",
        "mobile_phone": f"07700 90010{place}",
        "postcode": "LE1 5YA",
        "happened": "Somebody threatened me",
    }
    for place, (given, surname) in enumerate(
        [
            *(("Ada", "Swinton"), ("Bilal", "Khan"), ("Carys", "Prosser")),
            *(("Dipak", "Raval"), ("Ewa", "Nowak"), ("Femi", "Adeyemi")),
            *(("Grace", "Oduya"), ("Horia", "Ionescu")),
        ]
    )
]
TIMES, AT_A_TIME = 8, 24


class Quiet(WSGIRequestHandler):
    def log_message(self, *said):
        """Say nothing."""


class Server(ThreadedWSGIServer):
    request_queue_size = 2 * TIMES * len(EIGHT)


def at_most(app, requests):
    """The site as its own server runs it: so many requests at a time, others wait."""
    gate = threading.BoundedSemaphore(requests)

    def gated(environ, start_response):
        with gate:
            try:
                return list(app(environ, start_response))
            finally:
                connections.close_all()

    return gated


@contextmanager
def serving():
    """The site on a port of its own, each request in a thread of its own."""
    server = Server(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(at_most(get_wsgi_application(), AT_A_TIME))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def token():
    membership = Membership.objects.get(user__email=WORKER)
    return make_token(
        actor="test",
        now=datetime.now(tz=UTC),
        membership=membership,
        label="the form on our site",
    )


def post(port, bearer, person):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(
        "POST",
        "/api/v1/people",
        json.dumps(person),
        {"Authorization": f"Bearer {bearer}", "Content-Type": "application/json"},
    )
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def count(table):
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@pytest.mark.usefixtures("fresh_database")
def test_sixty_four_arrivals_of_eight_people_at_once_make_eight_people():
    bearer = token()
    everybody = [person for _ in range(TIMES) for person in EIGHT]
    together = threading.Barrier(len(everybody))

    def send(person):
        together.wait()
        return post(port, bearer, person)

    with serving() as port, ThreadPoolExecutor(len(everybody)) as senders:
        answers = list(senders.map(send, everybody))

    assert {status for status, _ in answers} == {201}
    assert Counter(answer["outcome"] for _, answer in answers) == {
        "new": len(EIGHT),
        "linked": len(everybody) - len(EIGHT),
    }
    assert count("people_person") == len(EIGHT) == count("casework_case")
    assert count("people_personrecord") == len(everybody)


@pytest.mark.usefixtures("fresh_database")
def test_who_waits_too_long_for_a_delivery_is_asked_to_try_again(monkeypatch):
    actor = worker()
    patience = {"patience": type("", (), {"number": 50})}
    monkeypatch.setattr(arriving, "LIMITS", patience)

    def waiting():
        with pytest.raises(arriving.RegisterBusy, match="Try again"):
            arrive(ADA, by=actor)
        connections.close_all()

    with acting_as(actor), transaction.atomic():
        arriving.hold_register(actor=actor, now=NOW)
        thread = threading.Thread(target=waiting)
        thread.start()
        thread.join()
    assert count("people_person") == 0
    # Nobody holds on any more, and nothing is left of the short patience.
    arrive(like(ADA), by=actor)
    assert count("people_person") == 1
