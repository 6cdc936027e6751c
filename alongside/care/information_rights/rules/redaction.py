"""Finding what in a text is about somebody else, and blacking out.

It proposes and a person decides: names nobody told us of are not found.
"""

import re
from collections.abc import Iterator

from alongside.care.information_rights.types import (
    Blackout,
    Decision,
    OtherPeople,
    Span,
)
from alongside.foundation.lib.hashes import hash_text
from alongside.foundation.lib.phones import read_phone

BLACK = "█████"
SHORTEST_NAME = 3
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w/])(?:\+44|0)[\d ()-]{8,14}\d(?!\w)")
# Who else a free text speaks of, most often (family, household, people around).
_RELATION = re.compile(
    r"\b(?:her|his|their|my|the|a|an) (?:ex[- ])?"
    r"(?:mother|father|mum|dad|sister|brother|son|daughter|partner|husband|wife"
    r"|boyfriend|girlfriend|neighbour|friend|uncle|aunt|cousin|landlord|colleague"
    r"|manager|suspect|witness|grandmother|grandfather|stepfather|stepmother)"
    r"(?:'s)?(?: [A-Z][\w'-]+){0,2}",
)


def find_spans(text: str, others: OtherPeople) -> tuple[Span, ...]:
    """What in a free text looks to be about somebody else, in order, none overlapping.

    Names of `others` that are not the person's own, phone numbers and e-mail
    addresses that are not theirs, and words for people around them.
    """
    spans: list[Span] = []
    for span in sorted(_candidates(text, others), key=lambda s: (s.start, -s.end)):
        if not spans or span.start >= spans[-1].end:
            spans.append(span)
    return tuple(spans)


def _candidates(text: str, others: OtherPeople) -> Iterator[Span]:
    yield from _names(text, others)
    for match in _EMAIL.finditer(text):
        if match[0].casefold() not in others.own_contacts:
            yield Span(*match.span(), "an e-mail address that is not theirs")
    for match in _PHONE.finditer(text):
        if read_phone(match[0]) not in others.own_contacts:
            yield Span(*match.span(), "a phone number that is not theirs")
    for match in _RELATION.finditer(text):
        yield Span(*match.span(), "somebody around them")


def _names(text: str, others: OtherPeople) -> Iterator[Span]:
    own = {name.casefold() for name in others.own_names}
    for name in others.names:
        if len(name) < SHORTEST_NAME or name.casefold() in own:
            continue
        pattern = rf"\b{re.escape(name)}\b"
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield Span(*match.span(), "a name of somebody else in the same matter")


def needs_decision(*, spans: tuple[Span, ...], from_other: bool) -> bool:
    """Whether a person must decide before the passage may leave."""
    return from_other or bool(spans)


def item_key(*, table: str, row: str, column: str, text: str) -> str:
    """What a decision is kept under. A passage that has changed has another key."""
    return hash_text((table, row, column, text)).hex


def black_out(text: str, *, decision: Decision, spans: tuple[Span, ...]) -> str:
    """The text as it leaves. Every black mark is of one length: it says nothing.

    Where there is nothing to find of what was to be blacked out, all of it is.
    """
    if decision.action is Blackout.KEEP:
        return text
    black = text
    if decision.action is Blackout.WORDS:
        for line in decision.words.splitlines():
            if line.strip():
                black = re.sub(
                    re.escape(line.strip()), BLACK, black, flags=re.IGNORECASE
                )
    elif decision.action is Blackout.FOUND:
        for span in reversed(spans):
            black = black[: span.start] + BLACK + black[span.end :]
    return BLACK if black == text else black
