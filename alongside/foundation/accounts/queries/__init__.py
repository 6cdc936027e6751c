"""Questions about accounts. Nothing here writes."""

from alongside.foundation.accounts.queries.acting import (
    WorkerChoice,
    ask_receiver,
    get_actor,
    get_actor_by_email,
    get_actor_by_token,
    get_actor_of_role,
    get_receiver,
    get_user,
    list_memberships,
    list_workers,
    read_receiver,
)
from alongside.foundation.accounts.queries.administration import (
    AccountLine,
    MachineChoice,
    RoleLine,
    TokenLine,
    get_account,
    list_accounts,
    list_machines,
    list_tokens,
)
from alongside.foundation.accounts.queries.clearances import (
    ClearanceLine,
    Colleague,
    get_clearance,
    list_clearances,
    list_colleagues,
)
from alongside.foundation.accounts.queries.notices import (
    NoticeLine,
    count_unread,
    list_notices,
)
from alongside.foundation.accounts.queries.outside import (
    find_invited,
    find_outside,
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
    "AccountLine",
    "ClearanceLine",
    "Colleague",
    "FactorLine",
    "MachineChoice",
    "NoticeLine",
    "Passkey",
    "RoleLine",
    "SessionLine",
    "TokenLine",
    "WorkerChoice",
    "count_recovery_codes",
    "count_unread",
    "find_invited",
    "find_outside",
    "find_practice_code",
    "find_session_data",
    "get_account",
    "get_actor",
    "get_actor_by_email",
    "get_clearance",
    "list_clearances",
    "list_colleagues",
    "get_actor_by_token",
    "get_actor_of_role",
    "get_receiver",
    "read_receiver",
    "ask_receiver",
    "get_user",
    "is_session",
    "list_accounts",
    "list_factors",
    "list_machines",
    "list_memberships",
    "list_notices",
    "list_passkeys",
    "list_sessions",
    "list_tokens",
    "list_workers",
]
