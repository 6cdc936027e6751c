"""The `alongside` command, told about its surroundings."""

import os
import sys

from alongside.cli.main import main as run_command
from alongside.cli.site import Site
from config.env import BadEnvironment, read_env

WRONG_USAGE = 2
SETTINGS = "config.settings"


def main() -> int:
    """Run the command line of this process and return its exit code."""
    try:
        env = read_env()
    except BadEnvironment as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_USAGE
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    site = Site(
        installation=env.installation,
        port=env.port,
        address=env.address,
        feed_max_bytes=env.feed_max_bytes,
        production=env.production,
        debug=env.debug,
        settings_module=SETTINGS,
    )
    return run_command(sys.argv[1:], site=site)


if __name__ == "__main__":
    sys.exit(main())
