"""What every browser test asks of a page."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.support.signing_in import fresh_code

KEYBOARD = Path(__file__).with_name("keyboard.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# A new width is told to scripts with the next frame: two have it drawn and told.
DRAWN = "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"


def assert_axe_clean(page: Page) -> None:
    """No breach of WCAG 2.2 AA that a machine can find."""
    page.evaluate(DRAWN)
    # The Design System's radios that reveal a question carry aria-expanded, which axe
    # does not allow on radios; its authors keep it because it helps in practice.
    answer = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    breaches = [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in answer.response["violations"]
        for node in rule["nodes"]
        if not (rule["id"] == "aria-allowed-attr" and "aria-expanded" in node["html"])
    ]
    assert not breaches, "\n".join(breaches)


def assert_keyboard_reachable(page: Page) -> None:
    """Tab reaches everything that can be used, in order, and shows where it is."""
    page.evaluate("document.activeElement?.blur()")
    page.evaluate(KEYBOARD.read_text(encoding="utf-8"))
    reached: list[str] = []
    # Once more than there are stops: from the last, Tab leaves the page and returns.
    for _ in range(page.evaluate("keyboard.count()") + 1):
        page.keyboard.press("Tab")
        stop = page.evaluate("keyboard.look()")
        if stop["outside"]:
            continue
        assert stop["visible"], f"focus cannot be seen on {stop['what']}"
        reached.append(stop["what"])
    missing = page.evaluate("keyboard.missing()")
    assert not missing, f"Tab never reaches {missing} (it reached {reached})"


def assert_fits(page: Page, *, width: int) -> None:
    """Nothing sticks out sideways at a width; nothing is lost, only stacked."""
    size = page.viewport_size or {"width": width, "height": 800}
    page.set_viewport_size({"width": width, "height": size["height"]})
    page.evaluate(DRAWN)
    across = page.evaluate("document.documentElement.scrollWidth")
    assert across <= width, f"the page is {across}px wide at {width}px"


def sign_in(page: Page, site: str, *, email: str, password: str) -> None:
    """Sign in as one of the demonstration's accounts."""
    page.goto(f"{site}/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Give your second factor").wait_for()
    page.get_by_label("Code from your app").fill(fresh_code(email))
    page.get_by_role("button", name="Sign in").click()
