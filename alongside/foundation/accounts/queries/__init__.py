"""Questions about accounts. Nothing here writes."""

from alongside.foundation.accounts.queries.acting import (
    WorkerChoice,
    get_actor,
    get_actor_by_token,
    get_receiver,
    list_memberships,
    list_workers,
)
from alongside.foundation.accounts.queries.notices import (
    NoticeLine,
    count_unread,
    list_notices,
)

__all__ = [
    "NoticeLine",
    "WorkerChoice",
    "count_unread",
    "get_actor",
    "get_actor_by_token",
    "get_receiver",
    "list_memberships",
    "list_notices",
    "list_workers",
]
