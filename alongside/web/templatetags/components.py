"""`{% component thing %}`: draws a component with the template it names."""

from typing import Protocol

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


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
