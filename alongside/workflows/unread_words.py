"""How many texts wait to be read over, for whoever looks after an installation."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from alongside.care.telling import queries as telling
from alongside.care.telling.rules.translating import list_keys
from alongside.care.telling.tables import LANGUAGES
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import AgencyKind
from alongside.walls.context import acting_as


def list_unread(*, now: datetime) -> Iterator[str]:
    """A sentence for each service and language in which words wait to be read over.

    Two statements a service. One whose receiver is not there is passed over.
    """
    for agency in organisations.list_agencies():
        if agency.kind is not AgencyKind.SERVICE:
            continue
        try:
            receiver = accounts.get_receiver(agency_id=agency.agency_id, now=now)
        except NotFound:
            continue
        with acting_as(receiver), transaction.atomic():
            library = telling.read_library(area_id=receiver.area_id)
        every = len(list_keys(library))
        for language, unread in sorted(library.count_unread().items()):
            if unread:
                yield (
                    f"{agency.area_code}: {unread} of {every} texts in"
                    f" {LANGUAGES[language].label} wait to be read over. None of them"
                    " leaves by itself"
                )
