"""One record in the form in which it is compared. No database, no clock.

Everything becomes ASCII, so that two machines and two databases count the same
letters. What says nothing becomes nothing: two unknowns must never look alike.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from unicodedata import category

from anyascii import anyascii
from jellyfish import metaphone

from alongside.care.matching.tables import FILLERS, LIMITS, PREFIXES, ROOTS, STREETS
from alongside.care.matching.types import FillerKind, Standard
from alongside.foundation.lib.emails import read_email
from alongside.foundation.lib.names import APOSTROPHES
from alongside.foundation.lib.phones import read_phone
from alongside.foundation.lib.postcodes import read_postcode

BLANK = FILLERS[FillerKind.NAME]
BLANK_GIVEN = BLANK | FILLERS[FillerKind.GIVEN_NAME]
BLANK_STARTS = tuple(f"{words} " for words in FILLERS[FillerKind.NAME_START])
TITLES = FILLERS[FillerKind.TITLE]
AFTER_NAME = FILLERS[FillerKind.AFTER_NAME]
NO_DATES = FILLERS[FillerKind.DATE]
SEXES = dict.fromkeys(FILLERS[FillerKind.FEMALE], "f") | dict.fromkeys(
    FILLERS[FillerKind.MALE], "m"
)
NO_POSTCODES = FILLERS[FillerKind.POSTCODE]
NO_POSTCODE_STARTS = tuple(FILLERS[FillerKind.POSTCODE_START])
NO_ADDRESSES = FILLERS[FillerKind.ADDRESS]
NO_ADDRESS_PARTS = tuple(FILLERS[FillerKind.ADDRESS_PART])
NO_EMAIL_NAMES = FILLERS[FillerKind.EMAIL_NAME]
NO_EMAIL_DOMAINS = tuple(f".{domain}" for domain in FILLERS[FillerKind.EMAIL_DOMAIN])

NOT_LETTERS = re.compile(r"[^a-z]+")
NOT_WORDS = re.compile(r"[^a-z0-9]+")
NOT_POSTCODE = re.compile(r"[^A-Z0-9-]+")
NOT_DIGITS = re.compile(r"[^0-9]+")
DIGITS = str.maketrans("", "", "0123456789")
QUOTES = str.maketrans("", "", "'`\"")
BETWEEN_PHONES = re.compile(r"[/;,|]| or | and ")

# A year first is year, month, day everywhere; a day first is the British way.
YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[t ].*)?", re.ASCII)
DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[t ].*)?", re.ASCII)
IN_WORDS = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[-/., ]+([a-z]{3})[a-z]*[-/., ]+(\d{4})", re.ASCII
)
RUN_TOGETHER = re.compile(r"(\d{8})(?:\.0)?", re.ASCII)
YEAR_ALONE = re.compile(r"(\d{4})(?:\.0)?", re.ASCII)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun") + (
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
PHONES_KEPT = 2
# Enough for the names of one area many times over.
REMEMBERED = 1 << 16


def standardise(
    *,
    given_names: str,
    surname: str,
    date_of_birth: date | str | None,
    gender: str,
    postcode: str,
    address: str,
    phones: Sequence[str],
    email: str,
) -> Standard:
    """The record as it is compared. Never fails: what cannot be read is left out.

    A date may be a `date` or text: year first, eight digits, or the British way; a
    year alone is its first of January, which no rule takes for a known day. Phones
    are E.164 where they can be read, else their digits; the first two are kept.
    """
    given, root, given_code = _read_given(given_names[: LIMITS.longest_name])
    family, surname_code = _read_surname(surname[: LIMITS.longest_name])
    found = _read_phones(phones)
    return Standard(
        given,
        family,
        root,
        given_code,
        surname_code,
        _read_born(date_of_birth),
        SEXES.get(gender.strip().lower(), ""),
        _read_postcode(postcode[: LIMITS.longest_text]),
        _read_address(address[: LIMITS.longest_text]),
        found[0] if found else "",
        found[1] if len(found) > 1 else "",
        _read_email(email[: LIMITS.longest_text]),
    )


def sound(name: str) -> str:
    """How a folded name sounds to an English ear; itself where that says nothing."""
    return metaphone(name).strip() or name


def common_form(given: str) -> str:
    """The first given name in its common form: "bill" is "william".

    A name that comes before the one a person is called by is passed over:
    "mohammed hassan" is "hassan".
    """
    first, _, rest = given.partition(" ")
    root = ROOTS.get(first, first)
    if rest and root in PREFIXES:
        return common_form(rest)
    return root


@lru_cache(REMEMBERED)
def _read_given(text: str) -> tuple[str, str, str]:
    given = _read_name(text, BLANK_GIVEN)
    root = common_form(given)
    return given, root, sound(root)


@lru_cache(REMEMBERED)
def _read_surname(text: str) -> tuple[str, str]:
    surname = _read_name(text, BLANK)
    return surname, sound(surname)


def _read_name(text: str, blank: frozenset[str]) -> str:
    folded = _letters(text)
    if folded in blank or f"{folded} ".startswith(BLANK_STARTS):
        return ""
    words = folded.split(" ")
    while words and words[0] in TITLES:
        del words[0]
    while len(words) > 1 and words[-1] in AFTER_NAME:
        del words[-1]
    name = " ".join(words)
    alike = len(name) >= LIMITS.alike_letters and len(set(name)) == 1
    return "" if alike or name in blank else name


def _letters(text: str) -> str:
    # A name in lower case Latin letters, one space apart. Digits are slips of the hand.
    plain = _latin(text.translate(APOSTROPHES), LIMITS.longest_name).translate(DIGITS)
    return NOT_LETTERS.sub(" ", plain).strip()


def _latin(text: str, longest: int) -> str:
    if not text.isascii():
        text = anyascii("".join(map(_letter_or_gap, text)))[:longest]
    return text.lower().translate(QUOTES)


def _letter_or_gap(character: str) -> str:
    # Pictures have names in ASCII, which are nobody's; unseen characters leave no gap.
    kind = category(character)
    if kind[0] in "LMN" or character.isascii():
        return character
    return "" if kind in {"Cf", "Cs"} else " "


@lru_cache(REMEMBERED)
def _read_born(born: date | str | None) -> str:
    if isinstance(born, date):
        found: date | None = born
    else:
        found = _read_date(born.strip().lower()) if born else None
    if found is None or not LIMITS.first_year <= found.year <= LIMITS.last_year:
        return ""
    day = found.isoformat()[:10]
    return "" if day in NO_DATES else day


def _read_date(text: str) -> date | None:
    if match := YEAR_FIRST.fullmatch(text):
        return _day(match[1], match[2], match[3])
    if match := DAY_FIRST.fullmatch(text):
        return _day(match[3], match[2], match[1])
    if match := RUN_TOGETHER.fullmatch(text):
        run = match[1]
        return _day(run[:4], run[4:6], run[6:]) or _day(run[4:], run[2:4], run[:2])
    if match := IN_WORDS.fullmatch(text):
        month = MONTHS.index(match[2]) + 1 if match[2] in MONTHS else 0
        return _day(match[3], str(month), match[1])
    if match := YEAR_ALONE.fullmatch(text):
        return _day(match[1], "1", "1")
    return None


def _day(year: str, month: str, day: str) -> date | None:
    a_year, a_month, a_day = int(year), int(month), int(day)
    if a_month > len(MONTHS) >= a_day:
        a_month, a_day = a_day, a_month
    try:
        found = date(a_year, a_month, a_day)
    except ValueError:
        return None
    return found if LIMITS.first_year <= a_year <= LIMITS.last_year else None


@lru_cache(REMEMBERED)
def _read_postcode(text: str) -> str:
    if not text:
        return ""
    british = read_postcode(text.strip())
    if british is not None:
        found = british.text
    else:
        found = NOT_POSTCODE.sub("", _latin(text, LIMITS.longest_text).upper())
        found = found.strip("-")
    if found in NO_POSTCODES or found.startswith(NO_POSTCODE_STARTS):
        return ""
    return found


@lru_cache(REMEMBERED)
def _read_address(text: str) -> str:
    words = NOT_WORDS.sub(" ", _latin(text, LIMITS.longest_text)).split()
    folded = " ".join([STREETS.get(word, word) for word in words])
    if folded in NO_ADDRESSES or any(part in folded for part in NO_ADDRESS_PARTS):
        return ""
    return folded


def _read_phones(phones: Sequence[str]) -> list[str]:
    found: list[str] = []
    for field in phones:
        if field:
            some = _phones_in(field[: LIMITS.longest_text])
            found += [phone for phone in some if phone not in found]
    return found[:PHONES_KEPT]


@lru_cache(REMEMBERED)
def _phones_in(field: str) -> tuple[str, ...]:
    # Two numbers are often written into one field.
    field = field.strip()
    texts = (field,) if read_phone(field) else BETWEEN_PHONES.split(field.lower())
    return tuple(dict.fromkeys(filter(None, map(_read_phone, texts))))


def _read_phone(text: str) -> str:
    if not text.isascii():
        text = anyascii(text)
    phone = read_phone(text) or NOT_DIGITS.sub("", text)
    digits = phone.removeprefix("+44").lstrip("+")
    if not LIMITS.phone_digits <= len(digits) <= LIMITS.phone_longest:
        return ""
    if phone in FILLERS[FillerKind.PHONE] or len(set(digits.lstrip("0"))) <= 1:
        return ""
    return phone


def _read_email(text: str) -> str:
    if not text:
        return ""
    address = read_email(anyascii(text).strip()) or ""
    name, _, domain = address.partition("@")
    if name in NO_EMAIL_NAMES or f".{domain}".endswith(NO_EMAIL_DOMAINS):
        return ""
    return address
