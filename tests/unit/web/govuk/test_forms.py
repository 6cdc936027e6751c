"""Forms become Design System components, and say their mistakes twice."""

from datetime import date

import pytest
from django import forms
from lxml import html

from alongside.web.govuk.error_summary import error_summary
from alongside.web.govuk.forms import PlainForm
from alongside.web.govuk.looks import Look
from tests.browser.gallery.forms import EveryField


def drawn(form):
    return html.fromstring(f"<form>{form}</form>")


def test_each_kind_of_field_has_its_component():
    page = drawn(EveryField())

    for component in (
        "radios",
        "date-input",
        "select",
        "checkboxes",
        "character-count",
        "textarea",
        "file-upload",
        "password-input",
        "input",
    ):
        assert page.cssselect(f".govuk-{component}"), component
    assert page.cssselect("input[type=hidden][name=token]")


def test_every_field_is_drawn_once():
    names = [e.get("name") for e in drawn(EveryField()).cssselect("[name]")]

    assert names.count("other_channel") == 1
    assert names.count("note") == 1
    assert names.count("channel") == 3


def test_what_was_typed_is_kept_but_never_a_password():
    typed = {"channel": "other", "other_channel": "Letter", "note": "<b>", "on_0": "x"}
    page = drawn(EveryField({**typed, "password": "hidden words"}))

    assert page.cssselect("[name=channel][checked]")[0].get("value") == "other"
    assert page.cssselect("[name=other_channel]")[0].get("value") == "Letter"
    assert page.cssselect("[name=note]")[0].text_content().strip() == "<b>"
    assert page.cssselect("[name=on_0]")[0].get("value") == "x"
    assert "hidden words" not in html.tostring(page, encoding="unicode")


def test_first_values_are_shown():
    first = {"on": date(2026, 2, 3), "topics": ["court"], "agreed": True, "reason": "a"}
    page = drawn(EveryField(initial=first))

    assert [page.cssselect(f"[name=on_{n}]")[0].get("value") for n in range(3)] == [
        "3",
        "2",
        "2026",
    ]
    assert page.cssselect("[name=topics][checked]")[0].get("value") == "court"
    assert page.cssselect("[name=agreed][checked]")
    assert page.cssselect("[name=reason] [selected]")[0].get("value") == "a"


def test_each_mistake_in_the_summary_leads_to_its_field():
    form = EveryField({"on_0": "1", "on_1": "", "on_2": "2026"})
    summary = html.fromstring(error_summary(form))
    page = drawn(form)

    links = summary.cssselect(".govuk-error-summary__list a")
    assert len(links) == len(form.errors)
    for link in links:
        assert page.cssselect(link.get("href")), link.get("href")
    assert "#id_on_1" in {link.get("href") for link in links}


def test_only_the_missing_part_of_a_date_is_marked():
    page = drawn(EveryField({"on_0": "1", "on_1": "", "on_2": "2026"}))

    assert [
        e.get("name") for e in page.cssselect(".govuk-date-input .govuk-input--error")
    ] == ["on_1"]


def test_a_mistake_of_the_whole_form_stands_first():
    form = EveryField({})
    form.add_error(None, "Not today")

    first, *_ = html.fromstring(error_summary(form)).cssselect("li")
    assert first.text_content().strip() == "Not today"


def test_without_mistakes_there_is_no_summary():
    assert error_summary(EveryField()) == ""


def test_the_look_of_a_field_is_the_forms_to_say():
    page = drawn(EveryField())

    assert "govuk-fieldset__legend--m" in html.tostring(page, encoding="unicode")
    assert page.cssselect(".govuk-radios--inline")
    assert page.cssselect(".govuk-input--width-3")


@pytest.mark.parametrize(
    ("field", "message"),
    [
        (forms.CharField(), "Fill in “Age now”"),
        (forms.ChoiceField(choices=[("a", "A")]), "Choose “Age now”"),
        (forms.CharField(error_messages={"required": "Say it"}), "Say it"),
    ],
)
def test_what_is_missing_is_named(field, message):
    form = type("Form", (PlainForm,), {"age_now": field, "looks": {"x": Look()}})({})

    assert form.errors["age_now"] == [message]
