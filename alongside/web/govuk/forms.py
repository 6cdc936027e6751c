"""A form whose mistakes are said in plain words."""

from typing import Any

from django import forms

_DEFAULT = forms.Field.default_error_messages["required"]


class PlainForm(forms.Form):
    """Names the field in "this is missing", where the form gave no words of its own.

    Our forms start from this one. A field with a better sentence gives it in
    `error_messages`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.error_messages.get("required") == _DEFAULT and field.required:
                asks = "Choose" if isinstance(field, forms.ChoiceField) else "Fill in"
                label = field.label or name.replace("_", " ").capitalize()
                field.error_messages["required"] = f"{asks} “{label}”"


def reason_field(
    label: str, *, missing: str, longest: int = 1000, help_text: str = ""
) -> forms.CharField:
    """Why somebody does something, in their own words. `missing` asks for it."""
    return forms.CharField(
        label=label,
        max_length=longest,
        widget=forms.Textarea(),
        help_text=help_text,
        error_messages={"required": missing},
    )
