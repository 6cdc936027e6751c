"""Victimisations, the cases they belong to, and who may see a case."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.care.casework.types import (
    AccessReason,
    CaseStatus,
    ChangeKind,
    ConflictFound,
    ConflictKind,
    NoteKind,
    Tier,
)
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id
from alongside.walls.bits import EVERY_FACET


class Case(models.Model):
    """The service's support of one person over a stretch of time.

    `due_on` orders every list: the day by which the next thing must happen.
    `touched_at` is when anything last happened to the case.
    """

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    person = away_key("people.Person", db_index=False)
    status = models.TextField(choices=one_of(CaseStatus))
    tier = models.TextField(choices=one_of(Tier))
    high_risk = models.BooleanField()
    team = away_key("organisations.Team", db_constraint=False, db_index=False)
    worker = away_key("accounts.User", null=True, db_index=False)
    opened_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    disposition = models.TextField(default="")
    next_action = models.TextField()
    next_action_on = models.DateField(null=True)
    # Walls inside the agency: a mask of `walls.bits.COMPARTMENTS`.
    compartments = models.IntegerField(db_default=0)
    version = models.IntegerField(default=1)

    class Privacy:
        personal = frozenset(
            {"person", "tier", "high_risk", "next_action", "compartments"}
        )
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "status", "team", "worker"}
            | {"opened_at", "touched_at", "closed_at", "disposition"}
            | {"next_action_on", "version"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "person"],
                condition=~Q(status=CaseStatus.CLOSED),
                name="case_one_open_per_person",
            ),
            models.CheckConstraint(
                name="case_closed_has_disposition",
                condition=Q(status=CaseStatus.CLOSED, closed_at__isnull=False)
                & ~Q(disposition="")
                | ~Q(status=CaseStatus.CLOSED) & Q(closed_at=None, disposition=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "next_action_on", "id"],
                name="case_team_queue",
                condition=Q(status=CaseStatus.OPEN, worker=None),
            ),
            models.Index(
                fields=["team", "next_action_on", "id"],
                name="case_team_open",
                condition=Q(status=CaseStatus.OPEN),
            ),
            models.Index(
                fields=["worker", "next_action_on", "id"],
                name="case_worker_open",
                condition=~Q(status=CaseStatus.CLOSED),
            ),
            models.Index(fields=["person"], name="case_by_person"),
            models.Index(
                fields=["agency", "touched_at"],
                name="case_by_last_touch",
                condition=~Q(status=CaseStatus.CLOSED),
            ),
        ]

    def __str__(self) -> str:
        return f"Case {self.public_id} ({self.status})"


class CaseAccess(models.Model):
    """Who may see a case, and why. The one table that row security asks.

    Written by triggers: on cases for their owner, on shares, referrals and emergency
    access for the others. The application's role can read its own agency's rows and
    change none. `fields` is a mask of `walls.bits.FACETS`: what of the case may be
    seen. `compartments` and `barred` repeat what stands between it and a reader, so
    that one look at this table decides.
    """

    area = area_key()
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    user = away_key("accounts.User", null=True, db_index=False)
    why = models.TextField(choices=one_of(AccessReason))
    # The share, referral or emergency access it comes from; none for the owner.
    source = models.UUIDField(null=True)
    fields = models.IntegerField(db_default=EVERY_FACET)
    compartments = models.IntegerField(db_default=0)
    barred = ArrayField(models.BigIntegerField(), null=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)  # exclusive

    class Privacy:
        personal = frozenset({"case", "compartments", "barred"})
        ordinary = frozenset(
            {"id", "area", "agency", "user", "why", "source", "fields"}
            | {"since", "until"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "agency", "why", "user", "source"],
                name="caseaccess_once",
                nulls_distinct=False,
            )
        ]
        indexes = [
            models.Index(fields=["agency", "case"], name="caseaccess_by_agency"),
            models.Index(
                fields=["source"],
                name="caseaccess_by_source",
                condition=Q(source__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Agency {self.agency_id} sees case {self.case_id}: {self.why}"


class Conflict(models.Model):
    """A member of staff who may never open a person's cases, and how we know.

    Held by person, so that a later case is closed to them too. `user` is barred
    until the conflict is lifted; a lifted one stays as it was.
    """

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    person = away_key("people.Person", db_index=False)
    user = away_key("accounts.User", db_index=False)
    kind = models.TextField(choices=one_of(ConflictKind))
    found = models.TextField(choices=one_of(ConflictFound))
    reason = models.TextField()
    since = models.DateTimeField()
    made_by = away_key("accounts.User", null=True, db_index=False)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = away_key("accounts.User", null=True, db_index=False)
    lifted_reason = models.TextField(db_default="")

    class Privacy:
        personal = frozenset({"person", "user", "kind", "reason", "lifted_reason"})
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "found", "since", "made_by"}
            | {"lifted_at", "lifted_by"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "user"],
                condition=Q(lifted_at=None),
                name="conflict_once",
            ),
            models.CheckConstraint(
                name="conflict_lifted_by_another",
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False)
                & ~Q(lifted_by=models.F("user")),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-since"], name="conflict_by_agency"),
        ]

    def __str__(self) -> str:
        return f"Conflict {self.public_id}"


class KeptApart(models.Model):
    """Two people we support on the two sides of one crime. Only functions write here.

    While it stands whoever works an open case of one is barred from the other's, they
    are never taken for one person, and nobody is told of it but those who govern. A
    force's reference is all that is kept of any other suspect.
    """

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    victim = away_key("people.Person", db_index=False)
    suspect = away_key("people.Person", db_index=False)
    found = models.TextField(choices=one_of(ConflictFound))
    reason = models.TextField()
    since = models.DateTimeField()
    made_by = away_key("accounts.User", null=True, db_index=False)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = away_key("accounts.User", null=True, db_index=False)
    lifted_reason = models.TextField(db_default="")

    class Privacy:
        personal = frozenset({"victim", "suspect", "reason", "lifted_reason"})
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "found", "since", "made_by"}
            | {"lifted_at", "lifted_by"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["victim", "suspect"],
                condition=Q(lifted_at=None),
                name="keptapart_once",
            ),
            models.CheckConstraint(
                name="keptapart_two", condition=~Q(victim=models.F("suspect"))
            ),
        ]
        indexes = [
            models.Index(fields=["victim"], name="keptapart_by_victim"),
            models.Index(fields=["suspect"], name="keptapart_by_suspect"),
        ]

    def __str__(self) -> str:
        return f"Kept apart {self.public_id}"


class CaseChange(models.Model):
    """One thing that happened to a case. Append-only."""

    area = area_key()
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    by = away_key("accounts.User", null=True, db_index=False)
    kind = models.TextField(choices=one_of(ChangeKind))
    words = models.TextField()
    reason = models.TextField(default="")

    class Privacy:
        personal = frozenset({"case", "words", "reason"})
        ordinary = frozenset({"id", "area", "at", "by", "kind"})

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="casechange_by_case")]

    def __str__(self) -> str:
        return f"{self.kind} of case {self.case_id}"


class Note(models.Model):
    """What a worker wrote down. Append-only."""

    area = area_key()
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    by = away_key("accounts.User", db_index=False)
    kind = models.TextField(choices=one_of(NoteKind))
    text = models.TextField()

    class Privacy:
        personal = frozenset({"case", "text"})
        ordinary = frozenset({"id", "area", "at", "by", "kind"})

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="note_by_case")]

    def __str__(self) -> str:
        return f"Note {self.pk} of case {self.case_id}"


class Victimisation(models.Model):
    """A person's part in one crime or incident.

    `case` is empty while the referral is held. `same_as` is set where the force
    sent one person's part in one crime twice (as a victim and as a witness): it
    is then held once, and this row only keeps the second referral attached.
    """

    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    record = away_key("people.PersonRecord", db_index=False)
    # The wall lets a row in only for a case that is there and may be seen.
    case = models.ForeignKey(
        Case,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
        db_constraint=False,
    )
    referral = away_key("intake.Referral", null=True, db_index=False)
    same_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    live = models.BooleanField()
    crime_key = models.UUIDField()
    force_code = models.TextField()
    source_system = models.TextField()
    crime_ref = models.TextField()
    record_type = models.TextField()
    role = models.TextField()
    high_risk = models.BooleanField()
    offence_code = models.TextField()
    offence_title = models.TextField()
    flags = ArrayField(models.TextField())
    reported_at = models.DateTimeField()
    occurred_from = models.DateTimeField(null=True)
    occurred_to = models.DateTimeField(null=True)
    location_postcode = models.TextField()
    status = models.TextField()
    outcome_type = models.TextField()
    outcome_on = models.DateField(null=True)
    officer_contact = models.TextField()
    relationship_to_suspect = models.TextField()
    suspect_same_address = models.BooleanField(null=True)
    suspect_ref = models.TextField()
    repeat_victim = models.BooleanField(null=True)
    dash_yes_count = models.SmallIntegerField(null=True)
    asb_risk = models.TextField()
    special_measures_discussed = models.BooleanField(null=True)
    vps_offered = models.BooleanField(null=True)
    acknowledged_on = models.DateField(null=True)
    needs_assessed_on = models.DateField(null=True)
    consent_referral = models.TextField()
    consent_on = models.DateField(null=True)

    class Privacy:
        ordinary = frozenset(
            {"id", "area", "agency", "referral", "same_as", "live", "crime_key"}
            | {"force_code", "source_system", "crime_ref", "record_type", "status"}
            | {"outcome_type", "outcome_on", "officer_contact", "reported_at"}
        )
        personal = frozenset(
            {"record", "case", "role", "high_risk", "offence_code", "offence_title"}
            | {"flags", "occurred_from", "occurred_to", "location_postcode"}
            | {"relationship_to_suspect", "suspect_same_address", "suspect_ref"}
            | {"repeat_victim", "dash_yes_count", "asb_risk"}
            | {"special_measures_discussed", "vps_offered", "acknowledged_on"}
            | {"needs_assessed_on", "consent_referral", "consent_on"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], name="victimisation_one_per_referral"
            ),
        ]
        indexes = [
            models.Index(fields=["case"], name="victimisation_by_case"),
            models.Index(fields=["record"], name="victimisation_by_record"),
            models.Index(fields=["crime_key"], name="victimisation_by_crime"),
            models.Index(fields=["crime_ref"], name="victimisation_by_reference"),
            models.Index(
                fields=["suspect_ref"],
                name="victimisation_by_suspect",
                condition=~Q(suspect_ref=""),
            ),
            models.Index(
                fields=["agency", "record"],
                name="victimisation_held",
                condition=Q(case__isnull=True),
            ),
            models.Index(
                fields=["case"],
                name="victimisation_witness",
                condition=Q(role="witness"),
            ),
        ]

    def __str__(self) -> str:
        return f"Victimisation {self.pk} in {self.crime_ref}"
