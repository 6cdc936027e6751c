"""The people of the worker's pages, and what happened in their matters."""

from datetime import timedelta

import pytest

from alongside.care.code_rights.operations import Whereabouts
from alongside.care.code_rights.types import StepAsked
from alongside.foundation.lib.local import local_day
from alongside.workflows import code_rights
from tests.integration.code_rights.conftest import *  # noqa: F403


@pytest.fixture
def right(acting, crime):
    """Begin a right with a step; take the next."""

    def begin(kind, step, *, days=0, by="person", **fields):
        on = local_day(acting["now"] - timedelta(days=days))
        return code_rights.begin_right(
            **acting,
            kind=kind,
            about=Whereabouts(victimisation_id=crime.victimisation_id),
            asked=StepAsked(step=step, on=on, by=by, fields=fields),
        )

    return begin
