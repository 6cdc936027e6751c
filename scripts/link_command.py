"""Puts the `alongside` command into the virtual environment that runs this.

The product is used from its tree: a path file lets the environment find it, and
nothing is copied, so a change in the tree is at once a change in the command.
"""

import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = """\
#!{python}
import sys

from config.main import main

sys.exit(main())
"""


def main() -> None:
    """Write the path file and the command; safe to repeat."""
    libraries = Path(sysconfig.get_path("purelib"))
    (libraries / "alongside.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    command = Path(sysconfig.get_path("scripts")) / "alongside"
    command.write_text(COMMAND.format(python=sys.executable), encoding="utf-8")
    command.chmod(0o755)


if __name__ == "__main__":
    main()
