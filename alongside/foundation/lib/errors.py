"""Errors that a person using the service can be told about."""


class DomainError(Exception):
    """Something the field's rules do not allow. Never holds personal data.

    `user_message` is one plain sentence, fit for a page, the API and a terminal.
    Give one to the constructor where the sentence depends on the case at hand.
    """

    user_message = "That cannot be done"

    def __init__(self, user_message: str | None = None) -> None:
        super().__init__(user_message or self.user_message)
        if user_message:
            self.user_message = user_message


class NotFound(DomainError):
    """There is none, or the one who asks may not know that there is."""

    user_message = "We could not find that"


class ProofNeeded(DomainError):
    """The one who acts may, but not alone or not without proving who they are.

    Pages say it beside the form; wherever it is said it goes on the audit trail.
    """

    user_message = "Confirm that it is you first, with your second factor"


class NotAllowed(DomainError):
    """The one who acts does not have the permission."""

    user_message = "You do not have permission to do that"
