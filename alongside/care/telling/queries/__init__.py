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
from alongside.care.telling.queries.words import (
    OwnVersion,
    get_draft,
    list_own,
    list_problems,
    read_library,
)

__all__ = [
    "OnItsWay",
    "OwedEvent",
    "OwnVersion",
    "Place",
    "UpdateLine",
    "Whose",
    "count_owed",
    "find_event",
    "find_update",
    "find_wished_channel",
    "get_draft",
    "list_arriving",
    "list_by_itself",
    "list_leaving",
    "list_on_their_way",
    "list_owed",
    "list_owed_of_case",
    "list_own",
    "list_problems",
    "list_updates",
    "read_library",
]
