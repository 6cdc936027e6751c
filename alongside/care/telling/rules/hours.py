"""Whether somebody may be written to at this hour, and what a worker must say first."""

from datetime import datetime, timedelta

from alongside.care.telling.types import Hour, HourChoice

NIGHT = (
    "It would reach them at night: keep it as a draft until the morning, unless it"
    " cannot wait."
)
THEIRS = "They said when they may be reached: “{times}”."
NOT_AT_NIGHT = (
    "It is night, and {why}: nothing is sent to them at this hour. Keep it as a draft."
)
CHILD = "they are a child, or nobody knows their age"
GUARDED = "the risk is high or a warning stands"


def leaves_at(now: datetime, *, hold: int) -> datetime:
    """When what is asked for now leaves, after a hold of so many minutes in which it
    can be taken back."""
    return now + timedelta(minutes=hold)


def is_night(hour: int, *, from_hour: int, until_hour: int) -> bool:
    """Whether an hour of the day in London lies outside those in which people are
    written to."""
    return not from_hour <= hour < until_hour


def judge_hour(*, night: bool, times: str, child: bool, guarded: bool) -> Hour:
    """What must be said before something leaves at an hour.

    `times` are the person's own words of when they may be reached: no machine reads
    them, so a worker says that this is such a time. `child`: under age, or not known.
    `guarded`: the risk is high or a warning stands. Neither is ever overridden: a child
    gets nothing at night, and where there is danger only the person's own times count.
    """
    times = times.strip()
    if night and (child or (guarded and not times)):
        return Hour(refused=NOT_AT_NIGHT.format(why=CHILD if child else GUARDED))
    if not (night or times):
        return Hour()
    asks = THEIRS.format(times=times) if times else ""
    within = (HourChoice.WITHIN,) if times else ()
    anyway = () if child or guarded else (HourChoice.ANYWAY,)
    return Hour(
        asks=" ".join(filter(None, (NIGHT if night else "", asks))),
        choices=within + anyway,
    )
