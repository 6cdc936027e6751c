"""What our middleware puts on every request."""

from datetime import datetime

from django.http import HttpRequest

from alongside.foundation.accounts.types import Actor


class VisitorRequest(HttpRequest):
    """A request to a page that anybody may open.

    `actor` is None for a visitor who has not signed in, or has not yet said for whom
    they act. `timed_out` is true of the first request after a session ran out.
    """

    now: datetime
    actor: Actor | None
    timed_out: bool


class AppRequest(HttpRequest):
    """A request to a page behind a permission: somebody acts."""

    now: datetime
    actor: Actor
