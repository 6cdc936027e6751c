"""What a request for records says, section by section, in lines."""

from collections.abc import Callable, Iterator
from datetime import date

from alongside.care.information_requests.tables import KINDS, RANKS, UNSAID
from alongside.care.information_requests.types import Notice, Said, Section, Views
from alongside.web.information_requests import words
from alongside.web.words import say_day


def _purpose(everything: Said) -> Iterator[str]:
    said = everything.purpose
    yield from (text for text in (said.offence, said.line) if text)


def _scope(everything: Said) -> Iterator[str]:
    said = everything.scope
    if said.everything:
        yield "Everything we hold"
    if said.kinds:
        yield "; ".join(KINDS[kind].label for kind in said.kinds)
    if said.period_from and said.period_until:
        yield f"From {say_day(said.period_from)} to {say_day(said.period_until)}"
    if said.particulars:
        yield said.particulars


def _grounds(everything: Said) -> Iterator[str]:
    said = everything.grounds
    if said.necessity:
        yield f"Needed: {said.necessity}"
    if said.proportionality:
        yield f"So much: {said.proportionality}"
    if said.other_means:
        yield f"Another way: {said.other_means}"


def _approved(rank: str, day: date | None) -> str:
    label = RANKS[rank].label if rank in RANKS else "Rank not said"
    return f"{label}, {say_day(day) if day else 'day not said'}"


def _counselling(everything: Said) -> Iterator[str]:
    said = everything.counselling
    if said.counselling_reason:
        yield said.counselling_reason
    if said.counselling_rank or said.counselling_on:
        yield _approved(said.counselling_rank, said.counselling_on)


def _approval(everything: Said) -> Iterator[str]:
    said = everything.approval
    if said.approved_rank or said.approved_on:
        yield _approved(said.approved_rank, said.approved_on)


def _notice(everything: Said) -> Iterator[str]:
    said = everything.notice
    if said.notice is Notice.GIVEN:
        day = say_day(said.notice_on) if said.notice_on else "day not said"
        yield f"Told on {day}: {said.notice_how}"
    if said.notice is Notice.WITHHELD:
        row = UNSAID.get(said.withheld_why)
        yield f"Not told. {row.label if row else 'No reason given'}"
        if said.withheld_words:
            yield said.withheld_words


def _views(everything: Said) -> Iterator[str]:
    said = everything.views
    if said.views is not Views.NOT_SAID:
        day = f", {say_day(said.views_on)}" if said.views_on else ""
        yield f"{words.VIEWS[said.views]}{day}"
    if said.views_words:
        yield said.views_words


SAYS: dict[Section, Callable[[Said], Iterator[str]]] = {
    Section.PURPOSE: _purpose,
    Section.SCOPE: _scope,
    Section.GROUNDS: _grounds,
    Section.COUNSELLING: _counselling,
    Section.APPROVAL: _approval,
    Section.NOTICE: _notice,
    Section.VIEWS: _views,
}
