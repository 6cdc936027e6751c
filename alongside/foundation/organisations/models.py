"""Areas, agencies, teams, and what agencies agreed to share. No person is held here."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.foundation.lib.fields import area_key, public_id
from alongside.foundation.organisations.types import (
    EVERYBODY,
    THE_SERVICE,
    AgencyKind,
    AgreementState,
    TeamKind,
)


class Area(models.Model):
    """A police area and the body that commissions its victim services."""

    code = models.TextField(unique=True)
    name = models.TextField()
    commissioner_name = models.TextField()
    district_codes = models.JSONField(default=list)

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {"id", "code", "name", "commissioner_name", "district_codes"}
        )

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """An organisation with a part in the area's arrangements."""

    public_id = public_id()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="agencies")
    code = models.TextField()
    name = models.TextField()
    kind = models.TextField(choices=AgencyKind)
    force_code = models.TextField(null=True)  # noqa: DJ001 - absent, not empty: unique

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {"id", "public_id", "area", "code", "name", "kind", "force_code"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "code"], name="agency_code_once"),
            models.UniqueConstraint(fields=["force_code"], name="agency_force_once"),
            models.CheckConstraint(
                name="agency_only_a_force_has_a_force_code",
                condition=Q(kind=AgencyKind.FORCE, force_code__isnull=False)
                | ~Q(kind=AgencyKind.FORCE) & Q(force_code=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of an agency, and which new cases come to it."""

    public_id = public_id()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    code = models.TextField()
    name = models.TextField()
    kind = models.TextField(choices=TeamKind)

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset({"id", "public_id", "agency", "code", "name", "kind"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="team_code_once"),
            models.UniqueConstraint(fields=["agency", "kind"], name="team_kind_once"),
        ]

    def __str__(self) -> str:
        return self.name


class SharingAgreement(models.Model):
    """What agencies have agreed may flow between them, for what, and until when.

    `agency` keeps it in its register and shares under it with the other parties.
    `last_day` is the last day on which it holds. Signed by offices, not by persons.
    """

    public_id = public_id()
    area = area_key()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    title = models.TextField()
    reference = models.TextField()
    version = models.IntegerField(db_default=1)
    state = models.TextField(choices=AgreementState)
    legal_basis = models.TextField()
    signatories = models.TextField()
    starts = models.DateField()
    last_day = models.DateField()
    review_on = models.DateField()
    reviewed_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "title", "reference", "version"}
            | {"state", "legal_basis", "signatories", "starts", "last_day"}
            | {"review_on", "reviewed_on", "ended_at"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agreement_days_in_order",
                condition=Q(starts__lte=models.F("last_day")),
            ),
            models.CheckConstraint(
                name="agreement_ended_has_time",
                condition=Q(state=AgreementState.ENDED, ended_at__isnull=False)
                | ~Q(state=AgreementState.ENDED) & Q(ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgreementParty(models.Model):
    """Another agency that is bound by an agreement."""

    area = area_key()
    agreement = models.ForeignKey(
        SharingAgreement, on_delete=models.CASCADE, related_name="parties"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset({"id", "area", "agreement", "agency"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "agency"], name="agreementparty_once"
            )
        ]

    def __str__(self) -> str:
        return f"Agency {self.agency_id} in agreement {self.agreement_id}"


class AgreementFlow(models.Model):
    """What may flow under an agreement for one purpose: a mask of facets."""

    area = area_key()
    agreement = models.ForeignKey(
        SharingAgreement, on_delete=models.CASCADE, related_name="flows"
    )
    purpose = models.TextField()
    fields = models.IntegerField()

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset({"id", "area", "agreement", "purpose", "fields"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "purpose"], name="agreementflow_once"
            ),
            models.CheckConstraint(
                name="agreementflow_of_something", condition=Q(fields__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} under agreement {self.agreement_id}"


class AgreementChange(models.Model):
    """One thing that happened to an agreement, and by whom. Append-only."""

    area = area_key()
    agreement = models.ForeignKey(
        SharingAgreement, on_delete=models.PROTECT, related_name="changes"
    )
    at = models.DateTimeField()
    by_name = models.TextField()
    words = models.TextField()

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset({"id", "area", "agreement", "at", "by_name", "words"})

    def __str__(self) -> str:
        return f"{self.words} at {self.at}"


class AgreementChase(models.Model):
    """That an agreement was chased at a stage, for the date it then had."""

    area = area_key()
    agreement = models.ForeignKey(
        SharingAgreement, on_delete=models.PROTECT, related_name="+"
    )
    stage = models.TextField()
    for_day = models.DateField()
    at = models.DateTimeField()

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset({"id", "area", "agreement", "stage", "for_day", "at"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "stage", "for_day"], name="agreementchase_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage} of agreement {self.agreement_id}"


class ClosedDay(models.Model):
    """A day on which offices of the area are closed, besides the bank holidays.

    `holders` are the codes of those whose offices are closed, or `EVERYBODY` alone.
    Withdrawn, never deleted. `counted_at` is when the running promises were counted
    anew because of it; empty until that is done. Meanwhile `counting_done` of
    `counting_of` cases are looked at.
    """

    public_id = public_id()
    area = area_key()
    on = models.DateField()
    title = models.TextField()
    reason = models.TextField()
    holders = ArrayField(models.TextField(), db_default=[THE_SERVICE])
    added_at = models.DateTimeField()
    added_by = models.TextField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.TextField(db_default="")
    withdrawn_why = models.TextField(db_default="")
    counted_at = models.DateTimeField(null=True)
    counting_done = models.IntegerField(db_default=0)
    counting_of = models.IntegerField(db_default=0)

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {"id", "public_id", "area", "on", "title", "reason", "added_at"}
            | {"added_by", "withdrawn_at", "withdrawn_by", "withdrawn_why"}
            | {"holders", "counted_at", "counting_done", "counting_of"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "on"],
                condition=Q(withdrawn_at=None),
                name="closedday_once",
            ),
            models.CheckConstraint(
                name="closedday_for_somebody", condition=Q(holders__len__gt=0)
            ),
            models.CheckConstraint(
                name="closedday_everybody_alone",
                condition=Q(holders=[EVERYBODY]) | ~Q(holders__contains=[EVERYBODY]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} on {self.on}"
