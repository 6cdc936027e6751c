"""Steps of signing in, one at a time."""

from django.test import Client

from tests.integration.web.conftest import PASSWORD
from tests.support.signing_in import PAGE

WORKER = "worker@llr.example"
ADMINISTRATOR = "administrator@llr.example"
WRONG = "a-wrong-passphrase"
HERE, ELSEWHERE = "192.0.2.10", "198.51.100.7"


def password_only(client: Client, email: str = WORKER, onward: str = "") -> Client:
    """The client, after the first of two steps."""
    form = {"email": email, "password": PASSWORD, "next": onward}
    assert client.post("/sign-in", form).headers["Location"] == PAGE
    return client


def give(client: Client, code: str, way: str = "app"):
    """The second step."""
    return client.post(PAGE, {"way": way, "code": code})


def at(address: str) -> Client:
    """Somebody who asks from a network address."""
    return Client(REMOTE_ADDR=address)


def fail(client: Client, times: int, email: str = WORKER):
    """Wrong passwords; the last answer."""
    form = {"email": email, "password": WRONG}
    return [client.post("/sign-in", form) for _ in range(times)][-1]
