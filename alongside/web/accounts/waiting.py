"""Telling somebody who tried too often to wait."""

from datetime import timedelta
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.web.accounts import pages


def ask_to_wait(request: HttpRequest, wait: timedelta) -> HttpResponse:
    """The page that says how long (429). The same whoever tried, and at what."""
    page = pages.wait(minutes=ceil(wait / timedelta(minutes=1)))
    response = render(request, "accounts/wait.html", {"page": page}, status=429)
    response.headers["Retry-After"] = str(ceil(wait.total_seconds()))
    return response
