"""Records in a database of their own, in memory, for one run.

Plain data in and out: `records` with text columns and what is derived from them, and
tables that whoever asks makes of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from alongside.foundation.gateways.splink_words import (
    SMALLEST,
    ComparisonSql,
    level_sql,
)


class RecordTables:
    """The records and what is asked of them. Close it to give the memory back."""

    def __init__(self, columns: Sequence[str], *, derived: Mapping[str, str]) -> None:
        """`columns` are text; `derived` are more columns, each as SQL over them."""
        self.database = duckdb.connect()
        # It would draw into what a command writes for a machine.
        self.database.execute("SET enable_progress_bar = false")
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

    def finish(self, *, crowd: int) -> None:
        """No more records come: make what is derived from them.

        Where more than `crowd` are the very same, one stands for them all in
        `records`; `doubles` (record, first) says for whom.
        """
        every = f"hash({', '.join(self.columns)})"
        self.make(
            "crowds",
            f"SELECT {every} AS mark, min(unique_id) AS first FROM loaded"
            f" GROUP BY 1 HAVING count(*) > {crowd}",
        )
        self.make(
            "doubles",
            "SELECT unique_id AS record, first FROM loaded"
            f" JOIN crowds ON mark = {every} WHERE unique_id <> first",
        )
        more = "".join(f', {sql} AS "{name}"' for name, sql in self.derived.items())
        self.make(
            "records",
            f"SELECT *{more} FROM loaded"
            " WHERE unique_id NOT IN (SELECT record FROM doubles)",
        )
        self.database.execute("DROP TABLE loaded; DROP TABLE crowds")
        self.rows = int(self.ask("SELECT count(*) FROM records")[0][0])

    def filled(self) -> dict[str, float]:
        """The part of the records in which each column says something."""
        names = [*self.columns, *self.derived]
        counts = ", ".join(f'count("{name}")' for name in names)
        (found,) = self.database.execute(f"SELECT {counts} FROM records").fetchall()
        return {
            name: count / max(self.rows, 1)
            for name, count in zip(names, found, strict=True)
        }

    def pairs_behind(self, rule: Sequence[str], *, crowd: int | None = None) -> int:
        """How many pairs of records agree on all columns of a rule.

        Values that more than `crowd` records share are passed over.
        """
        few = "" if crowd is None else f" HAVING count(*) <= {crowd}"
        by = ", ".join(f'"{name}"' for name in rule)
        there = " AND ".join(f'"{name}" IS NOT NULL' for name in rule)
        (found,) = self.database.execute(
            "SELECT coalesce(sum(n * (n - 1) / 2), 0)::BIGINT FROM"
            f" (SELECT count(*) n FROM records WHERE {there} GROUP BY {by}{few})"
        ).fetchall()
        return int(found[0])

    def share_behind(self, rule: Sequence[str]) -> float:
        """The part of all pairs in which these columns say something that agree."""
        there = " AND ".join(f'"{name}" IS NOT NULL' for name in rule)
        told = int(self.ask(f"SELECT count(*) FROM records WHERE {there}")[0][0])
        possible = max(told * (told - 1) / 2, 1)
        return max(self.pairs_behind(rule) / possible, SMALLEST**2)

    def beyond_chance(self, one: str, other: str) -> float:
        """The part of all pairs that agree in two columns beyond what chance explains.

        Nought where twice what is to be expected agree, or fewer.
        """
        told = max(self.rows * (self.rows - 1) / 2, 1)
        both = self.pairs_behind((one, other)) / told
        chance = self.share_behind((one,)) * self.share_behind((other,))
        return max(both - 2 * chance, 0.0)

    def fill(self, table: str, shape: Mapping[str, str], rows: Iterable[Any]) -> None:
        """A table of the caller's own: columns with their SQL types, and rows."""
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        data = dict(zip(shape, columns or [()] * len(shape), strict=True))
        self.database.register("batch", pa.table({k: list(v) for k, v in data.items()}))
        named = ", ".join(f"{name}::{kind} AS {name}" for name, kind in shape.items())
        self.make(table, f"SELECT {named} FROM batch")
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
        self.database.execute(f"CREATE OR REPLACE TABLE {table} AS {question}")

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
        levels = ", ".join(level_sql(one) for one in comparisons)
        self.make(
            into,
            f"SELECT *, {levels} FROM {pairs}"
            f" JOIN {sides[0]} USING (l) JOIN {sides[1]} USING (r)",
        )
