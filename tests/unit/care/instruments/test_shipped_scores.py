"""What answers to the instruments that are shipped come to: a table for each."""

import pytest

from alongside.care.instruments.rules.scoring import score
from alongside.care.instruments.rules.showing import shown
from alongside.care.instruments.tables import INSTRUMENTS, PROCEDURES
from alongside.care.instruments.types import BadAnswers, QuestionKind, Risk


def totals(result):
    return {one.score: one.total for one in result.scores}


def bands(result):
    return {one.score: one.band.code for one in result.scores if one.band}


ENHANCED = {
    "most_serious": ["none"],
    "targeted": "no",
    "harassment": "no",
    "under_18": "no",
    "conditions": ["none"],
    "afraid_to_testify": "no",
    "discretion": "no",
}


@pytest.mark.parametrize(
    ("answers", "grounds"),
    [
        ({}, ""),
        ({"most_serious": ["bereaved"]}, "A"),
        ({"most_serious": ["hate_crime", "sexual_offence"]}, "A"),
        ({"targeted": "yes"}, "B"),
        ({"harassment": "yes"}, "B"),
        ({"targeted": "dont_know"}, ""),
        ({"under_18": "yes"}, "C1"),
        ({"conditions": ["learning"], "conditions_affect": "yes"}, "C1"),
        ({"conditions": ["learning"], "conditions_affect": "no"}, ""),
        ({"conditions_affect": "yes"}, ""),  # hidden, so it is not asked
        ({"afraid_to_testify": "yes", "fear_affects": "yes"}, "C2"),
        ({"afraid_to_testify": "yes", "fear_affects": "no"}, ""),
        ({"fear_affects": "yes"}, ""),
        ({"discretion": "yes", "discretion_reason": "Why"}, "D"),
        ({"most_serious": ["kidnap"], "under_18": "yes", "targeted": "yes"}, "A B C1"),
    ],
)
def test_grounds_that_answers_propose(answers, grounds):
    result = score(INSTRUMENTS["enhanced_rights", 1], {**ENHANCED, **answers})
    assert result.asks == tuple(f"ground:{one}" for one in grounds.split())


def test_a_ground_by_discretion_needs_its_reason():
    with pytest.raises(BadAnswers):
        score(INSTRUMENTS["enhanced_rights", 1], {**ENHANCED, "discretion": "yes"})


CALM = {"thoughts": "no", "self_harm": "no"}
ASKED = {"plan": "no", "means": "no", "before": "no"}


@pytest.mark.parametrize(
    ("answers", "now"),
    [
        (CALM, False),
        (CALM | {"self_harm": "yes"}, True),
        ({"thoughts": "yes", "self_harm": "no"} | ASKED, True),
        ({"thoughts": "not_said", "self_harm": "no"} | ASKED, False),
        ({"thoughts": "not_said", "self_harm": "no"} | ASKED | {"plan": "yes"}, True),
        ({"thoughts": "not_said", "self_harm": "no"} | ASKED | {"means": "yes"}, True),
        ({"thoughts": "not_said", "self_harm": "no"} | ASKED | {"before": "yes"}, True),
    ],
)
def test_any_yes_calls_for_the_safety_procedure(answers, now):
    result = score(INSTRUMENTS["suicide_prompt", 1], answers)
    assert ("safety_procedure" in result.asks) is now
    assert (result.risk is Risk.HIGH) is now


def test_the_safety_procedure_is_there_with_numbers_and_their_sources():
    procedure = PROCEDURES["safety_procedure"]
    assert "call 999" in procedure.steps[0]
    assert {"999", "116 123"} <= {line.number for line in procedure.lines}
    assert all(line.source for line in procedure.lines)


ASB = INSTRUMENTS["asb_matrix", 1]
ASB_NO = dict.fromkeys(ASB.scores[0].questions, "no") | {
    "type": "personal",
    "how_often": "once",
    "effect": 0,
    "support": "both",
}


@pytest.mark.parametrize(
    ("answers", "total", "band", "days"),
    [
        ({}, 0, "standard", None),
        ({"linked": "dont_know"}, 1, "standard", None),
        ({"hate": "yes"}, 4, "standard", None),  # weighs double
        ({"vulnerable": "yes", "hate": "yes", "effect": 3}, 11, "standard", None),
        ({"vulnerable": "yes", "hate": "yes", "effect": 4}, 12, "medium", 28),
        (
            {
                "vulnerable": "yes",
                "hate": "yes",
                "effect": 5,
                "how_often": "daily",
                "support": "nobody",
            },
            21,
            "medium",
            28,
        ),
        (
            {
                "vulnerable": "yes",
                "hate": "yes",
                "effect": 5,
                "how_often": "daily",
                "support": "nobody",
                "others": "dont_know",
            },
            22,
            "high",
            14,
        ),
    ],
)
def test_the_sample_matrix_and_its_review_cycles(answers, total, band, days):
    result = score(ASB, {**ASB_NO, **answers})
    assert totals(result)["harm"] == total
    assert (bands(result)["harm"], result.review_days) == (band, days)
    assert ("supervisor" in result.asks) is (band == "high")


def test_the_sample_matrix_says_that_it_is_one():
    assert "sample" in ASB.title and "Sample" in ASB.source


WITNESS = {
    "under_18_at_hearing": "no",
    "section_16": ["none"],
    "automatic": ["none"],
    "afraid": "no",
    "declines": "declines",
}


@pytest.mark.parametrize(
    ("answers", "sixteen", "seventeen"),
    [
        ({}, "no", "no"),
        ({"under_18_at_hearing": "yes"}, "yes", "no"),
        ({"under_18_at_hearing": "dont_know"}, "no", "no"),
        ({"section_16": ["learning"]}, "yes", "no"),
        ({"automatic": ["domestic_abuse"]}, "no", "yes"),
        ({"afraid": "yes"}, "no", "yes"),
        ({"section_16": ["physical"], "afraid": "yes"}, "yes", "yes"),
    ],
)
def test_who_special_measures_are_open_to(answers, sixteen, seventeen):
    result = score(INSTRUMENTS["witness_needs", 1], {**WITNESS, **answers})
    found = bands(result)
    assert (found["section_16"], found["section_17"]) == (sixteen, seventeen)
    assert ("special_measures" in result.asks) is ("yes" in (sixteen, seventeen))


def test_measures_23_to_30_each_have_their_status():
    witness = INSTRUMENTS["witness_needs", 1]
    (grid,) = (q for q in witness.questions() if q.code == "measures")
    assert [row.code for row in grid.rows] == [f"s{n}" for n in range(23, 31)]
    statuses = dict.fromkeys((row.code for row in grid.rows), "discussed")
    answers = {**WITNESS, "declines": "wants", "measures": statuses}
    assert totals(score(witness, answers))["measures_granted"] == 0
    answers["measures"] = statuses | {"s23": "granted", "s24": "part", "s30": "refused"}
    assert totals(score(witness, answers))["measures_granted"] == 2


ACCESS = {
    "english": "english",
    "interpreter": "no",
    "reading": "well",
    "learning": "no",
}


@pytest.mark.parametrize(
    ("rows", "total"), [("nnnn", 0), ("snnn", 1), ("smnn", 2), ("mmmm", 4)]
)
def test_how_many_difficulties_somebody_has(rows, total):
    words = {"n": "none", "s": "some", "m": "much"}
    names = ("hearing", "sight", "speaking", "moving")
    grid = {name: words[row] for name, row in zip(names, rows, strict=True)}
    one = INSTRUMENTS["access_needs", 1]
    result = score(one, {**ACCESS, "difficulties": grid})
    assert totals(result)["difficulty"] == total
    helps = [q.code for q in shown(one, {**ACCESS, "difficulties": grid})]
    assert ("body_helps" in helps) is (total > 0)


CHILD = {
    "guardian": "parent",
    "guardian_suspect": "no",
    "under_13": "yes",
    "agreed_by": "guardian",
    "safeguarding": "no",
}
UNDERSTANDS = dict.fromkeys(("what", "risks", "choices", "free"), "yes")


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({}, {"safeguarding": "none"}),
        ({"safeguarding": "yes"}, {"safeguarding": "worry"}),
        ({"guardian_suspect": "yes"}, {"safeguarding": "worry"}),
        ({"guardian_suspect": "dont_know"}, {"safeguarding": "worry"}),
        (
            {"guardian": "council", "guardian_suspect": "yes"},
            {"safeguarding": "none"},  # hidden
        ),
        (
            {"under_13": "no", "understands": UNDERSTANDS},
            {"safeguarding": "none", "competence": "competent"},
        ),
        (
            {"under_13": "no", "understands": {**UNDERSTANDS, "free": "not_sure"}},
            {"safeguarding": "none", "competence": "not_shown"},
        ),
    ],
)
def test_who_decides_for_a_child_and_what_worries(answers, found):
    result = score(INSTRUMENTS["child_needs", 1], {**CHILD, **answers})
    assert bands(result) == found


@pytest.mark.parametrize(
    ("code", "many", "least", "most"),
    [("needs", 8, 0, 10), ("outcomes", 4, 1, 5), ("child_needs", 8, 0, 4)],
)
def test_distance_travelled_keeps_each_number_and_no_total(code, many, least, most):
    one = INSTRUMENTS[code, 1]
    distance = one.scores[0]
    assert len(distance.questions) == many
    scales = [q for q in one.questions() if q.kind is QuestionKind.SCALE]
    assert {(q.least, q.most) for q in scales} == {(least, most)}
    needed = CHILD if code == "child_needs" else {}
    for number in range(least, most + 1):
        answers = {**needed, **dict.fromkeys(distance.questions, number)}
        result = score(one, answers).scores[0]
        assert (result.total, result.answered) == (None, many)
        assert set(result.each.values()) == {number}
    some = score(one, {**needed, distance.questions[0]: most}).scores[0]
    assert (some.each, some.answered) == ({distance.questions[0]: most}, 1)
