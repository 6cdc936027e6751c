"""Taking a written instrument apart, and keeping every slip that is found on the way.

A slip never stops the reading: whoever writes an instrument is told all of them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from alongside.care.instruments.types import Problem
from alongside.foundation.lib.datafile import EARLIEST, LATEST

E = TypeVar("E", bound=StrEnum)
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
CODE_WORDS = (
    "must be a short code: small letters, digits and underscores, a letter first"
)


@dataclass
class Part:
    """One table of the text: what it is called, its values, and where slips go."""

    where: str
    values: Mapping[str, Any]
    found: list[Problem]
    question: str = ""
    taken: set[str] = field(default_factory=set)

    def wrong(self, words: str) -> None:
        """Note a slip here."""
        self.found.append(Problem(self.where, words, self.question))

    def text(self, key: str, *, needed: bool = True) -> str:
        """Words; needed unless it is said otherwise."""
        value = self._take(key)
        if value is None or value == "":
            if needed:
                self.wrong(f"{key} is missing")
            return ""
        if not isinstance(value, str) or not value.strip():
            self.wrong(f"{key} must be words")
            return ""
        return value.strip()

    def code(self, key: str = "code") -> str:
        """The name that the program uses."""
        value = self.text(key)
        if value and not CODE.fullmatch(value):
            self.wrong(f"{key} {CODE_WORDS}")
        return value

    def whole(self, key: str) -> int | None:
        """A whole number of either sign, or nothing."""
        value = self._take(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.wrong(f"{key} must be a whole number")
            return None
        return value

    def needed_whole(self, key: str) -> int:
        """A whole number that must be there."""
        if self.values.get(key) is None:
            self.wrong(f"{key} is missing")
        return self.whole(key) or 0

    def yes(self, key: str) -> bool:
        """True or false; false where nothing is said."""
        value = self._take(key)
        if value is not None and not isinstance(value, bool):
            self.wrong(f"{key} must be true or false")
        return value is True

    def day(self, key: str) -> date:
        """A day."""
        value = self._take(key)
        try:
            day = value if type(value) is date else date.fromisoformat(str(value))
        except ValueError:
            self.wrong(f"{key} must be a day, like 2026-04-01")
            return EARLIEST
        if not EARLIEST <= day <= LATEST:
            self.wrong(f"{key} is too far away to be true")
        return day

    def one_of(self, key: str, choices: type[E], *, default: E) -> E:
        """One of a closed list, or the default where nothing is said."""
        value = self._take(key)
        if value is None:
            return default
        try:
            return choices(value)
        except ValueError:
            self.wrong(f"{key} must be one of: {', '.join(choices)}")
            return default

    def codes(self, key: str) -> tuple[str, ...]:
        """A list of codes, in the order in which they are written."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self.wrong(f"{key} must be a list of codes")
            return ()
        if len(set(value)) != len(value):
            self.wrong(f"{key} names one thing twice")
        return tuple(value)

    def numbers(self, key: str) -> dict[str, int]:
        """Whole numbers by name."""
        value = self._take(key)
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(
            isinstance(n, int) and not isinstance(n, bool) for n in value.values()
        ):
            self.wrong(f"{key} must be whole numbers by name")
            return {}
        return value

    def parts(self, key: str, name: str) -> Iterator["Part"]:
        """The tables of a list inside this one, named by their code or their place."""
        yield from self.listed(key, self._take(key), name)

    def listed(self, key: str, value: Any, name: str) -> Iterator["Part"]:
        """The same of a list that was found elsewhere."""
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.wrong(f"{key} must be a list of tables")
            return
        for number, values in enumerate(value, start=1):
            yield Part(
                self._name(name, number, values),
                values,
                self.found,
                str(values.get("code", "")) if name == "question" else self.question,
            )

    def finish(self) -> None:
        """Note what nobody asked for: it is a spelling mistake."""
        for key in sorted(self.values.keys() - self.taken):
            self.wrong(f"{key} is not a word that is known here")

    def take_raw(self, key: str) -> Any:
        """A value as it is written, to be looked at by the caller."""
        return self._take(key)

    def _name(self, name: str, number: int, values: Mapping[str, Any]) -> str:
        # Questions, sections and scores have names of their own; options do not.
        code = values.get("code") if name in {"question", "section", "score"} else None
        own = f"{name} {code or number}"
        return own if code or not self.where else f"{self.where}, {own}"

    def _take(self, key: str) -> Any:
        self.taken.add(key)
        return self.values.get(key)
