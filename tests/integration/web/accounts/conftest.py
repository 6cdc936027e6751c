"""Time that passes for the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone


@pytest.fixture
def later(monkeypatch):
    """Lets time pass for the pages, though not for the database."""
    start = timezone.now()

    def wait(**by):
        monkeypatch.setattr(timezone, "now", lambda: start + timedelta(**by))

    return wait
