"""What finding a person costs at a million cases and 500 agencies.

The product's own search, from the widest agency, from the largest holder of cases and
from the smallest, and in the same run the same look-up without walls, masks or trail.
`measure` can be called on a register that somebody else has filled.
"""

import argparse
import time
from datetime import UTC, date, datetime
from statistics import median
from typing import Any

import psycopg

from bench.databases import administrator_of, bench_template, copy_of_template, tidy
from bench.register import Register, fill

CASES, AGENCIES = 1_000_000, 500
SMALL_CASES, SMALL_AGENCIES = 20_000, 50
NAME = "alongside_bench_search"
TIMES, PAGE = 60, 25
MOST_MS = 25.0
MILLISECONDS = 1000
CONTEXT = "SELECT set_config('app.ctx', %s, true)"
LEARN = """
    INSERT INTO people_nameword (word)
    SELECT DISTINCT w.word FROM people_personrecord r, unnest(r.words) AS w(word)
     WHERE left(w.word, 1) <> '#'
"""
VISIBLE = """
    SELECT r.given_names, r.surname, r.date_of_birth, k.value
      FROM casework_caseaccess a
      JOIN casework_case c ON c.id = a.case_id
      JOIN people_personrecord r ON r.person_id = c.person_id
      JOIN people_contactpoint k ON k.record_id = r.id
     WHERE a.agency_id = %s AND a.compartments = 0 AND a.barred IS NULL
     ORDER BY md5(a.id::text) LIMIT %s
"""
# The same look-up with nothing around it: whole names of whoever fits.
BARE = """
    SELECT p.public_id, r.given_names, r.surname, r.date_of_birth
      FROM people_personrecord r JOIN people_person p ON p.id = r.person_id
     WHERE r.area_id = %(area)s
       AND (%(one)s::text[] IS NULL OR r.words && %(one)s::text[])
       AND (%(two)s::text[] IS NULL OR r.words && %(two)s::text[])
       AND (%(rest)s::text[] IS NULL OR r.words @> %(rest)s::text[])
     LIMIT 51
"""
BARE_POINT = """
    SELECT p.public_id, r.given_names, r.surname, r.date_of_birth
      FROM people_contactpoint k
      JOIN people_personrecord r ON r.id = k.record_id
      JOIN people_person p ON p.id = r.person_id
     WHERE k.area_id = %(area)s AND k.kind <> 'address'
       AND k.value = ANY (%(points)s::text[])
"""

Connection = psycopg.Connection[Any]


def main() -> None:
    """Fill a register of its own, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a quick run")
    small = parser.parse_args().small
    cases = SMALL_CASES if small else CASES
    with bench_template(), copy_of_template(NAME) as reach:
        with administrator_of(NAME) as administrator:
            register = fill(
                administrator,
                cases=cases,
                agencies=SMALL_AGENCIES if small else AGENCIES,
            )
            learn(administrator)
        tidy(NAME)
        with (
            psycopg.connect(reach.app.conninfo()) as app,
            administrator_of(NAME) as bare,
        ):
            measure(app, bare, register)


def learn(administrator: Connection) -> None:
    """Teach the search the words of names, where triggers were off while filling."""
    administrator.execute(LEARN)
    administrator.commit()


def measure(app: Connection, bare: Connection, register: Register) -> None:
    """Print what a search costs each kind of agency. `bare` goes round the walls."""
    for connection in (app, bare):
        connection.prepare_threshold = None  # as the product connects
    for name, agency in (
        ("widest", register.widest),
        ("largest holder", register.large),
        ("smallest", register.small),
    ):
        people = bare.execute(VISIBLE, (agency, TIMES)).fetchall()
        actor = worker_of(register.area_id, agency)
        every: list[float] = []
        for what, terms in _searches(people).items():
            walled, plain = _in_turns(app, bare, actor, terms)
            every += walled if "name" in what else []
            _say(f"{what}, {name} agency", median(walled), median(plain))
        _say(f"every search by name, {name} agency", median(every), wanted=MOST_MS)


def _searches(people: list[Any]) -> dict[str, list[str]]:
    slip = [f"{given[:2]}{given[3:]} {family}" for given, family, _, _ in people]
    return {
        "whole name": [f"{given} {family}" for given, family, _, _ in people],
        "surname only": [family for _, family, _, _ in people],
        "name with a slip": slip,
        "name and date of birth": [f"{f} {born}" for _, f, born, _ in people],
        "beginning of a name": [family[:4] for _, family, _, _ in people],
        "phone": [phone for _, _, _, phone in people],
        "a name nobody has": [f"zzyx{n}" for n in range(TIMES)],
    }


def _in_turns(
    app: Connection, bare: Connection, actor: Any, texts: list[str]
) -> tuple[list[float], list[float]]:
    """Both ways by turns, so that whatever else the machine does slows both."""
    from alongside.care.people.queries.search import SEARCH
    from alongside.care.people.rules import read_terms
    from alongside.walls.context import acting_as, current_token

    walled, plain = [], []
    for text in texts:
        terms = read_terms(text)
        values = [
            *(terms.names or None, terms.born, list(terms.points) or None, []),
            *(terms.postcode or None, list(terms.crime_refs) or None),
            *(terms.reference or None, False, 50, 0, PAGE, "bench", None),
            datetime.now(tz=UTC),
        ]
        with app.transaction():
            with acting_as(actor):
                app.execute(CONTEXT, [current_token()])
            walled.append(_timed(app, SEARCH, values))
        with bare.transaction():
            statement = BARE_POINT if terms.points else BARE
            plain.append(_timed(bare, statement, _bare(actor.area_id, terms)))
    return walled, plain


def _bare(area: int, terms: Any) -> dict[str, Any]:
    words = [[word] for word in terms.names.lower().split()] + [None, None]
    born = terms.born and [f"#{(terms.born - date(2000, 1, 1)).days}"]
    return {
        "area": area,
        "one": words[0],
        "two": words[1],
        "rest": born,
        "points": list(terms.points),
    }


def _timed(connection: Connection, statement: str, values: Any) -> float:
    started = time.perf_counter()
    connection.execute(statement, values).fetchall()
    return (time.perf_counter() - started) * MILLISECONDS


def worker_of(area: int, agency: int) -> Any:
    """A contact worker of the agency, of whom nothing is stored."""
    from alongside.foundation.accounts.tables import CLEARANCES
    from alongside.foundation.accounts.types import ROLE_PERMISSIONS, Actor, Role

    role = Role.CONTACT_WORKER
    return Actor(
        user_id=2,
        label="Bench",
        agency_id=agency,
        agency_name="Agency",
        area_id=area,
        team_id=None,
        role=role,
        permissions=ROLE_PERMISSIONS[role],
        clearance=CLEARANCES[role].mask,
    )


def _say(
    what: str, figure: float, plain: float | None = None, *, wanted: float = 0
) -> None:
    beside = f" against {plain:.2f} ms, ratio {figure / plain:.1f}" if plain else ""
    limit = f"   (< {wanted:.0f} ms)" if wanted else ""
    print(f"{what:<48} {figure:.2f} ms{beside}{limit}", flush=True)


if __name__ == "__main__":
    main()
