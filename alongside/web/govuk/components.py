"""The GOV.UK components, drawn by the Jinja macros of govuk-frontend-jinja.

Text is always escaped, even where Django calls it safe. Mark-up has names of its
own (`html`, `...Html`, the slots) and must be marked safe by whoever made it.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import cast

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader

Params = Mapping[str, object]
Macro = Callable[[Params], str]

_ATTRIBUTE_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9_:.-]*")


class NotMarkup(TypeError):
    """A parameter that takes mark-up was given plain text."""


class BadAttributes(TypeError):
    """Attributes that are not names with values, or a name that is not a name."""


@cache
def _environment() -> Environment:
    package = PackageLoader("govuk_frontend_jinja")
    return Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": package}),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _macro(component: str) -> Macro:
    path = f"govuk_frontend_jinja/components/{component}/macro.html"
    name = "govuk" + "".join(part.title() for part in component.split("-"))
    return cast(Macro, getattr(_environment().get_template(path).module, name))


def render(component: str, params: Params) -> SafeString:
    """The component as mark-up. `params` are the Design System's own, None left out.

    Raises:
        NotMarkup: a parameter that takes mark-up holds text nobody marked safe.
        BadAttributes: `attributes` is not a mapping from names.
    """
    drawn = _plain(_macro(component)(_clean_mapping(params)))
    return mark_safe(drawn)  # noqa: S308  the macros escape what _clean left as text


def words(value: object) -> dict[str, object]:
    """`{"html": …}` for mark-up, `{"text": …}` for anything else."""
    text = str(value)
    return {"html": text} if isinstance(text, SafeString) else {"text": text}


def _clean_mapping(params: Params) -> dict[str, object]:
    return {
        key: _clean(key, value) for key, value in params.items() if value is not None
    }


def _clean(key: str, value: object) -> object:
    if key == "attributes":
        return _clean_attributes(value)
    if key == "slots" and isinstance(value, Mapping):
        return {slot: _markup(slot, inner) for slot, inner in value.items() if inner}
    if isinstance(value, Mapping):
        return _clean_mapping(value)
    if isinstance(value, list | tuple):
        return [_clean(key, item) for item in value]
    if isinstance(value, str | Promise):
        return _markup(key, value) if _takes_markup(key) else _plain(value)
    return value


def _takes_markup(key: str) -> bool:
    return key == "html" or key.endswith("Html")


def _markup(key: str, value: object) -> str:
    text = str(value)
    if not isinstance(text, SafeString):
        raise NotMarkup(f"{key} takes mark-up that is marked safe")
    return _plain(text)


def _plain(value: object) -> str:
    # Jinja trusts what Django calls safe, and the other way round: take the mark off.
    return "".join((str(value),))


def _clean_attributes(attributes: object) -> dict[str, object]:
    if not isinstance(attributes, Mapping):
        raise BadAttributes("attributes takes names with values")
    for name in attributes:
        if not _ATTRIBUTE_NAME.fullmatch(str(name)):
            raise BadAttributes("an attribute's name has letters, digits and hyphens")
    return {str(name): _clean("", value) for name, value in attributes.items()}
