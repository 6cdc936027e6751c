"""Requests for what we hold about a person, what was done, and what was given."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.care.information_requests.types import (
    ENDED,
    CameBy,
    ComplaintBy,
    Fate,
    Notice,
    Outcome,
    RequestState,
    StepKind,
    Views,
)
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id

_DECIDED = sorted({RequestState.DECIDED, RequestState.ANSWERED, RequestState.REFUSED})


class InformationRequest(models.Model):
    """The police, or another authorised body, ask for what we hold about a person.

    Holds what is said now; the steps keep what was said before. `case` is empty once
    the person was erased: what stays then says nothing of anybody, and is counted.
    `complete_on` is the day from which the answer's days are counted. `soon_told_of`
    and `late_told_of` are the days of answer of which staff were told.
    """

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_index=False)
    case = away_key("casework.Case", null=True, db_index=False)
    state = models.TextField(choices=one_of(RequestState))
    body = models.TextField()
    body_name = models.TextField()
    asker = away_key("organisations.Agency", null=True, db_index=False)
    officer_role = models.TextField()
    their_reference = models.TextField()
    received_on = models.DateField()
    received_by = models.TextField(choices=one_of(CameBy))
    urgent = models.BooleanField()
    urgent_why = models.TextField(db_default="")
    offence = models.TextField(db_default="")
    line = models.TextField(db_default="")
    kinds = ArrayField(models.TextField(), db_default=[])
    everything = models.BooleanField(db_default=False)
    period_from = models.DateField(null=True)
    period_until = models.DateField(null=True)
    particulars = models.TextField(db_default="")
    necessity = models.TextField(db_default="")
    proportionality = models.TextField(db_default="")
    other_means = models.TextField(db_default="")
    counselling_reason = models.TextField(db_default="")
    counselling_rank = models.TextField(db_default="")
    counselling_on = models.DateField(null=True)
    approved_rank = models.TextField(db_default="")
    approved_on = models.DateField(null=True)
    notice = models.TextField(choices=one_of(Notice), db_default="")
    notice_on = models.DateField(null=True)
    notice_how = models.TextField(db_default="")
    withheld_why = models.TextField(db_default="")
    withheld_words = models.TextField(db_default="")
    views = models.TextField(choices=one_of(Views), db_default="")
    views_words = models.TextField(db_default="")
    views_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    opened_by = away_key("accounts.User", db_index=False)
    complete_on = models.DateField(null=True)
    due_on = models.DateField()
    prepared_at = models.DateTimeField(null=True)
    prepared_by = away_key("accounts.User", null=True, db_index=False)
    proposed = models.TextField(choices=one_of(Outcome), db_default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = away_key("accounts.User", null=True, db_index=False)
    outcome = models.TextField(choices=one_of(Outcome), db_default="")
    sent_on = models.DateField(null=True)
    sent_how = models.TextField(db_default="")
    ended_at = models.DateTimeField(null=True)
    complaint_on = models.DateField(null=True)
    complaint_from = models.TextField(choices=one_of(ComplaintBy), db_default="")
    complaint_due_on = models.DateField(null=True)
    complaint_answered_on = models.DateField(null=True)
    version = models.IntegerField(db_default=1)
    soon_told_of = models.DateField(null=True)
    late_told_of = models.DateField(null=True)

    class Privacy:
        personal = frozenset(
            {"case", "their_reference", "urgent_why", "offence", "line", "particulars"}
            | {"necessity", "proportionality", "other_means", "counselling_reason"}
            | {"withheld_words", "views", "views_words", "notice_how", "sent_how"}
            | {"officer_role", "kinds", "everything", "period_from", "period_until"}
        )
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "state", "body", "body_name"}
            | {"asker", "received_on", "received_by", "urgent", "counselling_rank"}
            | {"counselling_on", "approved_rank", "approved_on", "notice", "notice_on"}
            | {"withheld_why", "views_on", "opened_at", "opened_by", "complete_on"}
            | {"due_on", "prepared_at", "prepared_by", "proposed", "decided_at"}
            | {"decided_by", "outcome", "sent_on", "ended_at", "complaint_on"}
            | {"complaint_from", "complaint_due_on", "complaint_answered_on"}
            | {"version", "soon_told_of", "late_told_of"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inforequest_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="inforequest_decided_before_sent",
                condition=~Q(state__in=_DECIDED)
                | Q(decided_by__isnull=False, prepared_by__isnull=False)
                & ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="inforequest_ended_says_when",
                condition=Q(state__in=sorted(ENDED), ended_at__isnull=False)
                | ~Q(state__in=sorted(ENDED)) & Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="inforequest_period_in_order",
                condition=Q(period_from=None)
                | Q(period_until=None)
                | Q(period_until__gte=F("period_from")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "due_on", "id"],
                name="inforequest_open_by_due",
                condition=Q(ended_at=None),
            ),
            models.Index(
                fields=["agency", "-ended_at", "-id"],
                name="inforequest_by_end",
                condition=Q(ended_at__isnull=False),
            ),
            models.Index(fields=["case"], name="inforequest_by_case"),
            models.Index(
                fields=["asker", "-received_on"],
                name="inforequest_by_asker",
                condition=Q(asker__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Request for information {self.public_id} ({self.state})"


class RequestStep(models.Model):
    """One thing that was said or done about a request. Append-only.

    `facts` holds what a section said from then on.
    """

    area = area_key()
    request = models.ForeignKey(
        InformationRequest, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    by = away_key("accounts.User", db_index=False)
    kind = models.TextField(choices=one_of(StepKind))
    section = models.TextField(db_default="")
    words = models.TextField(db_default="")
    facts = models.JSONField(db_default={})

    class Privacy:
        personal = frozenset({"words", "facts"})
        ordinary = frozenset({"id", "area", "request", "at", "by", "kind", "section"})

    def __str__(self) -> str:
        return f"{self.kind} of request {self.request_id}"


class RequestPart(models.Model):
    """What becomes of one kind of records, as it was prepared. Listed, never copied.

    Of several times that an answer was prepared the newest counts.
    """

    area = area_key()
    request = models.ForeignKey(
        InformationRequest, on_delete=models.PROTECT, related_name="+"
    )
    step = models.ForeignKey(
        RequestStep, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.TextField()
    fate = models.TextField(choices=one_of(Fate))
    words = models.TextField(db_default="")
    reason = models.TextField(db_default="")

    class Privacy:
        personal = frozenset({"words", "kind", "fate"})
        ordinary = frozenset({"id", "area", "request", "step", "reason"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="requestpart_withheld_says_why",
                condition=~Q(fate=Fate.WITHHOLD) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="requestpart_given_says_what",
                condition=~Q(fate=Fate.GIVE) | ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of request {self.request_id}: {self.fate}"
