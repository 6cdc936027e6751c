from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alongside.care.matching.rules.standard import common_form, standardise
from alongside.care.matching.types import Standard
from tests.unit.care.matching.people import FIELDS, nobody, person


@pytest.mark.parametrize(
    ("written", "given", "root"),
    [
        ("Mr  BILL", "bill", "william"),
        ("Zoë-Marie", "zoe marie", "zoe"),
        ("Łukasz", "lukasz", "luke"),
        ("Мария", "mariya", "mary"),
        ("محمد", "mhmd", "mohammed"),
        ("Muhammad Hasan", "muhammad hasan", "hassan"),
        ("Md", "md", "mohammed"),
        ("D'Arcy", "darcy", "darcy"),
        ("D’Arcy", "darcy", "darcy"),
        ("J.", "j", "j"),
        ("S4rah", "srah", "srah"),
        ("Jose\u0301", "jose", "jose"),
        ("A\u200bli", "ali", "ali"),
        ("Ｊｏｈｎ", "john", "john"),
        ("Baby of Sarah", "", ""),
        ("Unknown", "", ""),
        ("n/k", "", ""),
        ("Mr", "", ""),
        ("Child", "", ""),
        ("xxx", "", ""),
        ("😀", "", ""),
        ("12", "", ""),
        ("", "", ""),
    ],
)
def test_given_names(written, given, root):
    standard = nobody(given_names=written)
    assert (standard.given, standard.root) == (given, root)
    assert bool(standard.given_code) == bool(given)


@pytest.mark.parametrize(
    ("written", "surname"),
    [
        ("O'Sullivan", "osullivan"),
        ("Smith-Jones", "smith jones"),
        ("Mrs Kowalska", "kowalska"),
        ("King Jr.", "king"),
        ("Junior", "junior"),
        ("Child", "child"),
        ("NOT KNOWN", ""),
        ("Đặng", "dang"),
    ],
)
def test_surnames(written, surname):
    assert nobody(surname=written).surname == surname


def test_names_that_sound_alike_have_one_code():
    assert person(given_names="Steven")[2:4] == person(given_names="Stephen")[2:4]
    assert nobody(surname="Smith").surname_code == nobody(surname="Smyth").surname_code


def test_a_name_that_comes_before_the_one_used_is_passed_over():
    assert common_form("mohammed") == "mohammed"
    assert common_form("mohamed ali") == "ali"
    assert common_form("md abdul rahman") == "abdul"


@pytest.mark.parametrize(
    ("written", "born"),
    [
        (date(1980, 3, 12), "1980-03-12"),
        (datetime(1980, 3, 12, 9, 30), "1980-03-12"),  # noqa: DTZ001
        ("1980-03-12", "1980-03-12"),
        ("1980-03-12T00:00:00Z", "1980-03-12"),
        ("1980-3-2", "1980-03-02"),
        ("19800312", "1980-03-12"),
        ("19800312.0", "1980-03-12"),
        ("12031980", "1980-03-12"),
        ("12/03/1980", "1980-03-12"),
        ("12.3.1980 00:00", "1980-03-12"),
        ("03/13/1980", "1980-03-13"),
        ("12th March 1980", "1980-03-12"),
        ("12-Mar-1980", "1980-03-12"),
        ("1980", "1980-01-01"),
        ("1861-09-05", "1861-09-05"),
        ("1900-01-01", ""),
        ("01/01/1900", ""),
        (date(1900, 1, 1), ""),
        ("31/02/1980", ""),
        ("1980-13-13", ""),
        ("12/03/80", ""),
        ("0000-00-00", ""),
        ("12 Foo 1980", ""),
        ("unknown", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_dates_of_birth(written, born):
    assert nobody(date_of_birth=written).born == born


@pytest.mark.parametrize(
    ("written", "sex"),
    [("F", "f"), (" Female ", "f"), ("2", "f"), ("MALE", "m"), ("x", ""), ("", "")],
)
def test_sex(written, sex):
    assert nobody(gender=written).sex == sex


@pytest.mark.parametrize(
    ("written", "postcode"),
    [
        ("le15ya", "LE1 5YA"),
        (" LE1  5YA ", "LE1 5YA"),
        ("LE1", "LE1"),
        ("2913", "2913"),
        ("00-950", "00-950"),
        ("k1a 0b1", "K1A0B1"),
        ("ZZ99 3VZ", ""),
        ("ZZ993VZ", ""),
        ("n/a", ""),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_postcodes(written, postcode):
    assert nobody(postcode=written).postcode == postcode


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Flat 2, 14 High St.", "flat 2 14 high street"),
        ("Apt 2, 14 HIGH STREET", "flat 2 14 high street"),
        ("14\nMill Ln", "14 mill lane"),
        ("Żabia 3", "zabia 3"),
        ("NFA", ""),
        ("No fixed abode", ""),
        ("c/o Mansfield House Police Station", ""),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_addresses(written, address):
    assert nobody(address=written).address == address


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (["07700 900123"], ("+447700900123", "")),
        (["+44 7700 900123", "0116 254 9199"], ("+447700900123", "+441162549199")),
        (["07700900123", "447700900123"], ("+447700900123", "")),
        (["", "07700900123"], ("+447700900123", "")),
        (["07700 900123 / 0116 254 9199"], ("+447700900123", "+441162549199")),
        (["٠٧٧٠٠٩٠٠١٢٣"], ("+447700900123", "")),
        (
            ["07700900123", "01162549191", "01162549192"],
            ("+447700900123", "+441162549191"),
        ),
        (["555-1234"], ("5551234", "")),
        (["07000000000"], ("", "")),
        (["07777777777"], ("", "")),
        (["01234567890"], ("", "")),
        (["101"], ("", "")),
        (["none"], ("", "")),
        (["1" * 400], ("", "")),
        ([], ("", "")),
    ],
)
def test_phones(written, found):
    standard = nobody(phones=written)
    assert (standard.phone, standard.other_phone) == found


@pytest.mark.parametrize(
    ("written", "email"),
    [
        (" Ann.Lee@Example.ORG", "ann.lee@example.org"),
        ("josé@example.org", "jose@example.org"),
        ("noemail@example.org", ""),
        ("1234@leics.police.uk", ""),
        ("someone@police.uk", ""),
        ("someone@notpolice.uk", "someone@notpolice.uk"),
        ("none", ""),
        ("", ""),
    ],
)
def test_email(written, email):
    assert nobody(email=written).email == email


def test_placeholders_leave_nothing():
    standard = standardise(
        given_names="Unknown",
        surname="N/K",
        date_of_birth="01/01/1900",
        gender="not known",
        postcode="ZZ99 3WZ",
        address="nfa",
        phones=("07000000000", "000"),
        email="none@none.com",
    )
    assert standard == Standard()


TEXT = st.text(st.characters(exclude_categories=[]), max_size=40)


@given(
    st.tuples(TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT).map(
        lambda t: dict(zip(FIELDS, [*t[:6], (t[6],), t[7]], strict=True))
    )
)
@example(dict.fromkeys(FIELDS, "\ud800\x00") | {"phones": ("\udfff",)})
def test_no_text_is_too_strange(fields):
    standard = standardise(**fields)
    assert all(value.isascii() for value in standard)
    assert all(value == value.strip() for value in standard)


@pytest.mark.parametrize("filler", ["a", "é", "王", "1", "@", "\u0301", "٣"])
def test_endless_text_is_cut(filler):
    endless = filler * 10_000
    fields = dict.fromkeys(FIELDS, endless) | {"phones": (endless, endless)}
    assert all(len(value) <= 255 for value in standardise(**fields))


@given(
    st.sampled_from(["given_names", "surname", "postcode", "address", "email"]), TEXT
)
def test_what_is_standard_stays_as_it_is(field, text):
    place = {"given_names": "given"}.get(field, field)
    once = getattr(nobody(**{field: text}), place)
    twice = getattr(nobody(**{field: once}), place)
    assert twice in (once, "")
