"""The rights of the Code, as lists and counts name them."""

from dataclasses import dataclass

from alongside.foundation.lib.provenance import Sourced


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeRight(Sourced):
    """One right by its number; nought for targets that are not of the Code."""

    number: int
    label: str
