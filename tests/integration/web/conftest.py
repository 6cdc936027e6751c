"""Someone who signs in."""

import pytest
from django.test import Client

from alongside.demo.area import DATA

PASSWORD = "a-practice-passphrase"


@pytest.fixture
def sign_in():
    """Signs a client in as one of the demonstration's accounts."""

    def post(client: Client, email="worker@llr.example", password=PASSWORD, **extra):
        form = {"email": email, "password": password, **extra}
        return client.post("/sign-in", form)

    return post


@pytest.fixture(scope="session", autouse=True)
def the_password_is_the_demonstrations():
    assert PASSWORD in (DATA / "area.toml").read_text(encoding="utf-8")
