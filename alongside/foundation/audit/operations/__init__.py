"""Writes of this package: entries on the trail, and the seals over them."""

from alongside.foundation.audit.operations.recording import (
    record_event,
    record_events,
    record_refusal,
)

__all__ = ("record_event", "record_events", "record_refusal")
