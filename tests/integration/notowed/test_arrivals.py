"""What the force says of reaching somebody, as its files arrive."""

import pytest

from tests.support.receiving import NOW, ask, send

pytestmark = pytest.mark.django_db
# Reported the day before, so that nothing is late yet; a phone is all there is.
OURS = {
    "reported_at": "2026-11-21T08:00:00",
    "occurred_from": "2026-11-20T08:00:00",
    "recorded_at": "",
    "mobile_phone": "07700 900123",
    "home_phone": "",
    "email": "",
    **dict.fromkeys(("address_line_1", "town", "postcode"), ""),
}
UNSAFE = dict.fromkeys(("safe_phone", "safe_voicemail", "safe_sms"), "n")
STANDING = "SELECT basis, holder FROM journey_outofreach WHERE until IS NULL"
OPEN = (
    "SELECT rule, not_owed_reason FROM journey_clock"
    " WHERE rule IN ('R03-ACK', 'FC-FIRST') AND replaced_by_id IS NULL ORDER BY 1 DESC"
)


def at(day):
    return f"2026-11-{day}T02:15:00"


def test_what_the_force_marked_itself_frees_it_until_it_says_otherwise():
    send(OURS | UNSAFE, extract="A-1", at=at(21))

    assert ask(STANDING) == [("force_says_unsafe", "")]
    assert ask(OPEN) == [
        ("R03-ACK", "unsafe_to_contact"),
        ("FC-FIRST", "unsafe_to_contact"),
    ]

    changed = {"action": "update", "mobile_phone": "07700 900456", "safe_phone": "y"}
    send(OURS | UNSAFE | changed, extract="A-2", at=at(22))

    assert ask(STANDING) == []
    assert ask(OPEN) == [("R03-ACK", ""), ("FC-FIRST", "")]
    ((since, until),) = ask("SELECT since, until FROM journey_outofreach")
    assert since == until == NOW


def test_nothing_marked_is_no_reason():
    send(OURS, extract="A-1", at=at(21))

    assert ask(STANDING) == []
    assert ask(OPEN) == [("R03-ACK", ""), ("FC-FIRST", "")]
