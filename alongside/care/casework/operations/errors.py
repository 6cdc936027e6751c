"""Why something could not be done with a case, in words for whoever tried."""

from alongside.foundation.lib.errors import DomainError


class CaseChanged(DomainError):
    user_message = (
        "Somebody else has changed this case since you opened the page."
        " Look at what is new, then try again"
    )


class CannotMove(DomainError):
    """The case's status does not allow it."""


class CannotHold(CannotMove):
    """The worker is barred or not cleared. Says neither: that would tell of it."""

    user_message = "This case cannot be given to that worker"


class WordsNeeded(DomainError):
    user_message = "Write something first"


class DayNeeded(DomainError):
    user_message = "Choose a day that is not in the past"


class ReasonNeeded(DomainError):
    user_message = "Say why, so that the next person understands"


class SupervisorNeeded(CannotMove):
    user_message = "Only a supervisor can settle this task"
