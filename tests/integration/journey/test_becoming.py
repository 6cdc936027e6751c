"""What was reported as an incident and turns out to be a crime."""

import psycopg
import pytest

from alongside.care.journey.operations.planning import Planned
from alongside.workflows.replan_clocks import replan
from tests.support.receiving import LATER, LATEST, NOW, ask, receiver, send

INCIDENT = {"record_type": "incident", "offence_code": ""}
GIVEN = {"consent_referral": "given", "safe_phone": "y"}
CRIME = {"action": "update", "record_type": "crime"}
PROMISED = """
    SELECT k.rule, k.starts_at, k.due_on, k.enhanced FROM journey_clock k
     WHERE k.replaced_by_id IS NULL ORDER BY 1, 2
"""


def again():
    return replan(actor=receiver(), now=NOW, why="a test", lot=1000)


@pytest.mark.parametrize("flags", ["", "domestic_abuse"])
def test_a_crime_is_promised_what_a_crime_is_at_once(fresh_database, flags):
    send(GIVEN | INCIDENT | {"flags": flags})
    assert "R02-RECORD" not in {rule for rule, *_ in ask(PROMISED)}

    send(GIVEN | CRIME | {"flags": flags}, extract="LEI-2", at=LATER)

    became = ask(PROMISED)
    assert [rule for rule, *_ in became].count("R02-RECORD") == 1
    assert again() == Planned()
    with psycopg.connect(fresh_database.owner.conninfo()) as owner:
        owner.execute("DELETE FROM journey_clock")
    again()
    assert ask(PROMISED) == became


def test_to_and_fro_it_is_promised_once(fresh_database):
    send(INCIDENT)
    send(CRIME, extract="LEI-2", at=LATER)
    send(INCIDENT | {"action": "update"}, extract="LEI-3", at=LATEST)
    send(CRIME, extract="LEI-4", at="2026-10-01T02:15:00")

    assert [rule for rule, *_ in ask(PROMISED)].count("R02-RECORD") == 1


def test_news_of_an_outcome_is_owed_by_the_tier_of_the_whole_case(fresh_database):
    """Another crime made the case enhanced: the outcome of this one is due in a day."""
    send(
        {},
        GIVEN
        | {
            "crime_ref": "26000999999",
            "offence_code": "34B",
            "flags": "domestic_abuse",
        },
    )
    assert ask("SELECT tier FROM casework_case") == [("enhanced",)]
    said = {"action": "update", "outcome_type": "15", "outcome_on": "2026-09-28"}
    send(said, extract="LEI-2", at=LATER)

    assert ask("SELECT enhanced FROM journey_clock WHERE rule = 'R06-CHARGE'") == [
        (True,)
    ]
