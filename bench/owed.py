"""What the pages about promises cost beside a year of an area's referrals.

Two registers are filled, a small one and a year, with the same worker's cases in both.
Promises are planned by the product, most are settled, and each page is asked for as
somebody who lives in it, under row security. What grows with the register shows in the
ratio of the two. Seconds are of the processor's: they say what a busy machine does not.
"""

import argparse
import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

from bench.databases import (
    administrator_of,
    bench_template,
    copy_of_template,
    tidy,
)
from bench.owed_year import OPEN_OF, fill_year, settle_year

YEAR, FEW = 110_500, 5_000
SMALL_YEAR, SMALL_FEW = 11_050, 1_100
NAME = "alongside_bench_owed"
# What each kind of page may cost: one that lists, and one that counts a register, which
# grows with it. What is asked for by itself, and rounds, are told as they are.
MOST = {"pages": " (< 300)", "counts": " (< 2000)"}
MOST_RATIO = {"pages": " (< 1.3)"}
MILLISECONDS = 1000
ALONE = f"ALTER DATABASE {NAME} SET max_parallel_workers_per_gather = 0"
Found = dict[str, Any]


def main() -> None:
    """Fill both, ask for every page, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a quick run")
    parser.add_argument(
        "--open", type=int, default=OPEN_OF, help="one case in so many is open"
    )
    asked = parser.parse_args()
    with bench_template():
        few = _measured(SMALL_FEW if asked.small else FEW, asked.open)
        year = _measured(SMALL_YEAR if asked.small else YEAR, asked.open)
    _report(few, year)


def _measured(cases: int, open_of: int) -> Found:
    now = datetime.now(tz=UTC)
    with copy_of_template(NAME):
        with administrator_of(NAME) as administrator:
            held = fill_year(administrator, cases=cases, now=now, open_of=open_of)
        tidy(NAME)
        _child("plan")
        with administrator_of(NAME) as administrator:
            held |= settle_year(administrator, now=now)
            # One process does all the work of a statement: its time is what is told.
            administrator.execute(ALONE)
            administrator.commit()
        tidy(NAME)
        _say("filled", ", ".join(f"{n:,} {what}" for what, n in held.items()))
        return _child("measure")


def _child(what: str) -> Found:
    """In a process of its own: Django knows one database."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.owed_pages", what, NAME],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: Found = json.loads(done.stdout)
    return found


def _report(few: Found, year: Found) -> None:
    bare = year["bare"]
    _say("what runs and happened in open cases, read barely", f"{bare:.2f} s")
    for kind in ("pages", "counts", "asked_for", "rounds"):
        for name, large in year[kind].items():
            _say(name, _words(few[kind][name], large, bare, kind))


def _words(small: Found, large: Found, bare: float, kind: str) -> str:
    one, other = small["server"] + small["python"], large["server"] + large["python"]
    most, ratio = MOST.get(kind, ""), MOST_RATIO.get(kind, "")
    database = MILLISECONDS * large["server"]
    counted = f"{large['statements']:.0f} statements"
    if small["statements"] != large["statements"]:
        counted += f" (few: {small['statements']:.0f})"
    return (
        f"{MILLISECONDS * other:6.0f} ms{most}, of them in the database {database:.0f};"
        f" {other / one:.1f} times the few{ratio},"
        f" {large['server'] / bare:.2f} times the reading; {counted}"
    )


def _say(what: str, words: str) -> None:
    sys.stdout.write(f"{what:<50} {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
