"""Telephone numbers as text."""

import re

NOISE = re.compile(r"[ ()\-./\t\u00a0\u2010\u2011\u2013]+")
# Ofcom numbering plan: after the 0, nine or ten digits; mobiles always ten.
BRITISH = re.compile(r"(?:7\d{9}|[12358]\d{8,9})", re.ASCII)
# ITU-T E.164: at most fifteen digits with the country's own.
FOREIGN = re.compile(r"[1-9]\d{7,14}", re.ASCII)
MOBILE_DIGITS, MOBILE_WITH_COUNTRY = 10, 12


def read_phone(text: str) -> str | None:
    """The number as E.164 ("+447700900123"), or None when it is not one.

    Reads British numbers as 07…, 01…, +44…, 0044… and +44 (0)…, and mobiles that a
    spreadsheet has robbed of their first nought or plus; numbers abroad need their
    + or 00. Noughts only is not a number.
    """
    digits = NOISE.sub("", text)
    if digits.startswith("+"):
        return _international(digits[1:])
    if digits.startswith("00"):
        return _international(digits[2:])
    if digits.startswith("0"):
        return _british(digits[1:])
    if digits.startswith("7") and len(digits) == MOBILE_DIGITS:
        return _british(digits)
    if digits.startswith("447") and len(digits) == MOBILE_WITH_COUNTRY:
        return _british(digits[2:])
    return None


def _international(digits: str) -> str | None:
    if digits.startswith("44"):
        return _british(digits[2:].removeprefix("0"))
    return "+" + digits if FOREIGN.fullmatch(digits) else None


def _british(digits: str) -> str | None:
    if BRITISH.fullmatch(digits) and digits[1:].strip("0"):
        return "+44" + digits
    return None
