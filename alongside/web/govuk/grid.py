"""Several rows asked about in the same way, one answer a row."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Choice = tuple[str, str]
# More options than these do not fit beside each other: each row is a list to open.
MOST_ACROSS = 5


class GridWidget(forms.MultiWidget):
    """One control a row. Values are kept as a mapping from the row to the option."""

    def __init__(self, rows: Sequence[Choice], options: Sequence[Choice]) -> None:
        self.rows, self.options = tuple(rows), tuple(options)
        super().__init__([forms.Select(choices=self.options) for _ in self.rows])

    def decompress(self, value: Mapping[str, str] | None) -> list[str]:
        """The option chosen in each row, in the order of the rows."""
        return [(value or {}).get(code, "") for code, _ in self.rows]


class GridField(forms.MultiValueField):
    """What is chosen in each row: a mapping, with the rows that were answered."""

    widget: GridWidget

    def __init__(
        self, *, rows: Sequence[Choice], options: Sequence[Choice], **more: Any
    ) -> None:
        self.rows, self.offered = tuple(rows), {code for code, _ in options}
        fields = [forms.CharField(required=False) for _ in self.rows]
        super().__init__(
            fields,
            require_all_fields=False,
            widget=GridWidget(rows, options),
            **more,
        )

    def clean(self, value: Any) -> dict[str, str]:
        """The answers by row; empty where nothing was chosen.

        Raises:
            ValidationError: something was sent that no row offers.
        """
        typed = [str(part or "") for part in value or []]
        if any(one and one not in self.offered for one in typed):
            raise ValidationError("Choose one of the answers offered in each row")
        pairs = zip(self.rows, typed, strict=False)
        return {code: one for (code, _), one in pairs if one}


def draw_grid(field: forms.BoundField) -> SafeString:
    """The grid as a table of radios, or of lists to open; on a phone, row by row."""
    widget = field.field.widget
    value = field.value()
    chosen = value if isinstance(value, list) else widget.decompress(value)
    rows = [
        {
            "id": f"{field.auto_id}_{at}",
            "name": f"{field.html_name}_{at}",
            "words": words,
            "offers": [
                (f"{field.auto_id}_{at}_{code}", code, label, code == chosen[at])
                for code, label in widget.options
            ],
        }
        for at, (_, words) in enumerate(widget.rows)
    ]
    return render_to_string(
        "govuk/grid.html",
        {
            "field": field,
            "rows": rows,
            "options": widget.options,
            "across": len(widget.options) <= MOST_ACROSS,
        },
    )
