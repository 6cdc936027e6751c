"""How a form says one of its fields should look."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Look:
    """The look of one field; a form names its own in `looks`.

    `size` is of the label or legend ("s", "m", "l"). `heading` makes it the page's
    heading. `width` is in characters (2, 3, 4, 5, 10, 20 or 30). `hints` and
    `reveals` go by the value of a choice: words under it, and the name of the field
    shown while it is chosen. `inline` sets radios side by side, `scale` all in one
    row as the steps of a scale. `alone` are values of checkboxes that exclude the
    others. `rows` is the height of a text area, `code` sets it in letters of one
    width.
    """

    size: str = "s"
    heading: bool = False
    width: int | None = None
    hints: Mapping[str, str] = field(default_factory=dict)
    reveals: Mapping[str, str] = field(default_factory=dict)
    inline: bool = False
    scale: bool = False
    alone: frozenset[str] = frozenset()
    rows: int = 5
    code: bool = False


PLAIN = Look()
