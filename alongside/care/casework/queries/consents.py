"""What the police said with a referral about the person's agreement to it."""

from dataclasses import dataclass
from datetime import date, datetime

from alongside.care.casework.models import Victimisation


@dataclass(frozen=True, kw_only=True)
class SaidByPolice:
    """What a force said of one crime: given, refused or not asked, and on which day.

    `said` is empty where the force said nothing.
    """

    crime_ref: str
    said: str
    said_on: date | None
    reported_at: datetime


def list_said_by_police(*, case_id: int) -> list[SaidByPolice]:
    """What the police said about consent in each crime of a case, newest first.

    Read where it arrived: no line of the ledger is written for each row of a feed.
    """
    rows = Victimisation.objects.filter(case_id=case_id, same_as=None)
    return [
        SaidByPolice(
            crime_ref=row.crime_ref,
            said=row.consent_referral,
            said_on=row.consent_on,
            reported_at=row.reported_at,
        )
        for row in rows.exclude(consent_referral="").order_by("-reported_at", "-pk")
    ]
