"""The case each live referral belongs to: the one that is open, or a new one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from alongside.care.assessment import operations as assessment
from alongside.care.assessment import queries as assessed
from alongside.care.assessment.rules import grounds_for, tier_for
from alongside.care.assessment.tables import BOOKS
from alongside.care.assessment.types import CrimeFacts
from alongside.care.casework import queries as casework
from alongside.care.casework.operations import arrivals
from alongside.care.casework.rules import compartments_for, count_until, team_for
from alongside.care.casework.tables import COMPARTMENT_ROWS, REPEATS
from alongside.care.casework.types import ChangeKind, KnownCrime, RepeatScope, Tier
from alongside.care.intake.tables import LIMITS
from alongside.care.intake.types import ReadRow, Role
from alongside.care.journey.operations import NewClock
from alongside.foundation.lib.local import local_day
from alongside.foundation.lib.times import age_on
from alongside.foundation.organisations.types import TeamKind
from alongside.workflows.receiving import clocks
from alongside.workflows.receiving.piece import Incoming, Reception

CHILD_UNTIL = LIMITS["child_until"].number
FIRST_ACTION = "Make first contact"
JOINED_ACTION = "Talk to them about the new referral"
CHANGED_ACTION = "Read what the force has changed"
WITHDRAWN_ACTION = "The force took a referral back: decide whether to go on"

Groups = dict[int, list[Incoming]]
Crimes = dict[int, dict[UUID, KnownCrime]]
Standing = dict[int, casework.OpenCase]


@dataclass(frozen=True, slots=True)
class Joins:
    """Open cases as they should stand, and the clocks of those that were raised."""

    cases: list[arrivals.JoinedCase]
    replacements: list[tuple[int, NewClock]]


def find_cases(
    receiving: Reception, incoming: Sequence[Incoming], *, key: int | None = None
) -> Standing:
    """Give each live referral its case, and each its grounds.

    `key` is one for a new case, where it was taken already. Returns the open cases
    that something joins, by person.
    """
    live = [one for one in incoming if one.live]
    lately = _crimes_lately(live)
    for one in live:
        one.grounds = grounds_for(_facts(one, lately), BOOKS)
    _note_declined(live)
    homeless = [one for one in live if one.case_id is None]
    already = casework.find_open_cases(
        person_ids=sorted({one.person_id for one in homeless if not one.new_person})
    )
    cases = {person: case.case_id for person, case in already.items()}
    enhanced = {p for p, case in already.items() if case.tier is Tier.ENHANCED}
    wanted = list(dict.fromkeys(one.person_id for one in homeless))
    new = [person for person in wanted if person not in cases]
    if key is None:
        ids = arrivals.take_case_ids(
            actor=receiving.actor, now=receiving.now, count=len(new)
        )
    else:
        ids = [key] * len(new)
    cases.update(zip(new, ids, strict=True))
    opened = set(new)
    for one in homeless:
        one.case_id = cases[one.person_id]
        one.new_case = one.person_id in opened
        one.joins = not one.new_case
        one.joins_enhanced = one.person_id in enhanced
    return already


def enhanced_cases(incoming: Sequence[Incoming]) -> frozenset[int]:
    """The cases that these referrals make enhanced, or that already were, open or
    closed. One statement, where a referral is not the first of its case."""
    already = {
        one.case_id
        for one in incoming
        if one.case_id is not None and one.matter is not None
    }
    return casework.find_enhanced(case_ids=sorted(already)) | frozenset(
        one.case_id
        for one in incoming
        if one.case_id is not None and (one.owed or one.joins_enhanced)
    )


def find_joins(
    receiving: Reception,
    incoming: Sequence[Incoming],
    *,
    standing: Standing | None = None,
) -> Joins:
    """What the open cases that something joins should stand at afterwards.

    Read before anything is written: nothing then waits for the writing. `standing`
    are those cases, where they are known already.
    """
    _, known = _by_case(incoming)
    if standing is None:
        people = sorted({g[0].person_id for g in known.values()})
        standing = casework.find_open_cases(person_ids=people)
    before = {case.case_id: case for case in standing.values()}
    joined = [
        _joined(receiving, before[case_id], group)
        for case_id, group in known.items()
        if case_id in before
    ]
    raised = [
        case.case_id
        for case in joined
        if case.tier is Tier.ENHANCED and before[case.case_id].tier is Tier.STANDARD
    ]
    return Joins(joined, clocks.find_replacements(case_ids=raised))


def keep_cases(
    receiving: Reception, incoming: Sequence[Incoming], joins: Joins
) -> list[arrivals.NewCase]:
    """Open the new cases, which are returned, and bring the open ones up to date."""
    actor, now = receiving.actor, receiving.now
    new, _ = _by_case(incoming)
    opened = [_new_case(receiving, group) for group in new.values()]
    arrivals.open_cases(actor=actor, now=now, cases=opened)
    arrivals.join_cases(actor=actor, now=now, cases=joins.cases)
    return opened


def keep_matters(receiving: Reception, incoming: Sequence[Incoming]) -> None:
    """Keep each person's part in each crime, and the grounds it raises."""
    actor, now = receiving.actor, receiving.now
    new = [one for one in incoming if one.new_matter]
    known = [one for one in incoming if one.matter is not None]
    arrivals.add_victimisations(
        actor=actor, now=now, matters=[_matter_row(one) for one in new]
    )
    arrivals.renew_victimisations(
        actor=actor, now=now, matters=[_matter_row(one) for one in known]
    )
    found = [
        (one.case_id, one.victimisation_id, ground)
        for one in incoming
        if one.live and one.same_as_id is None and one.case_id is not None
        for ground in one.grounds
    ]
    changed = {one.victimisation_id for one in known}
    assessment.end_grounds(
        actor=actor,
        now=now,
        case_ids=_cases_of(known),
        victimisation_ids=sorted(changed),
        still=[one for one in found if one[1] in changed],
        gone=sorted(changed - {one[1] for one in found}),
    )
    assessment.add_grounds(actor=actor, now=now, grounds=found)


def _cases_of(known: Sequence[Incoming]) -> list[int]:
    """The cases in which these matters are, and were."""
    were = {one.matter.case_id for one in known if one.matter is not None}
    return sorted({case for case in were | {one.case_id for one in known} if case})


def _note_declined(live: Sequence[Incoming]) -> None:
    """What a worker has declined is not owed again on the same evidence."""
    known = [one for one in live if one.matter is not None and one.grounds]
    declined = assessed.find_declined(case_ids=_cases_of(known))
    for one in known:
        said = declined.get(one.victimisation_id, set())
        one.declined = all((g.ground, g.basis, g.value) in said for g in one.grounds)


def _matter_row(one: Incoming) -> arrivals.MatterRow:
    return arrivals.MatterRow(
        victimisation_id=one.victimisation_id,
        record_id=one.record_id,
        case_id=one.case_id,
        referral_id=one.referral_id or None,
        same_as_id=one.same_as_id,
        live=not one.withdrawn,
        crime_key=one.crime_key,
        row=one.plan.row,
    )


def _by_case(incoming: Sequence[Incoming]) -> tuple[Groups, Groups]:
    new: Groups = defaultdict(list)
    known: Groups = defaultdict(list)
    for one in incoming:
        if one.case_id is not None:
            (new if one.new_case else known)[one.case_id].append(one)
    return new, known


def _new_case(receiving: Reception, group: Sequence[Incoming]) -> arrivals.NewCase:
    tier = tier_for([ground for one in group if one.owed for ground in one.grounds])
    team = team_for(
        tier=tier,
        is_child=any(_is_child(receiving, one.plan.row) for one in group),
        only_witness=all(one.plan.row.role is Role.WITNESS for one in group),
    )
    teams = receiving.teams
    return arrivals.NewCase(
        case_id=group[0].case_id or 0,
        public_id=uuid4(),
        person_id=group[0].person_id,
        tier=tier,
        high_risk=any(one.plan.row.high_risk for one in group),
        team_id=teams.get(team, teams[TeamKind.FIRST_CONTACT]),
        next_action=FIRST_ACTION,
        next_action_on=_contact_by(receiving, tier),
        compartments=_compartments(receiving, group),
    )


def _joined(
    receiving: Reception, before: casework.OpenCase, group: Sequence[Incoming]
) -> arrivals.JoinedCase:
    raised = tier_for([ground for one in group if one.owed for ground in one.grounds])
    tier = Tier.ENHANCED if Tier.ENHANCED in {before.tier, raised} else before.tier
    changes = [change for one in group for change in _change(one)]
    if tier is not before.tier:
        changes.append((ChangeKind.TIER_CHANGED, "Now owed enhanced support"))
    action, due = before.next_action, before.next_action_on
    by = _contact_by(receiving, tier)
    if due is None or by < due:
        action, due = _action(group), by
    return arrivals.JoinedCase(
        case_id=before.case_id,
        tier=tier,
        high_risk=before.high_risk or any(one.plan.row.high_risk for one in group),
        next_action=action,
        next_action_on=due,
        # What is walled stays walled: only a person takes a wall away.
        compartments=before.compartments | _compartments(receiving, group),
        changes=changes,
    )


def _change(one: Incoming) -> list[tuple[ChangeKind, str]]:
    row = one.plan.row
    crime_ref = row.identity.crime_ref
    what = row.offence_title or row.record_type
    what = f"{what} ({crime_ref})" if crime_ref else what
    if one.joins and not one.referral_id:
        return [(ChangeKind.REFERRAL_JOINED, f"Told to us: {what}")]
    if one.joins:
        return [(ChangeKind.REFERRAL_JOINED, f"New referral: {what}")]
    if one.withdrawn:
        return [(ChangeKind.REFERRAL_JOINED, f"The force took back: {what}")]
    if not one.live:
        return [(ChangeKind.REFERRAL_JOINED, f"Held after a change: {what}")]
    return [(ChangeKind.REFERRAL_JOINED, f"Changed by the force: {what}")]


def _action(group: Sequence[Incoming]) -> str:
    if any(one.joins for one in group):
        return JOINED_ACTION
    return WITHDRAWN_ACTION if group[0].withdrawn else CHANGED_ACTION


def _contact_by(receiving: Reception, tier: Tier) -> date:
    return clocks.first_contact_due(
        receiving.workable_at,
        enhanced=tier is Tier.ENHANCED,
        calendar=receiving.calendar,
    )


def _is_child(receiving: Reception, row: ReadRow) -> bool:
    age = _age(receiving, row)
    return age is not None and age < CHILD_UNTIL


def _age(receiving: Reception, row: ReadRow) -> int | None:
    born = row.date_of_birth
    return None if born is None else age_on(local_day(receiving.now), born=born)


def _compartments(receiving: Reception, group: Sequence[Incoming]) -> int:
    mask = 0
    for one in group:
        row = one.plan.row
        mask |= one.walls | compartments_for(
            flags=row.flags, age=_age(receiving, row), rows=COMPARTMENT_ROWS.values()
        )
    return mask


def _crimes_lately(live: Sequence[Incoming]) -> Crimes:
    """Each person's crimes: those known, and those that come with these referrals."""
    known = casework.find_known_crimes(
        person_ids=sorted({one.person_id for one in live if not one.new_person})
    )
    crimes: Crimes = defaultdict(dict, {who: dict(of) for who, of in known.items()})
    for one in live:
        if one.same_as_id is None:
            crimes[one.person_id][one.crime_key] = _known_crime(one.plan.row)
    return crimes


def _known_crime(row: ReadRow) -> KnownCrime:
    suspect = casework.suspect_key(row.identity.force_code, row.suspect_ref)
    return KnownCrime(local_day(row.reported_at), suspect)


def _count(crimes: Crimes, one: Incoming, scope: RepeatScope) -> int:
    """How many crimes there were against somebody until this one, this one among them:
    in all, or by its suspect alone."""
    return count_until(
        _known_crime(one.plan.row),
        crimes[one.person_id].values(),
        days=REPEATS[scope].days,
        by_suspect=scope is RepeatScope.SUSPECT,
    )


def _facts(one: Incoming, lately: Crimes) -> CrimeFacts:
    row = one.plan.row
    day = local_day(row.reported_at)
    occurred = row.occurred_to or row.occurred_from
    return CrimeFacts(
        flags=row.flags,
        offence_code=row.offence_code,
        occurred_on=local_day(occurred) if occurred else None,
        reported_on=day,
        date_of_birth=row.date_of_birth,
        repeat_victim=row.repeat_victim,
        special_measures_discussed=row.special_measures_discussed,
        record_type=row.record_type,
        relationship_to_suspect=row.relationship_to_suspect,
        dash_yes_count=row.dash_yes_count,
        asb_risk=row.asb_risk,
        crimes_lately=_count(lately, one, RepeatScope.PERSON),
        suspect_crimes_lately=_count(lately, one, RepeatScope.SUSPECT),
    )
