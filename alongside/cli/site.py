"""What a command knows of the installation it works on."""

import os
from argparse import Namespace
from dataclasses import dataclass

from alongside.foundation.gateways.database_setup import prepare
from alongside.foundation.gateways.installation import Connections, Installation


@dataclass(frozen=True, kw_only=True)
class Site:
    """The part of the configuration that commands use. Made by `config`.

    `address` is where people reach the site, without a stroke at its end.
    """

    installation: Installation
    port: int
    feed_max_bytes: int
    production: bool
    debug: bool
    settings_module: str
    address: str = "http://localhost:8000"


def site_of(args: Namespace) -> Site:
    """The site a parsed command line is about."""
    site = args.site
    if not isinstance(site, Site):
        raise TypeError("the command line was parsed without a site")
    return site


def open_database(site: Site) -> Connections:
    """Have the server up and the database set up.

    Raises:
        DomainError: PostgreSQL is missing, out of reach, or did not start.
    """
    return prepare(site.installation)


def open_site(site: Site) -> Connections:
    """Have the database up and Django ready for work with it.

    Raises:
        DomainError: the database cannot be had.
    """
    # Settings read the passwords that set-up makes, so set-up comes first.
    connections = open_database(site)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", site.settings_module)
    import django

    django.setup()
    return connections
