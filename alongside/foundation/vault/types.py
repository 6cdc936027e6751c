"""Keys and what they protect."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AreaKey:
    """The key that protects one area's raw rows. Never stored in the database."""

    area_code: str
    key: bytes  # 32 bytes

    def __repr__(self) -> str:
        """Name the area only: a key must not reach a log or a traceback."""
        return f"AreaKey({self.area_code!r})"
