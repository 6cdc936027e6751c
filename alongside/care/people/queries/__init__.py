"""Questions about people. Every one that shows a name is on the audit trail."""

from alongside.care.people.queries.entry import read_entry_hint
from alongside.care.people.queries.opening import (
    get_person_key,
    get_person_key_by_id,
    list_persons_of_records,
    list_public_ids,
    open_labels,
    open_person,
)
from alongside.care.people.queries.relations import open_relations
from alongside.care.people.queries.search import search_people
from alongside.care.people.queries.seen import (
    list_looks,
    list_open_trails,
    list_unusual_looking,
)

__all__ = [
    "get_person_key",
    "get_person_key_by_id",
    "list_looks",
    "list_open_trails",
    "list_unusual_looking",
    "list_persons_of_records",
    "list_public_ids",
    "open_labels",
    "open_person",
    "open_relations",
    "read_entry_hint",
    "search_people",
]
