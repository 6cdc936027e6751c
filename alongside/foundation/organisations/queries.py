"""Questions about areas, agencies and teams. Nothing here writes."""

from dataclasses import dataclass
from uuid import UUID

from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.organisations.models import Agency, Area, Team
from alongside.foundation.organisations.types import AgencyKind, Feed, TeamKind


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
    teams = {
        TeamKind(team.kind): team.pk
        for team in Team.objects.filter(agency=receiver).order_by("pk")
    }
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


def count_areas() -> int:
    """How many areas this installation serves."""
    return Area.objects.count()
