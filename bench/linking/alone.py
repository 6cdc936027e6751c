"""What Splink alone takes to find one new record among those known; prints JSON.

Its own way of adding records, `predict_between`, on DuckDB: the comparisons, the keys
and the weights are the product's, the records those of the filled database. In a
process of its own.
"""

import json
import logging
import pickle
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from splink import DuckDBAPI, Linker, block_on

from alongside.care.matching.tables import LIMITS, START
from alongside.care.matching.types import Standard
from alongside.foundation.gateways.splink_engine import LinkEngine
from alongside.foundation.gateways.splink_words import (
    WITHIN_ONE_SET,
    comparison_settings,
)
from alongside.workflows.linking_in_bulk.comparing import COMPARED, RULES, as_learnt
from alongside.workflows.linking_in_bulk.loading import open_engine
from bench.databases import administrator_of
from bench.linking.measure import MILLISECONDS, spread
from bench.linking.register import Known

EVERYBODY = 1_000_000_000
KNOWN = (
    f"COPY (SELECT {', '.join(Standard._fields)} FROM linking_linkrecord)"
    " TO STDOUT (FORMAT CSV)"
)


def main(database: str, coming_file: str, many: str) -> None:
    """Ask about so many of those who come, one after the other."""
    coming: list[Known] = pickle.loads(Path(coming_file).read_bytes())  # noqa: S301
    logging.getLogger("splink").setLevel(logging.CRITICAL)
    with closing(open_engine()) as engine:
        _load(engine, database)
        ask = _asker(engine)
        taken = []
        # The first one warms up what the others find warm.
        for number, one in enumerate(coming[: int(many) + 1], start=EVERYBODY):
            started = time.perf_counter()
            ask(number, one.standard)
            taken.append((time.perf_counter() - started) * MILLISECONDS)
    sys.stdout.write(json.dumps({"splink": spread(taken[1:])}))


def _load(engine: LinkEngine, database: str) -> None:
    shape = ", ".join(f"'{name}': 'VARCHAR'" for name in engine.columns)
    values = ", ".join(f"nullif({name}, '')" for name in engine.columns)
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        with (
            administrator_of(database) as administrator,
            administrator.cursor().copy(KNOWN) as copy,
        ):
            for block in copy:
                file.write(block)
        file.flush()
        engine.database.execute(
            f"INSERT INTO loaded SELECT row_number() OVER () - 1, {values}"
            f" FROM read_csv('{file.name}', header = false, auto_detect = false,"
            f" columns = {{{shape}}}, delim = ',', quote = '\"', escape = '\"')"
        )
    engine.finish(crowd=EVERYBODY)


def _asker(engine: LinkEngine) -> Callable[[int, Standard], None]:
    learnt = as_learnt(START)
    settings = {
        "link_type": WITHIN_ONE_SET,
        "comparisons": [
            comparison_settings(one, learnt, learnt.floors) for one in COMPARED
        ],
        "blocking_rules_to_generate_predictions": [block_on(*rule) for rule in RULES],
        "probability_two_random_records_match": learnt.prior,
    }
    api = DuckDBAPI(connection=engine.database)
    known = api.register("records")
    linker = Linker(known, settings, log_level=logging.CRITICAL)
    rarities = {level.frequency for one in COMPARED for level in one.levels}
    for column in sorted(filter(None, rarities)):
        linker.table_management.compute_tf_table(column)
    more = "".join(f', {sql} AS "{name}"' for name, sql in engine.derived.items())
    named = ", ".join(f"nullif(?, '') AS {name}" for name in engine.columns)

    def ask(number: int, standard: Standard) -> None:
        name = f"incoming_{number}"
        engine.database.execute(
            f"CREATE TABLE {name} AS SELECT *{more} FROM"
            f" (SELECT {number} AS unique_id, {named})",
            list(standard),
        )
        found = linker.inference.predict_between(
            known,
            api.register(name),
            threshold_match_weight=LIMITS.review,
            warning_mode="never",
        )
        found.as_record_list()
        found.drop_table_from_database_and_remove_from_cache()

    return ask


if __name__ == "__main__":
    main(*sys.argv[1:])
