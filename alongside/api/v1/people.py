"""Finding people from another system of the same agency: masked labels only."""

from typing import Annotated
from uuid import UUID

from django.db import transaction
from ninja import Field, Router, Schema

from alongside.api.access import requires
from alongside.api.problems import Problem
from alongside.api.requests import ApiRequest
from alongside.care.people.rules import LONGEST
from alongside.care.people.types import MaskedPerson
from alongside.foundation.accounts.types import Permission
from alongside.walls.context import acting_as
from alongside.workflows.find_people import find_people

MOST = 50

router = Router(tags=["people"])


class PeopleSearch(Schema):
    """What is known of somebody: a name, a date of birth, a phone number, an e-mail
    address, a postcode, a crime reference or a case reference, or several of them."""

    q: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    wider: bool = False


class FoundPerson(Schema):
    """Enough to tell somebody from others. `standing` is how their case stands."""

    id: UUID
    given_initial: str
    surname_initial: str
    birth_year: int | None
    outward_postcode: str
    standing: str
    tier: str
    similar_name: bool

    @classmethod
    def of(cls, one: MaskedPerson) -> "FoundPerson":
        """The label as the API gives it."""
        return cls(
            id=one.public_id,
            given_initial=one.given_initial,
            surname_initial=one.surname_initial,
            birth_year=one.birth_year,
            outward_postcode=one.outward,
            standing=one.standing,
            tier=one.tier,
            similar_name=one.alike,
        )


class FoundPeopleAnswer(Schema):
    """People who fit everything that was asked, the best first."""

    people: list[FoundPerson]
    too_many: bool


@router.post(
    "/search",
    response={200: FoundPeopleAnswer, **dict.fromkeys((400, 401, 403), Problem)},
    summary="Find people",
)
@requires(Permission.PERSON_FIND)
def search_people(request: ApiRequest, body: PeopleSearch) -> FoundPeopleAnswer:
    """People of the token's agency who fit. Nobody else is found, as if there were no
    such person. Each search is on the audit trail with who was found, and without what
    was asked."""
    with acting_as(request.auth), transaction.atomic():
        _, found = find_people(
            actor=request.auth,
            now=request.now,
            text=body.q,
            wider=body.wider,
            size=MOST,
        )
    return FoundPeopleAnswer(
        people=[FoundPerson.of(one) for one in found.people], too_many=found.too_many
    )
