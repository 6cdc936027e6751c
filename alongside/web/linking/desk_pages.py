"""What the review desk shows of one task."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from alongside.care.casework.rules import compartments_in
from alongside.care.casework.tables import COMPARTMENT_ROWS
from alongside.care.linking.operations.arriving import RULE
from alongside.care.linking.types import (
    LastAnswer,
    OpenedReview,
    PastEvent,
    ReviewSide,
    ReviewState,
    SideCrime,
    SidePoint,
)
from alongside.care.matching.rules.levels import COMPARISONS
from alongside.care.matching.tables import GUARDS, LIMITS
from alongside.care.matching.types import NOT_COMPARED, Part, Standard, Why
from alongside.care.people.types import ChannelKind, ContactKind, PersonLabel
from alongside.foundation.lib.local import local_day
from alongside.foundation.reference.tables import GENDERS
from alongside.web.casework.say import code, phone
from alongside.web.components.base import EmptyState
from alongside.web.components.evidence import (
    Agreement,
    Pair,
    SideBySide,
    Step,
    Value,
    WeightFall,
)
from alongside.web.words import say_count, say_day, say_moment
from alongside.workflows.review_people import DeskView

TITLE = "Is it the same person?"
FIELDS = {
    "prior": "Where we start",
    "name": "Name",
    "born": "Date of birth",
    "sex": "Sex",
    "place": "Where they live",
    "phone": "Phone",
    "email": "E-mail",
    "rarity": "How common the name is",
}
UNDO_WORDS = {
    ReviewState.SAME: "You said: the same person.",
    ReviewState.NOT_SAME: "You said: not the same person.",
    ReviewState.ASKED: "You put one aside with a question.",
}
SOURCES = {"police feed": "The police"}
CHANNELS = dict(ChannelKind.choices)
NOTHING_KNOWN = "Not given"
SHARED_HOME = (
    "Same address and another first name: they may be partners, or family. Joined by"
    " mistake, one would learn of the other."
)
ONE_CRIME = (
    "Both are in the same crime. Two records of one crime are usually two people."
)
LIVES_WITH_SUSPECT = (
    "A suspect lives at the address of one of them. A wrong answer could show that"
    " suspect where somebody is."
)
TOGETHER = "We noted before that these two seem to live together."
OUT_OF_REACH = (
    "Phones, e-mail addresses and addresses of one of them are not shown to you."
)


@dataclass(frozen=True, kw_only=True)
class Undo:
    """What the reader answered last, and which task that was."""

    review_id: UUID
    words: str


@dataclass(frozen=True, kw_only=True)
class DeskPage:
    """One task: two records, what speaks for and against, and the answers."""

    title: str
    review_id: UUID
    caption: str
    question: str
    refusal: str
    asked: str
    warnings: tuple[str, ...]
    sides: SideBySide
    reasons: tuple[str, ...]
    fall: WeightFall | None
    history: tuple[str, ...]
    version: str
    answered: EmptyState | None
    undo: Undo | None
    keys_off: bool


def desk(view: DeskView, *, refusal: str, keys_off: bool) -> DeskPage:
    """The page of one task."""
    review = view.review
    waits = view.waiting
    open_still = review.state in {ReviewState.OPEN, ReviewState.ASKED}
    return DeskPage(
        title=f"Error: {TITLE}" if refusal else TITLE,
        review_id=review.review_id,
        caption=f"{say_count(waits, 'task')} to do" if waits else "Nothing else to do",
        question=view.question,
        refusal=refusal,
        asked=_question(review),
        warnings=tuple(_warnings(review)),
        sides=_sides(review, view.parts),
        reasons=view.reasons[:-1],
        fall=_fall(view.parts) if view.parts else None,
        history=tuple(_history(review)),
        version=view.version,
        answered=None if open_still else _answered(review),
        undo=undo(view.last),
        keys_off=keys_off,
    )


def undo(last: LastAnswer | None) -> Undo | None:
    """The offer to take back what was answered last."""
    if last is None:
        return None
    return Undo(review_id=last.review_id, words=UNDO_WORDS[last.state])


def _answered(review: OpenedReview) -> EmptyState:
    said = {
        ReviewState.SAME: "It was said to be the same person.",
        ReviewState.NOT_SAME: "It was said to be two people.",
    }.get(review.state, "Another answer has settled this too.")
    return EmptyState(heading="This has been answered", text=said)


def _question(review: OpenedReview) -> str:
    if review.state is not ReviewState.ASKED or review.asked_at is None:
        return ""
    whom = "the person" if review.asked_of == "person" else "a colleague"
    day = say_day(local_day(review.asked_at))
    return f"{review.asked_by} asked {whom} on {day}: {review.asked}"


def _warnings(review: OpenedReview) -> Iterator[str]:
    """What to take care of, the gravest first."""
    first, second = review.first, review.second
    crimes = (*first.crimes, *second.crimes)
    told = (
        (review.why is Why.OTHER_SIDE, GUARDS[Why.OTHER_SIDE].words),
        (any(crime.home for crime in crimes), LIVES_WITH_SUSPECT),
        (review.one_crime, ONE_CRIME),
        (_share_a_home(first, second), SHARED_HOME),
        (bool(review.household), TOGETHER),
    )
    yield from (words for is_so, words in told if is_so)
    yield from _shared_points(first, second)
    yield from _walls("left", first)
    yield from _walls("right", second)
    if not review.reach:
        yield OUT_OF_REACH


def _walls(place: str, side: ReviewSide) -> Iterator[str]:
    """What stands around one of the two, and how they must not be reached."""
    if side.walls:
        codes = compartments_in(side.walls, COMPARTMENT_ROWS)
        walls = ", ".join(COMPARTMENT_ROWS[code].label.lower() for code in codes)
        yield f"The person on the {place} is behind a wall ({walls}). Joined, both are."
    if side.unsafe:
        ways = ", ".join(CHANNELS[name].lower() for name in side.unsafe)
        yield f"Not safe by the record on the {place}: {ways}."


def _share_a_home(first: ReviewSide, second: ReviewSide) -> bool:
    homes = [
        {(point.value, point.postcode) for point in side.contacts if _is_home(point)}
        for side in (first, second)
    ]
    names = {side.given_names.casefold().strip() for side in (first, second)}
    return bool(homes[0] & homes[1]) and len(names) > 1


def _shared_points(first: ReviewSide, second: ReviewSide) -> Iterator[str]:
    """Phones and e-mail addresses that others use too: they say little of one person.

    Said without the value: it stands beside.
    """
    told = set()
    for point in (*first.contacts, *second.contacts):
        if point.others and point.value not in told:
            told.add(point.value)
            kind = "e-mail address" if point.kind == ContactKind.EMAIL else "phone"
            count = say_count(point.others, "other person", "other people")
            more = "at least " if point.others >= 99 else ""
            yield f"A {kind} here is used by {more}{count} too."


def _is_home(point: SidePoint) -> bool:
    return point.kind == ContactKind.ADDRESS


def _sides(review: OpenedReview, parts: Sequence[Part]) -> SideBySide:
    agreed = {part.field: part for part in parts}
    first, second = review.first, review.second
    pairs = [
        _pair("Name", agreed.get("name"), _name(first), _name(second)),
        _pair("Date of birth", agreed.get("born"), _born(first), _born(second)),
        _pair("Sex", agreed.get("sex"), _sex(first), _sex(second)),
        _pair("Where they live", agreed.get("place"), _home(first), _home(second)),
        _pair("Phone", agreed.get("phone"), _phones(first), _phones(second)),
        _pair("E-mail", agreed.get("email"), _emails(first), _emails(second)),
        _pair("Came with", None, _crimes(first), _crimes(second)),
    ]
    return SideBySide(
        first=_heading("Left", first), second=_heading("Right", second), pairs=(*pairs,)
    )


def _heading(place: str, side: ReviewSide) -> Value:
    source = SOURCES.get(side.source, code(side.source))
    return Value(lines=(place,), note=f"{source}, {say_moment(side.said_at)}")


def _pair(name: str, part: Part | None, first: Value, second: Value) -> Pair:
    return Pair(
        name=name,
        first=first,
        second=second,
        agreement=agreement(part) if part else None,
        detail=_closer(part) if part else "",
    )


def _closer(part: Part) -> str:
    """What the sign does not say already: how two values are partly the same."""
    words = level_words(part)
    return words.capitalize() if part.level and words != "another" else ""


def agreement(part: Part) -> Agreement:
    """How far two values agree: what speaks for one person is at least near."""
    if part.level == NOT_COMPARED:
        return Agreement.NOT_KNOWN
    if part.level == 0:
        return Agreement.SAME
    return Agreement.NEARLY if part.weight > 0 else Agreement.DIFFERENT


_LEVELS = {one.field: [level.label for level in one.levels] for one in COMPARISONS}


def level_words(part: Part) -> str:
    """How far two values agree, in the words of the rules."""
    words = _LEVELS.get(part.field, [])
    if part.level == NOT_COMPARED or part.level >= len(words):
        return ""
    return words[part.level]


def _name(side: ReviewSide) -> Value:
    label = PersonLabel(
        person_id=0,
        public_id=UUID(int=0),
        given_names=side.given_names,
        surname=side.surname,
        date_of_birth=None,
    )
    standard = side.standard or Standard()
    root = f"{standard.root} {standard.surname}".strip()
    plain = label.name.casefold() == root
    return Value(
        lines=(label.name,), note=f"Compared as {root}" if root and not plain else ""
    )


def _born(side: ReviewSide) -> Value:
    day = side.date_of_birth
    if day is None:
        return Value(lines=(NOTHING_KNOWN,))
    passed_over = side.standard is not None and not side.standard.born
    return Value(
        lines=(say_day(day),),
        note="Passed over: a date that is put in where none is known"
        if passed_over
        else "",
    )


def _sex(side: ReviewSide) -> Value:
    known = GENDERS.get(side.gender)
    return Value(lines=(known.label if known else code(side.gender) or NOTHING_KNOWN,))


def _home(side: ReviewSide) -> Value:
    homes = [
        ", ".join(part for part in (*point.value.splitlines(), point.postcode) if part)
        for point in side.contacts
        if _is_home(point)
    ]
    return Value(lines=tuple(homes) or (NOTHING_KNOWN,))


def _phones(side: ReviewSide) -> Value:
    kinds = {ContactKind.MOBILE, ContactKind.HOME_PHONE}
    return _points([point for point in side.contacts if point.kind in kinds])


def _emails(side: ReviewSide) -> Value:
    return _points([p for p in side.contacts if p.kind == ContactKind.EMAIL])


def _points(points: Sequence[SidePoint]) -> Value:
    lines = dict.fromkeys(phone(point.value) for point in points)
    return Value(lines=tuple(lines) or (NOTHING_KNOWN,))


def _crimes(side: ReviewSide) -> Value:
    lines = tuple(_crime(crime) for crime in side.crimes)
    return Value(lines=lines or ("Nothing shown to you",))


def _crime(crime: SideCrime) -> str:
    name = f"Crime {crime.ref}" if crime.ref else "What they told us"
    if crime.reported_at is None:
        return name
    return f"{name}, {say_day(local_day(crime.reported_at))}"


def _fall(parts: Sequence[Part]) -> WeightFall:
    return WeightFall(
        key="fall",
        steps=tuple(
            Step(
                label=FIELDS.get(part.field, part.field),
                detail="" if part.field == "prior" else _detail(part),
                weight=part.weight,
            )
            for part in parts
            if part.weight
        ),
        enough=LIMITS.link,
    )


def _detail(part: Part) -> str:
    if part.field == "rarity":
        return "rare" if part.weight > 0 else "common"
    return level_words(part).lower() or agreement(part).words.lower()


def _history(review: OpenedReview) -> Iterator[str]:
    for event in review.history:
        day = say_moment(event.at)
        weighed = event.rule == RULE or not event.by
        who = "by itself" if weighed else f"by {event.by}"
        place = "left" if event.first else "right"
        if event.what == "lifted":
            yield f"{day}: that these are two people was lifted {who}"
        else:
            yield f"{day}: the record on the {place} {_decided(event)}, {who}"


def _decided(event: PastEvent) -> str:
    done = {
        "link": "was put to somebody known",
        "review": "was sent here to be looked at",
        "new": "was somebody new",
    }.get(event.band, "was decided about")
    known = {why.value for why in Why}
    words = GUARDS[Why(event.why)].words if event.why in known else ""
    return f"{done} ({words.rstrip('.').lower()})" if words else done
