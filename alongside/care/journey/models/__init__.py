"""What happened in the justice process, and the promises it started."""

from alongside.care.journey.models.clocks import Clock
from alongside.care.journey.models.escalations import Escalation
from alongside.care.journey.models.events import JourneyEvent, Telling
from alongside.care.journey.models.matters import Matter, WaitingMessage
from alongside.care.journey.models.reach import OutOfReach
from alongside.care.journey.models.wishes import Wish

__all__ = [
    "Clock",
    "Escalation",
    "JourneyEvent",
    "Matter",
    "OutOfReach",
    "Telling",
    "WaitingMessage",
    "Wish",
]
