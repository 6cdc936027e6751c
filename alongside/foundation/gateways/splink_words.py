"""What is compared, in the words of Splink: levels as SQL, weights, settings."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Splink's word for comparing the records of one set with each other; in two parts,
# for it is a word we do not use ourselves.
WITHIN_ONE_SET = "".join(("ded", "upe_only"))
# What Splink gives a level that no pair of the training reached.
SMALLEST = 1e-6

Chances = Mapping[str, Sequence[tuple[float, float]]]
Frequencies = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class LevelSql:
    """One level of a comparison: `sql` over columns that end in _l and _r.

    `frequency` is the column whose rare values weigh more, where there is one.
    """

    label: str
    sql: str
    frequency: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonSql:
    """One field or group of fields: when it says nothing, then levels, best first.

    Whatever reaches no level falls to a last one, "else".
    """

    name: str
    nothing: str
    levels: tuple[LevelSql, ...]


@dataclass(frozen=True, slots=True)
class Learnt:
    """What training found: how often two records at random are one person's, and
    for each level (the last is "else") how often it occurs among records of one
    person (m) and of two (u); how frequent the values of a column are, and the
    floor that counts for rarer ones. A column without values adds nothing.
    """

    prior: float
    chances: Chances
    frequencies: Frequencies
    floors: Mapping[str, float]


def level_sql(one: ComparisonSql) -> str:
    whens = "".join(
        f" WHEN {level.sql} THEN {at}" for at, level in enumerate(one.levels)
    )
    return (
        f"(CASE WHEN {one.nothing} THEN -1{whens} ELSE {len(one.levels)} END)"
        f"::TINYINT AS g_{one.name}"
    )


def comparison_settings(
    one: ComparisonSql, learnt: Learnt | None, floors: Mapping[str, float]
) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": one.nothing,
            "label_for_charts": "nothing",
            "is_null_level": True,
        }
    ]
    levels += [_level(level, learnt, floors) for level in one.levels]
    levels.append({"sql_condition": "ELSE", "label_for_charts": "else"})
    if learnt is not None:
        chances = learnt.chances[one.name]
        for level, (m, u) in zip(levels[1:], chances, strict=True):
            level |= {"m_probability": m, "u_probability": u}
    return {"output_column_name": one.name, "comparison_levels": levels}


def _level(
    level: LevelSql, learnt: Learnt | None, floors: Mapping[str, float]
) -> dict[str, Any]:
    given: dict[str, Any] = {
        "sql_condition": level.sql,
        "label_for_charts": level.label,
    }
    if level.frequency and (learnt is None or learnt.frequencies[level.frequency]):
        given |= {
            "tf_adjustment_column": level.frequency,
            "tf_adjustment_weight": 1.0,
            "tf_minimum_u_value": floors[level.frequency],
        }
    return given


def read_chances(saved: Mapping[str, Any]) -> dict[str, list[tuple[float, float]]]:
    """m and u of each level, best first; what was never seen is very rare."""
    return {
        one["output_column_name"]: [
            (_chance(level.get("m_probability")), _chance(level.get("u_probability")))
            for level in one["comparison_levels"]
            if not level.get("is_null_level")
        ]
        for one in saved["comparisons"]
    }


def _chance(value: object) -> float:
    if not isinstance(value, float) or math.isnan(value):
        return SMALLEST
    return min(max(value, SMALLEST), 1.0)
