"""The versions of instruments that an area made itself.

Only a draft is ever changed, and nothing is taken away: what was answered with a
version can be read with it for good. A trigger sees to it
(`alongside/walls/sql/functions/081_instruments.sql`).
"""

from django.db import models
from django.db.models import Q

from alongside.care.instruments.types import FIRST_OWN, InstrumentState
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id


class InstrumentVersion(models.Model):
    """One version of an area's own. `text` is what it is written in, as it was typed.

    A draft may be anything; a live one was checked. `saves` counts the savings of the
    draft, so that nobody saves over what somebody else has saved since.
    """

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    code = models.TextField()
    version = models.IntegerField()
    text = models.TextField()
    state = models.TextField(
        choices=one_of(InstrumentState), db_default=InstrumentState.DRAFT.value
    )
    saves = models.IntegerField(db_default=1)
    made_by = away_key("accounts.User", db_index=False)
    made_at = models.DateTimeField()
    published_by = away_key("accounts.User", null=True, db_index=False)
    published_at = models.DateTimeField(null=True)
    retired_by = away_key("accounts.User", null=True, db_index=False)
    retired_at = models.DateTimeField(null=True)

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "code", "version", "text", "state"}
            | {"saves", "made_by", "made_at", "published_by", "published_at"}
            | {"retired_by", "retired_at"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "code", "version"], name="instrument_version_once"
            ),
            models.UniqueConstraint(
                fields=["area", "code"],
                name="instrument_one_live",
                condition=Q(state=InstrumentState.LIVE.value),
            ),
            models.UniqueConstraint(
                fields=["area", "code"],
                name="instrument_one_draft",
                condition=Q(state=InstrumentState.DRAFT.value),
            ),
            models.CheckConstraint(
                name="instrument_numbered_as_own", condition=Q(version__gte=FIRST_OWN)
            ),
            models.CheckConstraint(
                name="instrument_live_says_who",
                condition=~Q(state=InstrumentState.LIVE.value)
                | Q(published_by__isnull=False, published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version} ({self.state})"
