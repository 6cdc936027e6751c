"""A date asked for as day, month and year."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

PARTS = ("day", "month", "year")


class DateWidget(forms.MultiWidget):
    """Three text boxes. Their values are what was typed, so mistakes stay visible."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([forms.TextInput() for _ in PARTS], attrs)

    def decompress(self, value: date | None) -> list[str]:
        """The three boxes for a date, or three empty ones."""
        if value is None:
            return ["", "", ""]
        return [str(value.day), str(value.month), str(value.year)]


class DateField(forms.MultiValueField):
    """A real day, typed as three numbers, the year with four digits.

    Errors follow the Design System's words for dates and carry, in `params`, the
    `parts` at fault, so that only those boxes are marked.
    """

    widget = DateWidget

    def __init__(self, *, label: str, **options: Any) -> None:
        boxes = [forms.CharField(required=False) for _ in PARTS]
        own_words = options.get("error_messages", {})
        super().__init__(boxes, require_all_fields=False, label=label, **options)
        name = label[:1].lower() + label[1:]
        self._nothing_typed = own_words.get("required", f"Enter the {name}")

    def clean(self, value: Any) -> date | None:
        """The date, or None when nothing was typed and nothing is needed.

        Raises:
            ValidationError: a part is missing, or the three make no real date.
        """
        typed = [str(part or "").strip() for part in value or ["", "", ""]]
        if not any(typed):
            if self.required:
                raise self._mistake(self._nothing_typed, PARTS)
            return None
        return self._read(typed)

    def compress(self, data_list: Sequence[Any]) -> date | None:
        """Not used: `clean` reads the three boxes itself."""
        return self.clean(data_list)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether what was typed differs from the first value."""
        first = DateWidget().decompress(initial or None)
        return [str(part or "").strip() for part in data or []] != first

    def _mistake(self, message: str, parts: Sequence[str]) -> ValidationError:
        return ValidationError(message, code="date", params={"parts": tuple(parts)})

    def _read(self, typed: Sequence[str]) -> date:
        missing = [part for part, text in zip(PARTS, typed, strict=True) if not text]
        if missing:
            raise self._mistake(
                f"{self.label} must include a {' and '.join(missing)}", missing
            )
        if not all(text.isascii() and text.isdigit() for text in typed):
            raise self._mistake(f"{self.label} must be a real date", PARTS)
        if len(typed[2]) != 4:
            raise self._mistake(f"{self.label} must have a year of 4 numbers", ["year"])
        try:
            return date(int(typed[2]), int(typed[1]), int(typed[0]))
        except (ValueError, OverflowError) as error:
            raise self._mistake(f"{self.label} must be a real date", PARTS) from error
