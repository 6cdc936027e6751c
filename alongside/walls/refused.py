"""Telling what the database refused from what went wrong in it."""

from django.db import Error

# PostgreSQL's insufficient_privilege: no right, row security, or a bad context.
SQLSTATE = "42501"


def was_refused(error: BaseException) -> bool:
    """Whether the database said that this role, or this context, may not."""
    cause = error.__cause__
    return isinstance(error, Error) and getattr(cause, "sqlstate", None) == SQLSTATE
