"""Questions about accounts. Nothing here writes."""

from alongside.foundation.accounts.queries.acting import (
    WorkerChoice,
    get_actor,
    get_actor_by_token,
    get_receiver,
    get_user,
    list_memberships,
    list_workers,
)
from alongside.foundation.accounts.queries.notices import (
    NoticeLine,
    count_unread,
    list_notices,
)
from alongside.foundation.accounts.queries.second_factors import (
    FactorLine,
    Passkey,
    count_recovery_codes,
    find_practice_code,
    list_factors,
    list_passkeys,
)
from alongside.foundation.accounts.queries.sessions import (
    SessionLine,
    find_session_data,
    is_session,
    list_sessions,
)

__all__ = [
    "FactorLine",
    "Passkey",
    "SessionLine",
    "count_recovery_codes",
    "find_practice_code",
    "find_session_data",
    "get_user",
    "is_session",
    "list_factors",
    "list_passkeys",
    "list_sessions",
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
