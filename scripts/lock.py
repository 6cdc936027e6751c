"""Writes the locked requirements anew: `make lock`.

Uses uv's resolver from a throwaway environment, so that it is not a dependency.
The files name no registry: where packages come from is the machine's to say.
"""

import subprocess
import tempfile
import venv
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
NAMES = ("base", "dev", "node", "spark")
OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--override=requirements/overrides.txt",
    "--quiet",
)


def main() -> None:
    """Resolve each list; versions already locked stay unless the list excludes them."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
        for name in NAMES:
            given, locked = f"requirements/{name}.in", f"requirements/{name}.txt"
            subprocess.run(
                [python, "-m", "uv", "pip", "compile", *OPTIONS, given, "-o", locked],
                cwd=REQUIREMENTS.parent,
                check=True,
            )


if __name__ == "__main__":
    main()
