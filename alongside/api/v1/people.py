"""People, for another system of the same agency: found as masked labels, and added."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Literal
from uuid import UUID

from django.db import transaction
from ninja import Field, Router, Schema, Status
from pydantic import AfterValidator, field_validator

from alongside.api.access import requires
from alongside.api.problems import Problem
from alongside.api.requests import ApiRequest
from alongside.care.matching.types import Band
from alongside.care.people.rules import LONGEST
from alongside.care.people.types import ChannelKind, MaskedPerson
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.emails import read_email
from alongside.foundation.lib.phones import read_phone
from alongside.foundation.lib.postcodes import read_postcode
from alongside.foundation.reference.tables import FLAGS, GENDERS
from alongside.walls.context import acting_as
from alongside.workflows.find_people import find_people
from alongside.workflows.receiving.by_hand import CameBy, NewArrival
from alongside.workflows.register_person import register_person

MOST = 50
LONGEST_LINE, LONGEST_WORDS, MOST_LINES = 200, 10_000, 8
Outcome = Literal["linked", "to_be_reviewed", "new"]
OUTCOMES: dict[Band, Outcome] = {
    Band.LINK: "linked",
    Band.REVIEW: "to_be_reviewed",
    Band.NEW: "new",
}


def _writable(text: str) -> str:
    """What a person wrote, without the spaces around it.

    Raises:
        ValueError: there are characters in it that nobody writes.
    """
    if any(not c.isprintable() and c not in "\t\r\n" for c in text):
        raise ValueError("holds characters that cannot be kept")
    return text.strip()


Line = Annotated[str, Field(max_length=LONGEST_LINE), AfterValidator(_writable)]
Words = Annotated[str, Field(max_length=LONGEST_WORDS), AfterValidator(_writable)]

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


class ArrivingPerson(Schema):
    """Somebody who came by themselves, as they or another system wrote it down.

    A name and what happened are needed. `safe` says of each way to reach them
    whether it is safe; a way that is not named is not known to be.
    """

    given_names: Line
    surname: Line
    came_by: CameBy = CameBy.THEMSELVES
    happened: Words
    happened_on: date | None = None
    flags: Annotated[list[str], Field(max_length=len(FLAGS))] = []
    reported: bool | None = None
    crime_ref: Line = ""
    date_of_birth: date | None = None
    gender: Line = ""
    language: Line = ""
    interpreter_needed: bool | None = None
    adjustments: Words = ""
    mobile_phone: Line = ""
    home_phone: Line = ""
    email: Line = ""
    address_lines: Annotated[list[Line], Field(max_length=MOST_LINES)] = []
    postcode: Line = ""
    safe: dict[ChannelKind, bool] = {}
    contact_times: Line = ""
    police_blind: bool = False

    @field_validator("given_names", "surname", "happened")
    @classmethod
    def _is_there(cls, text: str) -> str:
        if not text:
            raise ValueError("is needed")
        return text

    @field_validator("flags")
    @classmethod
    def _are_known(cls, codes: list[str]) -> list[str]:
        if not FLAGS.keys() >= set(codes):
            raise ValueError("holds a code that there is not")
        return codes

    @field_validator("gender")
    @classmethod
    def _is_known(cls, code: str) -> str:
        if code and code not in GENDERS:
            raise ValueError("is a code that there is not")
        return code

    def as_arrival(self) -> NewArrival:
        """The same with phones, e-mail and postcode in their standard forms, where
        they can be read."""
        home = read_postcode(self.postcode)
        given = self.dict(exclude={"address_lines", "flags"})
        return NewArrival(
            **given
            | {
                "mobile_phone": read_phone(self.mobile_phone) or self.mobile_phone,
                "home_phone": read_phone(self.home_phone) or self.home_phone,
                "email": read_email(self.email) or self.email,
                "postcode": home.text if home else self.postcode,
                "address_lines": tuple(self.address_lines),
                "flags": tuple(dict.fromkeys(self.flags)),
            }
        )


class Added(Schema):
    """What became of somebody who was sent. It never says who they are."""

    outcome: Outcome


@router.post(
    "",
    response={201: Added, **dict.fromkeys((400, 401, 403, 409, 503), Problem)},
    summary="Add somebody who came by themselves",
)
@requires(Permission.PERSON_ADD)
def add_person(request: ApiRequest, body: ArrivingPerson) -> Status[Added]:
    """Their record, and the case it joins or opens.

    `linked`: they are known, and this joins what is known. `to_be_reviewed`: they may
    be somebody who is known, and a person will look. `new`: nobody like them is
    known. Sent again, the same person is linked to the first.
    """
    with acting_as(request.auth):
        done = register_person(
            actor=request.auth, now=request.now, arrival=body.as_arrival()
        )
    return Status(HTTPStatus.CREATED, Added(outcome=OUTCOMES[done.band]))
