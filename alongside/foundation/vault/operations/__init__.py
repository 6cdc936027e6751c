"""Protecting details, ending them, changing keys, and destroying them."""

from alongside.foundation.vault.operations.changing_keys import retoken, rewrap_keys
from alongside.foundation.vault.operations.protecting import end_detail, protect_detail
from alongside.foundation.vault.operations.shredding import (
    shred_again,
    shred_person,
)

__all__ = [
    "end_detail",
    "protect_detail",
    "retoken",
    "rewrap_keys",
    "shred_again",
    "shred_person",
]
