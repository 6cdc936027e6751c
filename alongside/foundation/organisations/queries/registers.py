"""Areas, agencies and teams, and the register of agreements."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from alongside.foundation.lib.asking import Question, Rows, ask
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.organisations.models import (
    Agency,
    AgreementChange,
    AgreementFlow,
    AgreementParty,
    Area,
    SharingAgreement,
    Team,
)
from alongside.foundation.organisations.types import (
    AgencyKind,
    AgreementState,
    Feed,
    Flow,
    TeamKind,
)
from alongside.walls.prepared import Prepared

TEAMS = Prepared(
    "SELECT kind, id FROM organisations_team WHERE agency_id = %s ORDER BY id"
)


class UnknownForce(DomainError):
    """No agency in this installation is the force a file names."""


@dataclass(frozen=True, kw_only=True)
class AgencyLine:
    """An agency as a command names it."""

    agency_id: int
    area_code: str
    code: str
    name: str
    kind: AgencyKind


@dataclass(frozen=True, kw_only=True)
class TeamChoice:
    """A team as a form offers it."""

    team_id: int
    public_id: UUID
    name: str
    kind: TeamKind


@dataclass(frozen=True, kw_only=True)
class PlaceChoice:
    """Where somebody may work: an agency, or one of its teams."""

    agency_id: int
    team_id: int | None
    words: str


@dataclass(frozen=True, kw_only=True)
class PartyLine:
    """Another agency bound by an agreement."""

    agency_id: int
    public_id: UUID
    name: str
    kind: AgencyKind


@dataclass(frozen=True, kw_only=True)
class AgreementLine:
    """One agreement of a register. `agency_name` is who keeps it."""

    agreement_id: int
    public_id: UUID
    agency_id: int
    agency_name: str
    title: str
    reference: str
    version: int
    state: AgreementState
    legal_basis: str
    signatories: str
    starts: date
    last_day: date
    review_on: date
    reviewed_on: date | None
    parties: tuple[PartyLine, ...]
    flows: tuple[Flow, ...]

    def holds_on(self, day: date) -> bool:
        """Whether something may be shared under it on the day."""
        is_live = self.state is AgreementState.LIVE
        return is_live and self.starts <= day <= self.last_day

    def has_lapsed(self, day: date) -> bool:
        """Whether its last day has passed, though nobody has ended it."""
        return self.state is AgreementState.LIVE and self.last_day < day


@dataclass(frozen=True, kw_only=True)
class AgreementNews:
    """One line of an agreement's history."""

    at: datetime
    by_name: str
    words: str


def get_feed(*, force_code: str) -> Feed:
    """Who sends and who receives the feed of one force.

    Raises:
        UnknownForce: this installation receives nothing from that force.
    """
    force = Agency.objects.select_related("area").filter(force_code=force_code).first()
    if force is None:
        raise UnknownForce(
            "The file's force_code is not a force that this service receives from"
        )
    receiver = Agency.objects.get(area=force.area, kind=AgencyKind.SERVICE)
    teams = map_teams(agency_id=receiver.pk)
    return Feed(
        area_id=force.area_id,
        area_code=force.area.code,
        force_code=force_code,
        force_name=force.name,
        sender_id=force.pk,
        receiver_id=receiver.pk,
        desk_team_id=teams[TeamKind.INTAKE],
        district_codes=tuple(force.area.district_codes),
        teams=teams,
    )


def map_teams(*, agency_id: int) -> dict[TeamKind, int]:
    """The agency's team of each kind, as far as it has one. One statement."""
    return read_teams(ask(ask_teams(agency_id=agency_id)))


def ask_teams(*, agency_id: int) -> Question:
    """The question of `map_teams`, to be asked together with others."""
    return Question(TEAMS, (agency_id,))


def read_teams(rows: Rows) -> dict[TeamKind, int]:
    """What the question of `ask_teams` found."""
    return {TeamKind(kind): key for kind, key in rows}


def list_forces(*, area_id: int) -> list[tuple[str, str, int]]:
    """(force code, name, agency id) of each force of an area."""
    forces = Agency.objects.filter(area_id=area_id, kind=AgencyKind.FORCE)
    return [(f.force_code or "", f.name, f.pk) for f in forces.order_by("name")]


def get_area_code(*, area_id: int) -> str:
    """The code of an area."""
    return Area.objects.values_list("code", flat=True).get(pk=area_id)


def list_agencies() -> list[AgencyLine]:
    """Every agency of the installation, by area and code."""
    return [
        AgencyLine(
            agency_id=agency.pk,
            area_code=agency.area.code,
            code=agency.code,
            name=agency.name,
            kind=AgencyKind(agency.kind),
        )
        for agency in Agency.objects.select_related("area").order_by(
            "area__code", "code"
        )
    ]


def list_places(*, area_id: int) -> list[PlaceChoice]:
    """Every agency of the area and every team of each, as a form offers them.

    Two statements.
    """
    agencies = Agency.objects.filter(area_id=area_id).order_by("name")
    places = []
    for agency in agencies.prefetch_related(
        Prefetch("teams", queryset=Team.objects.order_by("name"))
    ):
        places.append(PlaceChoice(agency_id=agency.pk, team_id=None, words=agency.name))
        places += [
            PlaceChoice(
                agency_id=agency.pk,
                team_id=team.pk,
                words=f"{agency.name}: {team.name}",
            )
            for team in agency.teams.all()
        ]
    return places


def list_teams(*, agency_id: int) -> list[TeamChoice]:
    """The agency's teams, by name."""
    return [
        TeamChoice(
            team_id=team.pk,
            public_id=team.public_id,
            name=team.name,
            kind=TeamKind(team.kind),
        )
        for team in Team.objects.filter(agency_id=agency_id).order_by("name")
    ]


def get_team(*, agency_id: int, public_id: UUID) -> TeamChoice:
    """One team of the agency.

    Raises:
        NotFound: the agency has no such team.
    """
    for team in list_teams(agency_id=agency_id):
        if team.public_id == public_id:
            return team
    raise NotFound("We could not find that team")


def list_areas() -> list[tuple[str, int]]:
    """(code, id) of each area of the installation, by code."""
    return list(Area.objects.order_by("code").values_list("code", "pk"))


def get_service(*, area_id: int) -> int:
    """The key of the agency that is the area's victim and witness service."""
    services = Agency.objects.filter(area_id=area_id, kind=AgencyKind.SERVICE)
    return services.values_list("pk", flat=True).get()


def count_areas() -> int:
    """How many areas this installation serves."""
    return Area.objects.count()


def list_others(*, area_id: int, agency_id: int) -> list[PartyLine]:
    """The other agencies of an area, by name: with whom one can agree to share."""
    rows = Agency.objects.filter(area_id=area_id).exclude(pk=agency_id)
    return [_party(agency) for agency in rows.order_by("name", "pk")]


def list_agreements(
    *, agency_id: int, state: AgreementState | None = None
) -> list[AgreementLine]:
    """The agency's register, the soonest to end first. Three statements."""
    rows = _agreements().filter(agency_id=agency_id)
    if state is not None:
        rows = rows.filter(state=state)
    return [_agreement(row) for row in rows.order_by("last_day", "pk")]


def get_agreement(*, agency_id: int, public_id: UUID) -> AgreementLine:
    """One agreement of the agency's register. Three statements.

    Raises:
        NotFound: the agency keeps no such agreement.
    """
    row = _agreements().filter(agency_id=agency_id, public_id=public_id).first()
    if row is None:
        raise NotFound("We could not find that agreement")
    return _agreement(row)


def list_agreement_news(*, agreement_id: int) -> list[AgreementNews]:
    """What happened to an agreement, newest first. One statement."""
    rows = AgreementChange.objects.filter(agreement_id=agreement_id)
    return [
        AgreementNews(at=row.at, by_name=row.by_name, words=row.words)
        for row in rows.order_by("-at", "-pk")
    ]


def _agreements() -> QuerySet[SharingAgreement]:
    parties = AgreementParty.objects.select_related("agency").order_by("agency__name")
    return SharingAgreement.objects.select_related("agency").prefetch_related(
        Prefetch("parties", queryset=parties),
        Prefetch("flows", queryset=AgreementFlow.objects.order_by("purpose")),
    )


def _party(agency: Agency) -> PartyLine:
    return PartyLine(
        agency_id=agency.pk,
        public_id=agency.public_id,
        name=agency.name,
        kind=AgencyKind(agency.kind),
    )


def _agreement(row: SharingAgreement) -> AgreementLine:
    return AgreementLine(
        agreement_id=row.pk,
        public_id=row.public_id,
        agency_id=row.agency_id,
        agency_name=row.agency.name,
        title=row.title,
        reference=row.reference,
        version=row.version,
        state=AgreementState(row.state),
        legal_basis=row.legal_basis,
        signatories=row.signatories,
        starts=row.starts,
        last_day=row.last_day,
        review_on=row.review_on,
        reviewed_on=row.reviewed_on,
        parties=tuple(_party(one.agency) for one in row.parties.all()),
        flows=tuple(
            Flow(purpose=one.purpose, fields=one.fields) for one in row.flows.all()
        ),
    )
