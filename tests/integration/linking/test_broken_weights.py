"""Weights that cannot be read stop nobody from arriving, and those who watch know."""

from typing import Any

import pytest

from alongside.care.linking.models import LinkModel
from alongside.care.linking.operations.learning import CannotCount, use_weights
from alongside.care.matching.rules.weights import SHIPPED
from alongside.care.matching.tables import START
from alongside.care.matching.types import Band
from alongside.workflows import live_weights
from alongside.workflows.read_status import read_status
from alongside.workflows.review_people import read_quality
from tests.integration.linking.somebody import arrive, like
from tests.integration.rights.people import NOW, acts, bea
from tests.support.receiving import ask, receiver, send

pytestmark = pytest.mark.django_db

BROKEN: dict[str, Any] = {
    "empty": {},
    "no table": [1, 2],
    "of another version": START | {"format": 99},
    "certain": START | {"prior": 1},
    "other fields": START | {"comparisons": {}},
    "no names": START | {"frequencies": None},
    "text for numbers": START | {"prior": "much"},
}


@pytest.fixture(autouse=True)
def read_anew():
    live_weights._read.cache_clear()
    yield
    live_weights._read.cache_clear()


def learn(weights: Any, *, live: bool = True) -> None:
    """Have the area hold these weights."""
    with acts(receiver()) as actor:
        LinkModel.objects.create(
            area_id=actor.area_id,
            version="leicestershire-7",
            made_at=NOW,
            fingerprint="",
            records=10,
            weights=weights,
            evaluation={},
            live_from=NOW if live else None,
        )


@pytest.mark.parametrize("weights", BROKEN.values(), ids=BROKEN.keys())
def test_who_arrives_is_decided_about_by_the_weights_shipped(weights):
    learn(weights)

    assert arrive().band is Band.NEW
    assert arrive(like(happened="Again")).band is Band.LINK
    send({})
    assert {row[0] for row in ask("SELECT model FROM linking_linkdecision")} == {
        SHIPPED.version
    }


def test_whoever_watches_is_told_and_never_where_all_is_well():
    def told() -> tuple[str, str]:
        with acts(bea()) as who:
            quality = read_quality(actor=who, now=NOW)
            status = read_status(actor=who, now=NOW, limit=1)
            assert quality.version == SHIPPED.version
            return quality.unusable, status.warning

    assert told() == ("", "")
    learn(BROKEN["of another version"])
    for words in told():
        assert "leicestershire-7" in words
        assert "another format" in words
        assert "alongside link train" in words


def test_such_weights_are_not_let_count():
    learn(BROKEN["certain"], live=False)
    with acts(receiver()) as actor, pytest.raises(CannotCount, match="damaged"):
        use_weights(actor=actor, now=NOW, version="leicestershire-7")
