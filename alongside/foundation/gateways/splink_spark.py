"""Splink on Spark: compares records beyond what one machine holds.

Records go over as Parquet and pairs come back as Parquet; everything else is done
where it is done without Spark. Spark is an extra: requirements/spark.in.
"""

import logging
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from alongside.foundation.lib.errors import DomainError

RECORDS, PAIRS = "records.parquet", "pairs.parquet"
PARTITIONS = 8


class NoSpark(DomainError):
    user_message = (
        "Spark is not installed: install requirements/spark.in, or leave out --engine"
    )


def check_spark() -> None:
    """Raise NoSpark where Spark is not installed."""
    if find_spec("pyspark") is None:
        raise NoSpark


def compare_in_spark(
    folder: Path,
    settings: Mapping[str, Any],
    frequencies: Mapping[str, Path],
    *,
    rules: Sequence[Sequence[str]],
    least: float,
) -> Path:
    """Compare the records in `folder`; where the pairs are then.

    `settings` are Splink's, without rules; `frequencies` are Parquet files by column.
    """
    from pyspark.sql import SparkSession
    from splink import Linker, block_on
    from splink.backends.spark import SparkAPI

    session = (
        SparkSession.builder.appName("alongside")
        .config("spark.sql.shuffle.partitions", PARTITIONS)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.ansi.enabled", "false")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    session.sparkContext.setCheckpointDir(str(folder / "checkpoints"))
    try:
        # Spark's own likeness of names has the name that DuckDB's has.
        spark = SparkAPI(spark_session=session, register_udfs_automatically=False)
        records = spark.register(session.read.parquet(str(folder / RECORDS)))
        given = dict(settings)
        given["blocking_rules_to_generate_predictions"] = [
            block_on(*rule) for rule in rules
        ]
        linker = Linker(records, given, log_level=logging.ERROR)
        for column, path in frequencies.items():
            table = spark.register(session.read.parquet(str(path)))
            linker.table_management.register_term_frequency_lookup(table, column)
        found = linker.inference.predict(
            threshold_match_weight=least, warning_mode="never"
        )
        pairs = folder / PAIRS
        found.as_spark_dataframe().write.parquet(str(pairs))
        return pairs
    finally:
        session.stop()
