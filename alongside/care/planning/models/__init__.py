"""Plans and what belongs to them, what is planned with a person, and supervision."""

from alongside.care.planning.models.meeting import Appointment, WarningNote
from alongside.care.planning.models.papers import ExitPlan, SafetyPlan
from alongside.care.planning.models.plans import Action, Goal, Plan, PlanChange
from alongside.care.planning.models.watching import (
    SupervisionNote,
    Volunteer,
    VolunteerHours,
)

__all__ = [
    "Action",
    "Appointment",
    "ExitPlan",
    "Goal",
    "Plan",
    "PlanChange",
    "SafetyPlan",
    "SupervisionNote",
    "Volunteer",
    "VolunteerHours",
    "WarningNote",
]
