"""What a case asks for: the truth table of every rule."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.care.assessment.rules.prompts import prompts_for
from alongside.care.assessment.tables.prompts import FILE, PROMPTS, load_prompts
from alongside.care.assessment.types.prompts import (
    Assessed,
    Happened,
    PromptCode,
    PromptFacts,
)
from alongside.care.casework.types import Tier
from alongside.care.instruments.types import Risk
from alongside.care.journey.types import ProgressEvent
from alongside.foundation.lib.datafile import BadDataFile

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ON = NOW.date()


def ago(days):
    return NOW - timedelta(days=days)


def asked(days_open=3, tier=Tier.STANDARD, high_risk=False, **facts):
    known = {"has_ground": tier is Tier.ENHANCED, **facts}
    return prompts_for(
        PromptFacts(tier=tier, high_risk=high_risk, opened_at=ago(days_open), **known),
        PROMPTS,
        ON,
    )


def codes(**facts):
    return [prompt.code for prompt in asked(**facts)]


CALM = Assessed(ago(2))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # unassessed: by risk first, then by what is owed
        ({"days_open": 13}, []),
        ({"days_open": 14}, [PromptCode.UNASSESSED]),
        ({"days_open": 4, "tier": Tier.ENHANCED}, []),
        ({"days_open": 5, "tier": Tier.ENHANCED}, [PromptCode.UNASSESSED]),
        ({"days_open": 0, "high_risk": True}, []),
        ({"days_open": 1, "high_risk": True}, [PromptCode.UNASSESSED]),
        ({"days_open": 90, "assessed": CALM}, []),
        # a ground that somebody confirmed, and that is not known to be so any more
        (
            {"has_ground": True, "doubted": Happened(5, ago(1), "Three or more")},
            [PromptCode.LOOK_AGAIN],
        ),
        # a new incident, after the last assessment only
        ({"incident": Happened(7, ago(1), "Theft")}, []),
        (
            {"assessed": CALM, "incident": Happened(7, ago(1), "Theft")},
            [PromptCode.NEW_INCIDENT],
        ),
        ({"assessed": CALM, "incident": Happened(7, ago(2), "Theft")}, []),
        # bail and release, assessed or not, unless assessed since
        ({"event": Happened(9, ago(1), "Bailed")}, [PromptCode.RELEASED]),
        (
            {"assessed": CALM, "event": Happened(9, ago(1), "Bailed")},
            [PromptCode.RELEASED],
        ),
        ({"assessed": CALM, "event": Happened(9, ago(3), "Bailed")}, []),
        # on the day on which it is to be looked at again
        ({"assessed": Assessed(ago(30), review_on=ON)}, [PromptCode.REVIEW_DUE]),
        ({"assessed": Assessed(ago(30), review_on=ON + timedelta(days=1))}, []),
        # risk raised
        (
            {"assessed": Assessed(ago(1), risk=Risk.HIGH, risk_before=Risk.MEDIUM)},
            [PromptCode.RISK_RAISED],
        ),
        ({"assessed": Assessed(ago(1), risk=Risk.HIGH, risk_before=Risk.HIGH)}, []),
        ({"assessed": Assessed(ago(1), risk=Risk.NONE, risk_before=Risk.HIGH)}, []),
        ({"assessed": Assessed(ago(1), risk=Risk.HIGH)}, []),
        # enhanced support that nothing speaks for
        (
            {"tier": Tier.ENHANCED, "has_ground": False, "assessed": CALM},
            [PromptCode.NOTHING_SPEAKS],
        ),
        ({"tier": Tier.STANDARD, "has_ground": False, "assessed": CALM}, []),
    ],
)
def test_when_a_case_asks_for_something(facts, expected):
    assert codes(**facts) == expected


def test_what_somebody_answered_goes_and_the_next_of_its_kind_comes():
    first = {"assessed": CALM, "incident": Happened(7, ago(1), "Theft")}
    (prompt,) = asked(**first)
    answered = frozenset({(prompt.code, prompt.about)})

    assert asked(**first, answered=answered) == ()
    later = first | {"incident": Happened(8, ago(0), "Theft")}
    assert codes(**later, answered=answered) == [PromptCode.NEW_INCIDENT]


def test_what_matters_most_comes_first_and_says_what_it_is():
    found = asked(
        assessed=Assessed(ago(9), ON, Risk.HIGH, Risk.NONE),
        incident=Happened(7, ago(1), "Theft"),
        event=Happened(9, ago(1), "Suspect bailed"),
    )

    assert [prompt.code for prompt in found] == [
        PromptCode.RISK_RAISED,
        PromptCode.RELEASED,
        PromptCode.NEW_INCIDENT,
        PromptCode.REVIEW_DUE,
    ]
    assert found[2].words == "Something has happened since the last assessment: Theft"


def test_every_event_that_makes_a_prompt_is_one_of_the_journey():
    events = {event for row in PROMPTS for event in row.events}

    assert events <= {event.value for event in ProgressEvent}


def test_a_kind_without_a_row_is_refused():
    text = FILE.read_text(encoding="utf-8").replace('"review_due"', '"new_incident"')

    with pytest.raises(BadDataFile):
        load_prompts(text)
