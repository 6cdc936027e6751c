"""Victimisations, the cases they belong to, what is to be done, and who may see."""

from alongside.care.casework.models.cases import (
    Case,
    CaseAccess,
    CaseChange,
    Conflict,
    KeptApart,
    Note,
    Victimisation,
)
from alongside.care.casework.models.tasks import Task

__all__ = [
    "Case",
    "CaseAccess",
    "CaseChange",
    "Conflict",
    "KeptApart",
    "Note",
    "Task",
    "Victimisation",
]
