"""Kinds of rights, the bodies that act on them and limits for children, as data."""

from alongside.care.code_rights.tables.files import (
    BODIES,
    CHILD_LIMITS,
    KINDS,
    kind_at,
    kinds_on,
)

__all__ = ["BODIES", "CHILD_LIMITS", "KINDS", "kind_at", "kinds_on"]
