"""How errors reach the log: their kind and their place, never their words."""

import logging
import traceback
from types import TracebackType

Raised = (
    tuple[type[BaseException], BaseException, TracebackType | None]
    | tuple[None, None, None]
)


class WordlessFormatter(logging.Formatter):
    """Leaves out what an error says of itself: a database quotes the row it refuses."""

    def formatException(self, ei: Raised) -> str:
        """Where the error and what led to it arose, and of what kind each was."""
        kinds = []
        error = ei[1]
        while error is not None:
            frames = "".join(traceback.format_tb(error.__traceback__))
            kinds.append(f"{frames}{type(error).__name__}")
            error = error.__cause__ or error.__context__
        return "\nraised from:\n".join(kinds)
