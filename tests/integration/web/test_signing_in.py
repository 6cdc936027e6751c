"""Signing in, choosing whom to act for, and signing out."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.foundation.accounts.models import Membership

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integration.web.urls")]


def test_leads_to_my_work(client, sign_in):
    answer = sign_in(client)

    assert answer.url == "/"
    assert client.get("/").url == "/my-work"
    assert client.get("/my-work").content.startswith(b"Tom Hollis")


def test_a_providers_worker_lands_on_what_was_shared_with_them(client_as):
    """Work of their own they have none, though their role is the service's too."""
    client = client_as("provider.worker")

    assert client.get("/").url == reverse("provider:inbox")
    assert client.get(reverse("provider:inbox")).status_code == 200


def test_an_address_may_be_typed_in_any_case(client, sign_in):
    assert sign_in(client, email=" Worker@LLR.example ").url == "/"


def test_comes_back_to_the_page_that_was_asked_for(client, sign_in):
    asked = client.get("/queue?page=2")
    page = client.get(asked.url)

    assert b'value="/queue?page=2"' in page.content
    assert sign_in(client, next="/queue?page=2").url == "/queue?page=2"


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x"]
)
def test_never_leads_to_another_site(client, sign_in, elsewhere):
    assert sign_in(client, next=elsewhere).url == "/"


def test_asks_for_what_is_missing(client, sign_in):
    text = sign_in(client, email="", password="").content.decode()

    assert "Enter your e-mail address" in text
    assert "Enter your password" in text


def test_a_role_without_pages_is_told_so(client, sign_in):
    sign_in(client, email="fitter@llr.example")

    assert b"There are no pages for your role yet" in client.get("/").content


def test_nobody_acts_in_anothers_role(client, sign_in):
    sign_in(client)
    others = Membership.objects.get(user__email="supervisor@llr.example")
    answer = client.post("/sign-in/acting-for", {"membership": others.pk})

    assert b"Choose one of the roles in the list" in answer.content
    assert client.get("/status").status_code == 403


def test_signing_out_leaves_nothing(client, sign_in):
    sign_in(client)
    answer = client.post("/sign-out")

    assert answer.url == "/sign-in"
    assert answer.headers["Clear-Site-Data"]
    assert client.get("/my-work").status_code == 302
    assert not client.session.keys()


def test_signing_out_is_not_a_link(client, sign_in):
    sign_in(client)

    assert client.get("/sign-out").status_code == 405


def test_a_form_from_elsewhere_is_not_believed(sign_in):
    answer = sign_in(Client(enforce_csrf_checks=True))

    assert answer.status_code == 403
    assert b"That page was open too long" in answer.content
