"""Two people with protected phone numbers, on a database of the test's own."""

import psycopg
from django.db import transaction

from alongside.care.casework.models import Case, Victimisation
from alongside.care.people.models import Person
from alongside.foundation.vault.operations import shred_person
from alongside.foundation.vault.types import DetailKind, IndexedField
from alongside.walls.context import acting_as
from alongside.workflows import vault_keys
from alongside.workflows.protected_details import (
    find_protected,
    open_protected,
    protect,
)
from tests.factories.feeds import receive
from tests.integration.vault.actors import ASHA, OMAR, actor_of, fresh
from tests.support.receiving import NOW

PHONE = "07700 900123"


class World:
    """The specialist, and two people of theirs with protected phone numbers."""

    def __init__(self, reach):
        self.reach = reach
        receive([ASHA, OMAR], now=NOW)
        self.worker = fresh(actor_of("specialist"))
        self.asha, self.omar = (self.person(row) for row in (ASHA, OMAR))
        self.details = {
            person: self.keep(person, DetailKind.SAFE_PHONE, PHONE)
            for person in (self.asha, self.omar)
        }

    def acting(self, actor=None):
        return acting_as(actor or self.worker)

    def person(self, row):
        with self.acting(), transaction.atomic():
            matter = Victimisation.objects.get(crime_ref=row["crime_ref"])
            case = Case.objects.get(pk=matter.case_id or 0)
            return Person.objects.get(pk=case.person_id).public_id

    def keep(self, person, kind, text):
        with self.acting(), transaction.atomic():
            return protect(
                actor=self.worker, now=NOW, person_id=person, kind=kind, text=text
            )

    def show(self, person, actor=None, detail=None):
        acting = actor or self.worker
        with self.acting(acting), transaction.atomic():
            return open_protected(
                actor=acting,
                now=NOW,
                person_id=person,
                detail_id=detail or self.details[person],
                reason="check",
            ).text

    def find(self, typed=PHONE):
        with self.acting(), transaction.atomic():
            return set(
                find_protected(
                    actor=self.worker, now=NOW, field=IndexedField.PHONE, typed=typed
                )
            )

    def shred(self, person):
        governance = actor_of("information")
        with self.acting(governance), transaction.atomic():
            return shred_person(
                actor=governance,
                now=NOW,
                journal=vault_keys.shred_journal(),
                person_id=person,
                purpose="erasure asked for",
            )

    def owner(self, query, *values):
        with psycopg.connect(self.reach.owner.conninfo()) as owner:
            return owner.execute(query, values).rowcount

    def trail(self, action):
        with psycopg.connect(self.reach.auditor.conninfo()) as auditor:
            return auditor.execute(
                "SELECT subject_kind, subject_id, person_ids, purpose FROM audit.entry"
                " WHERE action = %s ORDER BY id",
                [action],
            ).fetchall()
