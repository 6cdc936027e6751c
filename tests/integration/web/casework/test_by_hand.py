"""A case of somebody no force sent: every page reads well without its numbers."""

import re
from html import unescape

import pytest

from tests.integration.linking.somebody import ADA, arrive, like

pytestmark = pytest.mark.django_db
# What is left where a reference was to stand and there is none.
GAPS = re.compile(r"\(\s*\)|Crime\s*[,.]|Reference\s*<|crime\s*:|,\s*,")


@pytest.fixture
def arrived():
    first = arrive()
    arrive(like(ADA, happened="They came back and shouted"))
    return first


@pytest.mark.parametrize(
    "page",
    [
        "/cases/{case}",
        "/cases/{case}/promises",
        "/cases/{case}/sharing",
        "/people/{person}",
        "/queue",
        "/status",
    ],
)
def test_no_gap_is_left_where_a_reference_would_stand(client_as, arrived, page):
    answer = client_as("supervisor").get(
        page.format(case=arrived.case_id, person=arrived.person_id)
    )
    assert answer.status_code == 200, page
    text = unescape(re.sub(r"<[^>]+>", "<", answer.content.decode()))
    assert not GAPS.findall(text)
    assert "Reported to the police" not in text


def test_what_they_told_is_said_as_told_to_us(client_as, arrived):
    text = client_as("supervisor").get(f"/cases/{arrived.case_id}").content.decode()
    assert f"Told to us: {ADA.happened}" in text
    assert "Told to us: They came back and shouted" in text
