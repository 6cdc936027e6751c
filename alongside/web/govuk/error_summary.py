"""The box at the top of a page that names every mistake and jumps to it."""

from collections.abc import Iterator

from django import forms
from django.utils.safestring import SafeString, mark_safe

from alongside.web.govuk.bound_field import GovukBoundField
from alongside.web.govuk.components import render


def error_summary(form: forms.BaseForm) -> SafeString:
    """The summary of a form's mistakes; nothing when there are none."""
    errors = list(_errors(form))
    if not errors:
        return mark_safe("")
    return render(
        "error-summary", {"titleText": "There is a problem", "errorList": errors}
    )


def _errors(form: forms.BaseForm) -> Iterator[dict[str, object]]:
    for message in form.non_field_errors():
        yield {"text": message}
    for field in form:
        jump = field.error_id if isinstance(field, GovukBoundField) else field.auto_id
        for message in field.errors:
            yield {"text": message, "href": f"#{jump}"}
