"""Django's PostgreSQL backend, with the signed context on every transaction."""

from django.db.backends.postgresql import base

from alongside.walls.context import SETTING, current_token


class DatabaseWrapper(base.DatabaseWrapper):
    """Puts who acts on each transaction as it begins. Outside one: nobody, no rows."""

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        token = "" if autocommit else current_token()
        if token and self.connection is not None:
            self.connection.execute(SETTING, (token,))
