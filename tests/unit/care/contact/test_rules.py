import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.care.contact import rules
from alongside.care.contact.tables import CHANNELS
from alongside.care.contact.types import Channel, ChannelFacts, RouteEnd, Safety

FACTS = st.builds(
    ChannelFacts,
    st.sampled_from(Channel),
    st.booleans(),
    st.sampled_from(Safety),
    st.sampled_from(RouteEnd),
)


def ask(facts, *, high_risk=False, do_not_contact=False):
    return rules.offered_channels(
        [facts], high_risk, rows=CHANNELS, do_not_contact=do_not_contact
    )


def phone(safety, *, exists=True, ended=RouteEnd.NO):
    return ChannelFacts(Channel.PHONE, exists, safety, ended)


@pytest.mark.parametrize("high_risk", [True, False])
def test_a_channel_marked_safe_is_offered_without_a_caution(high_risk):
    (offer,) = ask(phone(Safety.SAFE), high_risk=high_risk).offered

    assert offer.channel is Channel.PHONE
    assert offer.label == "Phone call"
    assert offer.caution == ""


def test_an_unmarked_channel_is_refused_for_a_high_risk_crime_in_words():
    answer = ask(phone(Safety.NOT_KNOWN), high_risk=True)

    assert answer.offered == ()
    (refusal,) = answer.refused
    assert refusal.words == (
        "Not marked safe. For domestic abuse, stalking, honour-based, sexual and"
        " child cases a channel nobody has marked safe is treated as unsafe."
    )


@pytest.mark.parametrize("channel", Channel)
def test_an_unmarked_channel_is_offered_with_a_caution_for_other_crimes(channel):
    (offer,) = ask(ChannelFacts(channel, True, Safety.NOT_KNOWN)).offered

    assert offer.caution.startswith("Nobody has marked this safe.")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (phone(Safety.UNSAFE), "Marked as not safe."),
        (phone(Safety.SAFE, exists=False), "We hold no phone number."),
        (phone(Safety.SAFE, ended=RouteEnd.UNSAFE), "Somebody else answered"),
        (phone(Safety.SAFE, ended=RouteEnd.NOT_WORKING), "do not reach them"),
    ],
)
def test_a_channel_that_may_not_be_used_says_why(facts, words):
    (refusal,) = ask(facts).refused

    assert words in refusal.words


@given(facts=FACTS, high_risk=st.booleans())
def test_do_not_contact_refuses_everything(facts, high_risk):
    answer = ask(facts, high_risk=high_risk, do_not_contact=True)

    assert answer.offered == ()
    assert answer.refused[0].words == "They are marked as not to be contacted."


@given(facts=FACTS, high_risk=st.booleans(), do_not_contact=st.booleans())
def test_what_is_offered_is_always_safe_enough(facts, high_risk, do_not_contact):
    answer = ask(facts, high_risk=high_risk, do_not_contact=do_not_contact)

    assert len(answer.offered) + len(answer.refused) == 1
    if answer.offered:
        assert facts.exists
        assert facts.ended is RouteEnd.NO
        assert facts.safety is not Safety.UNSAFE
        assert facts.safety is Safety.SAFE or not high_risk
        assert not do_not_contact
    else:
        assert answer.refused[0].words
