"""The check that any operation may need."""

from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import NotAllowed


def check_has(actor: Actor, permission: Permission) -> None:
    """Refuse, unless the actor's role holds the permission.

    Raises:
        NotAllowed: it does not.
    """
    if not actor.has(permission):
        raise NotAllowed
