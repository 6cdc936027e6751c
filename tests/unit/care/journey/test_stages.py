"""How far matters have come: the same whatever the order, and never a thing lost."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.care.journey import rules
from alongside.care.journey.tables import EVENTS, MOVES, STAGES
from alongside.care.journey.types import Happened, OwnEvent, ProgressEvent
from alongside.care.journey.types.matters import EventMatter, KnownEvent
from alongside.foundation.lib.hashes import hash_text

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
MAIN = "8N"


def happened(event, day, suspect="S1", *, offence="", at=None, **detail):
    moment = at or START + timedelta(days=day)
    return Happened(
        event_id=day,
        event=event,
        suspect_ref=suspect,
        offence_code=offence,
        occurred_at=moment,
        detail=detail,
        content_hash=hash_text(
            [event, suspect, offence, str(moment), repr(sorted(detail.items()))]
        ),
    )


def victim(suspect="", record_type="crime", reported=True):
    return EventMatter(
        victimisation_id=1,
        case_id=1,
        record_type=record_type,
        role="victim",
        offence_code=MAIN,
        enhanced=False,
        suspect_ref=suspect,
        begins=rules.first_stage(record_type=record_type, reported=reported),
        since=START,
        crime_from=START,
    )


def stages(events, **kind):
    settled = rules.settle(victim(**kind), list(events))
    return {key: standing.stage for key, standing in settled.items()}


def way(*events, begins="S10"):
    """The stages one after another, and which steps nobody expected."""
    _, steps = rules.follow(begins, START, events)
    return [step.stage for step in steps], [step.unexpected for step in steps]


FROM_REPORT_TO_RELEASE = [
    happened("suspect_arrested", 1),
    happened("suspect_bailed", 2, until="2026-02-01"),
    happened("charged", 20, offence=MAIN, offence_code=MAIN),
    happened("first_hearing_listed", 25, on="2026-02-10"),
    happened("plea_entered", 36, plea="not_guilty"),
    happened("witness_required", 37),
    happened("hearing_listed", 40, kind="trial", on="2026-05-01"),
    happened("trial_verdict", 116, verdict="guilty"),
    happened("sentenced", 140, sentence="custody", months=18),
    happened("custody_release_planned", 300),
    happened("released_on_licence", 320),
]


def test_from_report_to_release():
    reached, unexpected = way(*FROM_REPORT_TO_RELEASE)

    assert reached == [
        *("S21", "S22", "S33", "S40", "S42", "S42", "S42", "S60", "S61", "S81", "S81")
    ]
    assert not any(unexpected)
    standing, _ = rules.follow("S10", START, FROM_REPORT_TO_RELEASE)
    # Since the release was planned, not since it happened: that moved nothing.
    assert (standing.event_id, standing.since) == (300, START + timedelta(days=300))


@pytest.mark.parametrize(
    ("begins", "event", "detail", "stage"),
    [
        ("S22", "charged", {}, "S33"),
        ("S40", "plea_entered", {"plea": "guilty"}, "S60"),
        ("S40", "plea_entered", {"plea": "Not guilty"}, "S42"),
        ("S40", "plea_entered", {"plea": "none taken"}, "S41"),
        ("S40", "plea_entered", {}, "S41"),
        ("S50", "trial_verdict", {"verdict": "hung"}, "S51"),
        ("S42", "warrant_issued", {}, "S42"),
        ("S10", "sentenced", {}, "S61"),  # nobody told us of the trial
        ("N10", "no_further_action", {}, "N90"),
        ("N10", "suspect_arrested", {}, "S21"),
        ("S00", "reported", {}, "S10"),
    ],
)
def test_an_event_takes_a_matter_where_the_table_says(begins, event, detail, stage):
    assert way(happened(event, 1, **detail), begins=begins) == ([stage], [False])


@pytest.mark.parametrize(
    ("begins", "event", "detail", "stage"),
    [
        ("S51", "hearing_listed", {"kind": "trial"}, "S42"),  # a retrial
        ("S31", "suspect_arrested", {}, "S21"),  # a review opened it again
        ("S44", "review_succeeded", {}, "S33"),
        ("S70", "appeal_decided", {"result": "retrial_ordered"}, "S42"),
        ("S60", "plea_entered", {"plea": "not_guilty"}, "S42"),
        ("N90", "incident_acted_on", {}, "N20"),
        ("S90", "recalled", {}, "S81"),
    ],
)
def test_a_matter_goes_back_where_it_may_and_says_why(begins, event, detail, stage):
    _, (step,) = rules.follow(begins, START, [happened(event, 1, **detail)])

    assert (step.stage, step.moved, step.unexpected) == (stage, True, False)
    assert step.again


@pytest.mark.parametrize(
    ("begins", "event"),
    [
        ("S61", "suspect_arrested"),
        ("S51", "sentenced"),
        ("S33", "no_further_action"),
        ("S90", "hearing_listed"),
        ("N10", "trial_verdict"),
    ],
)
def test_what_nobody_expects_is_kept_and_moves_nothing(begins, event):
    assert way(happened(event, 1), begins=begins) == ([begins], [True])


def test_co_defendants_differ():
    events = [
        happened("suspect_arrested", 1, "S1"),
        happened("suspect_arrested", 1, "S2"),
        happened("charged", 5, "S1"),
        happened("no_further_action", 6, "S2"),
    ]

    assert stages(events) == {("S1", ""): "S33", ("S2", ""): "S31"}


def test_several_charges_differ_and_the_offence_of_the_referral_is_written_as_none():
    events = [
        happened("charged", 5, offence=MAIN),
        happened("charged", 5, offence="58C"),
        happened("case_stopped", 9, offence="58C"),
        happened("trial_verdict", 90, offence=MAIN, verdict="guilty"),
    ]

    assert stages(events) == {("S1", ""): "S60", ("S1", "58C"): "S44"}


def test_what_names_nobody_concerns_everybody():
    events = [
        happened("suspect_arrested", 1, "S1"),
        happened("suspect_arrested", 2, "S2"),
        happened("charged", 3, ""),
    ]

    assert set(stages(events).values()) == {"S33"}


def test_nobody_known_stands_only_until_somebody_is():
    assert stages([]) == {("", ""): "S10"}
    assert stages([happened("not_investigated", 1, "")]) == {("", ""): "S11"}
    assert stages([happened("suspect_arrested", 1)]) == {("S1", ""): "S21"}
    assert stages([], suspect="S9") == {("S9", ""): "S10"}


def test_a_crime_told_to_us_and_an_incident_begin_elsewhere():
    assert stages([], reported=False) == {("", ""): "S00"}
    assert stages([], record_type="incident") == {("", ""): "N10"}


def test_two_at_one_moment_come_in_their_usual_order():
    plea = happened("plea_entered", 1, at=START, plea="guilty")
    bail = happened("bail_hearing_outcome", 2, at=START)
    charge = happened("charged", 3, at=START)

    assert way(plea, bail, charge)[0] == ["S33", "S60", "S60"]


EVERY_EVENT = sorted({*ProgressEvent, *OwnEvent})
SAYS = {
    "plea_entered": ("plea", ["guilty", "not_guilty", ""]),
    "trial_verdict": ("verdict", ["guilty", "not_guilty", "hung"]),
    "appeal_decided": ("result", ["dismissed", "retrial_ordered", ""]),
}


@st.composite
def one_event(draw):
    event = draw(st.sampled_from(EVERY_EVENT))
    field, values = SAYS.get(event, ("note", [""]))
    return happened(
        event,
        draw(st.integers(0, 6)),
        draw(st.sampled_from(["", "S1", "S2"])),
        offence=draw(st.sampled_from(["", "", MAIN, "58C"])),
        **{field: draw(st.sampled_from(values))},
    )


@given(
    st.lists(one_event(), max_size=8).flatmap(
        lambda events: st.tuples(
            st.just(events),
            st.permutations(events),
            st.lists(st.sampled_from(events)) if events else st.just([]),
        )
    )
)
def test_any_order_and_repetition_settles_in_the_same_place(given_events):
    events, shuffled, again = given_events

    def settled(told):
        found = rules.settle(victim(), told)
        return {key: (one.stage, one.since) for key, one in found.items()}

    assert settled([*shuffled, *again]) == settled(events)


@given(st.lists(one_event(), max_size=8), st.sampled_from(sorted(STAGES)))
def test_every_event_has_a_step_and_ends_at_a_stage(events, begins):
    standing, steps = rules.follow(begins, START, events)

    assert len(steps) == len({event.content_hash for event in events})
    assert standing.stage in STAGES
    assert all(step.stage in STAGES for step in steps)
    assert not any(step.moved and step.unexpected for step in steps)


def test_every_event_of_the_feed_has_a_place_or_never_moves_anything():
    moving = {event for event, _ in MOVES}
    still = set(EVENTS) - moving

    assert still == {
        *("bail_hearing_outcome", "warrant_issued", "warrant_executed"),
        *("transferred", "taken_back"),
    }


def test_an_outcome_and_a_message_of_the_same_news_are_told_apart_by_their_days():
    said = happened("no_further_action", 1, "", outcome_type="18")
    told = happened("no_further_action", 10, "", outcome_type="18")
    known = [KnownEvent(said, "outcome code", True)]

    def found(event, days=14, source="outcome code"):
        within = timedelta(days=days)
        return rules.told_again(event, source, known, within=within)

    assert found(told) == known
    assert found(told, days=5) == []
    assert found(told, source="police feed") == []
    assert found(happened("charged", 10)) == []
    assert found(said) == []
    known = [KnownEvent(happened("no_further_action", 1, "S1"), "outcome code", True)]
    assert found(happened("no_further_action", 2, "S2")) == []
    assert found(happened("no_further_action", 2, "")) == known


def charge(day, offence, *, event="charged", suspect="S1", **detail):
    return happened(event, day, suspect, offence=offence, **detail)


def test_a_charge_that_made_way_for_another_is_over():
    told = [charge(1, MAIN), charge(5, "58C", event="charge_altered")]

    assert stages(told) == {("S1", ""): "S90", ("S1", "58C"): "S44"}
    _, steps = rules.way_of(victim(), told, ("S1", ""))
    assert steps[-1].again == "Another charge took the place of this one"


def test_of_several_charges_the_one_that_is_named_made_way():
    charges = [charge(1, MAIN), charge(2, "105A")]
    unnamed = charge(5, "58C", event="charge_altered")
    named = charge(5, "58C", event="charge_altered", instead_of="105A")
    main, other, new = ("S1", ""), ("S1", "105A"), ("S1", "58C")

    assert stages([*charges, unnamed]) == {main: "S33", other: "S33", new: "S44"}
    assert stages([*charges, named]) == {main: "S33", other: "S90", new: "S44"}


def test_a_charge_altered_twice_leaves_the_last():
    told = [
        charge(1, MAIN),
        charge(5, "58C", event="charge_altered"),
        charge(9, "105A", event="charge_altered"),
    ]
    over = {("S1", ""): "S90", ("S1", "58C"): "S90"}

    assert stages(told) == over | {("S1", "105A"): "S44"}


def test_the_charge_of_another_suspect_stands():
    told = [
        charge(1, MAIN),
        charge(2, MAIN, suspect="S2"),
        charge(5, "58C", event="charge_altered"),
    ]

    assert stages(told)["S2", ""] == "S33"
