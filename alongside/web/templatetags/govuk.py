"""Tags that draw GOV.UK components in Django templates.

Load with `{% load govuk %}`. A tag that takes a component's parameters takes them in
snake_case (`title_text` is the Design System's `titleText`).
"""

from collections.abc import Iterable, Sequence

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.utils.safestring import SafeString, mark_safe

from alongside.web.components.base import Link, Tag
from alongside.web.components.casefile import Fact
from alongside.web.govuk.components import render, words
from alongside.web.govuk.error_summary import error_summary

register = template.Library()


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)


@register.simple_tag
def govuk(component: str, **params: object) -> SafeString:
    """Any component: `{% govuk "inset-text" text=page.note %}`."""
    named = {_camel(name): value for name, value in params.items()}
    return render(str(component), named)


@register.simple_tag
def tag(shown: Tag | None) -> SafeString:
    """A `Tag`, or nothing."""
    if shown is None:
        return mark_safe("")
    return render(
        "tag", {"text": shown.text, "classes": f"govuk-tag--{shown.tone.value}"}
    )


@register.simple_tag
def button(
    text: str, *, href: str = "", kind: str = "", name: str = "", value: str = ""
) -> SafeString:
    """A button, or a link that looks like one.

    `kind` is "secondary" or "warning"; `name` and `value` are what it sends.
    """
    return render(
        "button",
        {
            "text": text,
            "href": href or None,
            "classes": f"govuk-button--{kind}" if kind else None,
            "name": name or None,
            "value": value or None,
            "preventDoubleClick": None if href else True,
        },
    )


@register.simple_tag
def back_link(href: str, text: str = "Back") -> SafeString:
    """The way back, above the heading."""
    return render("back-link", {"text": text, "href": href})


@register.simple_tag(name="error_summary")
def error_summary_tag(form: forms.BaseForm) -> SafeString:
    """Every mistake in the form, each a link to its field."""
    return error_summary(form)


@register.simple_tag
def summary_list(facts: Sequence[Fact], change: Link | None = None) -> SafeString:
    """Named values in a list. `change` is offered beside the last of them."""
    rows: list[dict[str, object]] = [
        {"key": {"text": fact.name}, "value": {"text": fact.value}} for fact in facts
    ]
    if rows and change:
        item = {
            "text": change.text,
            "href": change.href,
            "visuallyHiddenText": change.about or None,
        }
        rows[-1]["actions"] = {"items": [item]}
    return render("summary-list", {"rows": rows})


@register.simple_tag
def pagination(previous: str = "", following: str = "") -> SafeString:
    """The Design System's large previous and next links."""
    return render(
        "pagination",
        {
            "previous": {"href": previous} if previous else None,
            "next": {"href": following} if following else None,
        },
    )


@register.simple_tag
def banners(messages: Iterable[Message]) -> SafeString:
    """What has just been done, one banner a message."""
    drawn = [
        render(
            "notification-banner",
            {
                "type": "success" if "success" in message.tags else None,
                **words(message.message),
            },
        )
        for message in messages
    ]
    return mark_safe("".join(drawn))  # noqa: S308  each is already mark-up


@register.simple_tag
def tabs(title: str, panels: Sequence[tuple[str, str, SafeString]]) -> SafeString:
    """Panels one behind the other, each (id, label, mark-up). A list on paper."""
    items = [
        {"id": key, "label": label, "panel": {"html": inner}}
        for key, label, inner in panels
    ]
    return render("tabs", {"title": title, "items": items})


@register.simple_block_tag
def details(content: SafeString, summary: str) -> SafeString:
    """`{% details "Why" %}…{% enddetails %}`: shown when asked for."""
    return render("details", {"summaryText": summary, "html": content})
