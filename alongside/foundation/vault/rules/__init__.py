"""Wrapping, sealing and finding, in plain Python."""

from alongside.foundation.vault.rules.envelope import (
    KeyMissing,
    KeyShredded,
    detail_label,
    key_label,
    make_data_key,
    open_text,
    rewrap,
    seal_text,
)
from alongside.foundation.vault.rules.ring_keys import AreaWithoutKeys, RingKeys
from alongside.foundation.vault.rules.standard import (
    NotAnAddress,
    NotANumber,
    TooLong,
    WordsNeeded,
    index_field,
    standard_text,
)

__all__ = [
    "AreaWithoutKeys",
    "KeyMissing",
    "KeyShredded",
    "NotANumber",
    "NotAnAddress",
    "RingKeys",
    "TooLong",
    "WordsNeeded",
    "detail_label",
    "index_field",
    "key_label",
    "make_data_key",
    "open_text",
    "rewrap",
    "seal_text",
    "standard_text",
]
