import pytest
from hypothesis import given, settings

from alongside.care.matching.rules.guards import judge, one_given_name
from alongside.care.matching.rules.weights import SHIPPED
from alongside.care.matching.tables import LIMITS
from alongside.care.matching.types import Band, Compared, Standard, Why
from tests.unit.care.matching.people import LIKELY, nobody, person

LINK, REVIEW, NEW = Band.LINK, Band.REVIEW, Band.NEW
ALONE = {"phones": (), "email": ""}
MOVED = {"address": "3 Mill Road", "postcode": "B1 1AA"}
OTHER = ("0116 254 9199",)
ALIKE = {"phones": (), "email": "n.okonkwo@example.org"}
OTHER_CONTACT = {"phones": OTHER, "email": "someone@other.example"}


def told(a: Standard, b: Standard):
    judged = judge(a, b, SHIPPED.compare(a, b))
    assert judged == judge(b, a, SHIPPED.compare(b, a))
    return judged


@pytest.mark.parametrize(
    ("changes", "band", "why"),
    [
        ({}, LINK, Why.AGREE),
        (MOVED, LINK, Why.AGREE),
        (OTHER_CONTACT, LINK, Why.AGREE),
        ({"given_names": "Peggy"}, LINK, Why.AGREE),
        ({"given_names": "Okonkwo", "surname": "Margaret"}, LINK, Why.AGREE),
        ({"date_of_birth": "1984-05-28"}, LINK, Why.AGREE),
        ({"gender": "m"}, LINK, Why.AGREE),
        # Married: a phone or an e-mail address says that it is she.
        ({"surname": "Smith"}, LINK, Why.AGREE),
        ({"surname": "Smith"} | MOVED | ALONE, NEW, Why.WEAK),
        ({"surname": "Smith"} | ALONE, LINK, Why.AGREE),
        ({"surname": "Smith", "address": ""} | ALONE, REVIEW, Why.SURNAME_DIFFERS),
        ({"surname": "Smith", "date_of_birth": "1984-05-28"}, REVIEW, None),
        ({"surname": "Smith", "date_of_birth": "1984-11-30"}, REVIEW, None),
        ({"surname": "Smith", "date_of_birth": "1951-11-30"}, NEW, Why.HOUSEHOLD),
        # A twin, or the same woman under another name.
        ({"given_names": "Ada"}, REVIEW, Why.TWIN),
        ({"given_names": "Ada", "gender": "m"}, NEW, Why.HOUSEHOLD),
        ({"given_names": "Ada"} | ALONE, NEW, Why.HOUSEHOLD),
        ({"given_names": "Margery"}, REVIEW, Why.TWIN),
        ({"given_names": "M"}, LINK, Why.AGREE),
        ({"given_names": "M"} | ALONE, LINK, Why.AGREE),
        ({"given_names": "M", "email": ""}, LINK, Why.AGREE),
        ({"given_names": "M", "phones": OTHER, "email": ""}, REVIEW, Why.INITIAL),
        ({"given_names": "M", "email": ""} | MOVED, REVIEW, Why.INITIAL),
        ({"given_names": "Margery", "date_of_birth": "1984"}, REVIEW, Why.TWIN),
        ({"given_names": "M", "gender": "m"}, NEW, Why.HOUSEHOLD),
        # A mother and a daughter, a wife and a husband.
        ({"given_names": "Ada", "date_of_birth": "1955-11-30"}, NEW, Why.HOUSEHOLD),
        ({"date_of_birth": "1955-11-30", "email": ""}, NEW, Why.NAMESAKE),
        ({"date_of_birth": "1955-11-30"}, NEW, Why.NAMESAKE),
        ({"date_of_birth": "1984-11-30"}, REVIEW, Why.BORN_DIFFERS),
        ({"date_of_birth": "1984-11-30"} | MOVED | OTHER_CONTACT, NEW, None),
        # A father and a son, or partners of one name; a stranger of one name whose
        # e-mail address is made of it too.
        ({"date_of_birth": "1984-05-28", "phones": OTHER}, LINK, Why.AGREE),
        (
            {"date_of_birth": "1994-05-27", "phones": OTHER, "email": ""},
            REVIEW,
            Why.BORN_DIFFERS,
        ),
        ({"date_of_birth": "1984-05-28"} | MOVED | ALIKE, REVIEW, Why.BORN_DIFFERS),
        # A day that is not known.
        ({"date_of_birth": ""}, LINK, Why.AGREE),
        ({"date_of_birth": "", "email": ""}, REVIEW, Why.BORN_MISSING),
        ({"date_of_birth": ""} | MOVED, REVIEW, Why.BORN_MISSING),
        ({"date_of_birth": "", "phones": ()}, REVIEW, Why.BORN_MISSING),
        ({"date_of_birth": "", "gender": "m"}, REVIEW, Why.BORN_MISSING),
        ({"date_of_birth": "", "given_names": "Peggy"}, REVIEW, Why.BORN_MISSING),
        ({"date_of_birth": "", "given_names": "Ada"}, NEW, Why.HOUSEHOLD),
        ({"date_of_birth": "", "surname": "Smith"}, REVIEW, Why.BORN_MISSING),
        ({"date_of_birth": ""} | MOVED | OTHER_CONTACT, NEW, None),
        ({"date_of_birth": "1984"} | MOVED | ALONE, NEW, Why.WEAK),
        # A name that is not known.
        ({"surname": ""}, LINK, Why.AGREE),
        ({"surname": "", "given_names": "M"}, REVIEW, Why.NAME_MISSING),
        ({"surname": "", "gender": "m"}, REVIEW, Why.NAME_MISSING),
        ({"given_names": ""}, REVIEW, Why.NAME_MISSING),
        ({"surname": ""} | MOVED | ALONE, NEW, Why.WEAK),
        ({"surname": "", "date_of_birth": ""}, REVIEW, Why.NAME_MISSING),
        ({"surname": "", "date_of_birth": ""} | ALONE, NEW, None),
        ({"gender": "m", "date_of_birth": "1984-05-28"}, REVIEW, Why.SEX_DIFFERS),
        ({"gender": "m", "given_names": "Peggy"}, REVIEW, Why.SEX_DIFFERS),
    ],
)
def test_what_is_done_about_two_records(changes, band, why):
    judged = told(person(), person(**changes))
    assert judged.band is band
    assert why is None or judged.why is why


def test_strangers_of_one_name_and_day_need_more_weight():
    a, b = person(), person(**MOVED | OTHER_CONTACT)
    levels = SHIPPED.compare(a, b).levels
    assert judge(a, b, Compared(LIMITS.link, levels)) == (REVIEW, Why.WEAK)
    assert judge(a, b, Compared(LIMITS.link_apart, levels)) == (LINK, Why.AGREE)
    near = SHIPPED.compare(a, a).levels
    assert judge(a, a, Compared(LIMITS.link, near)) == (LINK, Why.AGREE)


def test_a_phone_alone_links_nobody():
    phone = nobody(phones=("07700900123",))
    assert told(phone, phone).band is NEW
    assert told(phone, person()).band is NEW


def test_a_name_alone_links_nobody():
    name = nobody(given_names="Margaret", surname="Okonkwo")
    assert told(name, name).band is NEW
    assert told(name, person()).band is NEW


def test_a_name_and_a_day_with_nothing_else_are_looked_at():
    both = {"given_names": "John", "surname": "Smith", "date_of_birth": "1984-05-27"}
    assert told(nobody(**both), nobody(**both)).band in {LINK, REVIEW}
    thirsty = LIMITS._replace(link_apart=99.0)
    a = nobody(**both)
    assert judge(a, a, SHIPPED.compare(a, a), thirsty) == (REVIEW, Why.WEAK)


def test_what_weighs_too_little_is_nobody_to_ask_about():
    compared = SHIPPED.compare(person(), person())
    light = Compared(LIMITS.review - 0.01, compared.levels)
    assert judge(person(), person(), light).band is NEW


NAME_AGREES, BORN_AGREES, ONE_HOME = range(6), range(4), range(3)


@given(LIKELY, LIKELY)
@settings(max_examples=500)
def test_no_weight_links_without_a_name_and_a_day(a, b):
    levels = SHIPPED.compare(a, b).levels
    heaviest = Compared(1e9, levels)
    judged = judge(a, b, heaviest)
    if judged.band is not LINK:
        return
    assert judged.why is Why.AGREE
    if levels.born == -1:
        assert (levels.name, levels.phone, levels.email) == (0, 0, 0)
    else:
        assert levels.born in BORN_AGREES
        given_too = levels.name in (-1, 6, 7) and levels.born == 0
        shared = 0 in levels[3:] or levels.place in ONE_HOME
        assert levels.name in NAME_AGREES or (given_too and shared)


ONE_FACT = [
    ("given", "surname", "root", "given_code", "surname_code"),
    ("born",),
    ("sex",),
    ("postcode", "address"),
    ("phone", "other_phone"),
    ("email",),
]


@pytest.mark.parametrize("fields", ONE_FACT, ids=lambda fields: fields[0])
@given(LIKELY)
def test_one_fact_links_nobody(fields, standard):
    one = Standard(**{field: getattr(standard, field) for field in fields})
    heaviest = Compared(1e9, SHIPPED.compare(one, standard).levels)
    assert judge(one, standard, heaviest).band is not LINK


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bill", "William", True),
        ("John", "John Paul", True),
        ("Paul", "John Paul", True),
        ("J P", "John Paul", True),
        ("Mohammed Ali", "Ali", True),
        ("Mohammed Ali", "Mohammed Hassan", False),
        ("John Paul", "John Peter", False),
        ("Ella", "Ellie", False),
        ("Marie", "Maria", True),
        ("Edwrd", "Edward", True),
        ("Ayesha Banno", "Aisha Bano", True),
        ("Jack", "Zack", False),
        ("Tom", "Tim", False),
        ("Ella", "Bella", False),
        ("Jane", "Janet", False),
        ("Jane", "Jnae", True),
        ("Amir", "Amira", False),
        ("Antonio", "Antonia", False),
    ],
)
def test_one_given_name_or_twins(one, other, same):
    a, b = person(given_names=one), person(given_names=other)
    assert one_given_name(a, b) is one_given_name(b, a) is same


def test_twins_of_one_first_name_are_looked_at():
    a, b = person(given_names="Mohammed Ali"), person(given_names="Mohammed Hassan")
    assert told(a, b) == (REVIEW, Why.TWIN)
