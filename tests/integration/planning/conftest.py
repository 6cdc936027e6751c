"""The people of the worker's pages, a plan begun, and forms filled in for them."""

from datetime import timedelta

import pytest

from tests.integration.planning.pages import name_in, option, page, send
from tests.integration.web.casework.conftest import (  # noqa: F401
    actor_as,
    asha,
    case_of,
    held_by_tom,
    now,
    omar,
    received,
    sarah,
    text_of,
    tom,
    typed_day,
    worker,
)
from tests.integration.web.conftest import client_as, sign_in  # noqa: F401


@pytest.fixture
def begun(tom, asha, now):  # noqa: F811
    """Asha's plan with one goal and one action of Tom's."""
    later = now + timedelta(days=14)
    send(tom, "start", asha, **typed_day("review_on", later))
    send(
        tom,
        "add_goal",
        asha,
        need="N2",
        words="Sleep in her own flat again",
        why="She misses it",
    )
    goal = name_in(text_of(page(tom, "plan", asha)), "goals")
    text = text_of(page(tom, "add_action", asha, goal))
    chosen = option(text, "Tom Hollis")
    send(
        tom,
        "add_action",
        asha,
        goal,
        words="Ask the landlord for new locks",
        whose="ours",
        worker=chosen,
        **typed_day("due_on", now + timedelta(days=2)),
    )
    return goal
