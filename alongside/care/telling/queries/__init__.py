"""Questions about updates, and about what is to be told. Nothing here writes."""

from alongside.care.telling.queries.owed import (
    OwedEvent,
    Place,
    Whose,
    count_owed,
    find_event,
    find_wished_channel,
    list_by_itself,
    list_owed,
    list_owed_of_case,
)
from alongside.care.telling.queries.updates import (
    OnItsWay,
    UpdateLine,
    find_update,
    list_arriving,
    list_leaving,
    list_on_their_way,
    list_updates,
)

__all__ = [
    "OnItsWay",
    "OwedEvent",
    "Place",
    "UpdateLine",
    "Whose",
    "count_owed",
    "find_event",
    "find_update",
    "find_wished_channel",
    "list_arriving",
    "list_by_itself",
    "list_leaving",
    "list_on_their_way",
    "list_owed",
    "list_owed_of_case",
    "list_updates",
]
