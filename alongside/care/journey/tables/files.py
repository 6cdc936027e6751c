"""Where the data of the package lies."""

from pathlib import Path

DATA = Path(__file__).parent.parent / "data"


def read_data(name: str) -> str:
    """The text of one data file of this package."""
    return (DATA / name).read_text(encoding="utf-8")
