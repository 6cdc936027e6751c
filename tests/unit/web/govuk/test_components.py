"""Text cannot become mark-up on its way through a component."""

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from alongside.web.govuk.components import BadAttributes, NotMarkup, render, words

HOSTILE = "<script>'\"&</script>"

# Every place where a page puts words into a component we use.
PLACES = {
    "button": lambda text: {"text": text, "value": text, "name": text},
    "inset-text": lambda text: {"text": text},
    "tag": lambda text: {"text": text},
    "select": lambda text: {
        "id": "id",
        "name": "name",
        "label": {"text": text},
        "hint": {"text": text},
        "errorMessage": {"text": text},
        "items": [{"value": text, "text": text}],
        "attributes": {"data-x": text},
    },
    "radios": lambda text: {
        "name": text,
        "fieldset": {"legend": {"text": text}},
        "items": [{"value": text, "text": text, "hint": {"text": text}}],
    },
    "error-summary": lambda text: {
        "titleText": text,
        "errorList": [{"text": text, "href": "#" + text}],
    },
    "summary-list": lambda text: {
        "rows": [{"key": {"text": text}, "value": {"text": text}}]
    },
    "service-navigation": lambda text: {
        "navigation": [{"text": text, "href": text, "active": True}]
    },
    "notification-banner": lambda text: {"text": text},
    "details": lambda text: {"summaryText": text, "text": text},
}


@pytest.mark.parametrize("component", PLACES)
@given(text=st.text(alphabet=st.sampled_from("<>'\"&;=/ ab{}"), max_size=30))
def test_words_stay_words(component, text):
    """The same elements come out whatever the words are."""
    plain = html.fromstring(f"<div>{render(component, PLACES[component]('x'))}</div>")
    given_ = html.fromstring(f"<div>{render(component, PLACES[component](text))}</div>")
    extra = {e.tag for e in given_.iter()} - {e.tag for e in plain.iter()}
    names = {name for e in given_.iter() for name in e.attrib}
    assert not extra
    assert not names - {name for e in plain.iter() for name in e.attrib}


def test_words_that_django_calls_safe_are_escaped_all_the_same():
    assert "<script>" not in render("tag", {"text": SafeString(HOSTILE)})


@pytest.mark.parametrize("key", ["html", "summaryHtml"])
def test_mark_up_must_be_marked_safe(key):
    with pytest.raises(NotMarkup):
        render("details", {key: HOSTILE})


def test_mark_up_that_is_marked_safe_is_kept():
    drawn = render("inset-text", {"html": SafeString("<b>Yes</b>")})

    assert "<b>Yes</b>" in drawn


@pytest.mark.parametrize("attributes", ["onclick=x", {"a b": "c"}, {"a>": "c"}])
def test_attributes_are_names_with_values(attributes):
    with pytest.raises(BadAttributes):
        render("tag", {"text": "x", "attributes": attributes})


def test_words_tell_text_from_mark_up():
    assert words("a < b") == {"text": "a < b"}
    assert words(SafeString("<b>a</b>")) == {"html": "<b>a</b>"}
