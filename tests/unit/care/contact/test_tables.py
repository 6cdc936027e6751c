import pytest

from alongside.care.contact import tables
from alongside.care.contact.tables import DATA
from alongside.care.contact.types import Channel, RouteEnd
from alongside.foundation.lib.datafile import BadDataFile

RESULTS = (DATA / "attempt_results.toml").read_text(encoding="utf-8")
CHANNELS = (DATA / "channels.toml").read_text(encoding="utf-8")


def test_the_wrong_person_answering_ends_the_route_as_unsafe():
    result = tables.ATTEMPT_RESULTS["wrong_person_answered"]

    assert result.ends_route is RouteEnd.UNSAFE
    assert not result.contact_made


@pytest.mark.parametrize("channel", Channel)
def test_every_channel_can_succeed_and_fail(channel):
    results = tables.results_for(channel)

    assert any(not result.contact_made for result in results)
    assert any(
        result.contact_made for result in (*results, *tables.results_for(Channel.PHONE))
    )


def test_a_voicemail_cannot_be_spoken_with():
    codes = {result.code for result in tables.results_for(Channel.VOICEMAIL)}

    assert "left_safe_message" in codes
    assert "spoke" not in codes


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ('channels = ["voicemail"]', 'channels = ["pigeon"]', "channels that exist"),
        ('channels = ["voicemail"]', "channels = []", "channels that exist"),
        ('ends_route = "unsafe"', 'ends_route = "maybe"', "ends_route must be one of"),
        (
            'ends_route = "unsafe"',
            'ends_route = "unsafe"\ncontact_made = true',
            "where contact was made",
        ),
        ('code = "no_answer"', 'code = "spoke"', "two rows in force"),
        ('label = "No answer"', "", "label is missing"),
    ],
)
def test_a_result_with_a_slip_is_refused(was, becomes, complaint):
    assert was in RESULTS
    with pytest.raises(BadDataFile, match=complaint):
        tables.load_results(RESULTS.replace(was, becomes, 1))


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ('code = "sms"', 'code = "telex"', "code must be one of"),
        ('code = "sms"', 'code = "email"', "two rows in force"),
        ('label = "Letter"', "", "label is missing"),
    ],
)
def test_a_channel_with_a_slip_is_refused(was, becomes, complaint):
    assert was in CHANNELS
    with pytest.raises(BadDataFile, match=complaint):
        tables.load_channels(CHANNELS.replace(was, becomes, 1))


def test_a_missing_channel_is_refused():
    first = CHANNELS.split("\n\n[[channel]]")[:2]

    with pytest.raises(BadDataFile, match="a channel has no row"):
        tables.load_channels("\n\n[[channel]]".join(first))
