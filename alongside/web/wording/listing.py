"""The words there are in each language, and how far they have been read over."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from alongside.care.telling.queries import OwnVersion
from alongside.care.telling.rules import Library
from alongside.care.telling.rules.translating import list_keys
from alongside.care.telling.tables import ENGLISH, LANGUAGES
from alongside.care.telling.types import OwnState, Stand, TextKey
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.lists import (
    Column,
    DataTable,
    FilterField,
    FilterRow,
)
from alongside.web.planning.pages import TablesPage
from alongside.web.wording import say
from alongside.web.words import say_count

NO_WORDS = "missing"
WAITING = "waiting"
ALL = ""
FILE_HEAD = ("what happened", "key", "form", "language", "version", "state", "read by")
STATES: tuple[tuple[str, str], ...] = (
    (ALL, "All of them"),
    (WAITING, "Wait to be read over"),
    *((stand.value, tag.text) for stand, tag in say.STANDS.items()),
    (NO_WORDS, "No words yet"),
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which words somebody wants to see."""

    language: str
    state: str

    def takes(self, line: "Line") -> bool:
        """Whether a text is among them."""
        if self.state == WAITING:
            return line.stand not in {None, Stand.READ}
        if self.state == NO_WORDS:
            return line.stand is None
        return self.state in {ALL, line.stand}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One text of one language. `stand` is None where there are no words yet."""

    key: TextKey
    version: int
    stand: Stand | None
    readers: tuple[str, ...]
    drafted: bool


def lines(library: Library, own: list[OwnVersion], language: str) -> list[Line]:
    """Every text of a language, those that are missing too."""
    drafts = {one.key for one in own if one.state is OwnState.DRAFT}
    return [_line(library, english, language, drafts) for english in list_keys(library)]


def _line(
    library: Library, english: TextKey, language: str, drafts: set[TextKey]
) -> Line:
    key = TextKey(language=language, code=english.code, part=english.part)
    text = library.texts.get(key)
    return Line(
        key=key,
        version=text.version if text else 0,
        stand=library.stand(key) if text else None,
        readers=tuple(one.reader_name for one in library.live_readings(key))
        if text
        else (),
        drafted=key in drafts,
    )


def list_page(
    library: Library, found: list[Line], asked: Asked, *, edits: bool
) -> TablesPage:
    """The words of one language, and how every language stands."""
    shown = [line for line in found if asked.takes(line)]
    waiting = sum(1 for line in found if line.stand not in {None, Stand.READ})
    return TablesPage(
        title="Words",
        heading="Words",
        notes=(
            (
                "What people are told, text by text. Words leave by themselves only"
                f" when {say_count(library.readers, 'person', 'people')} besides"
                " whoever wrote them have read them over."
            ),
            (
                f"{say_count(waiting, 'text waits', 'texts wait')} to be read over in"
                f" {say.spoken(asked.language)}."
            ),
        ),
        filters=_filters(asked),
        tables=(_table(shown, asked), _languages(library, edits=edits))
        if shown
        else (_languages(library, edits=edits),),
        empty=None if shown else EmptyState(heading="There are none of these"),
        export=Link(
            text="Save as a file (CSV)",
            href=f"{reverse('wording:list')}?language={asked.language}&format=csv",
        ),
    )


def _filters(asked: Asked) -> FilterRow:
    return FilterRow(
        fields=(
            FilterField(
                name="language",
                label="Language",
                options=tuple((code, row.label) for code, row in LANGUAGES.items()),
                chosen=asked.language,
            ),
            FilterField(
                name="state", label="How they stand", options=STATES, chosen=asked.state
            ),
        )
    )


def _table(shown: list[Line], asked: Asked) -> DataTable:
    return DataTable(
        caption=f"{say.spoken(asked.language)}: {say_count(len(shown), 'text')}",
        columns=tuple(
            Column(heading=one)
            for one in ("What happened", "Form", "Version", "How they stand", "Read by")
        ),
        rows=tuple(
            (
                Link(
                    text=say.NAMES[line.key.code],
                    href=say.at("text", line.key),
                    about=say.FORMS[line.key.part],
                ),
                say.FORMS[line.key.part],
                (str(line.version) if line.version else "")
                + (" and a draft" if line.drafted else ""),
                say.STANDS[line.stand].text if line.stand else "No words yet",
                ", ".join(line.readers),
            )
            for line in shown
        ),
    )


def _languages(library: Library, *, edits: bool) -> DataTable:
    unread, every = library.count_unread(), len(list_keys(library))
    rows = []
    for code, row in LANGUAGES.items():
        held = sum(1 for key in library.texts if key.language == code)
        link: str | Link = ""
        if code != ENGLISH:
            link = Link(
                text="Translate" if edits else "See",
                href=reverse("wording:translate", args=[code])
                if edits
                else f"{reverse('wording:list')}?language={code}",
                about=row.label,
            )
        read = held - unread.get(code, 0)
        rows.append((row.label, f"{held} of {every}", f"{read} of {every}", link))
    return DataTable(
        caption="Every language",
        columns=tuple(
            Column(heading=one) for one in ("Language", "Words", "Read over", "More")
        ),
        rows=tuple(rows),
    )


def file_rows(found: list[Line]) -> Iterator[tuple[object, ...]]:
    """The list as rows of a file."""
    for line in found:
        stand = say.STANDS[line.stand].text if line.stand else "No words yet"
        yield (
            *(say.NAMES[line.key.code], line.key, say.FORMS[line.key.part]),
            *(line.key.language, line.version or "", stand, ", ".join(line.readers)),
        )
