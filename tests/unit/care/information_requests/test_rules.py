"""What a request must say, what may be given, and what an answer comes to."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.care.information_requests import rules
from alongside.care.information_requests.tables import KINDS, LACKS, STEPS, load_steps
from alongside.care.information_requests.types import (
    Approval,
    Counselling,
    Fate,
    Grounds,
    Notice,
    NoticeGiven,
    Outcome,
    Part,
    PersonViews,
    Purpose,
    RequestState,
    Said,
    Scope,
    Section,
    StepBy,
    StepKind,
    Stops,
    Views,
)
from alongside.foundation.lib.datafile import BadDataFile
from alongside.foundation.reference.tables import CLOSED_DAYS

DAY = date(2026, 3, 2)
WHOLE = Said(
    purpose=Purpose(offence="Harassment", line="When the messages began"),
    scope=Scope(
        kinds=("contacts", "notes"),
        period_from=date(2026, 1, 1),
        period_until=date(2026, 2, 1),
        particulars="What was said of the messages",
    ),
    grounds=Grounds(necessity="No other record", proportionality="One month"),
    approval=Approval(approved_rank="inspector", approved_on=DAY),
    notice=NoticeGiven(notice=Notice.GIVEN, notice_on=DAY, notice_how="Letter"),
    views=PersonViews(views=Views.AGREES, views_on=DAY),
)


def codes(said):
    return [lack.code for lack in rules.lacking(said)]


def with_counselling(**said):
    scope = replace(WHOLE.scope, kinds=("notes", "counselling_notes"))
    return replace(WHOLE, scope=scope, counselling=Counselling(**said))


def test_a_request_that_says_everything_lacks_nothing():
    assert codes(WHOLE) == []
    assert rules.state_of(rules.lacking(WHOLE)) is RequestState.OPEN


def test_one_that_says_nothing_lacks_everything_but_what_it_does_not_ask_for():
    found = set(codes(Said()))
    counselling = {"counselling_presumed", "counselling_rank"}
    assert found == set(LACKS) - counselling - {"everything"}


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({"purpose": Purpose(offence="Harassment")}, "no_purpose"),
        ({"purpose": Purpose(line="When they began")}, "no_purpose"),
        ({"scope": replace(WHOLE.scope, kinds=())}, "no_scope"),
        ({"scope": replace(WHOLE.scope, period_from=None)}, "no_scope"),
        ({"scope": replace(WHOLE.scope, period_until=None)}, "no_scope"),
        ({"scope": replace(WHOLE.scope, particulars="")}, "no_scope"),
        ({"scope": replace(WHOLE.scope, everything=True)}, "everything"),
        ({"grounds": Grounds(necessity="Needed")}, "no_necessity"),
        ({"grounds": Grounds(proportionality="Little")}, "no_necessity"),
        ({"approval": Approval(approved_rank="inspector")}, "no_approval"),
        (
            {"approval": Approval(approved_rank="sergeant", approved_on=DAY)},
            "no_approval",
        ),
        ({"notice": NoticeGiven()}, "no_notice"),
        ({"notice": NoticeGiven(notice=Notice.GIVEN, notice_on=DAY)}, "no_notice"),
        ({"notice": NoticeGiven(notice=Notice.WITHHELD)}, "no_notice"),
        (
            {"notice": NoticeGiven(notice=Notice.WITHHELD, withheld_why="unsafe")},
            "no_notice",
        ),
        ({"views": PersonViews()}, "no_views"),
        ({"views": PersonViews(views=Views.OBJECTS)}, "no_views"),
        ({"views": PersonViews(views=Views.NOT_ASKED)}, "no_views"),
    ],
)
def test_what_a_request_lacks_is_named(change, lacks):
    assert codes(replace(WHOLE, **change)) == [lacks]


@pytest.mark.parametrize(
    "change",
    [
        {"views": PersonViews(views=Views.NOT_ASKED, views_words="She is abroad")},
        {
            "notice": NoticeGiven(
                notice=Notice.WITHHELD,
                withheld_why="unsafe",
                withheld_words="He reads her post",
            )
        },
        {"approval": Approval(approved_rank="superintendent", approved_on=DAY)},
    ],
)
def test_what_is_enough_in_another_way(change):
    assert codes(replace(WHOLE, **change)) == []


@pytest.mark.parametrize(
    ("particulars", "everything"),
    [
        ("Everything you hold", True),
        ("All records", True),
        ("all of her records", True),
        ("The whole file", True),
        ("the full case file", True),
        ("Complete data", True),
        ("Notes of the calls in March", False),
        ("All calls on 3 March", False),
        ("Whether she was told everyone's name", False),
    ],
)
def test_a_request_for_everything_is_told_by_its_words(particulars, everything):
    scope = replace(WHOLE.scope, particulars=particulars)
    assert rules.asks_for_everything(scope) is everything


def test_naming_every_kind_of_records_is_asking_for_everything():
    scope = replace(WHOLE.scope, kinds=tuple(KINDS))
    assert rules.asks_for_everything(scope)
    assert not rules.asks_for_everything(replace(scope, kinds=tuple(KINDS)[:-1]))


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ({}, ["counselling_presumed", "counselling_rank"]),
        ({"counselling_reason": "She named him there"}, ["counselling_rank"]),
        (
            {
                "counselling_reason": "She named him there",
                "counselling_rank": "inspector",
                "counselling_on": DAY,
            },
            ["counselling_rank"],
        ),
        (
            {"counselling_rank": "chief_inspector", "counselling_on": DAY},
            ["counselling_presumed"],
        ),
        (
            {
                "counselling_reason": "She named him there",
                "counselling_rank": "chief_inspector",
                "counselling_on": DAY,
            },
            [],
        ),
    ],
)
def test_counselling_notes_are_presumed_not_to_be_necessary(said, lacks):
    request = with_counselling(**said)
    assert codes(request) == lacks
    # The rest of the request is worked on all the same.
    assert rules.state_of(rules.lacking(request)) is RequestState.OPEN
    missing = rules.lacking(request)
    assert rules.against_giving("notes", missing) == ()
    assert bool(rules.against_giving("counselling_notes", missing)) == bool(lacks)


def test_nothing_is_given_before_the_person_was_asked():
    missing = rules.lacking(replace(WHOLE, views=PersonViews()))
    assert rules.state_of(missing) is RequestState.OPEN
    assert [one.code for one in rules.against_giving("notes", missing)] == ["no_views"]


@pytest.mark.parametrize(
    ("why", "quiet"),
    [
        ("would_defeat", True),
        ("unsafe", True),
        ("not_reached", False),
        ("told_for_them", False),
    ],
)
def test_who_was_not_told_for_a_reason_is_not_to_be_told(why, quiet):
    notice = NoticeGiven(notice=Notice.WITHHELD, withheld_why=why)
    assert rules.must_keep_quiet(replace(WHOLE, notice=notice)) is quiet
    told = replace(notice, notice=Notice.GIVEN)
    assert not rules.must_keep_quiet(replace(WHOLE, notice=told))


def part(fate):
    return Part(kind="notes", fate=fate, words="x", reason="unsafe")


@pytest.mark.parametrize(
    ("fates", "outcome"),
    [
        ([Fate.GIVE], Outcome.GIVEN),
        ([Fate.GIVE, Fate.NOT_HELD], Outcome.GIVEN),
        ([Fate.GIVE, Fate.WITHHOLD], Outcome.PART),
        ([Fate.WITHHOLD], Outcome.REFUSED),
        ([Fate.WITHHOLD, Fate.NOT_HELD], Outcome.REFUSED),
        ([Fate.NOT_HELD], Outcome.NOTHING_HELD),
        ([], Outcome.REFUSED),
    ],
)
def test_what_an_answer_comes_to(fates, outcome):
    assert rules.outcome_of([part(fate) for fate in fates]) is outcome


@pytest.mark.parametrize(
    ("step", "states"),
    [
        (StepKind.WRITTEN_DOWN, []),
        (StepKind.SAID, ["waiting", "open"]),
        (StepKind.PREPARED, ["waiting", "open"]),
        (StepKind.RETURNED, ["prepared"]),
        (StepKind.DECIDED, ["prepared"]),
        (StepKind.RECONSIDERED, ["decided"]),
        (StepKind.SENT, ["decided"]),
        (StepKind.WITHDRAWN, ["waiting", "open", "prepared", "decided"]),
        (StepKind.COMPLAINED, ["answered", "refused", "withdrawn"]),
        (StepKind.COMPLAINT_ANSWERED, ["answered", "refused", "withdrawn"]),
        (StepKind.NOTED, list(RequestState)),
    ],
)
def test_what_may_be_done_in_each_state(step, states):
    assert [state for state in RequestState if rules.may_step(step, state)] == [
        state for state in RequestState if state in states
    ]


def test_only_information_governance_decides_sends_and_takes_back():
    decides = {code for code, row in STEPS.items() if row.by is StepBy.DECIDE}
    assert decides == {
        *(StepKind.RETURNED, StepKind.DECIDED, StepKind.RECONSIDERED, StepKind.SENT),
        StepKind.COMPLAINT_ANSWERED,
    }


@pytest.mark.parametrize(
    ("start", "urgent", "due"),
    [
        (date(2026, 11, 2), False, date(2026, 11, 30)),
        (date(2026, 12, 18), False, date(2027, 1, 20)),  # over Christmas and New Year
        (date(2026, 12, 24), True, date(2026, 12, 30)),
        (date(2026, 3, 31), True, date(2026, 4, 2)),  # the day before Good Friday
    ],
)
def test_by_when_an_answer_is_due(start, urgent, due):
    assert rules.answer_by(start, urgent=urgent, closed=CLOSED_DAYS) == due


def test_every_section_that_can_lack_something_says_so_in_words():
    assert {row.section for row in LACKS.values()} == set(Section)
    assert all(row.words.endswith(".") for row in LACKS.values())
    assert [row.code for row in LACKS.values() if row.stops is Stops.VIEWS] == [
        "no_views"
    ]


def test_a_table_of_steps_with_one_missing_is_refused():
    with pytest.raises(BadDataFile, match="a step has no row"):
        load_steps(
            '[[step]]\ncode = "noted"\nlabel = "Note"\nfrom = ["open"]\nby = "work"\n'
            'source = "x"\nconfidence = "local"\nin_force_from = 2024-01-01\n'
        )
