"""`{% component thing %}`: draws a component with the template it names.

`{{ words|together }}`: no case reference in them is broken at its hyphen.
"""

import re
from typing import Protocol

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
# As `casework.say.reference` writes it.
REFERENCE = re.compile(r"\b[0-9A-F]{4}-[0-9A-F]{4}\b")


class Component(Protocol):
    """Anything in `alongside.web.components` that names its template."""

    @property
    def template(self) -> str:
        """The path of the template, which knows the component as `it`."""
        ...


@register.simple_tag
def component(it: Component) -> SafeString:
    """The component as mark-up."""
    return render_to_string(it.template, {"it": it})


@register.filter
def together(words: str) -> SafeString:
    """The words, with every case reference kept on one line: half of one is misread."""
    kept = REFERENCE.sub(
        r'<span class="al-together">\g<0></span>', conditional_escape(words)
    )
    return mark_safe(kept)  # noqa: S308 -- escaped above
