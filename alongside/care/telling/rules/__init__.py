"""Which words an event gets, which ways may be used, and what may leave by itself.

No database and no clock.
"""

from alongside.care.telling.rules.forms import suits
from alongside.care.telling.rules.hours import is_night, judge_hour, leaves_at
from alongside.care.telling.rules.library import Library, make_library
from alongside.care.telling.rules.ways import (
    NOT_MARKED,
    close_leaving,
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
    "close_leaving",
    "draft",
    "fill",
    "is_night",
    "is_time",
    "judge_hour",
    "leaves_at",
    "make_library",
    "offer_ways",
    "say_day",
    "suits",
    "text_parts",
    "whole",
    "why_by_hand",
]
