"""Everything that has happened by the time somebody tries the demonstration."""

from datetime import datetime

from alongside.demo.assessing_story import play_assessing
from alongside.demo.closed_days_story import play_closed_days
from alongside.demo.code_rights_story import play_code_rights
from alongside.demo.entry_story import play_entry
from alongside.demo.escalation_story import play_escalation
from alongside.demo.grounds_story import play_grounds
from alongside.demo.guarding_story import play_guarding
from alongside.demo.instruments_story import play_instruments
from alongside.demo.journey_story import play_journeys
from alongside.demo.linking_story import play_linking
from alongside.demo.looking_story import play_looking
from alongside.demo.planning_story import play_planning
from alongside.demo.reach_story import play_reach
from alongside.demo.requests_story import play_requests
from alongside.demo.rights_story import play_rights
from alongside.demo.sharing_story import play_sharing
from alongside.demo.story import play
from alongside.demo.telling_story import play_telling
from alongside.demo.witness_story import play_witnesses
from alongside.demo.words_story import play_words


def play_stories(*, now: datetime) -> None:
    """A first day's work, then what is shared, walled off and asked for. Done once."""
    play(now=now)
    play_assessing(now=now)
    play_grounds(now=now)
    play_sharing(now=now)
    play_guarding(now=now)
    play_rights(now=now)
    play_looking(now=now)
    play_entry(now=now)
    play_linking(now=now)
    play_instruments(now=now)
    play_planning(now=now)
    play_requests(now=now)
    play_code_rights(now=now)
    play_words(now=now)
    play_telling(now=now)
    play_journeys(now=now)
    play_closed_days(now=now)
    play_witnesses(now=now)
    play_escalation(now=now)
    play_reach(now=now)
