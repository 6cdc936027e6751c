"""Whatever facts stand, promises planned one by one are those planned all at once."""

import io
from datetime import timedelta
from itertools import product

import psycopg
import pytest
from django.db import transaction

from alongside.care.intake.types import DeliveryKind
from alongside.care.journey.models import OutOfReach
from alongside.care.journey.operations.planning import Planned
from alongside.care.journey.operations.reach import end_reach, say_out_of_reach
from alongside.care.journey.operations.wishes import record_wish
from alongside.care.journey.types import DutyHolder, WishKind
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor
from alongside.walls.context import acting_as
from alongside.workflows.receive_delivery import receive_source
from alongside.workflows.replan_clocks import replan
from tests.support.feed import LIMIT, MESSAGE, PROGRESS_NAMES, as_csv
from tests.support.receiving import NOW, a_file, ask, receive_bytes, receiver

WISHES = ("", "big", "nothing", "nothing then big", "nothing, over")
REACH = ("", "unsafe", "unsafe, over", "not found, over, then unsafe", "ours alone")
TIERS = ("", "domestic_abuse")
GIVEN = ("Ada", "Boris", "Chidi", "Dilys", "Emrys")
SURNAMES = (
    "Arkw",
    "Brim",
    "Colt",
    "Dunn",
    "Ewer",
    "Frob",
    "Gant",
    "Hobb",
    "Ives",
    "Jeb",
)
EVERY = list(product(WISHES, REACH, TIERS))
COMPARED = """
    SELECT c.public_id, coalesce(k.event_id, 0), k.rule, k.rule_from, k.starts_at,
           k.due_on, k.enhanced, k.holder, k.met_on, k.not_owed_reason, k.by_fact
      FROM journey_clock k JOIN casework_case c ON c.id = k.case_id
     WHERE k.replaced_by_id IS NULL AND k.rule <> 'R02-RECORD'
     ORDER BY 1, 2, 3
"""
REASONS = (
    "SELECT DISTINCT not_owed_reason FROM journey_clock WHERE by_fact"
    " AND replaced_by_id IS NULL ORDER BY 1"
)


def ago(days):
    return NOW - timedelta(days=days)


def crime(number):
    return f"26{number:09}"


def tell(event, days):
    """News of the same for everybody, on the day it happened."""
    at = ago(days)
    stamp = at.strftime("%Y-%m-%dT%H:%M:%S")
    head = {"extract_id": f"P-{days}", "extracted_at": stamp, "event": event}
    head |= {"occurred_at": stamp, "received_at": stamp, "detail": ""}
    rows = [MESSAGE | head | {"crime_ref": crime(one)} for one in range(len(EVERY))]
    receive_source(
        source=io.BytesIO(as_csv(rows, PROGRESS_NAMES)),
        now=at + timedelta(hours=1),
        max_bytes=LIMIT,
        kind=DeliveryKind.PROGRESS,
    )


def worker(days):
    user = User.objects.get(email="worker@llr.example")
    return get_actor(user_id=user.pk, now=ago(days))


@pytest.fixture
def cases(fresh_database):
    rows = [
        {
            "crime_ref": crime(number),
            "person_ref": f"N{number}",
            "given_names": (GIVEN[number // 10] + SURNAMES[number % 10]).title(),
            "surname": SURNAMES[number % 10] + GIVEN[number // 10].lower(),
            "date_of_birth": f"{1940 + number}-{1 + number % 12:02}-05",
            "consent_referral": "given",
            "safe_phone": "y",
            "email": "",
            "mobile_phone": f"07700 900{number:03}",
            "flags": flags,
        }
        for number, (_, _, flags) in enumerate(EVERY)
    ]
    at = ago(30)
    receive_bytes(
        a_file(*rows, extract="LEI-1", at=at.strftime("%Y-%m-%dT%H:%M:%S")),
        now=at + timedelta(hours=1),
    )
    found = ask(
        "SELECT v.crime_ref, c.public_id FROM casework_victimisation v"
        " JOIN casework_case c ON c.id = v.case_id ORDER BY 1"
    )
    assert len(found) == len(EVERY)
    return [case_id for _, case_id in found]


def wish(case_id, days, asks):
    actor = worker(days)
    with acting_as(actor), transaction.atomic():
        record_wish(actor=actor, now=ago(days), case_id=case_id, asks=asks)


def out_of_reach(case_id, days, basis, holder=DutyHolder.POLICE):
    actor = worker(days)
    with acting_as(actor), transaction.atomic():
        say_out_of_reach(
            actor=actor,
            now=ago(days),
            case_id=case_id,
            basis=basis,
            holder=holder,
            words="They told us",
        )


def over(case_id, days):
    actor = worker(days)
    with acting_as(actor), transaction.atomic():
        row = OutOfReach.objects.get(case__public_id=case_id, until=None)
        end_reach(
            actor=actor,
            now=ago(days),
            case_id=case_id,
            reach_id=row.public_id,
            why="They rang us",
        )


def facts_begin(case_id, wished, reach):
    if wished:
        big = wished == "big"
        wish(case_id, 20, WishKind.BIG_NEWS if big else WishKind.NOTHING)
    if reach == "ours alone":
        out_of_reach(case_id, 20, "no_safe_way", DutyHolder.SERVICE)
    elif reach:
        found = "cannot_be_found" if reach.startswith("not found") else "no_safe_way"
        out_of_reach(case_id, 20, found)


def facts_change(case_id, wished, reach):
    if wished == "nothing then big":
        wish(case_id, 6, WishKind.BIG_NEWS)
    if wished == "nothing, over":
        actor = worker(6)
        with acting_as(actor), transaction.atomic():
            record_wish(
                actor=actor,
                now=ago(6),
                case_id=case_id,
                asks=WishKind.EVERY,
                every_days=14,
            )
    if "over" in reach:
        over(case_id, 6)
    if reach.endswith("then unsafe"):
        out_of_reach(case_id, 5, "no_safe_way")


def test_every_fact_with_every_other_for_either_tier(fresh_database, cases):
    tell("suspect_arrested", 25)
    for case_id, (wished, reach, _) in zip(cases, EVERY, strict=True):
        facts_begin(case_id, wished, reach)
    tell("suspect_interviewed", 18)
    tell("charged", 17)
    for case_id, (wished, reach, _) in zip(cases, EVERY, strict=True):
        facts_change(case_id, wished, reach)
    tell("suspect_bailed", 2)
    one_by_one = [row for row in ask(COMPARED) if row[2] != "R06-FREQ"]
    reasons = ask(REASONS)
    assert again() == Planned()  # nothing would be planned otherwise

    with psycopg.connect(fresh_database.owner.conninfo()) as owner:
        owner.execute("DELETE FROM journey_clock")
    again()

    assert ask(COMPARED) == one_by_one
    assert ask(REASONS) == reasons
    assert {reason for (reason,) in reasons} == {
        *("asked_not_to_be_told", "unsafe_to_contact"),
    }
    assert again() == Planned()


def again():
    return replan(actor=receiver(), now=NOW, why="a test", lot=1000)
