"""A real browser for tests: Debian's Chromium, British, talking to nobody else.

`page` comes from pytest-playwright. `site` is the product in a database of the test's
own, with the demonstration's accounts and nobody's case; `gallery` is every component
with invented data.
"""

import copy
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings
from playwright.sync_api import Page
from pytest_django.plugin import DjangoDbBlocker

from alongside.foundation.gateways.installation import Connections

# Playwright runs an event loop beside the tests, which use the database themselves.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
GALLERY = Path(__file__).parent / "gallery" / "templates"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> Any:
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": list(QUIET),
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> Any:
    return {
        **browser_context_args,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "viewport": {"width": 1280, "height": 800},
    }


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: tests name the whole address. (The plug-in's own warns with pytest 9.)"""


@pytest.fixture
def site(fresh_database: Connections) -> Iterator[str]:
    """The address of the whole product, with nothing received yet."""
    yield from _serve()


@pytest.fixture
def gallery(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of the gallery of components.

    The frame of every page counts notices, so the database must be there; it says
    nothing, since nobody acts.
    """
    templates: Any = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], GALLERY]
    urls = "tests.browser.gallery.urls"
    with (
        django_db_blocker.unblock(),
        override_settings(TEMPLATES=templates, ROOT_URLCONF=urls),
    ):
        yield from _serve()


def _serve() -> Iterator[str]:
    server = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.terminate()
        connections.close_all()


@pytest.fixture(autouse=True)
def nothing_is_asked_of_others_or_refused(page: Page) -> Iterator[None]:
    """No page may ask another site for anything, nor trip its own policy."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    yield
    ours = ("http://127.0.0.1:", "http://localhost:")
    strangers = [url for url in asked if not url.startswith(ours)]
    assert not strangers
    assert not [text for text in said if "Content Security Policy" in text]
