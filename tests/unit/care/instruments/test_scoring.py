"""What answers come to: every way of counting, and every score that is shipped."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.care.instruments.rules.scoring import score
from alongside.care.instruments.rules.showing import shown
from alongside.care.instruments.tables import INSTRUMENTS, latest
from alongside.care.instruments.tables.counting import range_of
from alongside.care.instruments.tables.reading import parse_instrument
from alongside.care.instruments.types import BadAnswers, QuestionKind, Risk
from tests.unit.care.instruments.texts import EVERY_KIND, made, question, shown_if

ONE = parse_instrument(EVERY_KIND)
SHIPPED = list(INSTRUMENTS.values())
DASH = INSTRUMENTS["dash", 1]
KEYS = DASH.scores[0].questions


def totals(result):
    return {one.score: one.total for one in result.scores}


def bands(result):
    return {one.score: one.band.code for one in result.scores if one.band}


@pytest.mark.parametrize(
    ("answers", "total", "band"),
    [
        ({"one": "b"}, 0, "low"),
        ({"one": "a"}, 2, "low"),
        ({"one": "a", "many": ["x", "y"]}, 6, "low"),
        ({"one": "a", "many": ["y"], "number": 10}, 15, "high"),
        ({"one": "b", "scale": 4}, 8, "low"),  # weighted by two
        ({"one": "b", "grid": {"r1": "high", "r2": "high"}}, 10, "high"),
        # Hidden answers never count.
        ({"one": "b", "many": ["x", "y"], "number": 10}, 0, "low"),
    ],
)
def test_a_sum_by_kind_and_weight(answers, total, band):
    result = score(ONE, answers)
    assert (totals(result), bands(result)) == ({"total": total}, {"total": band})


def counted(counting, answers, **more):
    one = made(
        question("a", "scale"),
        question(
            "b",
            "many",
            options=[
                {"code": "x", "words": "X", "score": 1},
                {"code": "y", "words": "Y", "score": 3},
            ],
        ),
        question(
            "g",
            "grid",
            rows=[{"code": c, "words": c} for c in ("r1", "r2")],
            options=[
                {"code": "x", "words": "X", "score": 2},
                {"code": "z", "words": "Z"},
            ],
        ),
        scores=[
            {
                "code": "s",
                "words": "S",
                "counting": counting,
                "questions": more.pop("questions", ["a", "b", "g"]),
                **more,
            }
        ],
    )
    return score(one, answers).scores[0]


ANSWERS = {"a": 2, "b": ["x", "y"], "g": {"r1": "x", "r2": "x"}}


def test_the_ways_of_counting():
    assert counted("sum", ANSWERS).total == 10
    assert counted("highest", ANSWERS).total == 3
    assert counted("highest", ANSWERS, weights={"a": 2}).total == 4
    # A question counts once however many of its answers do; of a grid each row does.
    count = {"counted": ["x", "y"], "questions": ["b", "g"]}
    assert counted("count", ANSWERS, **count).total == 3
    each = counted("each", ANSWERS)
    assert (each.total, each.each) == (None, {"a": 2, "b": 4, "g": 4})
    assert each.answered == 3


def test_what_nobody_answered_has_no_total():
    nothing = counted("sum", {})
    assert (nothing.total, nothing.band, nothing.answered) == (None, None, 0)
    assert counted("sum", {"a": 0}).total == 0


def test_half_finished_answers_are_never_scored():
    with pytest.raises(BadAnswers):
        score(ONE, {})
    with pytest.raises(BadAnswers):
        score(DASH, dict.fromkeys(KEYS[:-1], "yes"))
    with pytest.raises(BadAnswers):
        score(ONE, {"one": "c"})


def test_the_soonest_review_and_the_highest_risk_hold():
    band = {"words": "x", "at_least": 0}
    one = made(
        question("a", "scale"),
        scores=[
            {
                "code": c,
                "words": c,
                "counting": "sum",
                "questions": ["a"],
                "band": [{"code": "only", **band, **more}],
            }
            for c, more in {
                "s": {"risk": "medium", "review_days": 28, "asks": ["x", "y"]},
                "t": {"risk": "standard", "review_days": 90, "asks": ["y", "z"]},
            }.items()
        ],
        review_days=56,
    )
    result = score(one, {"a": 1})
    assert (result.risk, result.review_days) == (Risk.MEDIUM, 28)
    assert result.asks == ("x", "y", "z")


# The shipped ones.

NEEDED = {"told_by": "victim", "children": "no"}


def dash(yes, other="no"):
    answers = dict.fromkeys(KEYS, other) | dict.fromkeys(KEYS[:yes], "yes")
    return score(DASH, {**NEEDED, **answers})


@pytest.mark.parametrize("other", ["no", "dont_know"])
@pytest.mark.parametrize("yes", range(25))
def test_the_risk_list_by_how_many_say_yes(yes, other):
    result = dash(yes, other)
    band = "standard" if yes < 10 else "medium" if yes < 14 else "high"
    assert totals(result)["yes_count"] == yes
    assert (bands(result)["yes_count"], result.risk) == (band, Risk(band))
    high = {"marac", "idva", "supervisor"}
    assert set(result.asks) == (high if yes >= 14 else set())


def test_the_risk_list_has_24_keys_and_its_limits():
    assert len(KEYS) == 24
    assert DASH.judgement and DASH.needs_licensed_text
    assert DASH.limits["escalation_incidents"] == 3
    assert DASH.limits["escalation_months"] == 12


def test_children_in_the_home_ask_for_their_own_referral():
    answers = dict.fromkeys(KEYS, "no") | {"told_by": "victim", "children": "yes"}
    assert score(DASH, answers).asks == ("child_safeguarding",)


ORDER = {"standard": 0, "medium": 1, "high": 2}


@given(
    answers=st.fixed_dictionaries(
        {key: st.sampled_from(["yes", "no", "dont_know"]) for key in KEYS}
    ),
    more=st.fixed_dictionaries(
        {
            "told_by": st.sampled_from(["victim", "professional", "other"]),
            "told_by_whom": st.text(max_size=500),
            "children": st.sampled_from(["yes", "no"]),
            "own_view": st.text(max_size=100),
        }
    ),
)
def test_no_set_of_answers_lowers_a_band_below_its_count(answers, more):
    more["told_by_whom"] = more["told_by_whom"].strip() or "somebody"
    result = score(DASH, {**answers, **more})
    yes = sum(1 for one in answers.values() if one == "yes")
    least = "high" if yes >= 14 else "medium" if yes >= 10 else "standard"
    assert ORDER[bands(result)["yes_count"]] >= ORDER[least]
    assert ORDER[result.risk.value] >= ORDER[least]
    # One yes more never lowers it either.
    for key in KEYS:
        raised = score(DASH, {**answers, **more, key: "yes"})
        assert ORDER[raised.risk.value] >= ORDER[result.risk.value]


@pytest.mark.parametrize("one", SHIPPED, ids=lambda one: one.code)
def test_every_band_that_is_shipped_can_be_reached(one):
    by_code = {q.code: q for q in one.questions()}
    for each in one.scores:
        least, most = range_of(each, by_code)
        for band in each.bands:
            assert least is not None and most is not None
            assert least <= band.at_least <= most


@given(data=st.data())
def test_no_answers_that_are_allowed_make_scoring_fall_over(data):
    one = data.draw(st.sampled_from(SHIPPED))
    answers: dict[str, object] = {}
    for _ in range(3):  # what the answers lead to is answered as well
        for asked in shown(one, answers):
            if asked.code not in answers:
                answers[asked.code] = data.draw(answer_to(asked))
    result = score(one, answers)
    for each, found in zip(one.scores, result.scores, strict=True):
        least, most = range_of(each, {q.code: q for q in one.questions()})
        if found.total is not None:
            assert least is not None and most is not None
            assert least <= found.total <= most
            assert bool(found.band) is bool(each.bands)


def answer_to(asked):
    options = [option.code for option in asked.options]
    alone = [option.code for option in asked.options if option.exclusive]
    together = [code for code in options if code not in alone]
    return {
        QuestionKind.CHOICE: lambda: st.sampled_from(options),
        QuestionKind.MANY: lambda: st.one_of(
            st.lists(st.sampled_from(together), min_size=1, unique=True),
            *([st.sampled_from([[code] for code in alone])] if alone else []),
        ),
        QuestionKind.SCALE: lambda: st.integers(asked.least, asked.most),
        QuestionKind.NUMBER: lambda: st.integers(asked.least or 0, asked.most or 9),
        QuestionKind.DATE: lambda: st.dates().map(lambda day: day.isoformat()),
        QuestionKind.TEXT: lambda: st.text(min_size=1, max_size=50),
        QuestionKind.GRID: lambda: st.fixed_dictionaries(
            {row.code: st.sampled_from(options) for row in asked.rows}
        ),
    }[asked.kind]()


def test_the_newest_in_force_is_the_one_that_is_asked():
    assert latest("dash", date(2026, 11, 22)) is DASH
    assert latest("dash", date(2020, 1, 1)) is None
    assert latest("nothing", date(2026, 11, 22)) is None


def test_a_condition_may_hang_on_a_grid():
    one = made(
        question("g", "grid"), question(show_if=[shown_if("g", "any_of", ["yes"])])
    )
    assert len(shown(one, {"g": {"r1": "yes"}})) == 2
