"""Areas, the agencies that work in them, and their teams. No person is held here."""

from django.db import models
from django.db.models import Q

from alongside.foundation.lib.fields import public_id
from alongside.foundation.organisations.types import AgencyKind, TeamKind


class Area(models.Model):
    """A police area and the body that commissions its victim services."""

    code = models.TextField(unique=True)
    name = models.TextField()
    commissioner_name = models.TextField()
    district_codes = models.JSONField(default=list)

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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="team_code_once"),
            models.UniqueConstraint(fields=["agency", "kind"], name="team_kind_once"),
        ]

    def __str__(self) -> str:
        return self.name
