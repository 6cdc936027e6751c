"""The words in which people are told, and when something may leave by itself."""

import re
from datetime import date
from typing import Any

import pytest

from alongside.care.contact.rules import offered_channels
from alongside.care.contact.tables import CHANNELS
from alongside.care.contact.types import (
    Channel,
    ChannelFacts,
    OfferedChannels,
    Safety,
)
from alongside.care.journey.tables import EVENTS
from alongside.care.telling import rules, tables
from alongside.care.telling.tables import saying
from alongside.care.telling.tables import words as shipped
from alongside.care.telling.types import (
    DraftWords,
    Facts,
    Kind,
    LimitCode,
    Policy,
    Suits,
)
from alongside.foundation.lib.datafile import BadDataFile
from alongside.foundation.lib.provenance import Confidence

ENGLISH = tables.TEMPLATES["en"]
FACTS = Facts(
    reference="7F3A-9B21",
    date="Sunday 3 May 2026",
    on="Friday 5 June 2026",
    place="Leicester Crown Court",
    who="Tom Hollis",
)
HELD: dict[str, Any] = {
    "source": "us",
    "confidence": Confidence.LOCAL,
    "in_force_from": date(2026, 4, 1),
}
FRAME = """[[frame]]
version = 1
subject = "A message for you"
greeting = "Hello {name}."
sign_off = "Ask {who}."
source = "us"
confidence = "local"
in_force_from = 2026-04-01
"""


def row(words="It was on {date}.", **more):
    """The text of a file with one template."""
    given = {"code": "a", "event": "charged", "version": 1, "source": "us"} | more
    lines = [f"{key} = {value!r}".replace("'", '"') for key, value in given.items()]
    lines += ['confidence = "local"', "in_force_from = 2026-04-01"]
    lines += [f'standard = "{words}"', 'easy_read = "It was on {date}."']
    return "\n".join(["[[template]]", *lines])


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("template", ENGLISH, ids=lambda one: one.code)
def test_every_text_is_whole_plain_and_short(template, kind):
    words = rules.fill(template.words(kind), FACTS)
    text = rules.whole(words, frame=tables.FRAMES["en"], name="Nina", facts=FACTS)
    assert "{" not in text and text.startswith("Hello Nina.")
    assert not saying.said_in(words, tables.NEVER_SAID, "en")
    assert rules.text_parts(text) <= tables.limit(LimitCode.TEXT_PARTS)
    most = 30 if kind is Kind.STANDARD else 15
    for sentence in re.split(r"(?<=[.?!:])\s+", words):
        assert len(sentence.split()) <= most, sentence


def test_what_nobody_knows_leaves_its_line_out():
    assert rules.fill(
        "It is on {on}.\nAt {place}.\nAsk us.", Facts(place="Leicester")
    ) == ("At Leicester.\nAsk us.")


def test_without_a_name_nobody_is_greeted():
    text = rules.whole("News.", frame=tables.FRAMES["en"], name=" ", facts=FACTS)
    assert text.startswith("News.\n\n")


def test_what_somebody_types_is_never_filled_in():
    text = rules.whole(
        "{who} {0}", frame=tables.FRAMES["en"], name="{who}", facts=FACTS
    )
    assert text.startswith("Hello {who}.\n\n{who} {0}\n\n")


@pytest.mark.parametrize(
    ("event", "detail", "code"),
    [
        ("plea_entered", {}, "plea_entered"),
        ("plea_entered", {"plea": "guilty"}, "plea_guilty"),
        ("trial_verdict", {"verdict": "not_guilty"}, "verdict_not_guilty"),
        ("sentenced", {"sentence": "community order"}, "sentenced_community"),
        ("sentenced", {"sentence": "custody", "months": 9}, "sentenced_custody"),
        ("sentenced", {"sentence": "something new"}, "sentenced"),
    ],
)
def test_what_an_event_says_chooses_its_words(event, detail, code):
    chosen = rules.choose_template(ENGLISH, event, detail)
    assert chosen is not None and chosen.code == code


def test_nothing_owed_is_without_words_in_english():
    assert {one.event for one in ENGLISH} >= tables.OWED
    assert rules.choose_template(ENGLISH, "nothing of the kind", {}) is None


def test_a_language_without_words_is_said_to_be_missing():
    missing = {one.code for one in tables.missing_languages()}
    assert missing == tables.LANGUAGES.keys() - tables.TEMPLATES.keys()
    assert "en" not in missing


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (row(event="nothing"), "nobody knows"),
        (row("It was {when}."), "the placeholder when"),
        (row("Hello {name} on {date}."), "the placeholder name"),
        (row("The victim was told on {date}."), "victim"),
        (row("It was a burglary on {date}."), "burglar"),
        (row("At {place}."), "nothing to say"),
        (row("It was on {date."), "bracket"),
    ],
)
def test_a_slip_in_the_words_stops_the_start(text, said):
    with pytest.raises(BadDataFile, match=said):
        shipped.load_templates(text, name="xx.toml", never=tables.NEVER_SAID)


def test_a_language_that_lacks_an_event_stops_the_start():
    with pytest.raises(BadDataFile, match="has no words"):
        rows = shipped.load_templates(row(), name="x", never={})
        shipped.check_whole(rows, name="x")


def test_the_subject_tells_nobody_anything():
    frame = shipped.load_frame(FRAME, name="x", never={})
    assert frame.subject == "A message for you"
    with pytest.raises(BadDataFile, match="subject"):
        shipped.load_frame(FRAME.replace("A message", "{who}"), name="x", never={})


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ł" * 70, 1),
        ("ł" * 71, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_how_many_parts_a_text_message_has(words, parts):
    assert rules.text_parts(words) == parts


def ways(safety, *, high_risk=False, exists=True):
    facts = [
        ChannelFacts(channel=channel, exists=exists, safety=safety)
        for channel in Channel
        if channel is not Channel.IN_PERSON
    ]
    answer = offered_channels(facts, high_risk, rows=CHANNELS)
    offered = rules.offer_ways(tables.WAYS, channels=facts, answer=answer)
    return {one.way.code: one for one in offered}


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.EMAIL, Channel.LETTER])
def test_what_is_written_needs_a_mark(channel):
    assert not ways(Safety.SAFE)[channel].refused
    assert ways(Safety.NOT_KNOWN)[channel].refused == rules.NOT_MARKED
    assert ways(Safety.UNSAFE)[channel].refused
    assert ways(Safety.SAFE, exists=False)[channel].refused


def test_a_voice_needs_only_what_the_rules_of_contact_ask():
    assert not ways(Safety.NOT_KNOWN)[Channel.PHONE].refused
    assert ways(Safety.NOT_KNOWN)[Channel.PHONE].caution
    assert ways(Safety.NOT_KNOWN, high_risk=True)[Channel.PHONE].refused
    assert ways(Safety.UNSAFE)[Channel.PHONE].refused
    assert not ways(Safety.UNSAFE)[Channel.IN_PERSON].refused


def test_nobody_is_told_who_is_not_to_be_contacted():
    offered = rules.offer_ways(
        tables.WAYS, channels=[], answer=OfferedChannels((), ()), do_not_contact="No."
    )
    assert {one.refused for one in offered} == {"No."}


WRITTEN = DraftWords(
    template="a", version=1, kind=Kind.STANDARD, language="en", words="x"
)
POLICY = Policy(
    area="llr",
    events=frozenset({"charged"}),
    tiers=frozenset({"standard"}),
    from_hour=8,
    until_hour=20,
    youngest=18,
    **HELD,
)


@pytest.mark.parametrize(
    ("changed", "leaves"),
    [
        ({}, True),
        ({"policy": None}, False),
        ({"event": "sentenced"}, False),
        ({"tier": "enhanced"}, False),
        ({"high_risk": True}, False),
        ({"has_warnings": True}, False),
        ({"written": None}, False),
        ({"reviewed": False}, False),
        ({"age": 18}, True),
        ({"age": 17}, False),
        ({"age": None}, False),
        ({"times": "when he is at work"}, False),
        ({"suits": Suits(by_hand="They asked for Braille.")}, False),
        ({"suits": Suits(kind=Kind.EASY_READ)}, False),
        ({"wanted": None}, False),
        ({"wanted": ways(Safety.NOT_KNOWN)[Channel.SMS]}, False),
        ({"wanted": ways(Safety.UNSAFE)[Channel.SMS]}, False),
        ({"wanted": ways(Safety.SAFE)[Channel.LETTER]}, False),
        ({"wanted": ways(Safety.SAFE)[Channel.PHONE]}, False),
    ],
)
def test_what_leaves_by_itself(changed, leaves):
    given = {
        "policy": POLICY,
        "event": "charged",
        "written": WRITTEN,
        "reviewed": True,
        "tier": "standard",
        "high_risk": False,
        "has_warnings": False,
        "age": 44,
        "times": "",
        "suits": Suits(),
        "wanted": ways(Safety.SAFE)[Channel.SMS],
    }
    assert (rules.why_by_hand(**given | changed) == "") is leaves


@pytest.mark.parametrize(
    ("hour", "may"), [(0, False), (7, False), (8, True), (19, True), (20, False)]
)
def test_nothing_leaves_by_itself_at_night(hour, may):
    assert rules.is_time(POLICY, hour) is may


def test_policies_name_events_that_there_are():
    assert {event for row in tables.POLICIES.values() for event in row.events} <= set(
        EVENTS
    )
