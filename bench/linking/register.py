"""A register of invented people in the real tables, each record with its keys.

People have the records that the generator's truth gives them, as if everybody had
been linked rightly. Everybody has an open case with the demonstration's service.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

import psycopg
from psycopg import sql

from alongside.care.matching.types import Standard
from alongside.demo.generator.people import invent
from alongside.demo.generator.types import Arrival

PIECE = 50_000
RECORD_TYPES = ("int8", "int8", "text", "text", "date", "text")
STANDARD_TYPES = ("int8", "int8", *["text"] * 12)
KEY_TYPES = ("int8", "int8")
INDEXES = ("linkrecord_by_person", "blockkey_by_record", "record_by_words")
STAGE = """
    CREATE UNLOGGED TABLE told (record int8, person int8, given text, family text,
                                born date, gender text)
"""
PEOPLE = """
    INSERT INTO people_person (id, area_id, created_at, shown_record_id)
    SELECT person, {area}, now(), max(record) FROM told GROUP BY person
"""
RECORDS = """
    INSERT INTO people_personrecord
        (id, area_id, person_id, source, said_at, title, given_names, surname,
         date_of_birth, gender, language, adjustments, guardian_name, guardian_phone,
         contact_times, preferred_method, do_not_contact_reason)
    SELECT record, {area}, person, 'bench', now(), '', given, family, born, gender,
           '', '', '', '', '', '', ''
      FROM told ORDER BY record
"""
CASES = """
    INSERT INTO casework_case
        (id, area_id, agency_id, person_id, status, tier, high_risk, team_id,
         opened_at, touched_at, disposition, next_action, next_action_on, version)
    SELECT person, {area}, {agency}, person, 'open', 'standard', false, {team}, now(),
           now(), '', 'Make first contact', current_date, 1
      FROM (SELECT DISTINCT person FROM told) p
"""
ACCESS = """
    INSERT INTO casework_caseaccess (area_id, case_id, agency_id, why, fields, since)
    SELECT {area}, id, agency_id, 'owner', 255, now() FROM casework_case
"""
FINISH = """
    SELECT setval(pg_get_serial_sequence('people_person', 'id'), {last}),
           setval(pg_get_serial_sequence('people_personrecord', 'id'), {last}),
           setval(pg_get_serial_sequence('casework_case', 'id'), {last})
"""

Administrator = psycopg.Connection[tuple[Any, ...]]


class Known(NamedTuple):
    """A record with the truth about it, ready to be put in or to arrive."""

    record: int
    person: int
    arrival: Arrival
    standard: Standard
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """What was put in, and who comes afterwards."""

    records: int
    people: int
    keys: int
    coming: list[Known]


def fill(
    administrator: Administrator,
    *,
    records: int,
    coming: int,
    seed: int,
    secret: bytes,
) -> Filled:
    """Fill a walled, empty database; keep the last of the stream to arrive.

    The administrator goes round walls and triggers. About five minutes a million.
    """
    area, agency, team = _places(administrator)
    administrator.execute("SET session_replication_role = replica")
    definitions = _without_indexes(administrator)
    administrator.execute(STAGE)
    stream = _known(seed=seed, records=records + coming, secret=secret)
    people: set[int] = set()
    keys = 0
    inside = islice(stream, records)
    while piece := list(islice(inside, PIECE)):
        _put(administrator, piece, area=area)
        people.update(one.person for one in piece)
        keys += sum(len(one.keys) for one in piece)
    last = sql.Literal(records + coming + 1)
    places = {"area": area, "agency": agency, "team": team, "last": last}
    for statement in (PEOPLE, RECORDS, CASES, ACCESS, FINISH):
        administrator.execute(sql.SQL(statement).format(**places))
    administrator.execute("DROP TABLE told")
    for definition in definitions:
        administrator.execute(definition)
    administrator.execute("SET session_replication_role = origin")
    administrator.commit()
    return Filled(records, len(people), keys, list(stream))


def _places(administrator: Administrator) -> tuple[int, int, int]:
    found = administrator.execute(
        "SELECT a.area_id, a.id, t.id FROM organisations_agency a"
        " JOIN organisations_team t ON t.agency_id = a.id"
        " WHERE a.kind = 'service' AND t.kind = 'first_contact'"
    ).fetchone()
    if found is None:
        raise RuntimeError("the demonstration area is not set up")
    return found[0], found[1], found[2]


def _without_indexes(administrator: Administrator) -> list[sql.SQL]:
    """Take away what is quicker made at the end; how to make it again."""
    found = administrator.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE indexname = ANY (%s)",
        [list(INDEXES)],
    ).fetchall()
    for name, _ in found:
        administrator.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    return [sql.SQL(definition) for _, definition in found]


def _known(*, seed: int, records: int, secret: bytes) -> Iterator[Known]:
    from alongside.care.matching.rules.keys import block_keys

    for number, (arrival, truth) in enumerate(
        invent(seed=seed, records=records), start=1
    ):
        standard = standard_of(arrival)
        keys = block_keys(standard, secret=secret)
        yield Known(number, truth.person + 1, arrival, standard, keys)


def standard_of(arrival: Arrival) -> Standard:
    """What the generator wrote down, as it is compared."""
    from alongside.care.matching.rules.standard import standardise

    return standardise(
        given_names=arrival.given_names,
        surname=arrival.surname,
        date_of_birth=arrival.date_of_birth,
        gender=arrival.gender,
        postcode=arrival.postcode,
        address=arrival.address,
        phones=(arrival.phone,),
        email=arrival.email,
    )


def _put(administrator: Administrator, piece: Sequence[Known], *, area: int) -> None:
    _copy(
        administrator,
        "told (record, person, given, family, born, gender)",
        RECORD_TYPES,
        (
            (
                *(one.record, one.person, one.arrival.given_names),
                *(one.arrival.surname, _born(one), one.arrival.gender),
            )
            for one in piece
        ),
    )
    put_standards(administrator, piece, area=area)


def put_standards(
    administrator: Administrator, piece: Sequence[Known], *, area: int
) -> None:
    """COPY the standard forms and the keys of some records into the real tables."""
    fields = "given, surname, root, given_code, surname_code, born, sex, postcode"
    _copy(
        administrator,
        f"linking_linkrecord (area_id, record_id, person_id, {fields}, address, phone,"
        " other_phone, email)",
        ("int8", *STANDARD_TYPES),
        ((area, one.record, one.person, *one.standard) for one in piece),
    )
    _copy(
        administrator,
        "linking_blockkey (area_id, key, record_id)",
        ("int8", *KEY_TYPES),
        sorted((area, key, one.record) for one in piece for key in one.keys),
    )


def _born(one: Known) -> date | None:
    born = one.standard[5]
    return date.fromisoformat(born) if born else None


def _copy(
    administrator: Administrator,
    into: str,
    types: Sequence[str],
    rows: Any,
) -> None:
    with (
        administrator.cursor() as cursor,
        cursor.copy(f"COPY {into} FROM STDIN (FORMAT BINARY)".encode()) as copy,
    ):
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)
