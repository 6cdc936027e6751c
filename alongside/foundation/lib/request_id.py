"""One number for everything that is done for one request, delivery or command."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID, uuid4

_current: ContextVar[UUID | None] = ContextVar("alongside_request_id", default=None)


@contextmanager
def one_request() -> Iterator[UUID]:
    """Have every entry on the audit trail written inside carry one new number."""
    number = uuid4()
    token = _current.set(number)
    try:
        yield number
    finally:
        _current.reset(token)


def current_request_id() -> UUID | None:
    """The number of the request under way, if there is one."""
    return _current.get()
