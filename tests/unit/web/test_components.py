"""The components draw what they are given, and no more."""

from dataclasses import is_dataclass, replace

import pytest
from django.template.loader import render_to_string
from lxml import html

from alongside.web.components import base, feed, lists, person
from alongside.web.templatetags.components import component, together
from alongside.web.templatetags.govuk import button, summary_list, tabs
from tests.browser.gallery import samples

SAMPLES = {
    name: value
    for name, value in vars(samples).items()
    if is_dataclass(value) and hasattr(value, "template")
}


def drawn(shown):
    return html.fromstring(f"<div>{component(shown)}</div>")


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_styled_or_scripted_in_line(name):
    page = drawn(SAMPLES[name])

    for element in page.iter():
        names = set(element.attrib)
        assert "style" not in names
        assert not any(attribute.startswith("on") for attribute in names)
    assert not page.cssselect("script, style")


@pytest.mark.parametrize("name", SAMPLES)
def test_ids_are_used_once(name):
    ids = [element.get("id") for element in drawn(SAMPLES[name]).cssselect("[id]")]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("safety", person.Safety)
def test_a_channel_says_its_safety_in_a_sign_and_in_words(safety):
    strip = person.SafeContactStrip(
        channels=(person.Channel(name="Call", safety=safety),)
    )
    (channel,) = drawn(strip).cssselect(".al-channel")

    assert safety.sign in channel.text_content()
    assert f"Call is {safety.words}" in channel.text_content()


def test_only_a_number_that_is_safe_to_call_is_a_link():
    number = samples.PHONES[0]
    hrefs = {
        safety: [
            a.get("href") for a in drawn(replace(number, safety=safety)).cssselect("a")
        ]
        for safety in person.Safety
    }

    assert hrefs[person.Safety.SAFE] == ["tel:+447700900123"]
    assert hrefs[person.Safety.UNSAFE] == hrefs[person.Safety.NOT_KNOWN] == []


def test_copying_a_number_says_its_safety_again():
    (phone,) = drawn(samples.PHONES[1]).cssselect("[data-copy]")

    assert phone.get("data-copy-safety") == "Not safe to call."


def test_a_name_with_mark_up_in_it_is_shown_as_it_is():
    shown = drawn(replace(samples.IDENTITY, name="<b>Asha</b>"))

    assert shown.cssselect("h1")[0].text == "<b>Asha</b>"


def test_an_empty_list_says_what_to_do():
    text = drawn(samples.NO_WORK).text_content()

    assert "Nothing is due" in text
    assert "Open the team queue" in text


def test_a_late_row_is_marked_and_said():
    first, *_ = drawn(samples.WORK).cssselect("tbody tr")

    assert "al-work__row--overdue" in first.get("class")
    assert "2 days late" in first.text_content()


def test_a_chosen_row_sends_its_key():
    boxes = drawn(samples.QUEUE).cssselect("tbody input[name=selected]")

    assert [box.get("value") for box in boxes] == [
        row.key for row in samples.QUEUE.rows
    ]


def test_a_case_without_a_next_action_says_so():
    missing = replace(samples.NEXT, what="", when="", overdue=False)

    assert "None set" in drawn(missing).text_content()


def test_a_corrected_entry_stays_and_says_what_put_it_right():
    text = drawn(samples.TIMELINE).cssselect(".al-event--corrected")[0].text_content()

    assert "Prefers mornings" in text
    assert "Corrected:" in text


@pytest.mark.parametrize(
    ("counts", "widths", "shares"),
    [
        ((1, 3), ["25.00%", "75.00%"], ["25.0%", "75.0%"]),
        ((0, 0), ["0.00%", "0.00%"], ["0.0%", "0.0%"]),
        ((1, 9999), ["0.01%", "99.99%"], ["under 0.1%", "100.0%"]),
    ],
)
def test_the_parts_of_a_bar_are_its_shares(counts, widths, shares):
    parts = tuple(
        feed.SharePart(label="x", count=count, pattern=feed.Pattern.PLAIN)
        for count in counts
    )
    shown = feed.ShareBar(key="k", sentence="x", parts=parts).drawn

    assert [part.width for part in shown] == widths
    assert [part.share for part in shown] == shares


def test_a_row_of_a_table_has_a_cell_for_each_column():
    table = lists.DataTable(
        caption="x", columns=(lists.Column(heading="a"),), rows=(("1", "2"),)
    )

    with pytest.raises(ValueError, match="shorter"):
        _ = table.drawn_rows


@pytest.mark.parametrize(
    "columns, numbers, wide", [(2, 0, False), (3, 2, False), (3, 0, True), (4, 3, True)]
)
def test_a_table_with_many_columns_says_them_beside_each_value_on_a_phone(
    columns, numbers, wide
):
    table = lists.DataTable(
        caption="x",
        columns=tuple(
            lists.Column(heading=f"Column {n}", numeric=n >= columns - numbers)
            for n in range(columns)
        ),
        rows=(tuple("v" * columns),),
    )
    page = drawn(table)

    assert bool(page.cssselect("table.al-stacks")) is wide
    labels = [cell.get("data-label") for cell in page.cssselect("td")]
    assert labels == [f"Column {n}" if wide else None for n in range(1, columns)]


def test_the_last_row_of_a_summary_offers_the_change():
    change = base.Link(text="Change", href="#x", about="the crime")
    drawn_list = html.fromstring(summary_list(samples.CRIME.facts, change))

    assert len(drawn_list.cssselect(".govuk-summary-list__row")) == 4
    assert drawn_list.cssselect("a")[0].get("href") == "#x"


def test_a_button_that_leads_somewhere_is_a_link():
    assert html.fromstring(button("Go", href="/x")).tag == "a"
    assert html.fromstring(button("Save", name="act", value="s")).get("name") == "act"


def test_tabs_hold_mark_up():
    inner = render_to_string("components/empty_state.html", {"it": samples.NOTHING_DUE})

    assert "Nothing is due" in tabs("Parts", [("one", "One", inner)])


def test_a_case_reference_is_never_broken_at_its_hyphen():
    assert together("Ask 874F-BFCD today") == (
        'Ask <span class="al-together">874F-BFCD</span> today'
    )
    assert together("<b>well-known</b>") == "&lt;b&gt;well-known&lt;/b&gt;"
