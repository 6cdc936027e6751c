"""Which stage a matter is at once something has happened."""

from collections.abc import Mapping

from alongside.care.journey.types import EventRow


def stage_after(event: EventRow, detail: Mapping[str, object]) -> str:
    """The stage a matter is at once the event has happened. Empty: as before."""
    if not event.detail_field:
        return event.stage
    said = str(detail.get(event.detail_field, "")).strip().lower().replace(" ", "_")
    return event.detail_stages.get(said, event.stage)
