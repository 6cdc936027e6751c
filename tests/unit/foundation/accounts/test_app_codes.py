"""Six digits, as every authenticator app makes them."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from alongside.foundation.accounts.rules import app_codes

# RFC 6238, appendix B: the last six of its eight digits.
RFC_SECRET = b"12345678901234567890"
RFC = {
    59: "287082",
    1111111109: "081804",
    1111111111: "050471",
    1234567890: "005924",
    2000000000: "279037",
    20000000000: "353130",
}
NOW = datetime(2026, 11, 22, 9, 0, 10, tzinfo=UTC)
HERE = app_codes.step_at(NOW)


@pytest.mark.parametrize(("second", "code"), RFC.items())
def test_the_standards_own_values(second, code):
    moment = datetime.fromtimestamp(second, UTC)
    assert app_codes.code_of(RFC_SECRET, app_codes.step_at(moment)) == code


@pytest.mark.parametrize(("aside", "taken"), [(-2, False), (2, False), (-1, True)])
def test_clocks_may_differ_by_one_step(aside, taken):
    typed = app_codes.code_of(RFC_SECRET, HERE + aside)
    found = app_codes.find_step(RFC_SECRET, typed, now=NOW, after=0)
    assert (found == HERE + aside) is taken


def test_a_step_is_taken_once_and_none_before_it():
    for aside in (-1, 0):
        typed = app_codes.code_of(RFC_SECRET, HERE + aside)
        assert app_codes.find_step(RFC_SECRET, typed, now=NOW, after=HERE) is None
    later = NOW + timedelta(seconds=30)
    typed = app_codes.code_of(RFC_SECRET, HERE + 1)
    assert app_codes.find_step(RFC_SECRET, typed, now=later, after=HERE) == HERE + 1


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abc", "１２３４５６"])
def test_what_is_no_code_is_not_taken(typed):
    assert app_codes.find_step(RFC_SECRET, typed, now=NOW, after=0) is None


def test_a_secret_can_be_typed():
    secret = app_codes.make_secret()
    assert len(secret) == 20
    written = app_codes.write_secret(secret)
    assert app_codes.read_secret(f" {written[:4]} {written[4:].lower()} ") == secret
    with pytest.raises(ValueError, match="base32|Non-base32|Incorrect"):
        app_codes.read_secret("0189")


def test_an_app_is_told_everything_it_needs():
    address = app_codes.setup_address(
        RFC_SECRET, email="a b@llr.example", issuer="Alongside"
    )
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parts.path == "/Alongside%3Aa%20b%40llr.example"
    assert parse_qs(parts.query) == {
        "secret": [app_codes.write_secret(RFC_SECRET)],
        "issuer": ["Alongside"],
        "algorithm": ["SHA1"],
        "digits": ["6"],
        "period": ["30"],
    }
