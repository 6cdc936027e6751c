"""Every link that a page draws for somebody opens for them.

The demonstration's people go through the demonstration's pages, from their home page:
each address that a page names is asked for, some of each kind. Nobody is shown a way
that ends with "you may not" or "we could not find that".
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.db import connections
from django.test import Client
from django.urls import resolve

from alongside.demo.sample import PROGRESS, REFERRALS, first_rows
from alongside.demo.stories import play_stories
from alongside.workflows.receive_delivery import receive_file
from alongside.workflows.receive_progress import receive_progress_file
from tests.support.feed import LIMIT

ROWS = 150
EACH = 2  # addresses of one kind that are asked for
PEOPLE = (
    *("worker", "specialist", "children", "witness.care", "supervisor"),
    *("information", "administrator", "police", "provider", "provider.worker"),
    *("commissioner", "analyst", "governance"),
)
NOT_FOLLOWED = {"sign-out"}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.found.append(href)


def links(page: str, here: str) -> Iterator[str]:
    """The addresses of this site that a page names."""
    parser = _Links()
    parser.feed(page)
    for href in parser.found:
        there = urlsplit(urljoin(here, href))
        if not there.netloc and not there.scheme:
            yield there.path + (f"?{there.query}" if there.query else "")


def kind_of(address: str) -> tuple[str, ...]:
    """The route an address goes by, and what its query names."""
    parts = urlsplit(address)
    asked = sorted({name for name, _ in parse_qsl(parts.query)})
    return (resolve(parts.path).route, *asked)


def wander(client: Client) -> tuple[dict[str, str], int]:
    """From the home page on: what was refused, and where it was named; and how many
    addresses were asked for."""
    named_by = {"/": "home"}
    waiting, kinds, refused, asked = ["/"], Counter[tuple[str, ...]](), {}, 0
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        kinds[kind] += 1
        if kinds[kind] > EACH or NOT_FOLLOWED & set(kind):
            continue
        page, asked = client.get(address), asked + 1
        if page.status_code == 302:
            named_by.setdefault(page.headers["Location"], address)
            waiting.append(page.headers["Location"])
            continue
        if page.status_code >= 400:
            refused[address] = f"{page.status_code}, named by {named_by[address]}"
            continue
        if page.streaming or "html" not in page.headers.get("Content-Type", ""):
            continue
        for there in links(page.content.decode(), address):
            if there not in named_by:
                named_by[there] = address
                waiting.append(there)
    return refused, asked


@pytest.fixture
def demonstration(fresh_database) -> None:
    """The demonstration's first days, as everybody finds them."""
    now = datetime.now(tz=UTC)
    came = now - timedelta(hours=5)
    for sample, receive in (
        (REFERRALS, receive_file),
        (PROGRESS, receive_progress_file),
    ):
        with first_rows(sample, ROWS) as path:
            receive(path=path, now=came, max_bytes=LIMIT)
    play_stories(now=now)


def test_every_link_drawn_for_somebody_opens_for_them(demonstration, client_as):
    refused: dict[str, str] = {}
    for who in PEOPLE:
        found, asked = wander(client_as(who))
        assert asked > 5, f"{who} was shown nothing"
        refused |= {f"{who}: {address}": why for address, why in found.items()}
    connections.close_all()
    assert refused == {}
