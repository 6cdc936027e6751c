"""One text as people would get it, and what was said of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django import forms
from django.urls import reverse

from alongside.care.telling.queries import OwnVersion, list_problems
from alongside.care.telling.rules import Library, fill, text_parts, whole
from alongside.care.telling.rules.measuring import sample_facts
from alongside.care.telling.rules.translating import list_keys
from alongside.care.telling.tables import ENGLISH, FRAMES, SAMPLE
from alongside.care.telling.types import (
    FIRST_OWN,
    FRAME,
    KIND_PARTS,
    Facts,
    Frame,
    OwnState,
    Part,
    Problem,
    Reading,
    Stand,
    TextKey,
)
from alongside.foundation.accounts.types import Actor, Permission
from alongside.web.components.base import Act, Link, Tag
from alongside.web.components.planning import PlanCard
from alongside.web.planning.pages import FormPage
from alongside.web.telling.pages import direction
from alongside.web.wording import say
from alongside.web.words import say_count, say_day, say_moment

# What stands for the words of an update where the text is around it.
ANY_NEWS = "(What happened stands here.)"
KEPT = "Updates that were sent keep the words they were sent in."


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Words as one person would get them: as a text, an e-mail and a letter.

    `little` is what is left where only the day of what happened is known.
    """

    language: str
    direction: str
    lines: tuple[str, ...]
    little: tuple[str, ...]
    subject: str
    length: str
    on: str
    to: str


@dataclass(frozen=True, kw_only=True)
class TextPage:
    """One text: as it would arrive, how it stands, and what the reader may do."""

    title: str
    heading: str
    caption: str
    back: str
    tag: Tag | None
    shown: Shown | None
    raw: str
    notes: tuple[str, ...]
    cautions: tuple[str, ...]
    form: forms.Form | None
    read: str
    acts: tuple[Act, ...]
    links: tuple[Link, ...]
    said: tuple[PlanCard, ...]
    versions: tuple[PlanCard, ...]


@dataclass(frozen=True, kw_only=True)
class DraftPage(FormPage):
    """A draft of the area's own words, and what is wrong with what was saved."""

    problems: tuple[str, ...]
    cautions: tuple[str, ...]
    begun: bool
    acts: tuple[Act, ...]
    shown: Shown | None
    places: tuple[str, ...]
    english: tuple[str, ...]


def show(key: TextKey, words: str, library: Library) -> Shown:
    """Words as Nina, who is nobody, would get them."""
    facts = sample_facts(key.language)
    frame = library.frame(key.language, FRAMES[ENGLISH])
    around = {part.value: words for part in (key.part,) if key.code == FRAME}
    frame = replace(frame, **around)  # type: ignore[arg-type]
    body = words if key.part in KIND_PARTS else ANY_NEWS
    known = _as_sent(body, frame, facts)
    little = _as_sent(body, frame, Facts(date=facts.date, reference=facts.reference))
    parts = text_parts(known)
    return Shown(
        language=key.language,
        direction=direction(key.language),
        lines=tuple(known.splitlines()),
        little=tuple(little.splitlines()) if little != known else (),
        subject=frame.subject,
        length=f"{say_count(len(known), 'character')},"
        f" {say_count(parts, 'part')}, each charged",
        on=facts.date,
        to=SAMPLE.name,
    )


def _as_sent(body: str, frame: Frame, facts: Facts) -> str:
    words = body if body == ANY_NEWS else fill(body, facts)
    return whole(words, frame=frame, name=SAMPLE.name, facts=facts)


def text_page(
    key: TextKey,
    library: Library,
    own: list[OwnVersion],
    *,
    actor: Actor,
    form: forms.Form | None,
) -> TextPage:
    """One text as it is in use, or what to do where there is none."""
    text = library.texts.get(key)
    stand = library.stand(key) if text else None
    heading = say.NAMES[key.code]
    error = form is not None and form.errors
    found = (
        list_problems(area_id=actor.area_id, key=key, words=text.words) if text else ()
    )
    return TextPage(
        title=f"Error: {heading}" if error else heading,
        heading=heading,
        caption=f"{say.FORMS[key.part]}, {say.spoken(key.language)}",
        back=say_list(key.language),
        tag=say.STANDS[stand] if stand else Tag(text="No words yet"),
        shown=show(key, text.words, library) if text else None,
        raw=text.words if text else "",
        notes=tuple(_notes(key, library)),
        cautions=tuple(one.words for one in found),
        form=form if _may_read(key, library, actor) else None,
        read=say.at("read", key),
        acts=tuple(_acts(key, own, stand, actor)),
        links=tuple(_links(key, library)),
        said=tuple(_said(one) for one in reversed(library.readings.get(key, ()))),
        versions=tuple(_version(one) for one in own),
    )


def say_list(language: str) -> str:
    """The list of the words of a language."""
    return f"{reverse('wording:list')}?language={language}"


def _may_read(key: TextKey, library: Library, actor: Actor) -> bool:
    text = library.texts.get(key)
    if text is None or not actor.has(Permission.WORDS_READ_OVER):
        return False
    read = {one.reader for one in library.live_readings(key)}
    return actor.user_id not in read | {text.written_by}


def _notes(key: TextKey, library: Library) -> Iterator[str]:
    text = library.texts.get(key)
    if text is None:
        yield "There are no words for this yet. A worker tells people in English."
        return
    whose = "our own" if text.version >= FIRST_OWN else "shipped with the service"
    yield f"Version {text.version}, {whose}."
    if key.language != ENGLISH and not library.has_frame(key.language):
        yield "They are not used yet: what stands around every update is missing."


def _acts(
    key: TextKey, own: list[OwnVersion], stand: Stand | None, actor: Actor
) -> Iterator[Act]:
    states = {one.state for one in own}
    if actor.has(Permission.WORDS_EDIT):
        words = "Go on with the draft" if OwnState.DRAFT in states else "Write our own"
        yield Act(text=words, href=say.at("own", key))
        if OwnState.LIVE in states:
            yield Act(text="Take out of use", href=say.at("retire", key))
    if actor.has(Permission.WORDS_READ_OVER) and stand in {Stand.READ, Stand.READ_ONCE}:
        yield Act(text="They may not be sent", href=say.at("take_back", key))


def _links(key: TextKey, library: Library) -> Iterator[Link]:
    for part in KIND_PARTS if key.code != FRAME else ():
        if part is not key.part:
            other = replace(key, part=part)
            yield Link(text=say.FORMS[part], href=say.at("text", other))
    if key.language != ENGLISH:
        english = replace(key, language=ENGLISH)
        yield Link(text="The English words", href=say.at("text", english))
    after = next_unread(key, library)
    if after is not None:
        yield Link(text="The next that waits", href=say.at("text", after))


def next_unread(key: TextKey, library: Library, reader: int = 0) -> TextKey | None:
    """The text after this one that waits to be read over, and not by `reader` alone."""
    keys = [replace(one, language=key.language) for one in list_keys(library)]
    place = keys.index(key) + 1 if key in keys else 0
    for one in (*keys[place:], *keys[:place]):
        if one == key or one not in library.texts:
            continue
        done = {reading.reader for reading in library.live_readings(one)}
        if library.stand(one) is not Stand.READ and reader not in done:
            return one
    return None


def _said(one: Reading) -> PlanCard:
    words = [f"Version {one.version}, on {say_moment(one.at)}"]
    if one.checked_with:
        words.append(f"The translation is right: {one.checked_with}")
    if one.taken_back_at:
        when = say_moment(one.taken_back_at)
        words.append(f"Taken back by {one.taken_back_by} on {when}")
        words.append(f"Why: {one.taken_back_why}")
    return PlanCard(
        heading=f"Read over by {one.reader_name}",
        tag=say.STANDS[Stand.TAKEN_BACK] if one.taken_back_at else None,
        words=tuple(words),
        quiet=one.taken_back_at is not None,
    )


def _version(one: OwnVersion) -> PlanCard:
    words = [f"Written by {one.made_by} on {say_day(one.made_at.date())}"]
    if one.published_at:
        words.append(f"In use from {say_moment(one.published_at)}")
    if one.retired_at:
        words.append(f"Taken away by {one.retired_by} on {say_moment(one.retired_at)}")
    return PlanCard(
        heading=f"Version {one.version}",
        tag=say.STATES[one.state],
        words=(*words, *one.words.splitlines()),
        quiet=one.state is OwnState.RETIRED,
    )


def draft_page(
    key: TextKey,
    library: Library,
    draft: OwnVersion | None,
    *,
    form: forms.Form,
    found: tuple[Problem, ...],
) -> DraftPage:
    """The area's own words, being written."""
    stops = tuple(one.words for one in found if one.stops)
    english = replace(key, language=ENGLISH)
    may_show = draft is not None and not stops
    heading = f"Our own words: {say.NAMES[key.code].lower()}"
    return DraftPage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        caption=f"{say.FORMS[key.part]}, {say.spoken(key.language)}",
        form=form,
        back=say.at("text", key),
        back_text="Back to the words",
        save="Save draft",
        problems=stops,
        cautions=tuple(one.words for one in found if not one.stops),
        begun=draft is not None,
        acts=_draft_acts(key) if may_show else (),
        shown=show(key, draft.words, library) if draft and may_show else None,
        places=tuple(_places(key.part)),
        english=tuple(library.texts[english].words.splitlines())
        if key.language != ENGLISH
        else (),
    )


def _draft_acts(key: TextKey) -> tuple[Act, ...]:
    return (Act(text="Put in use", href=say.at("publish", key)),)


def _places(part: Part) -> Iterator[str]:
    if part is Part.SUBJECT:
        yield "Nothing is filled in: a subject is read by whoever holds the phone."
    elif part is Part.GREETING:
        yield "{name}: what they are called"
    else:
        yield "{date}: the day on which it happened"
        yield "{on}: the day that is set. Its line is left out where it is not known"
        yield "{place}: the court. Its line is left out where it is not known"
        yield "{who}: their worker"
        yield "{reference}: their reference"
