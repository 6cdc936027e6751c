"""The places of the product, for its navigation: the most used first."""

from collections.abc import Callable
from dataclasses import dataclass

from alongside.care.linking.queries.reviews import count_reviews
from alongside.foundation.accounts.types import Actor, Permission


@dataclass(frozen=True, kw_only=True)
class Destination:
    """A place in the navigation, for those who hold the permission.

    `says` tells in one line what is there. `counts` says how much waits.
    """

    text: str
    route: str
    permission: Permission
    says: str
    counts: Callable[..., int] | None = None


# As many as stand on one line of a common screen; the rest are behind "More".
MOST_IN_BAR = 9
QUEUE = "casework:queue"
NAVIGATION = (
    Destination(
        text="My work",
        route="casework:my_work",
        permission=Permission.WORK_VIEW,
        says="What is due in your cases, the most pressing first",
    ),
    Destination(
        text="Team queue",
        route=QUEUE,
        permission=Permission.WORK_VIEW,
        says="Cases of your team that nobody has taken yet",
    ),
    Destination(
        text="My calendar",
        route="planning:calendar",
        permission=Permission.WORK_VIEW,
        says="Appointments of the week, and who is seen when",
    ),
    Destination(
        text="To tell",
        route="telling:list",
        permission=Permission.CASE_WORK,
        says="What happened to people, and they have not been told yet",
    ),
    Destination(
        text="Who owes what",
        route="owed:owed",
        permission=Permission.WORK_VIEW,
        says="Promises that run or are late, by who owes them",
    ),
    Destination(
        text="What we owe",
        route="owed:force",
        permission=Permission.OWED_FORCE,
        says="What your force owes people, and by when",
    ),
    Destination(
        text="Held",
        route="intake:held",
        permission=Permission.HELD_VIEW,
        says="Referrals that wait for an answer before they become a case",
    ),
    Destination(
        text="Same person?",
        route="linking:tasks",
        permission=Permission.LINK_REVIEW,
        says="Pairs of records that may be one person",
        counts=count_reviews,
    ),
    Destination(
        text="Find",
        route="find:find",
        permission=Permission.PERSON_FIND,
        says="Find a person by name, date of birth, phone, postcode or reference",
    ),
    Destination(
        text="Witnesses",
        route="witnesses:list",
        permission=Permission.WITNESS_CARE,
        says="Who must give evidence, by the day of the hearing, and how ready",
    ),
    Destination(
        text="Shared with us",
        route="provider:inbox",
        permission=Permission.SHARE_VIEW,
        says="Cases of which other agencies share a part with you",
    ),
    Destination(
        text="Information rights",
        route="rights:register",
        permission=Permission.RIGHTS_WORK,
        says="What people ask about the information held on them",
    ),
    Destination(
        text="Access",
        route="conflicts:hub",
        permission=Permission.CONFLICT_DECLARE,
        says="Conflicts of interest, walls, clearances and emergencies",
    ),
    Destination(
        text="Requests for records",
        route="information_requests:desk",
        permission=Permission.INFORMATION_REQUEST_WORK,
        says="What the police ask of people's records, by the day an answer is due",
    ),
    Destination(
        text="Requests we made",
        route="information_requests:own",
        permission=Permission.INFORMATION_REQUEST_TRACK,
        says="What became of the requests your force made",
    ),
    Destination(
        text="Messages waiting",
        route="journey:waiting",
        permission=Permission.HELD_VIEW,
        says="News of crimes nobody has referred to us yet",
    ),
    Destination(
        text="Unusual looking",
        route="seen:unusual",
        permission=Permission.TRAIL_WATCH,
        says="Looks at records that somebody should ask about",
    ),
    Destination(
        text="What we share",
        route="sharing:register",
        permission=Permission.SHARE_REVIEW,
        says="Every share with its basis and its agreement",
    ),
    Destination(
        text="Workload",
        route="planning:workload",
        permission=Permission.CASE_SUPERVISE,
        says="Who carries how much, what is overdue and what waits",
    ),
    Destination(
        text="Case status",
        route="status:status",
        permission=Permission.STATUS_VIEW,
        says="Every case by its status, and what is missing from it",
    ),
    Destination(
        text="Outcomes",
        route="assessing:outcomes",
        permission=Permission.COUNTS_VIEW,
        says="What changed for people between first look and last",
    ),
    Destination(
        text="Promises kept",
        route="owed:compliance",
        permission=Permission.COUNTS_VIEW,
        says="How often each promise of the Code was kept, missed or not owed",
    ),
    Destination(
        text="Feeds",
        route="intake:feeds",
        permission=Permission.FEED_VIEW,
        says="What each force sent and what became of it",
    ),
    Destination(
        text="Agreements",
        route="agreements:register",
        permission=Permission.AGREEMENT_VIEW,
        says="Agreements between agencies to share information",
    ),
    Destination(
        text="Rights",
        route="code_rights:register",
        permission=Permission.CASE_VIEW,
        says="Statements, reviews, claims and complaints, case by case",
    ),
    Destination(
        text="Owed without a deadline",
        route="code_rights:standing_register",
        permission=Permission.CASE_VIEW,
        says="What the Code promises with no number of days, and what we know of it",
    ),
    Destination(
        text="Accounts",
        route="accounts:accounts",
        permission=Permission.ACCOUNT_MANAGE,
        says="Who may sign in, and as what",
    ),
    Destination(
        text="Instruments",
        route="instruments:list",
        permission=Permission.INSTRUMENT_EDIT,
        says="Assessments: their questions, scores and versions",
    ),
    Destination(
        text="Words",
        route="wording:list",
        permission=Permission.WORDS_VIEW,
        says="What people are told, who read it over, our own words, translations",
    ),
    Destination(
        text="Closed days",
        route="closed_days:list",
        permission=Permission.CALENDAR_VIEW,
        says="Bank holidays, and the days that offices here are closed besides",
    ),
    Destination(
        text="Machines",
        route="accounts:tokens",
        permission=Permission.ACCOUNT_MANAGE,
        says="Access for other systems",
    ),
)


def destinations(actor: Actor) -> list[Destination]:
    """Where the actor may go, in order; the first is their home page.

    For a provider that is what others shared with them: they have no queue of ours.
    """
    places = [place for place in NAVIGATION if actor.has(place.permission)]
    if actor.for_provider:
        places = [place for place in places if place.route != QUEUE]
        places.sort(key=lambda place: place.permission is not Permission.SHARE_VIEW)
    return places


def in_the_bar(actor: Actor) -> tuple[list[Destination], list[Destination]]:
    """What stands in the bar, and what is behind "More": never one alone."""
    places = destinations(actor)
    if len(places) <= MOST_IN_BAR + 1:
        return places, []
    return places[:MOST_IN_BAR], places[MOST_IN_BAR:]
