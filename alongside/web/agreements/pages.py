"""What the register of information-sharing agreements shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.organisations.queries import AgreementLine
from alongside.foundation.organisations.types import AgreementState
from alongside.web.components.base import Act, EmptyState, Link, Tag, Tone
from alongside.web.components.casefile import ActList, Fact
from alongside.web.components.lists import Column, DataTable, FilterField, FilterRow
from alongside.web.sharing import say
from alongside.web.words import say_count, say_day, say_moment
from alongside.workflows.keep_agreements import AgreementView

FILE_HEAD = (
    *("Title", "Reference", "Version", "State", "With", "What may be shared"),
    *("Legal basis", "Signed by", "First day", "Last day", "Review", "Reviewed"),
)
EMPTY = EmptyState(
    heading="There are no agreements here",
    text="Nothing can be shared with another agency until an agreement is live.",
)


@dataclass(frozen=True, kw_only=True)
class RegisterPage:
    """The list of agreements."""

    title: str
    count: str
    add: str
    filter: FilterRow
    table: DataTable | None
    empty: EmptyState


@dataclass(frozen=True, kw_only=True)
class AgreementPage:
    """One agreement and its history."""

    title: str
    heading: str
    tag: Tag
    back: str
    acts: ActList | None
    facts: tuple[Fact, ...]
    flows: DataTable
    news: DataTable


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """One form about an agreement."""

    title: str
    heading: str
    caption: str
    back: str
    form: forms.Form
    save: str
    notes: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    warns: bool = False


def register(
    lines: Sequence[AgreementLine],
    *,
    chosen: AgreementState | None,
    actor: Actor,
    on: date,
) -> RegisterPage:
    """The register, the soonest to end first."""
    keeps = actor.has(Permission.AGREEMENT_KEEP)
    words = chosen.value if chosen else ""
    return RegisterPage(
        title="Information-sharing agreements",
        count=say_count(len(lines), "agreement"),
        add=reverse("agreements:new") if keeps else "",
        filter=FilterRow(
            fields=(
                FilterField(
                    name="state",
                    label="Which",
                    options=(("", "Every agreement"), *AgreementState.choices),
                    chosen=words,
                ),
            ),
            export=Link(
                text="Save as CSV",
                href="?" + urlencode({"state": words, "format": "csv"}),
            ),
        ),
        table=_table(lines, on) if lines else None,
        empty=EMPTY,
    )


def agreement(view: AgreementView, *, actor: Actor, on: date) -> AgreementPage:
    """One agreement."""
    line = view.agreement
    return AgreementPage(
        title="Agreement",
        heading=line.title,
        tag=_tag(line, on),
        back=reverse("agreements:register"),
        acts=_acts(line) if actor.has(Permission.AGREEMENT_KEEP) else None,
        facts=tuple(_facts(line)),
        flows=DataTable(
            caption="What may be shared",
            columns=(Column(heading="What for"), Column(heading="What may be seen")),
            rows=tuple(
                (say.purpose(flow.purpose), say.parts(flow.fields))
                for flow in line.flows
            ),
        ),
        news=DataTable(
            caption="What has happened to it",
            columns=(
                Column(heading="When"),
                Column(heading="What"),
                Column(heading="By whom"),
            ),
            rows=tuple((say_moment(n.at), n.words, n.by_name) for n in view.news),
        ),
    )


def form(
    heading: str,
    asked: forms.Form,
    *,
    line: AgreementLine | None,
    save: str,
    notes: Sequence[str] = (),
    warns: bool = False,
) -> FormPage:
    """A form about one agreement, or a new one."""
    back = (
        reverse("agreements:agreement", args=[line.public_id])
        if line
        else reverse("agreements:register")
    )
    return FormPage(
        title=f"Error: {heading}" if asked.errors else heading,
        heading=heading,
        caption=line.title if line else "Information-sharing agreements",
        back=back,
        form=asked,
        save=save,
        notes=tuple(notes),
        warns=warns,
    )


def file_rows(lines: Sequence[AgreementLine]) -> Iterator[tuple[object, ...]]:
    """The register as rows of a file."""
    for line in lines:
        flows = (f"{say.purpose(f.purpose)}: {say.parts(f.fields)}" for f in line.flows)
        yield (
            *(line.title, line.reference, line.version, line.state.label),
            _parties(line),
            ". ".join(flows),
            *(line.legal_basis, line.signatories, line.starts, line.last_day),
            *(line.review_on, line.reviewed_on),
        )


def _table(lines: Sequence[AgreementLine], on: date) -> DataTable:
    return DataTable(
        caption=say_count(len(lines), "agreement") + ", the soonest to end first",
        columns=(
            Column(heading="Agreement"),
            Column(heading="With"),
            Column(heading="State"),
            Column(heading="What for"),
            Column(heading="Last day"),
            Column(heading="Next review"),
        ),
        rows=tuple(
            (
                Link(
                    text=line.title,
                    href=reverse("agreements:agreement", args=[line.public_id]),
                ),
                _parties(line),
                _tag(line, on).text,
                ", ".join(say.purpose(flow.purpose) for flow in line.flows),
                say_day(line.last_day),
                _review(line, on),
            )
            for line in lines
        ),
    )


def _review(line: AgreementLine, on: date) -> str:
    late = line.state is AgreementState.LIVE and line.review_on < on
    return f"{say_day(line.review_on)}{', overdue' if late else ''}"


def _parties(line: AgreementLine) -> str:
    return ", ".join(one.name for one in line.parties)


def _tag(line: AgreementLine, on: date) -> Tag:
    if line.has_lapsed(on):
        return Tag(text="Has run out", tone=Tone.LATE)
    if line.state is AgreementState.LIVE and on < line.starts:
        return Tag(text="Starts later", tone=Tone.INFO)
    tones = {AgreementState.LIVE: Tone.GOOD, AgreementState.DRAFT: Tone.INFO}
    return Tag(text=line.state.label, tone=tones.get(line.state, Tone.PLAIN))


def _facts(line: AgreementLine) -> Iterator[Fact]:
    yield Fact(name="Between", value=f"{line.agency_name}, {_parties(line)}")
    version = f"{line.reference}, version {line.version}"
    yield Fact(name="Document", value=version)
    yield Fact(name="Legal basis", value=line.legal_basis)
    yield Fact(name="Signed by", value=line.signatories)
    yield Fact(name="First day", value=say_day(line.starts))
    yield Fact(name="Last day", value=say_day(line.last_day))
    yield Fact(name="Next review", value=say_day(line.review_on))
    if line.reviewed_on:
        yield Fact(name="Last reviewed", value=say_day(line.reviewed_on))


def _acts(line: AgreementLine) -> ActList | None:
    def act(text: str, page: str, *, primary: bool = False) -> Act:
        href = reverse(f"agreements:{page}", args=[line.public_id])
        return Act(text=text, href=href, primary=primary)

    if line.state is AgreementState.DRAFT:
        return ActList(
            acts=(act("Put live", "live", primary=True), act("Change", "edit"))
        )
    if line.state is AgreementState.LIVE:
        return ActList(
            acts=(
                act("Reviewed", "reviewed"),
                act("Extend", "extend"),
                act("End it", "end"),
            )
        )
    return None
