"""Someone who signs in."""

import pytest
from django.test import Client

from alongside.demo.area import DATA
from tests.support.signing_in import PAGE, fresh_code

PASSWORD = "a-practice-passphrase"


@pytest.fixture
def sign_in():
    """Signs a client in as one of the demonstration's accounts: both factors.

    Answers what came last: the second step's, or the first's where it was refused.
    """

    def post(client: Client, email="worker@llr.example", password=PASSWORD, **extra):
        form = {"email": email, "password": password, **extra}
        answer = client.post("/sign-in", form)
        if answer.headers.get("Location") != PAGE:
            return answer
        return client.post(PAGE, {"way": "app", "code": fresh_code(email)})

    return post


@pytest.fixture
def client_as(sign_in):
    """A client signed in as the demonstration's account for a role."""

    def signed_in(name: str) -> Client:
        client = Client()
        sign_in(client, email=f"{name}@llr.example")
        return client

    return signed_in


@pytest.fixture(scope="session", autouse=True)
def the_password_is_the_demonstrations():
    assert PASSWORD in (DATA / "area.toml").read_text(encoding="utf-8")
