"""What the product does without, as functions of text: each use found, in words.

A danger that is not there needs no defence. These say that it is not there.
"""

import ast
import re
from collections.abc import Iterator, Mapping

from tests.architecture.house import nodes

MARKUP_READERS = {"xml", "lxml", "bs4", "html5lib", "markdown", "bleach", "nh3"}
OBJECT_READERS = {
    "pickle",
    "cPickle",
    "marshal",
    "shelve",
    "yaml",
    "dill",
    "jsonpickle",
}
OTHER_SERVICES = {"ldap", "ldap3", "memcache", "pymemcache", "redis", "smtplib"}
OTHER_SERVICES |= {"imaplib", "poplib", "ftplib", "telnetlib"}
# What fetches an address that somebody gave. Libraries of sign-in have their own.
FETCHERS = {"requests", "httpx", "aiohttp", "urllib3"}
FETCHING = {("urllib", "request"), ("http", "client")}
WEAK_HASHES = {"md5", "sha1", "new"}
EVALUATORS = {"eval", "exec", "compile", "__import__"}
PATTERN_CALLS = {"compile", "search", "match", "fullmatch", "sub", "split", "findall"}
PATTERN_CALLS |= {"finditer", "subn"}
SENT = re.compile(r"\.(POST|GET|body)\b")
SAFE_MARKERS = {"mark_safe", "SafeString", "SafeText", "Markup", "format_html"}


def imports(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each module imported, by its parts, with its line."""
    for node in nodes(text):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, tuple(n.name.split("."))) for n in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = tuple(node.module.split("."))
            yield from ((node.lineno, (*whole, name.name)) for name in node.names)


def importing(text: str, banned: set[str]) -> Iterator[str]:
    """Any of these modules."""
    for line, parts in imports(text):
        if parts[0] in banned:
            yield f"line {line}: imports {parts[0]}"


def fetching(text: str) -> Iterator[str]:
    """Anything that asks an address over the network."""
    yield from importing(text, FETCHERS)
    for line, parts in imports(text):
        if parts[:2] in FETCHING:
            yield f"line {line}: imports {'.'.join(parts[:2])}"


def calls(text: str) -> Iterator[ast.Call]:
    """Every call."""
    for node in nodes(text):
        if isinstance(node, ast.Call):
            yield node


def evaluating(text: str) -> Iterator[str]:
    """Code made from text while the program runs."""
    for call in calls(text):
        if isinstance(call.func, ast.Name) and call.func.id in EVALUATORS:
            yield f"line {call.lineno}: {call.func.id}()"


def shells(text: str) -> Iterator[str]:
    """A command line that a shell takes apart."""
    for call in calls(text):
        named = {(k.arg, getattr(k.value, "value", None)) for k in call.keywords}
        if ("shell", True) in named:
            yield f"line {call.lineno}: shell=True"
        if _is_attribute(call, "os", {"system", "popen"}):
            yield f"line {call.lineno}: os.{call.func.attr}()"  # type: ignore[attr-defined]


def _is_attribute(call: ast.Call, module: str, names: set[str]) -> bool:
    func = call.func
    return (
        isinstance(func, ast.Attribute)
        and isinstance(func.value, ast.Name)
        and func.value.id == module
        and func.attr in names
    )


def loose_patterns(text: str) -> Iterator[str]:
    """A regular expression that is not written out: somebody's words may be in it."""
    said = {
        node.targets[0].id: node.value
        for node in nodes(text)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for call in calls(text):
        if _is_attribute(call, "re", PATTERN_CALLS) and call.args:
            for name in loose_names(call.args[0], said):
                yield f"line {call.lineno}: a pattern made of {name}"


def loose_names(pattern: ast.expr, said: Mapping[str, ast.expr]) -> Iterator[str]:
    """Names in a pattern that stand for what is neither written out nor escaped."""
    if isinstance(pattern, ast.Call) and _is_attribute(pattern, "re", {"escape"}):
        return
    if isinstance(pattern, ast.Name) and not pattern.id.isupper():
        if meant := said.get(pattern.id):
            yield from loose_names(meant, {})
        else:
            yield pattern.id
    for part in ast.iter_child_nodes(pattern):
        if isinstance(part, ast.expr):
            yield from loose_names(part, said)


def weak_hashes(text: str) -> Iterator[str]:
    """A hash that is broken, or one chosen by name while the program runs."""
    for call in calls(text):
        if _is_attribute(call, "hashlib", WEAK_HASHES):
            yield f"line {call.lineno}: {ast.unparse(call.func)}"
    for line, parts in imports(text):
        if parts[0] == "hashlib" and parts[-1] in WEAK_HASHES:
            yield f"line {line}: {parts[-1]}"
        if parts[0] == "cryptography" and {"MD5", "SHA1"} & set(parts):
            yield f"line {line}: {parts[-1]}"
    for node in nodes(text):
        if isinstance(node, ast.Constant) and node.value in {"md5", "sha1"}:
            yield f"line {node.lineno}: {node.value}"


def guessable(text: str) -> Iterator[str]:
    """Chance that can be foretold."""
    yield from importing(text, {"random"})


def other_ciphers(text: str) -> Iterator[str]:
    """A cipher, mode or padding other than authenticated ones."""
    banned = {"modes", "padding", "Cipher", "algorithms", "Fernet", "TripleDES"}
    for line, parts in imports(text):
        if parts[0] == "cryptography" and banned & set(parts):
            yield f"line {line}: {'.'.join(parts)}"
        if parts[0] in {"Crypto", "Cryptodome", "nacl"}:
            yield f"line {line}: {parts[0]}"


def marked_safe(text: str) -> Iterator[str]:
    """Python that says of text that it is mark-up."""
    for line, parts in imports(text):
        if parts[-1] in SAFE_MARKERS:
            yield f"line {line}: {parts[-1]}"


def templates_of_text(text: str) -> Iterator[str]:
    """A template that is made while the program runs."""
    for call in calls(text):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name in {"from_string", "Template"}:
            yield f"line {call.lineno}: {name}()"


def whole_forms(text: str) -> Iterator[str]:
    """Taking whatever was sent, instead of the fields a form asks for."""
    for node in nodes(text):
        if isinstance(node, ast.Attribute | ast.Name):
            name = getattr(node, "attr", getattr(node, "id", ""))
            if name in {"ModelForm", "modelform_factory", "model_to_dict"}:
                yield f"line {node.lineno}: {name}"
        elif isinstance(node, ast.keyword) and _spreads_what_was_sent(node):
            yield f"line {node.value.lineno}: everything that was sent"


def _spreads_what_was_sent(given: ast.keyword) -> bool:
    return given.arg is None and bool(SENT.search(ast.unparse(given.value)))


def matches(text: str, pattern: str) -> Iterator[str]:
    """Lines that a pattern finds something in."""
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.search(pattern, line):
            yield f"line {number}: {found.group()}"


# In templates.
UNESCAPED = r"\|\s*safe\b|autoescape\s+(off|false)|\|\s*safeseq"
FROM_ELSEWHERE = r"(src|srcset|action|data)\s*=\s*[\"']?\s*(https?:)?//"
INLINE = r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|href=[\"']?javascript:"
# In scripts.
WRITES_MARKUP = (
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment)"
    r"|\beval\(|\bnew Function\("
)
KEEPS = r"\b(localStorage|sessionStorage|indexedDB|document\.cookie|caches\.open)\b"
OTHER_CHANNELS = (
    r"\b(WebSocket|EventSource|RTCPeerConnection|postMessage|serviceWorker|jsonp)\b"
)
PUTS_TOGETHER = (
    r"__proto__|\bObject\.(assign|setPrototypeOf|defineProperty)\b"
    r"|\bconstructor\s*\[|\bstructuredClone\b|\[\s*key\s*\]\s*="
)
