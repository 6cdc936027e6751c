"""An area's own versions: drafted, put in use once, never changed, retired."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from alongside.care.instruments import operations, queries
from alongside.care.instruments.tables import shipped_text
from alongside.care.instruments.types import FIRST_OWN, BadInstrument, InstrumentState
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.foundation.lib.local import local_day
from alongside.walls.context import acting_as
from tests.integration.instruments.conftest import SMALL


@pytest.fixture
def desk(administrator, now):
    """The administrator at work: each act in a transaction of its own."""

    class Desk:
        actor = administrator
        on = local_day(now)

        def do(self, operation, **given):
            with acting_as(self.actor), transaction.atomic():
                return operation(actor=self.actor, now=now, **given)

        def draft(self, code="small", text=SMALL):
            return self.do(operations.start_draft, code=code, text=text)

        def live(self, code="small", text=SMALL):
            version = self.draft(code, text)
            self.do(operations.publish, code=code, version=version)
            return version

        def save(self, version, text, saves=1):
            self.do(
                operations.save_draft,
                code="small",
                version=version,
                text=text,
                saves=saves,
            )

        def found(self, code="small", version=None, on=None):
            with acting_as(self.actor), transaction.atomic():
                return queries.get_instrument(
                    area_id=self.actor.area_id,
                    code=code,
                    on=on or self.on,
                    version=version,
                )

        def own(self, version, code="small"):
            with acting_as(self.actor), transaction.atomic():
                return queries.get_own(
                    area_id=self.actor.area_id, code=code, version=version
                )

    return Desk()


def test_a_draft_is_in_nobodys_use(desk):
    version = desk.draft()
    assert version == FIRST_OWN
    with pytest.raises(NotFound):
        desk.found()
    with pytest.raises(NotFound):
        desk.found(version=version)


def test_what_is_published_is_in_use_and_the_earlier_one_can_still_be_read(desk):
    first = desk.live()
    second = desk.live(text=SMALL.replace("A small one", "A newer one"))

    assert desk.found().title == "A newer one"
    assert desk.found(version=first).title == "A small one"
    assert desk.own(first).state is InstrumentState.RETIRED
    assert (desk.own(second).published_by, second) == ("Omar Vance", FIRST_OWN + 1)


def test_the_areas_own_comes_before_the_shipped_one_until_it_is_retired(desk):
    text = shipped_text("asb_matrix", 1).replace("(sample, not official)", "(ours)")
    version = desk.live("asb_matrix", text)
    assert desk.found("asb_matrix").version == version
    assert desk.found("asb_matrix", version=1).version == 1
    with acting_as(desk.actor), transaction.atomic():
        used = queries.list_in_use(area_id=desk.actor.area_id, on=desk.on)
    assert {one.version for one in used if one.code == "asb_matrix"} == {version}

    desk.do(operations.retire, code="asb_matrix", version=version)
    assert desk.found("asb_matrix").version == 1


def test_a_version_edited_after_use_is_refused(desk):
    version = desk.live()
    with pytest.raises(operations.CannotMove, match="never changed"):
        desk.save(version, SMALL)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("text = 'another'", "never_edited"),
        ("published_at = now()", "never_edited"),
        ("state = 'draft'", "never_back"),
    ],
)
def test_the_database_refuses_it_too(desk, change, rule):
    version = desk.live()
    with (
        acting_as(desk.actor),
        pytest.raises(IntegrityError, match=rule),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"UPDATE instruments_instrumentversion SET {change} WHERE version = %s",
            [version],
        )


def test_nothing_begins_in_use_and_nothing_is_taken_away(desk):
    version = desk.draft()
    insert = (
        "INSERT INTO instruments_instrumentversion (area_id, agency_id, code, version,"
        " text, state, made_by_id, made_at, published_by_id, published_at)"
        " SELECT area_id, agency_id, 'other', version, text, 'live', made_by_id,"
        " made_at, made_by_id, made_at FROM instruments_instrumentversion"
    )
    with (
        acting_as(desk.actor),
        pytest.raises(IntegrityError, match="begins_as_draft"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(insert)
    with (
        acting_as(desk.actor),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM instruments_instrumentversion")
    assert desk.own(version).state is InstrumentState.DRAFT


def test_a_retired_version_never_comes_back(desk):
    version = desk.draft()
    desk.do(operations.retire, code="small", version=version)
    with pytest.raises(operations.CannotMove):
        desk.do(operations.publish, code="small", version=version)


def test_what_cannot_be_used_is_kept_as_a_draft_and_not_published(desk):
    version = desk.draft(text="this is not = an instrument")
    assert desk.own(version).problems
    with pytest.raises(BadInstrument):
        desk.do(operations.publish, code="small", version=version)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('code = "small"', 'code = "other"', "code must stay small"),
        ("version = 1001", "version = 7", "version must be 1001"),
        ("2026-01-01", "2999-01-01", "too far away"),
        ("2026-01-01", "2099-01-01", "in_force must be today or earlier"),
    ],
)
def test_a_text_that_says_something_else_than_it_is_kept_as(desk, before, after, words):
    version = desk.draft()
    desk.save(version, desk.own(version).text.replace(before, after))
    with pytest.raises(BadInstrument, match=words):
        desk.do(operations.publish, code="small", version=version)


def test_what_is_followed_over_time_stays_comparable(desk):
    text = shipped_text("needs", 1)
    changed = text.replace("most = 10", "most = 5", 1)
    version = desk.draft("needs", changed)
    with pytest.raises(BadInstrument, match="n1_health: is followed over time"):
        desk.do(operations.publish, code="needs", version=version)


def test_words_of_the_shipped_may_be_the_areas(desk):
    text = shipped_text("needs", 1).replace("How are you in body", "And how are you")
    desk.live("needs", text)
    assert desk.found("needs").questions()[0].words.startswith("And how are you")


def test_there_is_one_draft_at_a_time(desk):
    desk.draft()
    with pytest.raises(operations.CannotMove, match="a draft of this already"):
        desk.draft()


def test_nobody_saves_over_what_somebody_else_saved(desk):
    version = desk.draft()
    desk.save(version, SMALL + "# mine\n")
    with pytest.raises(operations.SavedSince):
        desk.save(version, SMALL + "# theirs\n")
    assert "# mine" in desk.own(version).text


@pytest.mark.parametrize("code", ["", "Small", "a b", "9lives", "x" * 41])
def test_a_code_is_short_and_plain(desk, code):
    with pytest.raises(operations.BadText):
        desk.draft(code)


def test_a_text_has_an_end(desk):
    with pytest.raises(operations.BadText):
        desk.draft(text="#" * 100_001)


def test_a_worker_may_not(desk, worker):
    desk.actor = worker
    with pytest.raises(NotAllowed):
        desk.draft()


def test_the_database_lets_only_administrators_write(desk, worker):
    desk.actor = replace(
        worker, permissions=worker.permissions | {Permission.INSTRUMENT_EDIT}
    )
    with pytest.raises(ProgrammingError, match="row-level security"):
        desk.draft()


def test_another_area_sees_nothing_of_it(desk):
    desk.live()
    desk.actor = replace(desk.actor, area_id=desk.actor.area_id + 999)
    with acting_as(desk.actor), transaction.atomic():
        assert queries.list_own(area_id=desk.actor.area_id - 999) == ()


def test_finding_the_one_in_use_takes_one_statement(desk, django_assert_num_queries):
    desk.live()
    with acting_as(desk.actor), transaction.atomic(), django_assert_num_queries(1):
        queries.get_instrument(area_id=desk.actor.area_id, code="small", on=desk.on)
    with acting_as(desk.actor), transaction.atomic(), django_assert_num_queries(0):
        queries.get_instrument(
            area_id=desk.actor.area_id, code="dash", on=desk.on, version=1
        )


def test_it_is_written_down_who_did_what(desk, monkeypatch):
    said = []
    monkeypatch.setattr(
        "alongside.foundation.audit.operations.record_event",
        lambda **entry: said.append(entry["action"]),
    )
    version = desk.live()
    desk.do(operations.retire, code="small", version=version)
    assert said == [
        "instrument.drafted",
        "instrument.live",
        "instrument.retired",
    ]


def test_only_administrators_are_told_how_often(desk, worker):
    with acting_as(worker), transaction.atomic():
        assert queries.count_used() == {}
    with acting_as(desk.actor), transaction.atomic():
        assert queries.count_used() == {}
