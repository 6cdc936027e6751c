"""What the pages about people who cannot be reached show."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.urls import reverse

from alongside.care.journey.tables import NOT_OWED
from alongside.care.journey.tables.reach import BASES, LOOK_AGAIN
from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.reach import ReachCase, ReachLine
from alongside.foundation.lib.local import local_day
from alongside.web.casework import say
from alongside.web.components.base import EmptyState, Link, Tag, Tone
from alongside.web.components.guarding import GuardForm, titled
from alongside.web.components.lists import Column, DataTable, FilterRow, Pager
from alongside.web.components.planning import PlanCard, PlanSection
from alongside.web.owed.pages import HOLDERS, choice
from alongside.web.planning.pages import TablesPage
from alongside.web.words import capital, say_count, say_day, say_moment
from alongside.workflows.read_reach import NotOwedView, ReachView

ALL = "everybody's"
NEVER = EmptyState(
    heading="Nothing stands in the way of telling them",
    text="Everything the Victims' Code promises them is owed. When every way to reach"
    " them is marked as not safe, or does not reach them, it stands here by itself.",
)
NOBODY = EmptyState(
    heading="Nobody is out of reach",
    text="Whoever cannot be told safely, or cannot be found, stands here with how it is"
    " known, until they can be told again.",
)
NOT_OWED_NOW = (
    "Promises that nobody owes at the moment because of what is known of the person."
    " Each comes back when that is over. What somebody settled promise by promise is in"
    " the figures of how promises were kept."
)
FILE_HEAD = (
    *("reference", "reason", "basis", "whose_promises", "since", "look_again_by"),
    *("how_known", "noted_by", "promises_not_owed", "team", "worker"),
)


def reach(view: ReachView, form: forms.Form) -> GuardForm:
    """Why somebody cannot be told now and could not before, and the form."""
    heading = "Why they cannot be told"
    days = LOOK_AGAIN // timedelta(days=1)
    notes = [
        say.whose(view.brief),
        (
            "A promise is not owed only while somebody can say why, and only by the"
            " body that this is about. Somebody looks again within"
            f" {days} days, or it is owed once more. As soon as a way to reach them"
            " appears, it is owed at once: by its old day, or anew from that moment"
            " where the day has passed."
        ),
    ]
    if view.freed:
        notes.append(
            f"{say_count(len(view.freed), 'promise')} to them"
            f" {'is' if len(view.freed) == 1 else 'are'} not owed at the moment."
        )
    return GuardForm(
        title=titled(heading, form),
        heading=heading,
        form=form,
        save="Save",
        back=reverse("casework:case", args=[view.brief.case.public_id]),
        back_text="Back to the case",
        notes=tuple(notes),
        parts=(_lines(view) if view.lines else NEVER,),
    )


def again(view: ReachView, line: ReachLine, form: forms.Form) -> GuardForm:
    """One reason, to be looked at again."""
    basis = BASES[line.basis]
    return GuardForm(
        title=titled("Look again", form),
        heading=basis.label,
        form=form,
        save="Save",
        back=reverse("reach:reach", args=[view.brief.case.public_id]),
        notes=(
            say.whose(view.brief),
            basis.meaning,
            f"Since {say_moment(line.since)}, {line.by or 'by itself'}: {line.words}",
            f"Not owed meanwhile: {whose(line)} promises.",
        ),
    )


def whose(line: ReachLine | ReachCase) -> str:
    """Whose promises are not owed, as it stands in a sentence."""
    basis = BASES[line.basis]
    if basis.all_promises:
        return ALL
    holders = [line.holder] if line.holder else sorted(basis.holders)
    return " and ".join(OWNERS[DutyHolder(one)] for one in holders)


OWNERS = {
    DutyHolder.POLICE: "the police's",
    DutyHolder.CPS: "the prosecution's",
    DutyHolder.WCU: "witness care's",
    DutyHolder.PROBATION: "probation's",
    DutyHolder.SERVICE: "our own",
    DutyHolder.ANY_PROVIDER: "other providers'",
}


def not_owed(view: NotOwedView, *, basis: str, start: int, size: int) -> TablesPage:
    """How many promises are not owed and why, and who is out of reach."""
    last = start + len(view.cases)
    query = f"why={basis if basis in BASES else ''}"
    tables = (_counts(view), _cases(view)) if view.cases else (_counts(view),)
    return TablesPage(
        title="Not owed, and why",
        heading="Not owed, and why",
        back=reverse("owed:owed"),
        back_text="Who owes what",
        notes=(NOT_OWED_NOW,),
        tables=tables,
        filters=FilterRow(
            fields=(
                choice(
                    "why",
                    "Out of reach because",
                    {one.code: one.label for one in BASES.values()},
                    basis,
                ),
            ),
            export=Link(text="Save as CSV", href="?format=csv") if view.cases else None,
        ),
        empty=None if view.cases else NOBODY,
        pager=Pager(
            shown=f"{start + 1} to {last}",
            previous=f"?{query}&start={max(start - size, 0)}" if start else "",
            next=f"?{query}&start={last}" if view.has_more else "",
        )
        if start or view.has_more
        else None,
    )


def file_rows(cases: Iterable[ReachCase]) -> Iterator[tuple[Any, ...]]:
    """Who is out of reach, a line each, with the codes of reason and basis."""
    for one in cases:
        yield (
            say.reference(one.case_id),
            BASES[one.basis].reason,
            one.basis,
            whose(one),
            one.since.isoformat(),
            one.review_on or "",
            one.words,
            one.by,
            one.freed,
            one.team,
            one.worker,
        )


def _lines(view: ReachView) -> PlanSection:
    case_id = view.brief.case.public_id
    return PlanSection(
        heading="What we know",
        cards=tuple(
            _card(line, reverse("reach:again", args=[case_id, line.public_id]))
            for line in view.lines
        ),
    )


def _card(line: ReachLine, href: str) -> PlanCard:
    basis = BASES[line.basis]
    by = f" ({line.by})" if line.by else ""
    words = [f"{line.words}{by}", f"Not owed meanwhile: {whose(line)} promises"]
    if line.until is None:
        return PlanCard(
            label=f"Since {say_day(local_day(line.since))}",
            heading=basis.label,
            tag=_look_by(line),
            words=tuple(words),
            acts=(Link(text="Look at it again", href=href, about=basis.label),),
        )
    ended = f" ({line.ended_by})" if line.ended_by else ""
    over = f"Over since {say_moment(line.until)}: {line.ended_why}{ended}"
    return PlanCard(
        label=f"Since {say_day(local_day(line.since))}",
        heading=basis.label,
        tag=Tag(text="Over"),
        words=(*words, over),
        quiet=True,
    )


def _look_by(line: ReachLine) -> Tag | None:
    if line.review_on is None:
        return None
    return Tag(text=f"Look again by {say_day(line.review_on)}", tone=Tone.SOON)


def _counts(view: NotOwedView) -> DataTable:
    holders = [one for one in OWNERS if any(held is one for _, held in view.counts)]
    reasons = [one for one in NOT_OWED if any(why == one for why, _ in view.counts)]
    return DataTable(
        caption="Promises that are not owed at the moment",
        columns=(
            Column(heading="Why"),
            *(Column(heading=HOLDERS[one], numeric=True) for one in holders),
            Column(heading="Together", numeric=True),
        ),
        rows=tuple(
            (
                NOT_OWED[why].label,
                *(f"{view.counts.get((why, one), 0):,}" for one in holders),
                f"{sum(n for (held, _), n in view.counts.items() if held == why):,}",
            )
            for why in reasons
        ),
    )


def _cases(view: NotOwedView) -> DataTable:
    heads = ("Reference", "Why", "Whose promises", "Since", "Look again by")
    return DataTable(
        caption="Who is out of reach, soonest to look at again first",
        columns=(
            *(Column(heading=one) for one in heads),
            Column(heading="Not owed", numeric=True),
            Column(heading="Worker"),
        ),
        rows=tuple(
            (
                Link(
                    text=say.reference(one.case_id),
                    href=reverse("reach:reach", args=[one.case_id]),
                ),
                BASES[one.basis].label,
                capital(whose(one)),
                say_day(local_day(one.since)),
                say_day(one.review_on) if one.review_on else "",
                f"{one.freed:,}",
                one.worker or one.team,
            )
            for one in view.cases
        ),
    )
