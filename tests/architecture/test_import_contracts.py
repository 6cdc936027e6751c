"""Each import contract is seen to fail: a breach of every one is planted in a copy."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {one["name"] for one in PROJECT["tool"]["importlinter"]["contracts"]}
VERDICT = re.compile(r"^(.*) (KEPT|BROKEN)( |$)", re.MULTILINE)

# Contract: the module that breaks it, and the import that does.
BREACHES = {
    "The wings depend downwards only": (
        "foundation/organisations/breach.py",
        "import alongside.care.people.types",
    ),
    "Only the command line builds the demonstration": (
        "web/breach.py",
        "import alongside.demo.area",
    ),
    "Inside foundation": (
        "foundation/lib/breach.py",
        "import alongside.foundation.accounts.types",
    ),
    "Inside care": (
        "care/people/breach.py",
        "import alongside.care.casework.types",
    ),
    "Inside a domain package: one vocabulary, one direction": (
        "care/casework/types.py",
        "import alongside.care.casework.queries",
    ),
    "Pages, API, jobs, commands and workflows do not touch models": (
        "cli/breach.py",
        "import alongside.care.casework.models",
    ),
    "Rules are plain Python": (
        "care/journey/rules/clocks.py",
        "import django.utils.timezone",
    ),
    "No cycles at any depth": (
        "foundation/gateways/secrets_file.py",
        "import alongside.foundation.gateways.installation",
    ),
    "Only config reads the environment and wires things together": (
        "workflows/breach.py",
        "import config.env",
    ),
}


def breach_of(contract: str) -> tuple[str, str]:
    if contract.startswith("The models of "):
        package = contract.removeprefix("The models of ").removesuffix(" are its own")
        wing = (
            "foundation" if (ROOT / "alongside/foundation" / package).exists() else ""
        )
        return (
            f"workflows/breach_{package}.py",
            f"import alongside.{wing or 'care'}.{package}.models",
        )
    return BREACHES[contract]


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory) -> dict[str, str]:
    """What the contracts say of a copy in which each of them is broken."""
    copy = tmp_path_factory.mktemp("tree")
    for package in ("alongside", "config"):
        only_code = shutil.ignore_patterns("__pycache__", "data", "static", "templates")
        shutil.copytree(ROOT / package, copy / package, ignore=only_code)
    shutil.copy(ROOT / "pyproject.toml", copy)
    for contract in CONTRACTS:
        name, line = breach_of(contract)
        with (copy / "alongside" / name).open("a", encoding="utf-8") as module:
            module.write(f"\n{line}\n")
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [linter, "--no-cache"],
        cwd=copy,
        env={"PYTHONPATH": str(copy), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    return {name: verdict for name, verdict, _ in VERDICT.findall(done.stdout)}


@pytest.mark.parametrize("contract", sorted(CONTRACTS))
def test_a_breach_is_seen(contract: str, verdicts: dict[str, str]):
    assert verdicts[contract] == "BROKEN"
