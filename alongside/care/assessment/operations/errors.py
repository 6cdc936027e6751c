"""What may be wrong with what is asked of this package."""

from alongside.foundation.lib.errors import DomainError


class CannotJudge(DomainError):
    """A risk may be raised by a worker's judgement, and never lowered."""


class ReasonNeeded(DomainError):
    user_message = "Say why, so that the next person understands"


class ExitReasonNeeded(DomainError):
    user_message = "Choose why there are no last scores"
