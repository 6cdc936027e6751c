"""Records of invented people, standardised, for the tests of matching."""

from hypothesis import strategies as st

from alongside.care.matching.rules.standard import standardise
from alongside.care.matching.types import Candidate, Standard

FIELDS = {
    "given_names": "Margaret",
    "surname": "Okonkwo",
    "date_of_birth": "1984-05-27",
    "gender": "f",
    "postcode": "LE2 7DT",
    "address": "14 Hollow Lane",
    "phones": ("07700 900123",),
    "email": "m.okonkwo@example.org",
}
NOTHING = FIELDS | dict.fromkeys(FIELDS, "") | {"phones": (), "date_of_birth": None}


def person(**changes) -> Standard:
    """Margaret Okonkwo, but for the changes."""
    return standardise(**(FIELDS | changes))


def nobody(**changes) -> Standard:
    """A record that holds the changes and nothing else."""
    return standardise(**(NOTHING | changes))


def known(*standards: Standard, person: int = 1) -> list[Candidate]:
    """Records that are one person's already."""
    first = person * 100
    return [Candidate(person, first + n, s) for n, s in enumerate(standards)]


def _few(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(values)


# Few values each, so that two records agree in part often.
LIKELY = st.builds(
    standardise,
    given_names=_few(
        *("", "Bill", "William", "Will", "W", "John", "Jon", "John Paul", "Ella"),
        *(
            "Ellie",
            "Mohammed Ali",
            "Mohammed Hassan",
            "Ali",
            "Smith",
            "Zoë",
            "Mary Ann",
        ),
    ),
    surname=_few("", "Smith", "Smyth", "Smithe", "Smith-Jones", "Khan", "William"),
    date_of_birth=_few(
        *("", "1980-03-12", "1980-12-03", "1980-03-21", "1980-03-13", "1980-01-01"),
        *("1980-01-11", "1981-01-01", "1908-03-12", "1980-07-30", "1955-06-17", "1980"),
    ),
    gender=_few("", "f", "m"),
    postcode=_few("", "LE1 5YA", "LE1 5YB", "LE1 4AA", "LE12 1AA", "2913", "29"),
    address=_few("", "14 High St", "14 High Street", "15 High Street", "1 Mill Lane"),
    phones=st.lists(
        _few("07700900123", "07700900124", "07700900999", "01162549199"), max_size=2
    ),
    email=_few(
        "", "a@example.org", "ab@example.org", "a@example.com", "zed@example.org"
    ),
)
