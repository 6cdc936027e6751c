"""What finding out who somebody is costs, as they arrive, beside a million records.

Prints its figures beside what the project asks of them. Everything is measured in
the same run, in a throw-away database on the installation's own server.
"""

import argparse
import json
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.databases import (
    administrator_of,
    bench_template,
    copy_of_template,
    drop,
    is_there,
    make_copy,
    of,
    renew,
    tidy,
)
from bench.linking.register import Filled, Known, fill

RECORDS, SINGLES, ROWS = 1_000_000, 3_000, 10_000
SMALL_RECORDS, SMALL_SINGLES, SMALL_ROWS = 20_000, 300, 2_000
NAME = "alongside_bench_linking"
# So many are asked of Splink, which takes about a second for each.
ALONE = 30
KEPT, TOLD = f"{NAME}_kept", f"{NAME}_kept.pickle"
SEED = 90_210
AREA = "llr"


def main() -> None:
    """Fill, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a quick run")
    parser.add_argument("--records", type=int, help="how many are known already")
    parser.add_argument(
        "--keep",
        action="store_true",
        help="keep what was filled for the next run, which then needs no filling",
    )
    parser.add_argument(
        "--forget",
        action="store_true",
        help="take away what was kept, and nothing else",
    )
    args = parser.parse_args()
    if args.forget:
        drop(KEPT)
        _told().unlink(missing_ok=True)
        return
    records = args.records or (SMALL_RECORDS if args.small else RECORDS)
    singles = SMALL_SINGLES if args.small else SINGLES
    rows = SMALL_ROWS if args.small else ROWS
    coming = 2 * singles + rows
    with (
        _filled(records, coming=coming, keep=args.keep) as people,
        tempfile.NamedTemporaryFile() as file,
    ):
        Path(file.name).write_bytes(pickle.dumps(people))
        options = (NAME, file.name, str(singles))
        found = _run("bench.linking.measure", *options, str(rows))
        _print(found)
        _print_http(_run("bench.linking.http", *options))
        alone = _run("bench.linking.alone", NAME, file.name, str(ALONE))
        _print_alone(alone["splink"], found["look"])


@contextmanager
def _filled(records: int, *, coming: int, keep: bool) -> Iterator[list[Known]]:
    """The database NAME, filled; who is to come. Dropped afterwards."""
    kept = _kept(records, coming) if keep else None
    if kept is not None:
        with copy_of_template(NAME, template=KEPT):
            renew(NAME)
            _say("known already", f"{records:,} records, kept from an earlier run")
            yield kept
        return
    with bench_template(), copy_of_template(NAME):
        people = _fill(records, coming=coming).coming
        tidy(NAME)
        if keep:
            make_copy(KEPT, template=NAME)
            _told().write_bytes(pickle.dumps((records, people)))
        yield people


def _kept(records: int, coming: int) -> list[Known] | None:
    """Who is to come to what an earlier run filled and kept, where it is enough."""
    if not _told().exists() or not is_there(KEPT):
        return None
    had, people = pickle.loads(_told().read_bytes())  # noqa: S301
    if had != records or len(people) < coming:
        return None
    found: list[Known] = people[:coming]
    return found


def _told() -> Path:
    return of(KEPT).home / TOLD


def _fill(records: int, *, coming: int) -> Filled:
    from django.conf import settings

    from alongside.foundation.lib.sealing import derive_area_key

    started = time.perf_counter()
    secret = derive_area_key(settings.AREA_MASTER_KEY, area_code=AREA).key
    with administrator_of(NAME) as administrator:
        filled = fill(
            administrator, records=records, coming=coming, seed=SEED, secret=secret
        )
    _say(
        "known already",
        f"{filled.records:,} records of {filled.people:,} people, {filled.keys:,} keys",
        f"filled in {time.perf_counter() - started:.0f} s",
    )
    return filled


def _print(found: dict[str, Any]) -> None:
    for what, name, wanted in (
        ("floor: a statement that answers nothing", "floor", ""),
        ("who is it: form, statement, weights", "look", "<= 0.3 / <= 2 ms"),
        ("whether somebody typed in may be known", "entry", "p50 <= 50 ms"),
        ("a key that 20,000 records share", "hot", "p99 <= 5 ms"),
        ("link and durable write", "write", "<= 1.5 / <= 5 ms"),
        ("the whole of taking somebody in", "register", ""),
    ):
        _say(what, _spread(found[name]), wanted)
    told = found["told"]
    _say("records met by an arrival", f"{told['met']:.1f}")
    _say(
        "of those who came again",
        ", ".join(f"{what} {told[what]:,}" for what in told if what != "met"),
    )
    delivery = found["delivery"]
    _say(
        f"a delivery of {delivery['rows']:,} rows",
        f"{delivery['rows a second']:,.0f} rows a second",
        ">= 7,000",
    )
    _say(
        "beside COPY of the same rows and keys",
        f"{delivery['share of copy']:.2f} of"
        f" {delivery['copy rows a second']:,.0f} rows a second",
        ">= 0.25",
    )
    parts = ("standard", "keys", "find", "decide", "keep", "commit")
    _say("its parts", ", ".join(f"{name} {delivery[name]:.2f} s" for name in parts))


def _print_http(found: dict[str, Any]) -> None:
    _say("through the API", _spread(found["http"]), "<= 10 / <= 25 ms")


def _print_alone(alone: dict[str, float], look: dict[str, float]) -> None:
    _say("Splink alone, one new record", _spread(alone))
    _say(
        "times faster than that (middle, 99 of 100)",
        f"{alone['p50'] / look['p50']:,.0f}, {alone['p99'] / look['p99']:,.0f}",
        ">= 1,000",
    )


def _run(module: str, *args: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", module, *args], check=True, stdout=subprocess.PIPE
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _spread(figures: dict[str, float]) -> str:
    return f"{figures['p50']:.2f} / {figures['p99']:.2f} ms (middle / 99 of 100)"


def _say(what: str, figure: str, wanted: str = "") -> None:
    print(f"{what:<48} {figure}{f'   ({wanted})' if wanted else ''}", flush=True)


if __name__ == "__main__":
    main()
