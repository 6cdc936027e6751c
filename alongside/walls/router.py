"""Which database role does what."""

from typing import Any


class OwnerMigrates:
    """Tables are made by their owner; everything else is the application's role."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        return True
