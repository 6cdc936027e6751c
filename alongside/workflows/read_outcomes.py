"""What changed for people, counted for those who answer for the service."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from alongside.care.assessment import queries as assessment
from alongside.care.assessment.tables import AGE_BANDS, EXITS, LIMITS, OUTCOMES
from alongside.care.assessment.types.filled import (
    GroupBy,
    OutcomeAsked,
    OutcomeCount,
    OutcomeRow,
)
from alongside.care.instruments import queries as instruments
from alongside.care.instruments.types import Instrument
from alongside.care.referrals import queries as referrals
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.foundation.lib.small_numbers import hide_lines
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.queries import TeamChoice
from alongside.foundation.reference.tables import DISTRICTS

NOT_KNOWN = "Not known"
LEAST = LIMITS["publish_least"].number
FILE_HEAD = (
    *("what", "group", "question", "asked", "answered", "answered_twice"),
    *("better", "same", "worse", "not_to_publish"),
)


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One question of one group, in words, with its counts."""

    group: str
    words: str
    counts: OutcomeCount

    def numbers(self) -> dict[str, int]:
        """Its counts by name, in the order in which they are told."""
        one = self.counts
        return {
            "asked": one.asked,
            "answered": one.answered,
            "answered_twice": one.again,
            "better": one.better,
            "same": one.same,
            "worse": one.worse,
        }

    def small(self) -> tuple[str, ...]:
        """Which of its counts are so few that they may tell who somebody is."""
        return tuple(
            name for name, number in self.numbers().items() if 0 < number < LEAST
        )


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one instrument asked, question by question, in each group.

    `hidden` lines are too small to leave the service.
    """

    row: OutcomeRow
    lines: tuple[Counted, ...]
    hidden: int = 0


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """The report: its parts, and why cases closed without last scores.

    `in_house`: small counts are told, and marked. Otherwise they are not told.
    """

    parts: tuple[Part, ...]
    without: tuple[tuple[str, int], ...]
    teams: tuple[TeamChoice, ...]
    team: TeamChoice | None
    in_house: bool = True


def read_outcomes(
    *,
    actor: Actor,
    now: datetime,
    since: date,
    until: date,
    by: GroupBy,
    team_id: UUID | None = None,
) -> Outcomes:
    """Counts of a time (`until` is excluded), by a group. At most six statements,
    however many answers there are; that they were counted is audited.

    Who commissions the service, and does not work in it, is told of every case and of
    no count so small that it may tell who somebody is.

    Raises:
        NotFound: the agency has no such team.
    """
    in_house = actor.has(Permission.STATUS_VIEW)
    teams = organisations.list_teams(agency_id=actor.agency_id) if in_house else []
    team = _team(teams, team_id)
    shipped = _shipped(actor, now)
    counts = assessment.count_outcomes(
        OutcomeAsked(
            since=since, until=until, by=by, team_id=team.team_id if team else None
        ),
        less_is_better=less_is_better(shipped),
        helpers=referrals.list_helpers(actor=actor)
        if by is GroupBy.PROVIDER and in_house
        else (),
        commissioned=not in_house,
    )
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.OUTCOMES_COUNTED,
        subject=Subject(kind="outcomes"),
    )
    names = _names(by, actor, teams) or _months(by, counts)
    found = Outcomes(
        parts=tuple(_parts(counts, shipped, names)),
        without=_without(since, until, commissioned=not in_house),
        teams=tuple(teams),
        team=team,
        in_house=in_house,
    )
    return found if in_house else for_outside(found)


def _shipped(actor: Actor, now: datetime) -> dict[str, Instrument]:
    """The instruments in use of which outcomes are counted."""
    in_use = instruments.list_in_use(area_id=actor.area_id, on=local_day(now))
    return {one.code: one for one in in_use if one.code in OUTCOMES}


def _without(
    since: date, until: date, *, commissioned: bool
) -> tuple[tuple[str, int], ...]:
    counts = assessment.count_without(
        since=since, until=until, commissioned=commissioned
    )
    return tuple(
        (EXITS[code].label if code in EXITS else code, number)
        for code, number in counts
    )


def for_outside(found: Outcomes) -> Outcomes:
    """The report without what may tell who somebody is."""
    small = hide_lines([[number] for _, number in found.without], least=LEAST)
    return replace(
        found,
        parts=tuple(map(_part_for_outside, found.parts)),
        without=tuple(
            line for place, line in enumerate(found.without) if place not in small
        ),
    )


def _part_for_outside(part: Part) -> Part:
    by_question: dict[str, list[Counted]] = defaultdict(list)
    for line in part.lines:
        by_question[line.counts.question].append(line)
    hidden = {
        id(lines[place])
        for lines in by_question.values()
        for place in hide_lines(
            [list(line.numbers().values()) for line in lines], least=LEAST
        )
    }
    told = tuple(line for line in part.lines if id(line) not in hidden)
    return replace(part, lines=told, hidden=len(hidden))


def file_rows(found: Outcomes) -> Iterator[tuple[object, ...]]:
    """The report as the rows of a file, under FILE_HEAD."""
    for part in found.parts:
        for line in part.lines:
            yield (
                *(part.row.label, line.group, line.words),
                *line.numbers().values(),
                " ".join(line.small()),
            )


def less_is_better(shipped: Mapping[str, Instrument]) -> set[tuple[str, str]]:
    """The questions of which a lower number is good for the person."""
    return {
        (code, question)
        for code, instrument in shipped.items()
        for score in instrument.scores
        if score.better == "less"
        for question in score.questions
    }


def _parts(
    counts: Sequence[OutcomeCount],
    shipped: Mapping[str, Instrument],
    names: Mapping[str, str],
) -> list[Part]:
    parts = []
    for code, row in OUTCOMES.items():
        own = [one for one in counts if one.instrument == code]
        if not own:
            continue
        words = _words(shipped.get(code))
        order = {question: place for place, question in enumerate(words)}
        lines = [
            Counted(
                group=names.get(one.group, one.group) or NOT_KNOWN,
                words=words.get(one.question, one.question),
                counts=one,
            )
            for one in own
        ]
        lines.sort(
            key=lambda line: (
                line.group == NOT_KNOWN,
                _place(names, line.counts.group),
                line.group,
                order.get(line.counts.question, len(order)),
            )
        )
        parts.append(Part(row=row, lines=tuple(lines)))
    return parts


def _place(names: Mapping[str, str], group: str) -> int:
    keys = list(names)
    return keys.index(group) if group in keys else len(keys)


def _words(instrument: Instrument | None) -> dict[str, str]:
    questions = instrument.questions() if instrument else ()
    return {question.code: question.words for question in questions}


def _names(by: GroupBy, actor: Actor, teams: Sequence[TeamChoice]) -> dict[str, str]:
    """What each group is called, in the order in which groups are shown."""
    if by is GroupBy.AGE_BAND:
        return {band.code: band.label for band in AGE_BANDS}
    if by is GroupBy.DISTRICT:
        return {row.code: row.name for row in DISTRICTS.values()}
    if by is GroupBy.TEAM:
        return {str(team.team_id): team.name for team in teams}
    if by is GroupBy.AGENCY:
        return {str(one.agency_id): one.name for one in organisations.list_agencies()}
    if by is GroupBy.PROVIDER:
        return {"": "This service alone"}
    return {}


def _months(by: GroupBy, counts: Sequence[OutcomeCount]) -> dict[str, str]:
    if by is not GroupBy.MONTH:
        return {}
    months = sorted({one.group for one in counts})
    return {one: f"{date.fromisoformat(f'{one}-01'):%B %Y}" for one in months}


def _team(teams: Sequence[TeamChoice], team_id: UUID | None) -> TeamChoice | None:
    if team_id is None:
        return None
    for team in teams:
        if team.public_id == team_id:
            return team
    raise NotFound("We could not find that team")
