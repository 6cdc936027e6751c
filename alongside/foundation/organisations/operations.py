"""Setting up areas, agencies and teams. Each is one transaction, safe to repeat."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from alongside.foundation.organisations.models import Agency, Area, Team
from alongside.foundation.organisations.types import AgencyKind, TeamKind


@transaction.atomic(using="owner")
def set_up_area(
    *,
    actor: str,
    now: datetime,
    code: str,
    name: str,
    commissioner_name: str,
    district_codes: Sequence[str],
) -> Area:
    """Make the area, or bring it up to date. `actor` names who set it up."""
    area, _ = Area.objects.using("owner").update_or_create(
        code=code,
        defaults={
            "name": name,
            "commissioner_name": commissioner_name,
            "district_codes": list(district_codes),
        },
    )
    return area


@transaction.atomic(using="owner")
def set_up_agency(
    *,
    actor: str,
    now: datetime,
    area: Area,
    code: str,
    name: str,
    kind: AgencyKind,
    force_code: str | None = None,
    teams: Sequence[tuple[str, str, TeamKind]] = (),
) -> Agency:
    """Make an agency with its teams (code, name, kind), or bring it up to date."""
    agency, _ = Agency.objects.using("owner").update_or_create(
        area=area,
        code=code,
        defaults={"name": name, "kind": kind, "force_code": force_code},
    )
    for team_code, team_name, team_kind in teams:
        Team.objects.using("owner").update_or_create(
            agency=agency,
            code=team_code,
            defaults={"name": team_name, "kind": team_kind},
        )
    return agency
