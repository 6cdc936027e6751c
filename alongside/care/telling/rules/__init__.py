"""Which words an event gets, which ways may be used, and what may leave by itself.

No database and no clock.
"""

from alongside.care.telling.rules.library import Library, make_library
from alongside.care.telling.rules.ways import (
    NOT_MARKED,
    is_time,
    offer_ways,
    why_by_hand,
)
from alongside.care.telling.rules.words import (
    choose_template,
    draft,
    fill,
    say_day,
    text_parts,
    whole,
)

__all__ = [
    "NOT_MARKED",
    "Library",
    "choose_template",
    "draft",
    "fill",
    "is_time",
    "make_library",
    "offer_ways",
    "say_day",
    "text_parts",
    "whole",
    "why_by_hand",
]
