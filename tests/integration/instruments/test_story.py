"""The demonstration's administrator finds a draft, and only one."""

from django.db import transaction

from alongside.care.instruments import queries
from alongside.demo.instruments_story import play_instruments
from alongside.walls.context import acting_as


def test_the_draft_can_be_used_and_is_begun_once(administrator, now):
    assert play_instruments(now=now) == 1
    assert play_instruments(now=now) == 0
    with acting_as(administrator), transaction.atomic():
        (draft,) = queries.list_own(area_id=administrator.area_id)
    assert draft.problems == ()
    assert draft.instrument is not None
    assert draft.instrument.scores[0].bands[-1].at_least == 24
