"""Splink on DuckDB: learns weights from records, and compares millions of them.

Plain data in and out. What is compared, how, and what is made of the answer is the
business of whoever asks; this knows of records with text columns, of levels as SQL, and
of tables: `records`, then `pairs`, then `edges`, then `clusters`.
"""

import logging
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import log2
from pathlib import Path
from typing import Any

from splink import DuckDBAPI, Linker, block_on
from splink.clustering import cluster_pairwise_predictions_at_threshold
from splink.internals.exceptions import SplinkException

from alongside.foundation.gateways.record_tables import RecordTables
from alongside.foundation.gateways.splink_narrow import NarrowApi
from alongside.foundation.gateways.splink_spark import (
    RECORDS,
    check_spark,
    compare_in_spark,
)
from alongside.foundation.gateways.splink_words import (
    WITHIN_ONE_SET,
    ComparisonSql,
    Learnt,
    comparison_settings,
    read_chances,
)
from alongside.foundation.lib.errors import DomainError

SEED = 20261122
# How often the prior is asked again what it would be, and how far it may move.
TURNS, FURTHEST = 12, 3.0


class NothingToLearn(DomainError):
    user_message = "These records have too little in common to learn weights from"


class LinkEngine(RecordTables):
    """Records in a database of their own, that Splink learns from and compares."""

    def __init__(
        self,
        columns: Sequence[str],
        *,
        derived: Mapping[str, str],
        compare_in: str = "duckdb",
    ) -> None:
        """As for RecordTables; `compare_in` is "duckdb" or "spark".

        Raises:
            NoSpark: Spark was named and is not installed.
        """
        if compare_in == "spark":
            check_spark()
        super().__init__(columns, derived=derived)
        self.compare_in = compare_in

    def learn(
        self,
        comparisons: Sequence[ComparisonSql],
        *,
        sure: Sequence[Sequence[str]],
        found_by_sure: float,
        nearly: Sequence[tuple[str, str]],
        blockings: Sequence[Sequence[str]],
        floors: Mapping[str, float],
        frequent: int,
        most_pairs: float,
    ) -> Learnt:
        """Train on the records, without being told who is who.

        `sure` are rules by which records are surely one person's, which find about
        `found_by_sure` of all; `nearly` are pairs of columns in which one person's
        records agree and strangers' only by chance: where one slip is in every record,
        these show how many they are. `blockings` say among which pairs to learn, at
        least two, so that each comparison is learnt among pairs met by another. Values
        that `frequent` records have are told one by one; rarer ones share a floor.

        Raises:
            NothingToLearn: no pairs agree, or a comparison was never learnt.
        """
        settings = self._settings(comparisons, floors=floors)
        linker = self._linker(settings, rules=blockings)
        with _quiet():
            try:
                linker.training.estimate_probability_two_random_records_match(
                    [self._rule(rule) for rule in sure], recall=found_by_sure
                )
                self._train(linker, blockings, most_pairs)
            except (SplinkException, ValueError, ZeroDivisionError) as error:
                raise NothingToLearn from error
            saved = linker.misc.save_model_to_json()
            linker._db_api.delete_tables_created_by_splink_from_db()
        prior = float(saved["probability_two_random_records_match"])
        prior = max(prior, *(self.beyond_chance(*rule) for rule in nearly))
        if not 0 < prior < 1:
            raise NothingToLearn
        return self._learnt(prior, saved, comparisons, floors=floors, frequent=frequent)

    def _learnt(
        self,
        prior: float,
        saved: Mapping[str, Any],
        comparisons: Sequence[ComparisonSql],
        *,
        floors: Mapping[str, float],
        frequent: int,
    ) -> Learnt:
        needed = {
            level.frequency
            for comparison in comparisons
            for level in comparison.levels
            if level.frequency
        }
        frequencies = {
            name: self._frequencies(name, floors[name], frequent)
            for name in sorted(needed)
        }
        lowest = {
            name: max(floors[name], self._rest(name, frequent)) for name in frequencies
        }
        return Learnt(prior, read_chances(saved), frequencies, lowest)

    def _train(
        self, linker: Any, blockings: Sequence[Sequence[str]], most_pairs: float
    ) -> None:
        train = linker.training
        train.estimate_u_using_random_sampling(max_pairs=most_pairs, seed=SEED)
        for rule in blockings:
            train.estimate_parameters_using_expectation_maximisation(
                self._rule(rule),
                estimate_without_term_frequencies=True,
                max_pairs=most_pairs / 10,
            )

    def compare(
        self,
        comparisons: Sequence[ComparisonSql],
        learnt: Learnt,
        *,
        rules: Sequence[Sequence[str]],
        crowd: int,
        least: float,
    ) -> int:
        """Fill `pairs`: l, r, weight, and a column g_NAME for each comparison.

        A level is a number, 0 the best, -1 nothing to compare. Only pairs behind
        one of `rules` are compared, not behind a value that more than `crowd`
        records share, and those of `least` weight kept. Returns how many.
        """
        settings = self._settings(comparisons, learnt=learnt)
        frequent = self._known_frequencies(learnt)
        keys = self._key(rules, crowd)
        levels = ", ".join(
            f"(CASE gamma_{one.name} WHEN -1 THEN -1"
            f" ELSE {len(one.levels)} - gamma_{one.name} END)::TINYINT AS g_{one.name}"
            for one in comparisons
        )
        kept = f"unique_id_l AS l, unique_id_r AS r, match_weight AS weight, {levels}"
        with _quiet():
            if self.compare_in == "spark":
                found = self._compare_there(settings, frequent, keys, least)
                self.make("pairs", f"SELECT {kept} FROM {found}")
                self.drop(found)
            else:
                api = NarrowApi(self.database, kept=kept)
                self._compare_here(api, settings, frequent, keys, least=least)
        self.drop(*frequent.values())
        self._forget_keys(keys)
        ((count,),) = self.ask("SELECT count(*) FROM pairs")
        return int(count)

    def _compare_here(
        self,
        api: Any,
        settings: dict[str, Any],
        frequent: Mapping[str, str],
        keys: Sequence[Sequence[str]],
        /,
        *,
        least: float,
    ) -> None:
        linker = self._linker(settings, rules=keys, records="keyed", api=api)
        for column, name in frequent.items():
            linker.table_management.register_term_frequency_lookup(
                api.register(name), column
            )
        found = linker.inference.predict(
            threshold_match_weight=least, warning_mode="never"
        )
        self.database.execute("DROP TABLE IF EXISTS pairs")
        self.database.execute(f"ALTER TABLE {found.physical_name} RENAME TO pairs")
        api.delete_tables_created_by_splink_from_db()

    def _compare_there(
        self,
        settings: dict[str, Any],
        frequent: Mapping[str, str],
        keys: Sequence[Sequence[str]],
        least: float,
        /,
    ) -> str:
        with tempfile.TemporaryDirectory(prefix="alongside-link-") as name:
            folder = Path(name)
            paths = {column: folder / f"{table}" for column, table in frequent.items()}
            for table, path in (
                ("keyed", folder / RECORDS),
                *((frequent[column], path) for column, path in paths.items()),
            ):
                self.database.execute(f"COPY {table} TO '{path}' (FORMAT parquet)")
            pairs = compare_in_spark(folder, settings, paths, rules=keys, least=least)
            self.make("compared", f"SELECT * FROM '{pairs}/*.parquet'")
        return "compared"

    def settle_prior(self, prior: float, *, where: str) -> float:
        """The prior that agrees with what the pairs weigh; shifts them to it.

        Were as many pairs one person's as the weights say, that would be the prior.
        Only pairs `where` are counted: those that share no more than a home weigh too
        much.
        """
        pairs = self.rows * (self.rows - 1) / 2
        first = shift = log2(prior / (1 - prior))
        for _ in range(TURNS):
            ((likely,),) = self.ask(
                "SELECT sum(1 / (1 + pow(2.0, -greatest(least(weight"
                f" + {shift - first!r}, 60), -60)))) FROM pairs WHERE {where}"
            )
            part = min(max((likely or 0.0) / pairs, prior / 100), 0.5)
            shift = min(
                max(log2(part / (1 - part)), first - FURTHEST), first + FURTHEST
            )
        self.database.execute(f"UPDATE pairs SET weight = weight + {shift - first!r}")
        return float(1 / (1 + 2.0**-shift))

    def _key(self, rules: Sequence[Sequence[str]], crowd: int) -> list[tuple[str]]:
        """The records as `keyed`, with a column for each rule; empty in a crowd.

        They are held once: `_forget_keys` makes `records` of them again.
        """
        keys, columns = [], []
        for number, rule in enumerate(rules):
            by = ", ".join(f'"{name}"' for name in rule)
            there = " AND ".join(f'"{name}" IS NOT NULL' for name in rule)
            self.make(
                f"crowd_{number}",
                f"SELECT hash({by}) AS mark FROM records WHERE {there}"
                f" GROUP BY 1 HAVING count(*) > {crowd}",
            )
            keys.append((f"key_{number}",))
            columns.append(
                f"CASE WHEN {there} AND hash({by}) NOT IN"
                f" (SELECT mark FROM crowd_{number}) THEN (hash({by}) >> 1)::BIGINT END"
                f" AS key_{number}"
            )
        self.make("keyed", f"SELECT *, {', '.join(columns)} FROM records")
        self.drop("records", *(f"crowd_{number}" for number in range(len(rules))))
        return keys

    def _forget_keys(self, keys: Sequence[Sequence[str]]) -> None:
        for (key,) in keys:
            self.database.execute(f"ALTER TABLE keyed DROP COLUMN {key}")
        self.database.execute("ALTER TABLE keyed RENAME TO records")

    def join_up(self, where: str = "true") -> None:
        """Fill `clusters` (record, cluster): what hangs together by `edges`."""
        self.make("joined", f"SELECT l, r FROM edges WHERE {where}")
        self.make("nodes", "SELECT DISTINCT unnest([l, r]) AS unique_id FROM joined")
        with _quiet():
            api = self._api()
            found = cluster_pairwise_predictions_at_threshold(
                "nodes",
                "joined",
                api,
                "unique_id",
                edge_id_column_name_left="l",
                edge_id_column_name_right="r",
            )
        self.make(
            "clusters",
            "SELECT unique_id AS record, cluster_id AS cluster"
            f" FROM {found.physical_name} UNION ALL"
            " SELECT unique_id, unique_id FROM (SELECT unique_id FROM records"
            " UNION ALL SELECT record FROM doubles)"
            " ANTI JOIN nodes USING (unique_id)",
        )
        api.delete_tables_created_by_splink_from_db()
        self.drop("joined", "nodes")

    def _api(self) -> Any:
        return DuckDBAPI(connection=self.database)

    def _rule(self, columns: Sequence[str]) -> Any:
        return block_on(*columns)

    def _linker(
        self,
        settings: dict[str, Any],
        *,
        rules: Sequence[Sequence[str]],
        records: str = "records",
        api: Any = None,
    ) -> Any:
        given = settings | {
            "blocking_rules_to_generate_predictions": [self._rule(r) for r in rules]
        }
        table = (api or self._api()).register(records)
        return Linker(table, given, log_level=logging.ERROR)

    def _settings(
        self,
        comparisons: Sequence[ComparisonSql],
        *,
        learnt: Learnt | None = None,
        floors: Mapping[str, float] | None = None,
    ) -> dict[str, Any]:
        known = floors or (learnt.floors if learnt else {})
        settings: dict[str, Any] = {
            "link_type": WITHIN_ONE_SET,
            "comparisons": [
                comparison_settings(one, learnt, known) for one in comparisons
            ],
            "retain_matching_columns": True,
            "retain_intermediate_calculation_columns": True,
            "em_convergence": 0.001,
            "max_iterations": 25,
        }
        if learnt is not None:
            settings["probability_two_random_records_match"] = learnt.prior
        return settings

    def _frequencies(
        self, column: str, floor: float, frequent: int
    ) -> dict[str, float]:
        """Frequent values of a column as parts of all that are there."""
        found = self.ask(
            f'SELECT "{column}", count(*) / sum(count(*)) OVER () AS part FROM records'
            f' WHERE "{column}" IS NOT NULL GROUP BY 1'
            f" QUALIFY part > {floor!r} AND count(*) >= {frequent} ORDER BY 1"
        )
        return dict(found)

    def _rest(self, column: str, frequent: int) -> float:
        """How frequent, on average, a value is that is not frequent."""
        ((part,),) = self.ask(
            "SELECT sum(n * n) / sum(n) / (SELECT count(*) FROM records)"
            f' FROM (SELECT count(*) n FROM records WHERE "{column}" IS NOT NULL'
            f' GROUP BY "{column}" HAVING count(*) < {frequent})'
        )
        return float(part or 0.0)

    def _known_frequencies(self, learnt: Learnt) -> dict[str, str]:
        """Tables of the model's frequencies by column; the floor for all others."""
        tables = {}
        for column, known in learnt.frequencies.items():
            if not known:
                continue
            self.fill(
                "known", {"value": "VARCHAR", "part": "DOUBLE"}, list(known.items())
            )
            name = f"tf_of_{column}"
            self.make(
                name,
                f'SELECT r."{column}",'
                f" coalesce(k.part, {learnt.floors[column]!r}) AS tf_{column}"
                f' FROM (SELECT DISTINCT "{column}" FROM records'
                f' WHERE "{column}" IS NOT NULL) r'
                f' LEFT JOIN known k ON k.value = r."{column}"',
            )
            tables[column] = name
        return tables


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
