"""Draws the fields of Django forms as GOV.UK components."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.safestring import SafeString, mark_safe

from alongside.web.govuk.components import render, words
from alongside.web.govuk.dates import PARTS, DateWidget
from alongside.web.govuk.grid import GridWidget, draw_grid
from alongside.web.govuk.looks import PLAIN, Look

Drawing = tuple[str, dict[str, object]]


class GovukBoundField(forms.BoundField):
    """A field of a form, which `{{ field.as_field_group }}` draws."""

    @property
    def look(self) -> Look:
        """How its form says it should look."""
        looks: dict[str, Look] = getattr(self.form, "looks", {})
        return looks.get(self.name, PLAIN)

    @property
    def revealed(self) -> bool:
        """Whether a choice of another field shows it, so that it is drawn there."""
        looks: dict[str, Look] = getattr(self.form, "looks", {})
        return any(self.name in look.reveals.values() for look in looks.values())

    @property
    def error_id(self) -> str:
        """The id of the control that the error summary jumps to."""
        if isinstance(self.field.widget, DateWidget):
            return f"{self.auto_id}_{PARTS.index(self.faulty_parts[0])}"
        if isinstance(self.field.widget, GridWidget):
            return f"{self.auto_id}_0"
        return str(self.auto_id)

    @property
    def faulty_parts(self) -> tuple[str, ...]:
        """Which of day, month and year are at fault; all, where none is named."""
        for error in self.errors.as_data():
            parts: tuple[str, ...] = (error.params or {}).get("parts", ())
            if parts:
                return parts
        return PARTS

    def as_field_group(self) -> SafeString:
        """The label, hint, mistakes and control together; nothing if revealed."""
        return mark_safe("") if self.revealed else self.draw()

    def draw(self) -> SafeString:
        """The same, wherever it stands."""
        if self.is_hidden:
            return mark_safe(str(self))  # noqa: S308  Django's own widget
        if isinstance(self.field.widget, GridWidget):
            return draw_grid(self)
        for kind, drawing in _DRAWINGS:
            if isinstance(self.field.widget, kind):
                return render(*drawing(self))
        return render(*_text_input(self))

    def chosen(self) -> set[str]:
        """The values of the choices that are chosen now."""
        value = self.value()
        if value is None or value == "":
            return set()
        many = value if isinstance(value, list | tuple | set) else [value]
        return {str(item) for item in many}


def _shared(field: GovukBoundField) -> dict[str, object]:
    return {
        "hint": words(field.help_text) if field.help_text else None,
        "errorMessage": _mistakes(field),
    }


def _mistakes(field: GovukBoundField) -> dict[str, object] | None:
    said = " ".join(str(message) for message in field.errors)
    return {"text": said} if said else None


def _labelled(field: GovukBoundField) -> dict[str, object]:
    look = field.look
    label = {
        **words(field.label),
        "classes": f"govuk-label--{look.size}",
        "isPageHeading": look.heading,
    }
    return {
        "id": field.auto_id,
        "name": field.html_name,
        "label": label,
        "disabled": field.field.disabled,
        "attributes": _attributes(field),
        **_shared(field),
    }


def _fieldset(field: GovukBoundField) -> dict[str, object]:
    look = field.look
    legend = {
        **words(field.label),
        "classes": f"govuk-fieldset__legend--{look.size}",
        "isPageHeading": look.heading,
    }
    return {"fieldset": {"legend": legend}, **_shared(field)}


def _attributes(field: GovukBoundField) -> dict[str, object]:
    ours = {"class", "cols", "rows", "maxlength", "autocomplete", "inputmode"}
    attrs = field.field.widget.attrs
    return {name: value for name, value in attrs.items() if name not in ours}


def _text(field: GovukBoundField) -> str:
    return field.field.widget.format_value(field.value()) or ""


def _options(field: GovukBoundField) -> Iterable[tuple[str, Any]]:
    choices: Iterable[tuple[Any, Any]] = getattr(field.field, "choices", ())
    return ((str(value), label) for value, label in choices)


def _choices(field: GovukBoundField) -> list[dict[str, object]]:
    chosen = field.chosen()
    return [
        {
            "value": value,
            "checked": value in chosen,
            "disabled": field.field.disabled,
            **words(label),
            **_beneath(field, value),
            "behaviour": "exclusive" if value in field.look.alone else None,
        }
        for value, label in _options(field)
        if value
    ]


def _beneath(field: GovukBoundField, value: str) -> dict[str, object]:
    hint, revealed = field.look.hints.get(value), field.look.reveals.get(value)
    inner = field.form[revealed] if revealed else None
    drawn = inner.draw() if isinstance(inner, GovukBoundField) else None
    return {
        "hint": words(hint) if hint else None,
        "conditional": {"html": drawn} if drawn else None,
    }


def _radios(field: GovukBoundField) -> Drawing:
    return "radios", {
        "idPrefix": field.auto_id,
        "name": field.html_name,
        "items": _choices(field),
        "classes": _radio_classes(field.look),
        **_fieldset(field),
    }


def _radio_classes(look: Look) -> str | None:
    if look.scale:
        return "govuk-radios--inline al-scale"
    return "govuk-radios--inline" if look.inline else None


def _checkboxes(field: GovukBoundField) -> Drawing:
    return "checkboxes", {
        "idPrefix": field.auto_id,
        "name": field.html_name,
        "items": _choices(field),
        **_fieldset(field),
    }


def _checkbox(field: GovukBoundField) -> Drawing:
    item = {"value": "on", "checked": bool(field.value()), **words(field.label)}
    return "checkboxes", {
        "idPrefix": field.auto_id,
        "name": field.html_name,
        "items": [item],
        **_shared(field),
    }


def _select(field: GovukBoundField) -> Drawing:
    chosen = field.chosen()
    items = [
        {
            "value": value,
            "text": str(label),
            "selected": value in chosen or (not value and not chosen),
        }
        for value, label in _options(field)
    ]
    return "select", {"items": items, **_labelled(field)}


def _date(field: GovukBoundField) -> Drawing:
    value = field.value()
    parts = value if isinstance(value, list | tuple) else _decompressed(field, value)
    faulty = field.faulty_parts if field.errors else ()
    items = [
        {
            "id": f"{field.auto_id}_{number}",
            "name": f"{field.html_name}_{number}",
            "label": part.title(),
            "value": parts[number],
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if part in faulty else ""),
        }
        for number, part in enumerate(PARTS)
    ]
    return "date-input", {"id": field.auto_id, "items": items, **_fieldset(field)}


def _decompressed(field: GovukBoundField, value: Any) -> list[str]:
    widget = field.field.widget
    return widget.decompress(value) if isinstance(widget, DateWidget) else []


def _textarea(field: GovukBoundField) -> Drawing:
    params = {
        "rows": field.look.rows,
        "value": _text(field),
        "classes": "al-code" if field.look.code else None,
        **_labelled(field),
    }
    limit = getattr(field.field, "max_length", None)
    if limit:
        return "character-count", {"maxlength": limit, **params}
    return "textarea", params


def _file(field: GovukBoundField) -> Drawing:
    return "file-upload", {"javascript": True, **_labelled(field)}


def _password(field: GovukBoundField) -> Drawing:
    autocomplete = field.field.widget.attrs.get("autocomplete", "current-password")
    return "password-input", {"autocomplete": autocomplete, **_labelled(field)}


def _text_input(field: GovukBoundField) -> Drawing:
    widget, width = field.field.widget, field.look.width
    return "input", {
        "type": getattr(widget, "input_type", "text"),
        "value": _text(field),
        "classes": f"govuk-input--width-{width}" if width else None,
        "autocomplete": widget.attrs.get("autocomplete"),
        "inputmode": widget.attrs.get("inputmode"),
        **_labelled(field),
    }


# The first that fits: a CheckboxSelectMultiple is a RadioSelect to Django.
_DRAWINGS: tuple[tuple[type[forms.Widget], Callable[[GovukBoundField], Drawing]], ...]
_DRAWINGS = (
    (DateWidget, _date),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.CheckboxInput, _checkbox),
    (forms.Select, _select),
    (forms.Textarea, _textarea),
    (forms.FileInput, _file),
    (forms.PasswordInput, _password),
)
