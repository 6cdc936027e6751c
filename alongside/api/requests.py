"""What every API route is given."""

from datetime import datetime

from django.http import HttpRequest

from alongside.foundation.accounts.types import Actor


class ApiRequest(HttpRequest):
    """A request with a token that is known: somebody acts."""

    now: datetime
    auth: Actor
