"""What of a case another agency may see, on what basis, and what it was asked to do.

A share is checked as it is written, and closed, by the database itself
(`alongside/walls/sql/functions/051_sharing.sql`): nothing flows without an agreement
and a line of the ledger that cover it.
"""

from django.db import models
from django.db.models import F, Q

from alongside.care.consent.types import BasisCode
from alongside.care.referrals.types import EndReason, ReferralState, ShareKind
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id
from alongside.walls.bits import EVERY_FACET


class CaseShare(models.Model):
    """Part of a case that another agency may see for one purpose, until a time.

    `fields` is a mask of `walls.bits.FACETS`; `entry` is the line of the ledger it
    rests on, and `basis` repeats that line's for those who may not read the ledger.
    A share ends once; it is never given back.
    """

    public_id = public_id()
    area = area_key()
    case = away_key("casework.Case", db_index=False)
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    recipient = away_key("organisations.Agency", db_index=False)
    kind = models.TextField(choices=one_of(ShareKind))
    purpose = models.TextField()
    fields = models.IntegerField()
    basis = models.TextField(choices=one_of(BasisCode))
    entry = away_key("consent.ConsentEntry", db_index=False)
    agreement = away_key("organisations.SharingAgreement", db_index=False)
    until = models.DateTimeField(null=True)  # exclusive
    made_by = away_key("accounts.User", db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = away_key("accounts.User", null=True, db_index=False)
    ended_why = models.TextField(choices=one_of(EndReason), blank=True, db_default="")

    class Privacy:
        personal = frozenset({"case", "purpose", "fields", "basis", "entry"})
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "recipient", "kind", "agreement"}
            | {"until", "made_by", "made_at", "ended_at", "ended_by", "ended_why"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="share_of_something",
                condition=Q(fields__gt=0, fields__lte=EVERY_FACET),
            ),
            models.CheckConstraint(
                name="share_to_another", condition=~Q(recipient=F("agency"))
            ),
            models.CheckConstraint(
                name="share_ended_says_why",
                condition=Q(ended_at=None, ended_why="")
                | Q(ended_at__isnull=False) & ~Q(ended_why=""),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-id"], name="share_by_case"),
            models.Index(
                fields=["recipient", "-made_at"],
                name="share_open_by_recipient",
                condition=Q(ended_at=None),
            ),
            models.Index(fields=["agency", "-made_at"], name="share_by_agency"),
            models.Index(fields=["entry"], name="share_by_entry"),
            models.Index(
                fields=["agreement"],
                name="share_open_by_agreement",
                condition=Q(ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Share {self.public_id}"


class ServiceReferral(models.Model):
    """Another service asked to support somebody, and what it answered.

    It may see what its share lets it see, and no longer once that has ended.
    """

    public_id = public_id()
    area = area_key()
    share = models.OneToOneField(CaseShare, on_delete=models.PROTECT, related_name="+")
    state = models.TextField(choices=one_of(ReferralState))
    asked = models.TextField()
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True)
    answered_by = away_key("accounts.User", null=True, db_index=False)
    decline_code = models.TextField(blank=True, db_default="")
    decline_words = models.TextField(blank=True, db_default="")

    class Privacy:
        personal = frozenset({"share", "asked", "decline_code", "decline_words"})
        ordinary = frozenset(
            {"id", "public_id", "area", "state", "answer_by", "answered_at"}
            | {"answered_by"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referral_declined_says_why",
                condition=Q(state=ReferralState.DECLINED) & ~Q(decline_code="")
                | ~Q(state=ReferralState.DECLINED) & Q(decline_code=""),
            )
        ]

    def __str__(self) -> str:
        return f"Referral {self.public_id} ({self.state})"


class ReferralMessage(models.Model):
    """A question about a referral, or its answer, between the two services."""

    area = area_key()
    referral = models.ForeignKey(
        ServiceReferral, on_delete=models.PROTECT, related_name="+"
    )
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    by = away_key("accounts.User", db_index=False)
    at = models.DateTimeField()
    words = models.TextField()

    class Privacy:
        personal = frozenset({"referral", "words"})
        ordinary = frozenset({"id", "area", "agency", "by", "at"})

    def __str__(self) -> str:
        return f"Message {self.pk} about referral {self.referral_id}"
