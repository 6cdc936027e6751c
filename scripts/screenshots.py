"""Take the pictures in docs/screenshots from the demonstration.

python -m scripts.screenshots

The demonstration is set up in a folder that is thrown away, served on a free port of
this machine, and stopped again. Everybody in the pictures is invented.
"""

import os
import re
import socket
import subprocess
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
COMMAND = ROOT / ".venv" / "bin" / "alongside"
ACCOUNTS = ROOT / "alongside" / "demo" / "data" / "area.toml"
FOLDER = ROOT / "docs" / "screenshots"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
# What comes next in the demonstration's cases where somebody was spoken to.
SPOKEN_TO = re.compile("Ring with the answer|Ask the officer")
# A witness of the demonstration whose case has come as far as a trial.
WITNESS = "Edmund Larkspur"
START_SECONDS = 60
LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Picture:
    """What an account sees where `find` leads from its home page."""

    name: str
    account: str
    find: Callable[[Page], object]


def _go(page: Page, place: str) -> None:
    """Open a place that stands in the bar or, where that is full, behind "More"."""
    bar = page.get_by_label("Main")
    if bar.get_by_role("link", name=place).count():
        bar.get_by_role("link", name=place).click()
        return
    bar.get_by_role("link", name="More").click()
    page.locator("main").get_by_role("link", name=place, exact=True).click()


def my_work(page: Page) -> None:
    """The home page of whoever works cases."""
    page.get_by_role("heading", name="My work").wait_for()


def abuse_case(page: Page) -> None:
    """A case of domestic abuse in which somebody was spoken to and a note written."""
    rows = page.get_by_role("row").filter(has_text="domestic abuse")
    rows.filter(has_text=SPOKEN_TO).first.get_by_role("link").click()
    page.get_by_label("Who this is").wait_for()


def held(page: Page) -> None:
    """What waits for a decision."""
    _go(page, "Held")
    page.get_by_role("heading", name="Held referrals").wait_for()


def feed(page: Page) -> None:
    """What became of what the force sent."""
    _go(page, "Feeds")
    page.get_by_role("heading", level=1, name="feed").wait_for()


def accounts(page: Page) -> None:
    """Everybody's accounts, as their administrator sees them."""
    page.get_by_role("heading", level=1, name="Accounts").wait_for()


def found(page: Page) -> None:
    """People found by a name, as masked labels."""
    _go(page, "Find")
    page.get_by_label("Who are you looking for?").fill("smith")
    page.locator("main").get_by_role("button", name="Find", exact=True).click()
    page.get_by_text("Only initials are shown here").wait_for()


def seen(page: Page) -> None:
    """Who has seen somebody of the team's queue, and why."""
    _go(page, "Team queue")
    page.locator("main a[href^='/cases/']").first.click()
    page.get_by_role("link", name="Seen by").click()
    page.get_by_role("heading", level=1, name="Who has seen them").wait_for()


def shared(page: Page) -> None:
    """What another service sees of somebody who was referred to it."""
    page.locator("main a[href^='/shared/']").first.click()
    page.get_by_role("button", name="Accept this referral").wait_for()


def emergency(page: Page) -> None:
    """What is asked before a case is opened in an emergency."""
    _go(page, "Access")
    page.get_by_role("link", name="Open a case in an emergency").click()
    page.get_by_role("heading", level=1, name="Emergency access").wait_for()


def rights(page: Page) -> None:
    """Somebody's copy of what is held, gone through before it leaves."""
    _go(page, "Information rights")
    page.locator("main a[href^='/rights/requests/']").first.click()
    page.get_by_role("button", name="Go through the copy").click()
    page.get_by_role("heading", level=1, name="Go through the copy").wait_for()


def journey(page: Page) -> None:
    """How far each matter of somebody has come, and what happened on the way."""
    _go(page, "Witnesses")
    page.get_by_role("link", name=WITNESS).click()
    page.get_by_role("button", name="Journey").click()
    page.get_by_role("heading", level=1, name="Their journey").wait_for()


def owed(page: Page) -> None:
    """Promises that run or are late, by who owes them."""
    _go(page, "Who owes what")
    page.get_by_role("heading", level=1, name="Who owes what").wait_for()


def told_of(page: Page) -> None:
    """Who was told of promises past their day, and what came of it."""
    owed(page)
    page.get_by_role("button", name="Who was told").click()
    page.get_by_role("heading", level=1, name="Who was told").wait_for()


def compliance(page: Page) -> None:
    """How promises were kept."""
    _go(page, "Promises kept")
    page.get_by_role("heading", level=1, name="How promises were kept").wait_for()


def telling(page: Page) -> None:
    """What happened to people that they have not been told yet."""
    _go(page, "To tell")
    page.get_by_role("heading", level=1, name="To tell").wait_for()


def witnesses(page: Page) -> None:
    """Who must give evidence, and how ready they are."""
    _go(page, "Witnesses")
    page.get_by_role("heading", level=1, name="Witnesses").wait_for()


PICTURES = (
    Picture("work", "worker", my_work),
    Picture("case", "specialist", abuse_case),
    Picture("held", "supervisor", held),
    Picture("feed", "supervisor", feed),
    Picture("accounts", "administrator", accounts),
    Picture("find", "worker", found),
    Picture("seen", "supervisor", seen),
    Picture("shared", "provider", shared),
    Picture("emergency", "worker", emergency),
    Picture("rights", "information", rights),
    Picture("journey", "witness.care", journey),
    Picture("owed", "supervisor", owed),
    Picture("told-of", "supervisor", told_of),
    Picture("compliance", "supervisor", compliance),
    Picture("telling", "worker", telling),
    Picture("witnesses", "witness.care", witnesses),
)


def main() -> None:
    """Take every picture anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        demonstration({**os.environ, "ALONGSIDE_HOME": home}) as address,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium
        browser = chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        pages: dict[str, Page] = {}
        for picture in PICTURES:
            # Once each: a code of the second factor is not taken twice.
            if picture.account not in pages:
                pages[picture.account] = sign_in(picture.account, browser, address)
            take(picture, pages[picture.account], address)
        browser.close()


@contextmanager
def demonstration(environment: Mapping[str, str]) -> Iterator[str]:
    """The demonstration's address, while it is served."""
    try:
        _run(environment, "demo", "--no-serve")
        port = _free_port()
        command = [str(COMMAND), "serve", "--port", str(port)]
        site = subprocess.Popen(command, env={**environment, **_practice()})
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            site.terminate()
            site.wait()
    finally:
        _run(environment, "db", "stop")


def take(picture: Picture, page: Page, address: str) -> None:
    """Go there from the home page, and keep what is seen."""
    page.goto(address)
    picture.find(page)
    page.screenshot(path=FOLDER / f"{picture.name}.png")


def sign_in(account: str, browser: Browser, address: str) -> Page:
    """The home page of an account. The page of the second factor is kept on the way."""
    context = browser.new_context(
        locale="en-GB",
        timezone_id="Europe/London",
        viewport={"width": 1280, "height": 800},
    )
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.get_by_label("E-mail address").fill(f"{account}@llr.example")
    page.get_by_label("Password", exact=True).fill(_password())
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Give your second factor").wait_for()
    page.screenshot(path=FOLDER / "second-factor.png")
    code = page.locator(".govuk-inset-text strong").inner_text()
    page.get_by_label("Code from your app").fill(code)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()
    return page


def _password() -> str:
    given = tomllib.loads(ACCOUNTS.read_text(encoding="utf-8"))
    return str(given["password"])


def _practice() -> dict[str, str]:
    given = tomllib.loads(ACCOUNTS.read_text(encoding="utf-8"))
    return {"ALONGSIDE_PRACTICE_SECOND_FACTOR": str(given["second_factor"])}


def _run(environment: Mapping[str, str], *arguments: str) -> None:
    subprocess.run([COMMAND, *arguments], env=environment, check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(LOOK_SECONDS)
    raise TimeoutError("The site did not start")


if __name__ == "__main__":
    main()
