"""Splink on DuckDB: learns weights from records, and compares millions of them.

Plain data in and out. What is compared, how, and what is made of the answer is the
business of whoever asks; this knows of records with text columns, of levels as SQL, and
of tables: `records`, then `pairs`, then `edges`, then `clusters`.
"""

import logging
import math
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker, block_on
from splink.clustering import cluster_pairwise_predictions_at_threshold
from splink.internals.exceptions import SplinkException

from alongside.foundation.lib.errors import DomainError

# Splink's word for comparing the records of one set with each other.
WITHIN_ONE_SET = "dedupe_only"
SEED = 20261122
# What Splink gives a level that no pair of the training reached.
SMALLEST = 1e-6

Chances = Mapping[str, Sequence[tuple[float, float]]]
Frequencies = Mapping[str, Mapping[str, float]]


class NothingToLearn(DomainError):
    user_message = (
        "These records have too little in common to learn weights from: "
        "name a model with --model"
    )


class NoSpark(DomainError):
    user_message = (
        "Spark is not installed: install requirements/spark.txt, or leave out --engine"
    )


def check_spark() -> None:
    """Raise NoSpark where Spark is not installed."""
    if find_spec("pyspark") is None:
        raise NoSpark


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


class LinkEngine:
    """Records in a database of their own, in memory, for one run."""

    def __init__(
        self,
        columns: Sequence[str],
        *,
        derived: Mapping[str, str],
        compare_in: str = "duckdb",
    ) -> None:
        """`columns` are text; `derived` are more columns, each as SQL over them.

        Raises:
            NoSpark: comparing was to be done in "spark", which is not installed.
        """
        if compare_in == "spark":
            check_spark()
        self.database = duckdb.connect()
        self.columns, self.derived = tuple(columns), dict(derived)
        self.rows = 0
        shape = ", ".join(f"{name} VARCHAR" for name in self.columns)
        self.database.execute(f"CREATE TABLE loaded (unique_id BIGINT, {shape})")

    def close(self) -> None:
        """Give the memory back."""
        self.database.close()

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """More records; they are numbered from nought. Empty text is nothing."""
        first, self.rows = self.rows, self.rows + len(rows)
        data = {"unique_id": pa.array(range(first, self.rows), pa.int64())}
        for name, values in zip(self.columns, zip(*rows, strict=True), strict=True):
            data[name] = pa.array(values, pa.string())
        self.database.register("batch", pa.table(data))
        named = ", ".join(f"nullif({name}, '')" for name in self.columns)
        self.database.execute(
            f"INSERT INTO loaded SELECT unique_id, {named} FROM batch"
        )
        self.database.unregister("batch")

    def finish(self) -> None:
        """No more records come: make what is derived from them."""
        more = "".join(f', {sql} AS "{name}"' for name, sql in self.derived.items())
        self._table("records", f"SELECT *{more} FROM loaded")
        self.database.execute("DROP TABLE loaded")

    def filled(self) -> dict[str, float]:
        """The part of the records in which each column says something."""
        names = [*self.columns, *self.derived]
        counts = ", ".join(f'count("{name}")' for name in names)
        (found,) = self.database.execute(f"SELECT {counts} FROM records").fetchall()
        return {
            name: count / max(self.rows, 1)
            for name, count in zip(names, found, strict=True)
        }

    def pairs_behind(self, rule: Sequence[str]) -> int:
        """How many pairs of records agree on all columns of a rule."""
        by = ", ".join(f'"{name}"' for name in rule)
        there = " AND ".join(f'"{name}" IS NOT NULL' for name in rule)
        (found,) = self.database.execute(
            "SELECT coalesce(sum(n * (n - 1) / 2), 0)::BIGINT FROM"
            f" (SELECT count(*) n FROM records WHERE {there} GROUP BY {by})"
        ).fetchall()
        return int(found[0])

    def share_behind(self, rule: Sequence[str]) -> float:
        """The part of all pairs in which these columns say something that agree."""
        there = " AND ".join(f'"{name}" IS NOT NULL' for name in rule)
        ((told,),) = self.ask(f"SELECT count(*) FROM records WHERE {there}")
        return max(self.pairs_behind(rule) / max(told * (told - 1) / 2, 1), SMALLEST**2)

    def learn(
        self,
        comparisons: Sequence[ComparisonSql],
        *,
        sure: Sequence[Sequence[str]],
        found_by_sure: float,
        blockings: Sequence[Sequence[str]],
        floors: Mapping[str, float],
        most_pairs: float,
    ) -> Learnt:
        """Train on the records, without being told who is who.

        `sure` are rules by which records are surely one person's, which find about
        `found_by_sure` of all; `blockings` say among which pairs to learn, at least
        two, so that each comparison is learnt among pairs met by another.

        Raises:
            NothingToLearn: no pairs agree, or a comparison was never learnt.
        """
        linker = self._linker(comparisons, rules=blockings, floors=floors)
        train = linker.training
        with _quiet():
            try:
                train.estimate_probability_two_random_records_match(
                    [self._rule(rule) for rule in sure], recall=found_by_sure
                )
                train.estimate_u_using_random_sampling(max_pairs=most_pairs, seed=SEED)
                for rule in blockings:
                    train.estimate_parameters_using_expectation_maximisation(
                        self._rule(rule),
                        estimate_without_term_frequencies=True,
                        max_pairs=most_pairs / 10,
                    )
            except (SplinkException, ValueError, ZeroDivisionError) as error:
                raise NothingToLearn from error
            saved = linker.misc.save_model_to_json()
        prior = float(saved["probability_two_random_records_match"])
        if not 0 < prior < 1:
            raise NothingToLearn
        frequent = {
            level.frequency
            for comparison in comparisons
            for level in comparison.levels
            if level.frequency
        }
        frequencies = {
            name: self._frequencies(name, floors[name]) for name in sorted(frequent)
        }
        return Learnt(prior, _chances(saved), frequencies, floors)

    def compare(
        self,
        comparisons: Sequence[ComparisonSql],
        learnt: Learnt,
        *,
        rules: Sequence[Sequence[str]],
        least: float,
    ) -> int:
        """Fill `pairs`: l, r, weight, and a column g_NAME for each comparison.

        A level is a number, 0 the best, -1 nothing to compare. Only pairs behind
        one of `rules` are compared, and those of `least` weight kept. Returns how
        many.
        """
        linker = self._linker(comparisons, rules=rules, learnt=learnt)
        self._known_frequencies(linker, learnt)
        with _quiet():
            found = linker.inference.predict(
                threshold_match_weight=least, warning_mode="never"
            )
        levels = ", ".join(
            f"(CASE gamma_{one.name} WHEN -1 THEN -1"
            f" ELSE {len(one.levels)} - gamma_{one.name} END)::TINYINT AS g_{one.name}"
            for one in comparisons
        )
        self._table(
            "pairs",
            "SELECT unique_id_l AS l, unique_id_r AS r, match_weight AS weight,"
            f" {levels} FROM {found.physical_name}",
        )
        found.drop_table_from_database_and_remove_from_cache()
        (count,) = self.database.execute("SELECT count(*) FROM pairs").fetchall()
        return int(count[0])

    def join_up(self, where: str = "true") -> None:
        """Fill `clusters` (record, cluster): what hangs together by `edges`."""
        self._table("joined", f"SELECT l, r FROM edges WHERE {where}")
        self._table("nodes", "SELECT unique_id FROM records")
        with _quiet():
            found = cluster_pairwise_predictions_at_threshold(
                "nodes",
                "joined",
                self._api(),
                "unique_id",
                edge_id_column_name_left="l",
                edge_id_column_name_right="r",
            )
        self._table(
            "clusters",
            "SELECT unique_id AS record, cluster_id AS cluster"
            f" FROM {found.physical_name}",
        )
        self.database.execute("DROP TABLE joined; DROP TABLE nodes")

    def fill(self, table: str, shape: Mapping[str, str], rows: Iterable[Any]) -> None:
        """A table of the caller's own: columns with their SQL types, and rows."""
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        data = dict(zip(shape, columns or [()] * len(shape), strict=True))
        self.database.register("batch", pa.table({k: list(v) for k, v in data.items()}))
        named = ", ".join(f"{name}::{kind} AS {name}" for name, kind in shape.items())
        self._table(table, f"SELECT {named} FROM batch")
        self.database.unregister("batch")

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """The rows of an answer, all at once."""
        return self.database.execute(question).fetchall()

    def stream(
        self, question: str, *, piece: int = 50_000
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of a long answer, piece by piece."""
        cursor = self.database.cursor()
        cursor.execute(question)
        while rows := cursor.fetchmany(piece):
            yield from rows
        cursor.close()

    def make(self, table: str, question: str) -> None:
        """Keep the answer to a question as a table."""
        self._table(table, question)

    def drop(self, *tables: str) -> None:
        """Give back what tables hold."""
        for table in tables:
            self.database.execute(f"DROP TABLE {table}")

    def add_levels(
        self, into: str, pairs: str, comparisons: Sequence[ComparisonSql]
    ) -> None:
        """The pairs (l, r) of a table, whatever they weigh, with columns g_NAME.

        The columns of both records come along, as NAME_l and NAME_r.
        """
        names = [*self.columns, *self.derived]
        sides = [
            f"(SELECT unique_id AS {side}, "
            + ", ".join(f'"{name}" AS {name}_{side}' for name in names)
            + " FROM records)"
            for side in ("l", "r")
        ]
        levels = ", ".join(_level_sql(one) for one in comparisons)
        self._table(
            into,
            f"SELECT *, {levels} FROM {pairs}"
            f" JOIN {sides[0]} USING (l) JOIN {sides[1]} USING (r)",
        )

    def _table(self, name: str, question: str) -> None:
        self.database.execute(f"CREATE OR REPLACE TABLE {name} AS {question}")

    def _api(self) -> Any:
        return DuckDBAPI(connection=self.database)

    def _rule(self, columns: Sequence[str]) -> Any:
        return block_on(*columns)

    def _linker(
        self,
        comparisons: Sequence[ComparisonSql],
        *,
        rules: Sequence[Sequence[str]],
        learnt: Learnt | None = None,
        floors: Mapping[str, float] | None = None,
    ) -> Any:
        settings = {
            "link_type": WITHIN_ONE_SET,
            "comparisons": [
                _comparison(one, learnt, floors or (learnt.floors if learnt else {}))
                for one in comparisons
            ],
            "blocking_rules_to_generate_predictions": [self._rule(r) for r in rules],
            "retain_matching_columns": True,
            "retain_intermediate_calculation_columns": True,
            "em_convergence": 0.001,
            "max_iterations": 25,
        }
        if learnt is not None:
            settings["probability_two_random_records_match"] = learnt.prior
        records = self._api().register("records")
        return Linker(records, settings, log_level=logging.ERROR)

    def _frequencies(self, column: str, floor: float) -> dict[str, float]:
        """Values of a column as parts of all that are there, those above a floor."""
        found = self.ask(
            f'SELECT "{column}", count(*) / sum(count(*)) OVER () AS part FROM records'
            f' WHERE "{column}" IS NOT NULL GROUP BY 1'
            f" QUALIFY part > {floor!r} ORDER BY 1"
        )
        return dict(found)

    def _known_frequencies(self, linker: Any, learnt: Learnt) -> None:
        """Have Splink use the model's frequencies, and the floor for all others."""
        for column, known in learnt.frequencies.items():
            if not known:
                continue
            self.fill(
                "known", {"value": "VARCHAR", "part": "DOUBLE"}, list(known.items())
            )
            name = f"tf_of_{column}"
            self._table(
                name,
                f'SELECT r."{column}",'
                f" coalesce(k.part, {learnt.floors[column]!r}) AS tf_{column}"
                f' FROM (SELECT DISTINCT "{column}" FROM records'
                f' WHERE "{column}" IS NOT NULL) r'
                f' LEFT JOIN known k ON k.value = r."{column}"',
            )
            table = linker._db_api.register(name)
            linker.table_management.register_term_frequency_lookup(table, column)


def _level_sql(one: ComparisonSql) -> str:
    whens = "".join(
        f" WHEN {level.sql} THEN {at}" for at, level in enumerate(one.levels)
    )
    return (
        f"(CASE WHEN {one.nothing} THEN -1{whens} ELSE {len(one.levels)} END)"
        f"::TINYINT AS g_{one.name}"
    )


def _comparison(
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


def _chances(saved: Mapping[str, Any]) -> dict[str, list[tuple[float, float]]]:
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


@contextmanager
def _quiet() -> Iterator[None]:
    """Splink explains itself to analysts; its words are not for ours."""
    logger = logging.getLogger("splink")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for one run, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="alongside-link-") as folder:
        yield Path(folder)
