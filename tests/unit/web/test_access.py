"""Who is let in, and what the others are told."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from alongside.foundation.accounts.types import Permission
from alongside.web import access
from tests.browser.gallery.samples import ACTOR


@pytest.fixture
def page(monkeypatch):
    monkeypatch.setattr(access, "REQUIRED", {})

    @access.requires(Permission.CASE_ALLOCATE)
    def allocate(request):
        """Stands for any page."""
        return HttpResponse("Allocated")

    return allocate


def request_by(actor, *, signed_in=True, timed_out=False, method="GET"):
    request: Any = RequestFactory().generic(method, "/cases/x?page=2")
    request.actor = actor
    request.user = SimpleNamespace(is_authenticated=signed_in)
    request.timed_out = timed_out
    return request


def test_lets_in_who_holds_the_permission(page):
    assert page(request_by(ACTOR)).content == b"Allocated"


def test_turns_away_who_does_not(page):
    nobody = SimpleNamespace(has=lambda permission: False)

    with pytest.raises(PermissionDenied):
        page(request_by(nobody))


def test_asks_a_visitor_to_sign_in_and_come_back(page):
    answer = page(request_by(None, signed_in=False))

    assert answer.url == "/sign-in?next=%2Fcases%2Fx%3Fpage%3D2"


def test_says_when_a_session_ran_out(page):
    assert "timed_out=1" in page(request_by(None, signed_in=False, timed_out=True)).url


def test_does_not_come_back_to_what_was_being_sent(page):
    answer = page(request_by(None, signed_in=False, method="POST"))

    assert answer.url == "/sign-in?next=%2F"


def test_asks_who_has_several_roles_to_choose(page):
    assert page(request_by(None)).url == "/sign-in/acting-for"


def test_remembers_what_each_page_asks_for(page):
    assert list(access.REQUIRED.values()) == [Permission.CASE_ALLOCATE]
