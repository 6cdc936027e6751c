"""What the product does without, so that nobody has to defend it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture import absent
from tests.architecture.house import PACKAGE, ROOT, sources

CODE = list(sources("alongside", "config"))
SHIPPED = [path for path in CODE if "demo" not in path.parts]
TEMPLATES = sorted(PACKAGE.rglob("*.html"))
SCRIPTS = sorted((PACKAGE / "web" / "assets" / "js").glob("*.js"))
# Ask agencies' own identity providers and GOV.UK Notify, which the operator names.
MAY_FETCH = (
    "alongside/foundation/gateways/identity_provider.py",
    "alongside/foundation/gateways/notify.py",
)
MAY_MAIL = ("alongside/foundation/gateways/smtp.py",)
# What every authenticator app expects (RFC 6238): an HMAC, which SHA-1 still serves.
MAY_SHA_1 = ("alongside/foundation/accounts/rules/app_codes.py",)
# Where text that is mark-up is made, each piece escaped by what makes it.
MAY_MARK_SAFE = (
    "alongside/web/govuk/",
    "alongside/web/templatetags/",
    "alongside/web/accounts/adding.py",  # the square code that a library draws
)


def found(paths: list[Path], look: Callable[[str], Iterator[str]]) -> list[str]:
    assert paths
    return [
        f"{path.relative_to(ROOT)} {one}"
        for path in paths
        for one in look(path.read_text(encoding="utf-8"))
    ]


def test_no_code_is_made_from_text():
    assert found(CODE, absent.evaluating) == []


def test_no_objects_are_read_from_bytes():
    assert found(CODE, lambda t: absent.importing(t, absent.OBJECT_READERS)) == []


def test_no_markup_is_read():
    assert found(CODE, lambda t: absent.importing(t, absent.MARKUP_READERS)) == []


def test_no_directory_or_cache_is_spoken_to_and_mail_leaves_by_one_gateway():
    places = found(CODE, lambda t: absent.importing(t, absent.OTHER_SERVICES))
    assert [place for place in places if not place.startswith(MAY_MAIL)] == []


def test_two_gateways_ask_an_address():
    places = found(CODE, absent.fetching)
    assert [place for place in places if not place.startswith(MAY_FETCH)] == []


def test_no_shell_takes_a_command_apart():
    assert found(CODE, absent.shells) == []


def test_patterns_are_written_out_or_escaped():
    assert found(CODE, absent.loose_patterns) == []


def test_no_broken_hash_is_used():
    places = found(CODE, absent.weak_hashes)
    assert [place for place in places if not place.startswith(MAY_SHA_1)] == []


def test_no_chance_that_can_be_foretold():
    assert found(SHIPPED, absent.guessable) == []


def test_only_authenticated_ciphers_are_used():
    assert found(CODE, absent.other_ciphers) == []


def test_few_places_make_markup():
    places = found(CODE, absent.marked_safe)
    assert [place for place in places if not place.startswith(MAY_MARK_SAFE)] == []


def test_templates_are_files():
    assert found(CODE, absent.templates_of_text) == []


def test_forms_take_the_fields_they_ask_for():
    assert found(CODE, absent.whole_forms) == []


def test_templates_escape_everything():
    assert found(TEMPLATES, lambda t: absent.matches(t, absent.UNESCAPED)) == []


def test_pages_load_nothing_from_elsewhere():
    assert found(TEMPLATES, lambda t: absent.matches(t, absent.FROM_ELSEWHERE)) == []


def test_pages_have_no_script_or_style_of_their_own():
    assert found(TEMPLATES, lambda t: absent.matches(t, absent.INLINE)) == []


def test_scripts_write_words_and_no_markup():
    assert found(SCRIPTS, lambda t: absent.matches(t, absent.WRITES_MARKUP)) == []


def test_scripts_keep_nothing_in_the_browser():
    assert found(SCRIPTS, lambda t: absent.matches(t, absent.KEEPS)) == []


def test_scripts_open_no_other_channel():
    assert found(SCRIPTS, lambda t: absent.matches(t, absent.OTHER_CHANNELS)) == []


def test_scripts_put_no_objects_together():
    assert found(SCRIPTS, lambda t: absent.matches(t, absent.PUTS_TOGETHER)) == []


PLANTED: dict[str, tuple[Callable[[str], Iterator[str]], str]] = {
    "eval": (absent.evaluating, "x = eval(typed)"),
    "exec": (absent.evaluating, "exec(typed)"),
    "pickle": (
        lambda t: absent.importing(t, absent.OBJECT_READERS),
        "from pickle import loads",
    ),
    "yaml": (lambda t: absent.importing(t, absent.OBJECT_READERS), "import yaml"),
    "xml": (
        lambda t: absent.importing(t, absent.MARKUP_READERS),
        "import xml.etree.ElementTree as ET",
    ),
    "ldap": (lambda t: absent.importing(t, absent.OTHER_SERVICES), "import ldap3"),
    "requests": (absent.fetching, "import requests"),
    "urllib": (absent.fetching, "from urllib.request import urlopen"),
    "a shell": (absent.shells, "run(f'ls {name}', shell=True)"),
    "os.system": (absent.shells, "os.system(name)"),
    "a typed pattern": (absent.loose_patterns, "re.search(typed, text)"),
    "a pattern put together": (absent.loose_patterns, "re.compile(f'^{typed}$')"),
    "a pattern put together before": (
        absent.loose_patterns,
        "p = f'^{typed}$'\nre.search(p, text)",
    ),
    "md5": (absent.weak_hashes, "hashlib.md5(b'')"),
    "sha1 by import": (absent.weak_hashes, "from hashlib import sha1"),
    "md5 by name": (absent.weak_hashes, "hmac.digest(key, text, 'md5')"),
    "random": (absent.guessable, "import random"),
    "ECB": (
        absent.other_ciphers,
        "from cryptography.hazmat.primitives.ciphers import Cipher, modes",
    ),
    "mark_safe": (
        absent.marked_safe,
        "from django.utils.safestring import mark_safe",
    ),
    "a template of text": (absent.templates_of_text, "engine.from_string(typed)"),
    "a form of a model": (absent.whole_forms, "class F(forms.ModelForm): ..."),
    "all that was sent": (absent.whole_forms, "save(**request.POST)"),
    "|safe": (lambda t: absent.matches(t, absent.UNESCAPED), "{{ name|safe }}"),
    "a tracker": (
        lambda t: absent.matches(t, absent.FROM_ELSEWHERE),
        '<img src="https://elsewhere.example/x.gif">',
    ),
    "a script in a page": (
        lambda t: absent.matches(t, absent.INLINE),
        "<script>alert(1)</script>",
    ),
    "a handler": (lambda t: absent.matches(t, absent.INLINE), '<a onclick="x()">'),
    "innerHTML": (
        lambda t: absent.matches(t, absent.WRITES_MARKUP),
        "box.innerHTML = typed",
    ),
    "localStorage": (
        lambda t: absent.matches(t, absent.KEEPS),
        "localStorage.setItem('a', b)",
    ),
    "an object put together": (
        lambda t: absent.matches(t, absent.PUTS_TOGETHER),
        "Object.assign(known, given)",
    ),
    "a socket": (
        lambda t: absent.matches(t, absent.OTHER_CHANNELS),
        "new WebSocket(url)",
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_breach_is_caught(name):
    look, text = PLANTED[name]
    assert list(look(text))


def test_what_is_written_out_is_no_breach():
    assert not list(absent.loose_patterns("re.compile(r'^a$')\nre.search(A_B, text)"))
    assert not list(absent.loose_patterns("re.compile(re.escape(typed))"))
    assert not list(absent.loose_patterns("p = rf'a{re.escape(x)}'\nre.sub(p, '', t)"))
