"""Pages of `docs/generated/` about what is held on people, and for how long."""

import os
from collections.abc import Iterator
from typing import Any

import django
from django.apps import apps

from alongside.care.information_rights import tables as rights
from alongside.foundation.accounts.types import THIRD_PARTY_FIELDS
from scripts.docs import page, provenance, table, words

PROVENANCE = ("in force", "confidence", "source")


def privacy() -> str:
    """The record of processing, table by table (UK GDPR, Article 30)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    models = sorted(apps.get_models(), key=lambda m: m._meta.db_table)
    rows = [row for model in models for row in _privacy_row(model)]
    personal = sum(int(row[1]) for row in rows)
    ordinary = sum(int(row[2]) for row in rows)
    return page(
        "What is held",
        f"Every table and every field of it: {personal} personal, {ordinary} ordinary."
        " Personal is what says something of a person the service supports, or leads to"
        " them. Members of staff are in the tables of accounts. A test fails on a field"
        " that is not sorted, and on a table that leads to a person and has no words"
        " for a copy and no end (UK GDPR, Article 30).",
        table(
            (
                *("table", "personal", "ordinary", "personal fields"),
                *("reached from the person", "shown to them as"),
            ),
            rows,
        ),
    )


def _privacy_row(model: Any) -> Iterator[tuple[str, str, str, str, str, str]]:
    name = model._meta.db_table
    fields = {field.name for field in model._meta.concrete_fields}
    sorted_ = getattr(model, "Privacy", None)
    personal = sorted(sorted_.personal) if sorted_ else []
    ordinary = fields - set(personal)
    if sorted_ is None and name not in THIRD_PARTY_FIELDS:
        raise LookupError(f"{name} is not sorted")
    held = rights.HELD.get(name)
    yield (
        *(name, str(len(personal)), str(len(ordinary))),
        ", ".join(personal) or "none",
        held.reached if held else "",
        held.heading if held else "",
    )


def retention() -> str:
    """How long records are kept, by which rule, and the other numbers of rights."""
    return page(
        "How long records are kept",
        "A person's record goes when nothing about them is open and the longest rule"
        " that reaches one of their cases is over; a legal hold stops it.",
        table(
            ("rule", "label", "meaning", "headings of endings", *PROVENANCE),
            (
                (
                    *(row.code, row.label, row.meaning),
                    ", ".join(sorted(words(e) for e in row.endings)) or "no case",
                    *provenance(row),
                )
                for row in rights.RETENTION
            ),
        ),
        "## Numbers",
        table(
            ("code", "number", "meaning", *PROVENANCE),
            (
                (row.code, row.number, row.meaning, *provenance(row))
                for row in rights.LIMITS.values()
            ),
        ),
        "## Rights",
        table(
            ("right", "label", "meaning", "article", *PROVENANCE),
            (
                (row.kind, row.label, row.meaning, row.article, *provenance(row))
                for row in rights.RIGHTS.values()
            ),
        ),
        "## Why a request may be refused",
        table(
            ("code", "label", "rights", *PROVENANCE),
            (
                (row.code, row.label, ", ".join(sorted(row.kinds)), *provenance(row))
                for row in rights.EXEMPTIONS.values()
            ),
        ),
        "## Why something is blacked out of a copy",
        table(
            ("code", "label", *PROVENANCE),
            (
                (row.code, row.label, *provenance(row))
                for row in rights.BLACKOUTS.values()
            ),
        ),
    )
