"""Splink on DuckDB, made to keep little of what it compares."""

from typing import Any

from splink import DuckDBAPI

# What Splink calls the pairs that it has compared.
PREDICTED = "__splink__df_predict"


class NarrowApi(DuckDBAPI):
    """Keeps of the pairs that are compared only the columns that are asked for.

    Splink itself would keep every column of both records beside each pair.
    """

    def __init__(self, connection: Any, *, kept: str) -> None:
        super().__init__(connection=connection)
        self.kept = kept

    def _setup_for_execute_sql(self, sql: str, physical_name: str) -> str:
        if physical_name.startswith(PREDICTED):
            sql = f"SELECT {self.kept} FROM ({sql})"
        return str(super()._setup_for_execute_sql(sql, physical_name))
