"""What this installation was told by its surroundings. Nothing else reads them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from alongside.foundation.accounts.rules.app_codes import read_secret
from alongside.foundation.gateways.installation import Installation

PROJECT = Path(__file__).resolve().parent.parent
MEBIBYTE = 1024 * 1024


class BadEnvironment(Exception):
    """A variable has a value that cannot be meant. The text says which."""


@dataclass(frozen=True, kw_only=True)
class Env:
    """The whole of the configuration, read once.

    `anchors` is the folder where seals of the audit trail are noted.
    `plain_http` is the demonstration on one machine: cookies are then sent without
    encryption. In production it is false and cookies carry the `__Host-` prefix.
    `proxies` is how many of our own machines stand between a browser and this one.
    `practice_second_factor` is the demonstration's, whose codes the page tells.
    `pool` keeps a pool of connections in each process; `pooler` is the address of a
    pooler before the database that hands connections out by the transaction.
    """

    installation: Installation
    anchors: Path
    production: bool
    debug: bool
    plain_http: bool
    allowed_hosts: tuple[str, ...]
    port: int
    feed_max_bytes: int
    time_zone: str
    proxies: int
    practice_second_factor: str
    pool: bool
    pooler: tuple[str, int] | None

    @property
    def address(self) -> str:
        """Where people reach the site, as far as this machine can tell."""
        host = self.allowed_hosts[0] if self.allowed_hosts else "localhost"
        if self.plain_http:
            return f"http://{host}:{self.port}"
        return f"https://{host}"


def read_env(variables: Mapping[str, str] | None = None) -> Env:
    """The configuration, from `variables` or the process's own.

    Raises:
        BadEnvironment: a number is not one, a switch is neither 0 nor 1, or what
            belongs to practice is asked for in production.
    """
    given = os.environ if variables is None else variables
    production = _switch(given, "ALONGSIDE_PRODUCTION", default=False)
    installation = _read_installation(given)
    hosts = given.get("ALONGSIDE_HOSTS", "localhost,127.0.0.1,[::1]")
    return Env(
        installation=installation,
        anchors=_read_anchors(given, installation),
        production=production,
        debug=_switch(given, "ALONGSIDE_DEBUG", default=False),
        plain_http=_switch(given, "ALONGSIDE_PLAIN_HTTP", default=not production),
        allowed_hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
        port=_number(given, "ALONGSIDE_PORT", default=8000),
        feed_max_bytes=_number(
            given, "ALONGSIDE_FEED_MAX_BYTES", default=200 * MEBIBYTE
        ),
        time_zone=given.get("ALONGSIDE_TIME_ZONE", "Europe/London"),
        proxies=_number(given, "ALONGSIDE_PROXIES", default=0),
        practice_second_factor=_practice_second_factor(given, production=production),
        pool=_switch(given, "ALONGSIDE_POOL", default=False),
        pooler=_address(given, "ALONGSIDE_POOLER"),
    )


def _read_installation(given: Mapping[str, str]) -> Installation:
    pg_bin = given.get("ALONGSIDE_PG_BIN")
    return Installation(
        home=Path(given.get("ALONGSIDE_HOME") or PROJECT / "var").resolve(),
        database=given.get("ALONGSIDE_DATABASE") or "alongside",
        database_url=given.get("DATABASE_URL") or None,
        pg_bin=Path(pg_bin) if pg_bin else None,
        keys=_path(given, "ALONGSIDE_KEYS"),
        journal=_path(given, "ALONGSIDE_SHRED_JOURNAL"),
    )


def _path(given: Mapping[str, str], name: str) -> Path | None:
    value = given.get(name)
    return Path(value).resolve() if value else None


def _practice_second_factor(given: Mapping[str, str], *, production: bool) -> str:
    secret = given.get("ALONGSIDE_PRACTICE_SECOND_FACTOR", "")
    if secret and production:
        raise BadEnvironment(
            "ALONGSIDE_PRACTICE_SECOND_FACTOR tells everybody's codes:"
            " it has no place where ALONGSIDE_PRODUCTION is 1"
        )
    try:
        read_secret(secret)
    except ValueError as error:
        raise BadEnvironment(
            "ALONGSIDE_PRACTICE_SECOND_FACTOR must be base 32"
        ) from error
    return secret


def _read_anchors(given: Mapping[str, str], installation: Installation) -> Path:
    # One home may hold several databases, each with a trail of its own.
    usual = installation.home / "anchors" / installation.database
    return Path(given.get("ALONGSIDE_ANCHORS") or usual)


def _switch(given: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = given.get(name, "")
    if value not in {"", "0", "1"}:
        raise BadEnvironment(f"{name} must be 0 or 1")
    return value == "1" if value else default


def _address(given: Mapping[str, str], name: str) -> tuple[str, int] | None:
    value = given.get(name)
    if not value:
        return None
    host, _, port = value.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()):
        raise BadEnvironment(f"{name} must be host:port")
    return host, int(port)


def _number(given: Mapping[str, str], name: str, *, default: int) -> int:
    value = given.get(name, "")
    if value and not (value.isascii() and value.isdigit()):
        raise BadEnvironment(f"{name} must be a whole number")
    return int(value) if value else default
