"""What the pages about walls inside the agency show."""

from collections.abc import Mapping, Sequence

from django import forms
from django.urls import reverse

from alongside.care.casework.rules import compartments_in
from alongside.care.casework.tables import COMPARTMENT_ROWS
from alongside.care.guarding.queries import Hidden, Uncovered
from alongside.foundation.accounts.queries import ClearanceLine
from alongside.foundation.organisations.queries import TeamChoice
from alongside.web.casework import say
from alongside.web.components.base import EmptyState, Link
from alongside.web.components.guarding import GuardForm, GuardList, titled
from alongside.web.components.lists import Column, DataTable
from alongside.web.words import say_moment
from alongside.workflows.read_case import CaseBrief

NOBODY = EmptyState(
    heading="Nobody is cleared by name",
    text="People pass some walls by their role. Everybody else is cleared here.",
)
ALL_SEEN = EmptyState(
    heading="You may see every case, and every case has somebody who may",
    text="Cases that nobody in their team is cleared for would be counted here.",
)


def set_walls(brief: CaseBrief, form: forms.Form) -> GuardForm:
    """Which walls a case stands behind."""
    heading = "Walls around this case"
    return GuardForm(
        title=titled(heading, form),
        heading=heading,
        form=form,
        save="Save",
        back=reverse("casework:case", args=[brief.case.public_id]),
        back_text="Back to the case",
        warning="Whoever is not cleared stops seeing the case at once. A worker who is"
        " not cleared loses it to the team's queue.",
        notes=(say.whose(brief),),
    )


def counts(
    hidden: Sequence[Hidden],
    uncovered: Sequence[Uncovered],
    *,
    teams: Sequence[TeamChoice],
) -> GuardList:
    """Counts by team: no case is named."""
    names = {team.team_id: team.name for team in teams}
    tables = []
    if uncovered:
        tables.append(_uncovered(uncovered, names))
    if hidden:
        tables.append(_hidden(hidden, names))
    return GuardList(
        title="Cases behind walls",
        notes=(
            (
                "Counted and no more, so that no case is lost from sight. Move a case"
                " that nobody may work to a team that may, or ask information"
                " governance to clear somebody."
            ),
        ),
        tables=tuple(tables),
        empty=None if tables else ALL_SEEN,
    )


def _uncovered(lines: Sequence[Uncovered], names: Mapping[int, str]) -> DataTable:
    return DataTable(
        caption="Open cases that nobody in their team is cleared for",
        columns=(
            Column(heading="Team"),
            Column(heading="Walls"),
            Column(heading="Cases", numeric=True),
        ),
        rows=tuple(
            (names.get(one.team_id, ""), walls(one.compartments), f"{one.cases:,}")
            for one in lines
        ),
    )


def _hidden(lines: Sequence[Hidden], names: Mapping[int, str]) -> DataTable:
    return DataTable(
        caption="Cases that you may not see",
        columns=(
            Column(heading="Team"),
            Column(heading="Open", numeric=True),
            Column(heading="All", numeric=True),
        ),
        rows=tuple(
            (names.get(one.team_id, ""), f"{one.open_cases:,}", f"{one.cases:,}")
            for one in lines
        ),
    )


def clearances(lines: Sequence[ClearanceLine], form: forms.Form) -> GuardForm:
    """Who is cleared by name, and the form that clears somebody."""
    heading = "Who is cleared for what"
    return GuardForm(
        title=titled(heading, form),
        heading=heading,
        form=form,
        save="Clear them",
        back=reverse("conflicts:hub"),
        back_text="Access",
        notes=("Nobody clears themselves. Give each clearance an end.",),
        parts=(_table(lines) if lines else NOBODY,),
    )


def end(line: ClearanceLine, form: forms.Form) -> GuardForm:
    """Asking once before a clearance ends."""
    return GuardForm(
        title="End this clearance?",
        heading="End this clearance?",
        form=form,
        save="End it",
        back=reverse("compartments:clearances"),
        back_text="Who is cleared for what",
        warning="Cases behind this wall that they hold go back to their teams.",
        notes=(f"{line.staff}: {_label(line.compartment)}",),
    )


def walls(mask: int) -> str:
    """The walls of a mask in words."""
    return ", ".join(_label(code) for code in compartments_in(mask, COMPARTMENT_ROWS))


def _label(code: str) -> str:
    row = COMPARTMENT_ROWS.get(code)
    return row.label if row else code


def _table(lines: Sequence[ClearanceLine]) -> DataTable:
    return DataTable(
        caption="Cleared by name",
        columns=(
            Column(heading="Member of staff"),
            Column(heading="Wall"),
            Column(heading="Why"),
            Column(heading="Given by"),
            Column(heading="Until"),
            Column(heading="End"),
        ),
        rows=tuple(
            (
                line.staff,
                _label(line.compartment),
                line.reason,
                f"{line.given_by}, {say_moment(line.since)}",
                say_moment(line.until) if line.until else "No end",
                Link(
                    text="End",
                    href=reverse("compartments:end", args=[line.clearance_id]),
                    about=f"{line.staff}, {_label(line.compartment)}",
                ),
            )
            for line in lines
        ),
    )
