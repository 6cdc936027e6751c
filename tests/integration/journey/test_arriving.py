"""News and referrals, whichever comes first: the same stands afterwards."""

import io
from itertools import pairwise
from random import Random

import pytest

from alongside.care.intake.types import DeliveryKind
from alongside.workflows.receive_delivery import receive_source
from tests.support.feed import LIMIT, MESSAGE, PROGRESS_NAMES, as_csv
from tests.support.receiving import (
    LATER,
    NOW,
    ask,
    codes,
    count,
    send,
)

pytestmark = pytest.mark.django_db
UPDATE = {"action": "update"}
ARREST = {"event": "suspect_arrested", "detail": ""}
BAIL = {"occurred_at": "2026-04-05T03:00:00"}
CHARGED = {
    "event": "charged",
    "occurred_at": "2026-04-25T12:00:00",
    "received_at": "2026-04-25T12:00:00",
    "detail": '{"offence_code": "8N", "outcome_type": "1"}',
}
OTHER = {
    "event": "no_further_action",
    "suspect_ref": "S2",
    "occurred_at": "2026-04-26T12:00:00",
    "received_at": "2026-04-26T12:00:00",
    "detail": '{"outcome_type": "15"}',
}
HEARING = {
    "event": "first_hearing_listed",
    "occurred_at": "2026-04-27T12:00:00",
    "received_at": "2026-04-28T12:00:00",
    "detail": '{"on": "2026-05-20"}',
}
NAMED = ("Ada", "Boris", "Chidi", "Dilys")
STORY = [ARREST, BAIL, CHARGED, OTHER, HEARING]


def tell(*messages, extract="P-1", at="2026-09-28T03:00:00"):
    """Receive messages as one delivery."""
    head = {"extract_id": extract, "extracted_at": at}
    rows = [MESSAGE | head | message for message in messages]
    return receive_source(
        source=io.BytesIO(as_csv(rows, PROGRESS_NAMES)),
        now=NOW,
        max_bytes=LIMIT,
        kind=DeliveryKind.PROGRESS,
    )


def matters():
    """suspect and offence -> stage, of every matter that stands."""
    rows = ask("SELECT suspect_ref, offence_code, stage FROM journey_matter WHERE live")
    return {(suspect, offence): stage for suspect, offence, stage in rows}


def promised():
    """The clocks that stand, without their keys."""
    return sorted(
        ask(
            "SELECT k.rule, k.starts_at, k.due_on, k.not_owed_reason, e.event"
            " FROM journey_clock k"
            " LEFT JOIN journey_journeyevent e ON e.id = k.event_id"
            " WHERE k.replaced_by_id IS NULL"
        ),
        key=str,
    )


def counting():
    return sorted(
        ask(
            "SELECT event, suspect_ref, occurred_at, source FROM journey_journeyevent"
            " WHERE superseded_by_id IS NULL"
        )
    )


def test_a_referral_has_a_matter_from_the_start():
    send({})

    assert matters() == {("", ""): "S10"}


def test_an_incident_and_a_suspect_named_by_the_referral():
    send({"record_type": "incident", "offence_code": "", "suspect_ref": "S9"})

    assert matters() == {("S9", ""): "N10"}


def test_news_before_its_referral_waits_and_is_applied_when_it_comes():
    report = tell(*STORY)
    assert (report.accepted, report.held, report.rejected) == (0, 5, 0)
    assert codes("P-1") == ["waiting_for_referral"] * 5
    assert count("journey_waitingmessage") == 5

    send({})

    assert count("journey_waitingmessage") == 0
    assert matters() == {("S310957", ""): "S40", ("S2", ""): "S31"}
    assert count("journey_clock", "rule = 'R06-CHARGE' AND event_id IS NOT NULL") >= 1


def test_news_told_twice_waits_once():
    tell(ARREST)
    tell(ARREST, extract="P-2", at="2026-09-28T04:00:00")

    assert count("journey_waitingmessage") == 1


def test_a_second_victim_of_the_crime_is_told_what_the_first_was():
    send({})
    tell(*STORY)
    send(
        {
            "person_ref": "N2",
            "given_names": "Eve",
            "surname": "Ray",
            "date_of_birth": "1981-01-01",
            "mobile_phone": "",
            "email": "",
        },
        extract="LEI-2",
        at=LATER,
    )

    both = ask(
        "SELECT v.person_ref, count(*) FROM journey_journeyevent e"
        " JOIN casework_victimisation m ON m.id = e.victimisation_id"
        " JOIN intake_referral v ON v.id = m.referral_id GROUP BY 1 ORDER BY 1"
    )
    assert both == [("N2", 5), ("N5769614", 5)]


def test_any_order_and_repetition_of_messages_ends_the_same():
    send({})
    tell(*STORY)
    expected = (matters(), promised(), counting())
    for number in range(4):
        shuffled = [*STORY, *STORY[:2]]
        Random(number).shuffle(shuffled)  # noqa: S311
        crime = f"2601100{number}"
        before = count("journey_journeyevent")
        parts = [0, number + 1, len(shuffled)]
        for part, (start, end) in enumerate(pairwise(parts)):
            if part == number % 2:
                send(
                    {
                        "crime_ref": crime,
                        "person_ref": f"N{number}",
                        "given_names": NAMED[number],
                        "surname": "Vale",
                        "date_of_birth": f"19{60 + 7 * number}-0{number + 1}-11",
                        "mobile_phone": "07700 90020" + str(number),
                    },
                    extract=f"R-{number}",
                    at=LATER,
                )
            tell(
                *(one | {"crime_ref": crime} for one in shuffled[start:end]),
                extract=f"P-{number}-{part}",
                at=f"2026-09-28T0{3 + part}:00:00",
            )
        assert count("journey_journeyevent") == before + len(STORY)
        found = ask(
            "SELECT m.suspect_ref, m.offence_code, m.stage FROM journey_matter m"
            " JOIN casework_victimisation v ON v.id = m.victimisation_id"
            " WHERE m.live AND v.crime_ref = %s",
            crime,
        )
        assert {(s, o): stage for s, o, stage in found} == expected[0]
        rules = ask(
            "SELECT k.rule, k.due_on FROM journey_clock k"
            " JOIN casework_victimisation v ON v.id = k.victimisation_id"
            " WHERE v.crime_ref = %s AND k.event_id IS NOT NULL"
            " AND k.replaced_by_id IS NULL",
            crime,
        )
        first = ask(
            "SELECT k.rule, k.due_on FROM journey_clock k"
            " JOIN casework_victimisation v ON v.id = k.victimisation_id"
            " WHERE v.crime_ref = %s AND k.event_id IS NOT NULL"
            " AND k.replaced_by_id IS NULL",
            MESSAGE["crime_ref"],
        )
        assert sorted(rules) == sorted(first)


def test_what_happened_before_the_crime_is_rejected_with_its_reason():
    send({})
    tell({**ARREST, "occurred_at": "2026-03-20T03:00:00"}, ARREST)

    assert codes("P-1") == ["bad_row", "created"]
    ((message,),) = ask("SELECT message FROM intake_feedrow WHERE code = 'bad_row'")
    assert message == "occurred_at: is before the crime"


def test_what_waited_and_cannot_be_says_why_and_waits_on():
    tell({**ARREST, "occurred_at": "2026-03-20T03:00:00"}, ARREST)
    send({})

    assert ask("SELECT refused_why FROM journey_waitingmessage") == [
        ("It is said to have happened before the crime",)
    ]
    assert count("journey_journeyevent") == 1


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"event": "abducted_by_aliens"}, "event"),
        ({"detail": "{not json"}, "detail"),
        ({"detail": "[1]"}, "detail"),
        ({"occurred_at": "2027-01-01T00:00:00"}, "occurred_at"),
    ],
)
def test_what_cannot_be_read_is_rejected_by_its_column(changes, column):
    send({})
    tell(changes)

    assert codes("P-1") == ["bad_row"]
    assert ask("SELECT fault_column FROM intake_feedrow WHERE code = 'bad_row'") == [
        (column,)
    ]


def test_an_order_nobody_expects_loses_nothing():
    send({})
    tell(
        {"event": "sentenced", "detail": '{"sentence": "fine"}'},
        {
            **ARREST,
            "occurred_at": "2026-05-04T03:05:56",
            "received_at": "2026-05-04T03:05:56",
        },
    )

    assert count("journey_journeyevent") == 2
    assert matters() == {("S310957", ""): "S61"}


def outcome(extract, at, **changes):
    send({**UPDATE, **changes}, extract=extract, at=at)


def test_an_outcome_says_what_happened_and_the_message_says_it_better():
    send({})
    outcome("LEI-2", LATER, outcome_type="18", outcome_on="2026-04-20")
    assert matters() == {("", ""): "S31"}
    assert count("journey_clock", "event_id IS NOT NULL AND not_owed_reason = ''") > 0

    told = {**OTHER, "suspect_ref": "", "detail": '{"outcome_type": "18"}'}
    tell(told)

    assert [row[3] for row in counting()] == ["police feed"]
    assert count("journey_journeyevent", "superseded_why <> ''") == 1
    running = "event_id IS NOT NULL AND replaced_by_id IS NULL"
    rules = [r for (r,) in ask(f"SELECT rule FROM journey_clock WHERE {running}")]
    assert len(rules) == len(set(rules))


def test_an_outcome_after_its_message_adds_nothing():
    send({})
    tell({**OTHER, "suspect_ref": ""})
    outcome("LEI-2", LATER, outcome_type="15", outcome_on="2026-04-26")

    assert [row[3] for row in counting()] == ["police feed"]
    assert count("journey_journeyevent") == 1


def test_an_outcome_that_is_changed_is_corrected_and_never_erased():
    send({"outcome_type": "14", "outcome_on": "2026-04-20"})
    outcome("LEI-2", LATER, outcome_type="15", outcome_on="2026-04-21")

    rows = ask(
        "SELECT detail->>'outcome_type', superseded_by_id IS NULL, superseded_why"
        " FROM journey_journeyevent ORDER BY id"
    )
    assert rows == [("14", False, "The force changed the outcome"), ("15", True, "")]


def test_a_suspect_named_later_takes_the_place_of_nobody():
    send({})
    outcome("LEI-2", LATER, suspect_ref="S5")

    assert matters() == {("S5", ""): "S10"}
    assert count("journey_matter") == 2
