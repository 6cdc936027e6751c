"""The checks of the code itself, as functions of text and functions: what is wrong,
in words. The tests run them over the project and over planted breaches."""

import ast
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from alongside.walls.tables import WALLED

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "alongside"
MODULE_LINES, FUNCTION_LINES = 400, 50
MAY_QUERY = {"models", "queries", "operations"}
DOMAINS = ("foundation", "care", "commissioning", "oversight")
# The clock and the settings are read outside and passed in; these are outside.
OUTSIDE = (("foundation", "gateways"),)
CLOCKS = {"now", "today", "utcnow", "localtime", "localdate", "time_ns"}
LOGGERS = {"logging", "warnings", "structlog", "loguru"}
BANNED = re.compile(
    r"\b(clients?|customers?|service users?|injured part(y|ies)|aggrieved|complainants?"
    r"|perpetrators?|dedupe\w*|blacklist\w*|whitelist\w*)\b",
    re.IGNORECASE,
)
BANNED_AS_WRITTEN = re.compile(r"\b(PCC|IP)\b")


def sources(*below: str) -> list[Path]:
    """Our Python modules, without migrations."""
    tops = below or ("alongside", "config", "scripts")
    found = (path for top in tops for path in (ROOT / top).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


@cache
def nodes(text: str) -> tuple[ast.AST, ...]:
    """Everything that a module is made of. Read once: many checks look at it."""
    return tuple(ast.walk(ast.parse(text)))


def too_large(text: str) -> Iterator[str]:
    """A module or function longer than the house allows."""
    if len(text.splitlines()) > MODULE_LINES:
        yield f"more than {MODULE_LINES} lines"
    for node in nodes(text):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if (node.end_lineno or 0) - node.lineno >= FUNCTION_LINES:
            yield f"{node.name} has more than {FUNCTION_LINES} lines"


def queries_elsewhere(parts: tuple[str, ...], text: str) -> Iterator[str]:
    """`.objects` where no query belongs. `parts` is the module's place."""
    if MAY_QUERY & {part.removesuffix(".py") for part in parts}:
        return
    for node in nodes(text):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            yield f"line {node.lineno}: .objects"


def reads_clock_or_settings(parts: tuple[str, ...], text: str) -> Iterator[str]:
    """A domain package that asks the time or the settings itself."""
    if parts[0] not in DOMAINS or parts[:2] in OUTSIDE:
        return
    for node in nodes(text):
        if isinstance(node, ast.ImportFrom) and node.module == "django.conf":
            yield f"line {node.lineno}: settings"
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CLOCKS
        ):
            yield f"line {node.lineno}: {node.func.attr}()"


def logs(parts: tuple[str, ...], text: str) -> Iterator[str]:
    """A module that works with people and could write of them to a log."""
    if parts[0] not in {"care", "workflows"}:
        return
    for node in nodes(text):
        if isinstance(node, ast.Import):
            names = {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names = {(node.module or "").split(".")[0]}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            names = {"logging"} if node.func.id == "print" else set()
        else:
            continue
        if names & LOGGERS:
            yield f"line {node.lineno}: writes to a log"


def banned_words(text: str) -> Iterator[str]:
    """Words the glossary says we do not use."""
    for number, line in enumerate(text.splitlines(), 1):
        for pattern in (BANNED, BANNED_AS_WRITTEN):
            if found := pattern.search(line):
                yield f"line {number}: {found.group()}"


def bad_operation(function: Callable[..., Any]) -> Iterator[str]:
    """A write that does not say who acts and when, by name, with its meaning."""
    parameters = inspect.signature(function).parameters.values()
    if any(p.kind is not p.KEYWORD_ONLY for p in parameters):
        yield f"{function.__name__} takes arguments by place"
    names = {p.name for p in parameters}
    if not {"actor", "worker"} & names:
        yield f"{function.__name__} does not say who acts"
    if "now" not in names:
        yield f"{function.__name__} does not take now"
    if not function.__doc__:
        yield f"{function.__name__} has no docstring"


def badly_sorted(model: Any) -> Iterator[str]:
    """A walled table with a field that is neither personal nor ordinary, or is both."""
    fields = {field.name for field in model._meta.concrete_fields}
    privacy = getattr(model, "Privacy", None)
    if privacy is None:
        if model._meta.db_table in WALLED:
            yield f"{model._meta.label} has no Privacy"
        return
    for name in sorted(fields ^ (privacy.personal | privacy.ordinary)):
        yield f"{model._meta.label}.{name} is not sorted, or is no field"
    for name in sorted(privacy.personal & privacy.ordinary):
        yield f"{model._meta.label}.{name} is sorted twice"


def home_of(thing: Any) -> tuple[str, str]:
    """(wing, package) of a model's module."""
    _, wing, package, *_ = thing.__module__.split(".")
    return wing, package


def bad_keys(model: Any, level: dict[str, int]) -> Iterator[str]:
    """A key that points up or sideways, or leaves a way back up.

    `level` is each package's height by the import contracts.
    """
    for field in model._meta.local_fields:
        target = field.related_model
        if not target or not target.__module__.startswith("alongside."):
            continue
        name = f"{model._meta.label}.{field.name}"
        if home_of(target) == home_of(model):
            continue
        if level[home_of(target)[1]] >= level[home_of(model)[1]]:
            yield f"{name} does not point down"
        if not field.remote_field.hidden:
            yield f'{name} lacks related_name="+"'


def offences(
    paths: Iterable[Path], check: Callable[..., Iterator[str]], *, place: bool = True
) -> list[str]:
    """What a check of text finds in files, each with the file's name."""
    found = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        parts = path.relative_to(PACKAGE).parts if place else ()
        given = (parts, text) if place else (text,)
        found += [f"{path.relative_to(ROOT)}: {one}" for one in check(*given)]
    return found
