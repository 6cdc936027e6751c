"""The end of a record: proposed, approved by another, done; what stays."""

from django.db import models
from django.db.models import F, Q

from alongside.care.information_rights.models.requests import RightsRequest
from alongside.foundation.lib.fields import area_key, away_key, public_id


class Erasure(models.Model):
    """A person is to be erased: proposed by one, approved by another, then done."""

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_index=False)
    request = models.ForeignKey(
        RightsRequest, on_delete=models.PROTECT, related_name="+", null=True
    )
    person = away_key("people.Person", null=True)
    why = models.TextField()
    proposed_by = away_key("accounts.User", db_index=False)
    proposed_at = models.DateTimeField()
    approved_by = away_key("accounts.User", null=True, db_index=False)
    approved_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = away_key("accounts.User", null=True, db_index=False)

    class Privacy:
        personal = frozenset({"person", "why"})
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "request", "proposed_by"}
            | {"proposed_at", "approved_by", "approved_at", "declined_at"}
            | {"done_at", "done_by"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(done_at=None, declined_at=None),
                name="erasure_once",
            ),
            models.CheckConstraint(
                name="erasure_approved_by_another",
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="erasure_done_was_approved",
                condition=Q(done_at=None) | Q(approved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Erasure {self.public_id}"


class RetentionRun(models.Model):
    """Records whose time is over, on one day: proposed, approved, erased."""

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_index=False)
    on_day = models.DateField()
    people = models.IntegerField()
    proposed_by = away_key("accounts.User", db_index=False)
    proposed_at = models.DateTimeField()
    approved_by = away_key("accounts.User", null=True, db_index=False)
    approved_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "on_day", "people", "proposed_by"}
            | {"proposed_at", "approved_by", "approved_at", "declined_at", "ended_at"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="run_approved_by_another",
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(ended_at=None, declined_at=None),
                name="run_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Retention run {self.public_id}"


class RetentionItem(models.Model):
    """One person of a run: under which rule, due when, and what became of it."""

    area = area_key()
    run = models.ForeignKey(RetentionRun, on_delete=models.PROTECT, related_name="+")
    person = away_key("people.Person", null=True)
    rule = models.TextField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    skipped = models.TextField(db_default="")  # why it was left, where it was

    class Privacy:
        personal = frozenset({"person"})
        ordinary = frozenset(
            {"id", "area", "run", "rule", "due_on", "done_at", "skipped"}
        )

    class Meta:
        indexes = [
            models.Index(
                fields=["run", "id"],
                name="retentionitem_to_do",
                condition=Q(done_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"Item {self.pk} of run {self.run_id}"


class Suppression(models.Model):
    """A referral that was erased, by a keyed hash: sent again, it is held first."""

    area = area_key()
    key = models.UUIDField()
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        personal = frozenset({"key"})
        ordinary = frozenset({"id", "area", "since", "ended_at"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "key"],
                condition=Q(ended_at=None),
                name="suppression_once",
            )
        ]

    def __str__(self) -> str:
        return f"Suppression {self.pk}"


class CaseCount(models.Model):
    """How many cases of people who were erased there were. No person, no case."""

    area = area_key()
    quarter = models.TextField()  # in which the case closed, like 2026-Q4
    crime_group = models.TextField()
    outcome = models.TextField()
    tier = models.TextField()
    age_band = models.TextField()
    district = models.TextField()
    cases = models.IntegerField()

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {"id", "area", "quarter", "crime_group", "outcome", "tier", "age_band"}
            | {"district", "cases"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("area", "quarter", "crime_group", "outcome", "tier"),
                    *("age_band", "district"),
                ],
                name="casecount_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.cases} cases in {self.quarter}"
