"""Django's PostgreSQL backend, with the signed context on every transaction."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import ExecStatus

from alongside.walls.context import SETTING, current_token
from alongside.walls.prepared import Prepared

BEGIN = "BEGIN; SELECT set_config('app.ctx', '{}', true)"
# Nothing is prepared by being asked often: only what says that it is `Prepared`.
NEVER = 1_000_000_000


class Cursor(base.ServerBindingCursor):
    """A cursor that has the server keep the plans of statements that say so."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        """As psycopg's own; `Prepared` text is prepared."""
        if type(query) is Prepared:
            how = {"prepare": True, "binary": True, **how}
        return super().execute(query, params, **how)  # type: ignore[misc]


class DatabaseWrapper(base.DatabaseWrapper):
    """Puts who acts on each transaction as it begins. Outside one: nobody, no rows."""

    def get_connection_params(self) -> dict[str, Any]:
        """As Django's, with a cursor that prepares what is to be prepared."""
        params: dict[str, Any] = super().get_connection_params()
        # A pooler hands out another connection each time: nothing is kept there.
        pooled = self.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS", False)
        params["prepare_threshold"] = None if pooled else NEVER
        return {**params, "cursor_factory": Cursor}

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        token = "" if autocommit else current_token()
        if token and self.connection is not None:
            self._begin_as(token)

    def _begin_as(self, token: str) -> None:
        """Begin and say who acts, in one journey to the server."""
        raw = self.connection.pgconn
        # The token is numbers with bars between and a MAC in hexadecimal.
        result = raw.exec_(BEGIN.format(token).encode())
        if result.status != ExecStatus.TUPLES_OK:
            self.connection.execute(SETTING, (token,))  # says what is wrong
