"""Assessments, what was answered, and why a case closed without a last one."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.care.assessment.types.filled import AssessmentState, How
from alongside.care.instruments.types import Moment, Risk
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id

# What may be judged where so much was found: as much, or more.
NOT_LOWER = (
    Q(judged="")
    | Q(found=Risk.NONE)
    | Q(found=Risk.STANDARD, judged__in=(Risk.STANDARD, Risk.MEDIUM, Risk.HIGH))
    | Q(found=Risk.MEDIUM, judged__in=(Risk.MEDIUM, Risk.HIGH))
    | Q(found=Risk.HIGH, judged=Risk.HIGH)
)


class Assessment(models.Model):
    """An instrument asked of one person, at one moment of their support.

    It keeps the version of the instrument it was begun with. `found` is the risk that
    its scores came to, `judged` a higher one that a worker saw. `age`, `offence_code`,
    `district` and `team` are as they stood when it began, to be counted by. `asked`
    and `numbers` go together: the questions that count by themselves, and what each
    was answered with.
    """

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    team = away_key("organisations.Team", db_constraint=False, db_index=False)
    case = away_key("casework.Case", db_index=False)
    instrument = models.TextField()
    instrument_version = models.IntegerField()
    title = models.TextField()
    moment = models.TextField(choices=one_of(Moment))
    state = models.TextField(choices=one_of(AssessmentState))
    how = models.TextField(choices=[("", "unknown"), *one_of(How)], db_default="")
    accompanied = models.TextField(db_default="")
    started_at = models.DateTimeField()
    started_by = away_key("accounts.User", db_index=False)
    saved_at = models.DateTimeField()
    saved_by = away_key("accounts.User", db_index=False)
    completed_at = models.DateTimeField(null=True)
    completed_by = away_key("accounts.User", null=True, db_index=False)
    found = models.TextField(choices=[("", "none"), *one_of(Risk)], db_default="")
    incidents = models.SmallIntegerField(null=True)
    escalated = models.BooleanField(db_default=False)
    judged = models.TextField(choices=[("", "none"), *one_of(Risk)], db_default="")
    judged_reason = models.TextField(db_default="")
    judged_at = models.DateTimeField(null=True)
    judged_by = away_key("accounts.User", null=True, db_index=False)
    review_on = models.DateField(null=True)
    asks = ArrayField(models.TextField(), db_default=[])
    result = models.JSONField(null=True)
    asked = ArrayField(models.TextField(), db_default=[])
    numbers = ArrayField(models.SmallIntegerField(null=True), db_default=[])
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = away_key("accounts.User", null=True, db_index=False)
    withdrawn_reason = models.TextField(db_default="")
    age = models.SmallIntegerField(null=True)
    offence_code = models.TextField(db_default="")
    district = models.TextField(db_default="")
    version = models.IntegerField(db_default=1)

    class Privacy:
        personal = frozenset(
            {"case", "instrument", "title", "moment", "how", "accompanied", "found"}
            | {"incidents", "escalated", "judged", "judged_reason", "review_on"}
            | {"asks", "result", "asked", "numbers", "withdrawn_reason", "age"}
            | {"offence_code", "district"}
        )
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "team", "instrument_version"}
            | {"state", "started_at", "started_by", "saved_at", "saved_by"}
            | {"completed_at", "completed_by", "judged_at", "judged_by"}
            | {"withdrawn_at", "withdrawn_by", "version"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "instrument"],
                condition=Q(state=AssessmentState.DRAFT),
                name="assessment_one_draft",
            ),
            models.CheckConstraint(
                name="assessment_scored_when_complete",
                condition=Q(
                    state=AssessmentState.DRAFT,
                    completed_at=None,
                    found="",
                    judged="",
                    result=None,
                )
                | Q(
                    state=AssessmentState.COMPLETE,
                    completed_at__isnull=False,
                    completed_by__isnull=False,
                    result__isnull=False,
                )
                & ~Q(found="")
                | Q(state=AssessmentState.WITHDRAWN, withdrawn_at__isnull=False)
                & ~Q(withdrawn_reason=""),
            ),
            models.CheckConstraint(
                name="assessment_judged_never_lower", condition=NOT_LOWER
            ),
            models.CheckConstraint(
                name="assessment_judged_by_whom_and_why",
                condition=Q(judged="", judged_at=None, judged_by=None)
                | ~Q(judged="")
                & ~Q(judged_reason="")
                & Q(judged_at__isnull=False, judged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="assessment_number_for_each",
                condition=Q(asked__len=F("numbers__len")),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-started_at"], name="assessment_by_case"),
            models.Index(
                fields=["instrument", "completed_at"],
                name="assessment_counted",
                condition=Q(state=AssessmentState.COMPLETE),
            ),
            models.Index(
                fields=["saved_by", "-saved_at"],
                name="assessment_drafts",
                condition=Q(state=AssessmentState.DRAFT),
            ),
        ]

    def __str__(self) -> str:
        return f"Assessment {self.public_id} ({self.state})"


class Answer(models.Model):
    """What was answered to one question. The value is as QuestionKind says; none
    where an answer was taken back."""

    area = area_key()
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    question = models.TextField()
    value = models.JSONField(null=True)

    class Privacy:
        personal = frozenset({"assessment", "question", "value"})
        ordinary = frozenset({"id", "area"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question"], name="answer_once"
            )
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk} of assessment {self.assessment_id}"


class NoExit(models.Model):
    """Why a case was closed without a last set of scores."""

    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    case = away_key("casework.Case", db_index=False)
    at = models.DateTimeField()
    by = away_key("accounts.User", db_index=False)
    reason = models.TextField()
    words = models.TextField(db_default="")

    class Privacy:
        personal = frozenset({"case", "reason", "words"})
        ordinary = frozenset({"id", "area", "agency", "at", "by"})

    class Meta:
        indexes = [
            models.Index(fields=["case"], name="noexit_by_case"),
            models.Index(fields=["agency", "at"], name="noexit_by_day"),
        ]

    def __str__(self) -> str:
        return f"No exit score of case {self.case_id}"
