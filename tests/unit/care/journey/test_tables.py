from datetime import date

import pytest

from alongside.care.journey import tables
from alongside.care.journey.tables import DATA
from alongside.care.journey.types import (
    ClockStart,
    DutyHolder,
    OwnEvent,
    ProgressEvent,
    RuleKind,
    Unit,
)
from alongside.foundation.lib.datafile import BadDataFile

NOW = date(2026, 11, 22)


def text(name):
    return (DATA / name).read_text(encoding="utf-8")


ONE_RULE = """
[[rule]]
code = "X"
code_version = "LOCAL"
kind = "promise"
right = 0
label = "To do something"
why = "Because"
triggers = ["report"]
clock = "reported_at"
met_by = "told_on"
duty_holder = "police"
standard = { length = 5, unit = "working_days" }
enhanced = { length = 1, unit = "working_days" }
eligible = "all_victims"
record_types = ["crime"]
small_news = false
source = "A source"
confidence = "memory"
in_force_from = 2020-01-01
"""


def test_one_rule_is_read():
    (rule,) = tables.load_rules(ONE_RULE)

    assert rule.length(enhanced=False).length == 5
    assert rule.length(enhanced=True).length == 1


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ('"report"', '"full moon"', "names full moon"),
        ('["report"]', "[]", "triggers is missing"),
        ('"reported_at"', '"someday"', "clock must be one of"),
        ('"told_on"', '"luck"', "met_by must be one of"),
        ('"police"', '"nobody"', "duty_holder must be one of"),
        ('unit = "working_days" }\nen', 'unit = "weeks" }\nen', "unit must be one of"),
        ("length = 5", "length = 0", "standard must be longer than nothing"),
        ("length = 5", "size = 5", "length is missing"),
        ("length = 1", "length = 9", "enhanced must be no longer"),
        ('["crime"]', '["rumour"]', "names rumour"),
        ('source = "A source"', "", "source is missing"),
        ('"memory"', '"sure"', "confidence must be one of"),
        ("2020-01-01", "2020-01-01\nin_force_until = 2019-01-01", "must be after"),
        ("right = 0", 'right = 0\noffence_groups = ["Piracy"]', "names Piracy"),
        ("right = 0", "right = 0\nrigth = 1", "rigth is not a field"),
    ],
)
def test_a_rule_with_a_slip_is_refused(was, becomes, complaint):
    assert was in ONE_RULE
    with pytest.raises(BadDataFile, match=f"deadlines.toml, rule 1.*{complaint}"):
        tables.load_rules(ONE_RULE.replace(was, becomes, 1))


def test_two_versions_in_force_at_once_are_refused():
    with pytest.raises(BadDataFile, match="X has two rows"):
        tables.load_rules(ONE_RULE + ONE_RULE.replace("2020", "2021"))


def test_the_limit_is_the_one_in_force_when_the_clock_started():
    versions = [
        tables.rule_for("R04-REFER", day).code_version
        for day in (
            *(date(2013, 12, 9), date(2013, 12, 10), date(2015, 11, 16)),
            *(date(2021, 3, 31), date(2021, 4, 1)),
        )
    ]

    assert versions == ["VC2006", "VC2013", "VC2015", "VC2015", "VC2020"]


@pytest.mark.parametrize("day", [date(2006, 4, 2), date(1999, 1, 1)])
def test_before_the_first_code_nothing_is_promised(day):
    with pytest.raises(tables.UnknownRule):
        tables.rule_for("R04-REFER", day)


def test_a_code_nobody_set_is_an_error():
    with pytest.raises(tables.UnknownRule):
        tables.rule_for("R99", NOW)


@pytest.mark.parametrize(
    ("code", "days", "clock", "holder"),
    [
        ("R04-REFER", (2, 2), "reported_at", "police"),
        ("R03-ACK", (5, 1), "reported_at", "police"),
        ("FC-FIRST", (3, 1), "received_at", "service"),
        ("R06-NOINV", (5, 1), "occurred_at", "police"),
        ("R06-ARREST", (5, 1), "occurred_at", "police"),
        ("R06-INTERVIEW", (5, 1), "occurred_at", "police"),
        ("R06-RELNC", (5, 1), "occurred_at", "police"),
        ("R06-BAIL", (5, 1), "occurred_at", "police"),
        ("R06-CHARGE", (5, 1), "occurred_at", "police"),
        ("R06-CPSSTOP", (5, 1), "occurred_at", "cps"),
        ("R08-HEARDATE", (1, 1), "received_at", "wcu"),
        ("R08-BAIL", (5, 1), "received_at", "wcu"),
        ("R08-WARRANT", (5, 1), "received_at", "wcu"),
        ("R08-REQUIRED", (1, 1), "received_at", "wcu"),
        ("R09-OUTCOME", (1, 1), "received_at", "wcu"),
        ("R09-SENTENCE", (1, 1), "received_at", "wcu"),
        ("R09-APPEAL", (1, 1), "received_at", "wcu"),
        ("R10-EXP", (10, 10), "received_at", "cps"),
        ("R11-VCSREF", (10, 10), "occurred_at", "wcu"),
        ("R11-VLO", (20, 20), "received_at", "probation"),
        ("R12-COMPL", (10, 10), "received_at", "any_provider"),
    ],
)
def test_the_numbers_of_the_code(code, days, clock, holder):
    rule = tables.rule_for(code, NOW)

    assert rule.standard.unit is rule.enhanced.unit is Unit.WORKING_DAYS
    assert (rule.standard.length, rule.enhanced.length) == days
    assert (rule.clock, rule.duty_holder) == (ClockStart(clock), DutyHolder(holder))


def test_a_local_number_says_that_it_is_local():
    rule = tables.rule_for("R03-ACK", NOW)

    assert rule.confidence == "local"
    assert "sets no number" in rule.why


def test_an_event_starts_what_it_should():
    def started(event, **kind):
        return {rule.code for rule in tables.rules_triggered_by(event, NOW, **kind)}

    assert started("report") == {"R02-RECORD", "R03-ACK", "R04-REFER"}
    assert started("sentenced") == {"R09-SENTENCE", "R11-VCSREF"}
    assert started("sentenced", kind=RuleKind.WINDOW) == {"R09-ULS"}
    assert started("sentenced", kind=RuleKind.UPSTREAM) == {"R09-OUTCOME-COURT"}
    assert started("plea_entered") == set()
    assert started("full moon") == set()


def test_a_window_belongs_to_the_victim_and_a_promise_never_does():
    for rule in tables.RULES:
        asked_of = rule.duty_holder is DutyHolder.VICTIM
        assert asked_of == (rule.kind is RuleKind.WINDOW), rule.code


def test_every_event_has_words_and_somebody_who_tells_of_it():
    assert tables.EVENTS.keys() == {*ProgressEvent, *OwnEvent}
    assert tables.EVENTS["charged"].label == "Suspect charged"
    assert tables.EVENTS["charged"].who_tells is DutyHolder.POLICE
    assert len(tables.STAGES) == 27


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ('code = "charged"', 'code = "freed"', "a row no event"),
        ('code = "charged"', 'code = "recalled"', "two rows in force"),
        ('who_tells = "police"', 'who_tells = "nobody"', "who_tells must be one of"),
    ],
)
def test_an_event_with_a_slip_is_refused(was, becomes, complaint):
    broken = text("events.toml").replace(was, becomes, 1)
    assert broken != text("events.toml")

    with pytest.raises(BadDataFile, match=complaint):
        tables.load_events(broken)


def test_a_missing_event_is_refused():
    one = text("events.toml").split("\n\n[[event]]")[:2]

    with pytest.raises(BadDataFile, match="has no row"):
        tables.load_events("\n\n[[event]]".join(one))


ONE_MOVE = """
[[move]]
event = "plea_entered"
field = "plea"
said = ["guilty"]
from = ["court", "S50"]
to = "S60"
source = "A source"
confidence = "memory"
in_force_from = 2020-01-01
"""


def test_a_move_is_read_by_its_event_and_every_stage_it_starts_from():
    found = tables.load_moves(ONE_MOVE, tables.STAGES)

    stages = {stage for _, stage in found}
    assert stages == {"S33", "S40", "S41", "S42", "S43", "S50"}
    assert {event for event, _ in found} == {"plea_entered"}


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ('"plea_entered"', '"full_moon"', "event is none that is known"),
        ('to = "S60"', 'to = "S99"', "to is no stage"),
        ('said = ["guilty"]\n', "", "field and said go together"),
        ('["court", "S50"]', '["moon"]', "from names no stage or part"),
        ('["court", "S50"]', "[]", "from names no stage or part"),
        ('to = "S60"', 'to = "S10"', "again is missing: from S33 it goes back"),
        ('to = "S60"', 'to = "S60"\nwhy = "No"', "why is not a field"),
    ],
)
def test_a_move_with_a_slip_is_refused(was, becomes, complaint):
    assert was in ONE_MOVE
    with pytest.raises(BadDataFile, match=f"moves.toml, move 1: {complaint}"):
        tables.load_moves(ONE_MOVE.replace(was, becomes, 1), tables.STAGES)


def test_two_moves_for_the_same_are_refused():
    with pytest.raises(BadDataFile, match="move 2: from has a row for S33 already"):
        tables.load_moves(ONE_MOVE * 2, tables.STAGES)


def test_a_choice_without_options_and_an_outcome_nobody_knows_are_refused():
    details = text("details.toml").replace('kind = "choice"', 'kind = "words"', 1)
    with pytest.raises(BadDataFile, match="options belong to a choice"):
        tables.load_details(details)
    outcomes = text("outcomes.toml").replace('code = "1A"', 'code = "99"', 1)
    with pytest.raises(BadDataFile, match="code is no outcome"):
        tables.load_outcomes(outcomes)


def test_what_is_asked_about_an_event_comes_in_the_order_of_the_form():
    asked = [row.code for row in tables.details_of("sentenced")]

    assert asked == ["sentence", "months", "orders"]
    assert tables.details_of("suspect_arrested") == ()


def test_a_stage_or_reason_without_words_is_refused():
    with pytest.raises(BadDataFile, match="stage 1: label is missing"):
        tables.load_stages(text("stages.toml").replace('"Not reported"', '""'))
    with pytest.raises(BadDataFile, match="reason 1: label is missing"):
        tables.load_not_owed(
            text("not_owed.toml").replace('"They asked not to be told"', '""')
        )
