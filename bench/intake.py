"""How fast a delivery is received, and whether pages stay quick as data grows.

Prints its figures beside what the project asks of them. Everything is measured in
the same run, in throw-away databases on the installation's own server.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from psycopg import sql

from alongside.foundation.gateways.installation import Connections
from bench.databases import bench_template, copy_of_template, tidy
from bench.feed import write_feed

COPIES = 3
BASE, YEAR, FEW = 10_000, 110_500, 5_000
SMALL_BASE, SMALL_YEAR, SMALL_FEW = 2_000, 5_000, 1_000
MOST_RATIO, AIM_RATIO, MOST_YEAR_SECONDS = 60, 25, 90
MOST_BASE_SECONDS, MOST_MEGABYTES, MOST_PAGE_RATIO = 6, 600, 1.3
BLOCK_BYTES = 1 << 16


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """Rows of each run."""

    base: int
    year: int
    few: int


def main() -> None:
    """Measure and print."""
    sizes = _sizes()
    with tempfile.TemporaryDirectory() as folder, bench_template():
        feeds = {}
        for rows in {sizes.base, sizes.year, sizes.few}:
            feeds[rows] = Path(folder) / f"{rows}.csv"
            write_feed(feeds[rows], rows=rows)
        _intake(sizes, feeds)


def _sizes() -> Sizes:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a quick run")
    parser.add_argument("--rows", type=int, help="rows of the longest feed")
    args = parser.parse_args()
    if args.small:
        return Sizes(base=SMALL_BASE, year=args.rows or SMALL_YEAR, few=SMALL_FEW)
    return Sizes(base=BASE, year=args.rows or YEAR, few=FEW)


def _intake(sizes: Sizes, feeds: dict[int, Path]) -> None:
    with copy_of_template("alongside_bench_copy") as reach:
        copied = median(_copy_seconds(reach, feeds[sizes.base]) for _ in range(COPIES))
    _say(f"plain COPY of {sizes.base:,} rows", f"{copied:.3f} s")
    base = [_received(sizes.base, feeds)[0] for _ in range(COPIES)]
    seconds = median(one["seconds"] for one in base)
    _say(
        f"receiving {sizes.base:,} rows",
        f"{seconds:.2f} s",
        f"< {MOST_BASE_SECONDS} s for 10,000",
    )
    _say(
        "ratio to plain COPY",
        f"{seconds / copied:.1f}",
        f"<= {MOST_RATIO}, aim {AIM_RATIO}",
    )
    few = _received(sizes.few, feeds, pages=True)[1]
    year, many = _received(sizes.year, feeds, pages=True)
    _say(
        f"receiving {sizes.year:,} rows",
        f"{year['seconds']:.1f} s",
        f"< {MOST_YEAR_SECONDS} s for 110,500",
    )
    for rows, one in ((sizes.base, base[0]), (sizes.year, year)):
        _say(
            f"peak memory at {rows:,} rows",
            f"{one['megabytes']:.0f} MB",
            f"< {MOST_MEGABYTES} MB",
        )
    _say(f"audit entries of {sizes.year:,} rows", f"{year['audit']:,}")
    _pages(sizes, few, many)


def _pages(sizes: Sizes, few: dict[str, Any], many: dict[str, Any]) -> None:
    for page, after in many.items():
        before = few[page]
        _say(
            f"{page}: queries",
            f"{before['queries']} and {after['queries']}",
            "the same whatever the data",
        )
        _say(
            f"{page}: {sizes.few:,} and {sizes.year:,} referrals",
            f"{before['ms']:.1f} and {after['ms']:.1f} ms, "
            f"ratio {after['ms'] / before['ms']:.2f}",
            f"<= {MOST_PAGE_RATIO}",
        )


def _received(
    rows: int, feeds: dict[int, Path], *, pages: bool = False
) -> tuple[dict[str, Any], dict[str, Any]]:
    name = f"alongside_bench_{rows}"
    with copy_of_template(name) as reach:
        found = _run("bench.receive", name, str(feeds[rows]))
        found["audit"] = _audit_entries(reach)
        if not pages:
            return found, {}
        tidy(name)
        return found, _run("bench.pages", name)


def _run(module: str, *args: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", module, *args], check=True, stdout=subprocess.PIPE
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _copy_seconds(reach: Connections, feed: Path) -> float:
    """One transaction with its commit: the floor under any way of storing rows."""
    with feed.open(encoding="utf-8", newline="") as source:
        header = next(csv.reader(source))
    columns = sql.SQL(", ").join(sql.Identifier(name) for name in header)
    shape = sql.SQL(", ").join(
        sql.SQL("{} text").format(sql.Identifier(name)) for name in header
    )
    with psycopg.connect(reach.owner.conninfo()) as connection:
        connection.execute("DROP TABLE IF EXISTS plain")
        connection.execute(sql.SQL("CREATE TABLE plain ({})").format(shape))
        connection.commit()
        started = time.perf_counter()
        into = sql.SQL("COPY plain ({}) FROM STDIN WITH (FORMAT csv, HEADER)")
        with (
            connection.cursor() as cursor,
            cursor.copy(into.format(columns)) as copy,
            feed.open("rb") as data,
        ):
            while block := data.read(BLOCK_BYTES):
                copy.write(block)
        connection.commit()
        return time.perf_counter() - started


def _audit_entries(reach: Connections) -> int:
    with psycopg.connect(reach.auditor.conninfo()) as connection:
        found = connection.execute("SELECT count(*) FROM audit.entry").fetchone()
    return int(found[0]) if found else 0


def _say(what: str, figure: str, wanted: str = "") -> None:
    print(f"{what:<48} {figure}{f'   ({wanted})' if wanted else ''}", flush=True)


if __name__ == "__main__":
    main()
