"""One and the same news by three ways, in any order: the same stands afterwards."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from alongside.care.casework.models import Victimisation
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor
from alongside.walls.context import acting_as
from alongside.workflows import record_event as writing
from tests.integration.journey.test_arriving import tell
from tests.support.receiving import LATER, NOW, ask, send

pytestmark = pytest.mark.django_db
ENDED = datetime(2026, 4, 20, 12, tzinfo=UTC)
NAMES = ("Ada", "Boris", "Chidi", "Dilys", "Efua", "Femi")
CLOCKS = """
    SELECT k.rule, k.due_on, k.not_owed_reason, k.met_on FROM journey_clock k
      JOIN casework_victimisation v ON v.id = k.victimisation_id
     WHERE v.crime_ref = %s AND k.event_id IS NOT NULL AND k.replaced_by_id IS NULL
       AND k.not_owed_reason <> 'corrected'
"""
COUNTS = """
    SELECT e.event, e.source, v.outcome_type, m.stage
      FROM casework_victimisation v
      JOIN journey_journeyevent e ON e.victimisation_id = v.id
       AND e.superseded_by_id IS NULL
      JOIN journey_matter m ON m.victimisation_id = v.id AND m.live
     WHERE v.crime_ref = %s
"""


def acting():
    return get_actor(user_id=User.objects.get(email="worker@llr.example").pk, now=NOW)


class Somebody:
    """One of those to whom the same happens, told in an order of its own."""

    def __init__(self, number):
        self.row = {
            "crime_ref": f"2601200{number}",
            "person_ref": f"N{number}",
            "given_names": NAMES[number],
            "surname": "Vale",
            "date_of_birth": f"19{50 + 7 * number}-0{number + 1}-11",
            "mobile_phone": f"07700 90030{number}",
        }
        self.number = number
        send(self.row, extract=f"R-{number}")

    def by_outcome(self):
        said = {"action": "update", "outcome_type": "15", "outcome_on": "2026-04-20"}
        send(self.row | said, extract=f"U-{self.number}", at=LATER)

    def by_message(self):
        at = "2026-04-20T15:00:00"
        message = {
            "crime_ref": self.row["crime_ref"],
            "event": "no_further_action",
            "occurred_at": at,
            "received_at": at,
            "suspect_ref": "",
            "detail": '{"outcome_type": "15"}',
        }
        tell(message, extract=f"P-{self.number}")

    def by_hand(self):
        matter = Victimisation.objects.select_related("case")
        worker = acting()
        with acting_as(worker):
            own = matter.get(crime_ref=self.row["crime_ref"])
            entry = writing.Entry(
                victimisation_id=own.pk,
                event="no_further_action",
                suspect_ref="",
                offence_code="",
                occurred_at=ENDED,
                received_at=ENDED,
                detail={"outcome_type": "15"},
            )
            assert own.case is not None
            case_id = own.case.public_id
            writing.record_event(actor=worker, now=NOW, case_id=case_id, entry=entry)

    def stands(self):
        crime = self.row["crime_ref"]
        return ask(COUNTS, crime), sorted(ask(CLOCKS, crime))


def told_in(number, order):
    """Where somebody stands who was told in an order; and what was refused."""
    somebody, refused = Somebody(number), []
    for way in order:
        try:
            getattr(somebody, way)()
        except writing.ToldAlready:
            refused.append(way)
    return somebody.stands(), refused


def test_by_three_ways_in_any_order_the_message_of_the_force_stands():
    ways = ("by_outcome", "by_message", "by_hand")
    for number, order in enumerate(permutations(ways)):
        (counting, clocks), refused = told_in(number, order)
        assert counting == [("no_further_action", "police feed", "15", "S31")], order
        found = [(rule, str(due)) for rule, due, _, _ in clocks]
        assert found == [
            ("R06-CHARGE", "2026-04-27"),
            ("R06-VRRPOLICE-ASK", "2026-07-20"),
        ], order
        after = order.index("by_hand") > order.index("by_message")
        assert refused == (["by_hand"] if after else [])


def test_without_a_message_what_was_written_down_here_stands_before_the_code():
    for number, order in enumerate(permutations(("by_outcome", "by_hand"))):
        (counting, clocks), _ = told_in(number, order)
        assert counting == [("no_further_action", "written down here", "15", "S31")]
        assert [rule for rule, *_ in clocks] == ["R06-CHARGE", "R06-VRRPOLICE-ASK"]


def test_whoever_comes_later_hears_what_was_put_right_for_another():
    """The force's own words reach the second victim, unless nothing of it was so."""
    first = Somebody(0)
    first.by_message()
    worker = acting()
    with acting_as(worker):
        own = Victimisation.objects.select_related("case").get(
            crime_ref=first.row["crime_ref"]
        )
    ((event_id,),) = ask("SELECT public_id FROM journey_journeyevent")
    with acting_as(worker):
        right = writing.Entry(
            victimisation_id=own.pk,
            event="no_further_action",
            suspect_ref="",
            offence_code="",
            occurred_at=ENDED.replace(hour=10),
            received_at=ENDED,
            detail={"outcome_type": "15"},
        )
        assert own.case is not None
        corrected = writing.correct_event(
            actor=worker,
            now=NOW,
            case_id=own.case.public_id,
            event_id=event_id,
            entry=right,
            why="It was in the morning",
        )
    second = first.row | {"person_ref": "N9", "given_names": "Gwen"}
    born = {"date_of_birth": "1991-09-09", "mobile_phone": "07700 900399"}
    send(second | born, extract="R-9", at=LATER)
    assert corrected
    told = "SELECT count(*) FROM journey_journeyevent WHERE superseded_by_id IS NULL"
    assert ask(told) == [(2,)]


@pytest.mark.parametrize(
    ("own", "theirs"),
    [
        ({"offence_code": "8N"}, {"offence_code": "58C"}),
        ({"on": "2026-05-01"}, {"on": "2026-06-01"}),
    ],
)
def test_two_charges_or_two_hearings_are_not_one(own, theirs):
    from alongside.care.journey.rules import told_again
    from alongside.care.journey.types import Happened
    from alongside.care.journey.types.matters import KnownEvent
    from alongside.foundation.lib.hashes import hash_text
    from alongside.workflows.receiving.outcomes import SAME_NEWS

    def one(detail):
        return Happened(
            event_id=1,
            event="charged",
            suspect_ref="S1",
            offence_code=detail.get("offence_code", ""),
            occurred_at=ENDED,
            detail=detail,
            content_hash=hash_text([str(detail)]),
        )

    known = [KnownEvent(one(own), "outcome code", True)]
    assert not told_again(one(theirs), "outcome code", known, within=SAME_NEWS)
    assert told_again(one({}), "outcome code", known, within=SAME_NEWS)
