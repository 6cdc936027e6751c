import pytest

from alongside.foundation.lib.emails import read_email


@pytest.mark.parametrize(
    "text",
    ["p.nanda@example.org", "P.Nanda@Example.ORG", "p.nanda@EXAMPLE.org"],
)
def test_the_address_is_in_lower_case(text):
    assert read_email(text) == "p.nanda@example.org"


@pytest.mark.parametrize(
    "text",
    ["rafał.hussain@example.org", "harryd’alia41@example.co.uk", "a+b@x-y.example.org"],
)
def test_people_have_all_kinds_of_addresses(text):
    assert read_email(text) == text


@pytest.mark.parametrize(
    "text",
    ["", "none", "n/a", "p.nanda", "p.nanda@", "@example.org", "p@example", "a@b..c"]
    + ["p nanda@example.org", "a@example.org;b@example.org", "p@@example.org"]
    + ["a" * 250 + "@example.org"],
)
def test_what_nothing_could_be_sent_to_is_none(text):
    assert read_email(text) is None
