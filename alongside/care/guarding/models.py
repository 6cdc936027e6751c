"""Cases opened in an emergency, and marks by which staff are matched to records."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from alongside.care.guarding.types import Finding, MarkKind
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id


class EmergencyAccess(models.Model):
    """Somebody opened a case they may not open otherwise. Only functions write here.

    `agency` is whose member of staff they are, `owner` the agency that held the case
    then. Nothing but the end and the review is ever changed.
    """

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    owner = away_key("organisations.Agency", db_constraint=False, db_index=False)
    case = away_key("casework.Case", db_index=False)
    user = away_key("accounts.User", db_index=False)
    category = models.TextField()
    reason = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField()  # exclusive; earlier where it was closed
    chased_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = away_key("accounts.User", null=True, db_index=False)
    finding = models.TextField(choices=one_of(Finding), db_default="")
    finding_words = models.TextField(db_default="")

    class Privacy:
        personal = frozenset({"case", "reason", "finding_words"})
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "owner", "user", "category"}
            | {"since", "until", "chased_at", "reviewed_at", "reviewed_by", "finding"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="emergency_four_hours_at_most",
                condition=Q(until__lte=F("since") + timedelta(hours=4)),
            ),
            models.CheckConstraint(
                name="emergency_reviewed_by_another",
                condition=Q(reviewed_at=None, reviewed_by=None, finding="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False)
                & ~Q(finding="")
                & ~Q(reviewed_by=F("user")),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-since"], name="emergency_by_user"),
            models.Index(fields=["case", "-since"], name="emergency_by_case"),
            models.Index(fields=["area", "-since"], name="emergency_by_time"),
        ]

    def __str__(self) -> str:
        return f"Emergency access {self.public_id}"


class StaffMark(models.Model):
    """A keyed hash of something about a member of staff. Nobody reads back what of.

    Compared with what records say as they arrive, so that a member of staff never
    opens their own case or their family's.
    """

    area = area_key()
    user = away_key("accounts.User", db_index=False)
    kind = models.TextField(choices=one_of(MarkKind))
    mark = models.UUIDField()
    added_at = models.DateTimeField()
    added_by = away_key("accounts.User", db_index=False)

    class Privacy:
        personal = frozenset({"user", "kind", "mark"})
        ordinary = frozenset({"id", "area", "added_at", "added_by"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "user", "kind", "mark"], name="staffmark_once"
            )
        ]

    def __str__(self) -> str:
        return f"Mark {self.pk}"
