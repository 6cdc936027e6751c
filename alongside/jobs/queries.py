"""When rounds last ran."""

from alongside.jobs.models import LastRun


def find_last_run(*, name: str) -> LastRun | None:
    """The last run of a round, if it ever ran."""
    return LastRun.objects.filter(pk=name).first()


def list_last_runs() -> list[LastRun]:
    """The last run of every round that ever ran, by name."""
    return list(LastRun.objects.order_by("name"))
