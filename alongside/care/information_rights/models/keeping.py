"""What was put right, what is kept and not used, what may not be erased."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.care.information_rights.models.requests import RightsRequest
from alongside.foundation.lib.fields import area_key, away_key, public_id


class Correction(models.Model):
    """Something that was put right: which record holds it now, which held it before."""

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_index=False)
    request = models.ForeignKey(
        RightsRequest, on_delete=models.PROTECT, related_name="+", null=True
    )
    person = away_key("people.Person")
    before = away_key("people.PersonRecord", db_index=False)
    after = away_key("people.PersonRecord", db_index=False)
    changed = ArrayField(models.TextField())  # names of fields
    reason = models.TextField()
    at = models.DateTimeField()
    by = away_key("accounts.User", db_index=False)

    class Privacy:
        personal = frozenset({"person", "before", "after", "changed", "reason"})
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "request", "at", "by"}
        )

    def __str__(self) -> str:
        return f"Correction {self.public_id}"


class Restriction(models.Model):
    """What is held about a person is kept and not used, until it is lifted."""

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_index=False)
    request = models.ForeignKey(
        RightsRequest, on_delete=models.PROTECT, related_name="+", null=True
    )
    person = away_key("people.Person", db_index=False)
    reason = models.TextField()
    since = models.DateTimeField()
    made_by = away_key("accounts.User", db_index=False)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = away_key("accounts.User", null=True, db_index=False)
    lifted_reason = models.TextField(db_default="")

    class Privacy:
        personal = frozenset({"person", "reason", "lifted_reason"})
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "request", "since", "made_by"}
            | {"lifted_at", "lifted_by"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(lifted_at=None), name="restriction_once"
            )
        ]

    def __str__(self) -> str:
        return f"Restriction {self.public_id}"


class LegalHold(models.Model):
    """Nothing about a person may be erased, for a reason, until it is lifted."""

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_index=False)
    person = away_key("people.Person")
    case = away_key("casework.Case", null=True, db_index=False)
    reason = models.TextField()
    since = models.DateTimeField()
    made_by = away_key("accounts.User", db_index=False)
    review_on = models.DateField()
    reminded_on = models.DateField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = away_key("accounts.User", null=True, db_index=False)
    lifted_reason = models.TextField(db_default="")

    class Privacy:
        personal = frozenset({"person", "case", "reason", "lifted_reason"})
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "since", "made_by", "review_on"}
            | {"reminded_on", "lifted_at", "lifted_by"}
        )

    def __str__(self) -> str:
        return f"Legal hold {self.public_id}"
