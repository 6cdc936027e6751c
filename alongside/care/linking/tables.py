"""What becomes of everything that points at a person when two turn out to be one.

Merging moves records from one person to another; unmerging moves them back. Whatever
else points at a person is listed here, so that nothing is left behind with a person
who has no records. The database goes by the same list
(`walls/sql/functions/076_merging.sql`, linking_followers); a test holds them together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from alongside.care.linking.types import LinkingLimit, Merging
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

LIMITS_FILE = Path(__file__).parent / "data" / "limits.toml"
LIMIT_CODES = {
    *("patience", "propose_most", "rekey_piece", "review_ask_days", "review_most"),
    *("review_one_in", "review_sitting_minutes", "review_undo_minutes"),
}
WITH_RECORD = "Goes with its record"
BACK = "Goes back to whose it was"
AS_DECIDED = "Stays: it says what was decided then"


@dataclass(frozen=True, kw_only=True, slots=True)
class MergeRow:
    """How one relation to a person or a record is merged and unmerged.

    `relation` is "package.Model.field".
    """

    relation: str
    kind: Merging
    merged: str
    unmerged: str


def _with_record(*relations: str) -> tuple[MergeRow, ...]:
    return tuple(
        MergeRow(
            relation=relation,
            kind=Merging.WITH_RECORD,
            merged=WITH_RECORD,
            unmerged=WITH_RECORD,
        )
        for relation in relations
    )


def _follows(*relations: str) -> tuple[MergeRow, ...]:
    return tuple(
        MergeRow(
            relation=relation,
            kind=Merging.FOLLOWS,
            merged="Moves to the person who is kept",
            unmerged=BACK,
        )
        for relation in relations
    )


def _stays(*relations: str) -> tuple[MergeRow, ...]:
    return tuple(
        MergeRow(
            relation=relation,
            kind=Merging.STAYS,
            merged=AS_DECIDED,
            unmerged=AS_DECIDED,
        )
        for relation in relations
    )


MERGE_ROWS: tuple[MergeRow, ...] = (
    *_with_record(
        "people.ContactPoint.record",
        "people.ChannelSafety.record",
        "linking.LinkRecord.record",
        "linking.BlockKey.record",
        "linking.ReviewTask.record",
        "linking.ReviewTask.other",
        "linking.NeverLink.low",
        "linking.NeverLink.high",
        "casework.Victimisation.record",
        "rights.Correction.before",
        "rights.Correction.after",
    ),
    *_follows(
        "people.PersonRecord.person",
        "linking.LinkRecord.person",
        "consent.ConsentEntry.person",
        "people.Relationship.person",
        "people.Relationship.other",
        "planning.WarningNote.person",
        "rights.RightsRequest.person",
        "rights.Correction.person",
    ),
    *_stays(
        "linking.LinkDecision.record",
        "linking.LinkDecision.person",
        "linking.LinkDecision.against",
        "linking.Merge.kept",
        "linking.Merge.gone",
    ),
    MergeRow(
        relation="people.ContactConfirmed.person",
        kind=Merging.STAYS,
        merged="Stays: confirmed for one, and not for the other",
        unmerged="Stays, and counts again",
    ),
    MergeRow(
        relation="people.Person.shown_record",
        kind=Merging.STAYS,
        merged="The person who is kept keeps the one shown",
        unmerged="As it was; where that is not theirs, the newest of their own",
    ),
    *(
        MergeRow(
            relation=f"linking.ReviewTask.{side}",
            kind=Merging.SETTLED,
            merged="Moves with its record; settled where both are now one person's",
            unmerged="Goes back, and is open again",
        )
        for side in ("person", "other_person")
    ),
    *(
        MergeRow(
            relation=f"linking.HouseholdHint.{side}",
            kind=Merging.DROPPED,
            merged="Moves to the person who is kept; stays where both are now one",
            unmerged="Goes back to whose it was",
        )
        for side in ("low", "high")
    ),
    MergeRow(
        relation="casework.Case.person",
        kind=Merging.CLOSES_ONE,
        merged="Moves; of two open cases the one with the lesser need, then the newer,"
        " closes, and what is still to be done goes to the one that stays. Every case"
        " stands behind every wall that any of them stood behind",
        unmerged="Goes back; the closed one opens again with what was taken from it",
    ),
    MergeRow(
        relation="casework.Conflict.person",
        kind=Merging.KEPT_BY_BOTH,
        merged="Moves: who was barred from one is barred from both",
        unmerged="Goes back; one made since is kept by both, until somebody lifts it",
    ),
    *(
        MergeRow(
            relation=f"casework.KeptApart.{side}",
            kind=Merging.KEPT_BY_BOTH,
            merged="Moves: who is kept apart from one is kept apart from both. The two"
            " sides of one crime are never joined",
            unmerged=BACK,
        )
        for side in ("victim", "suspect")
    ),
    MergeRow(
        relation="rights.Restriction.person",
        kind=Merging.KEPT_BY_BOTH,
        merged="Moves: who is restricted stays restricted",
        unmerged="Goes back; one made since is kept by both, until somebody lifts it",
    ),
    MergeRow(
        relation="rights.LegalHold.person",
        kind=Merging.STANDS_AGAINST,
        merged="Nothing is joined while one stands; a lifted one stays",
        unmerged="Nothing is parted while one stands",
    ),
    MergeRow(
        relation="rights.Erasure.person",
        kind=Merging.STANDS_AGAINST,
        merged="Nothing is joined while one is under way; one that is over stays",
        unmerged="Nothing is parted while one is under way",
    ),
    MergeRow(
        relation="rights.RetentionItem.person",
        kind=Merging.PASSED_OVER,
        merged="Passed over in its run: something about them has changed",
        unmerged="Back in its run, unless that is over",
    ),
    # By the person's public id.
    *(
        MergeRow(
            relation=f"vault.{model}.person",
            kind=Merging.STAYS,
            merged="Stays sealed under the name it was given; found from the other too",
            unmerged="Stays, and is found from its own person alone",
        )
        for model in ("PersonKey", "SealedValue")
    ),
    MergeRow(
        relation="accounts.Notice.subject_id",
        kind=Merging.STAYS,
        merged="Stays: the page it leads to leads on to the person who is kept",
        unmerged="Stays",
    ),
)


def load_limits(text: str) -> Mapping[str, LinkingLimit]:
    """The numbers of linking by their code, exactly those that are used.

    Raises:
        BadDataFile: one is missing, unknown or not above nothing.
    """
    rows = read_toml(text, "limit", name=LIMITS_FILE.name)
    found = {row.code: row for row in read_rows(rows, _limit, key=lambda r: r.code)}
    if found.keys() != LIMIT_CODES or min(row.number for row in found.values()) < 1:
        raise BadDataFile(f"{LIMITS_FILE.name}: does not hold exactly the limits used")
    return found


def _limit(row: Row) -> LinkingLimit:
    return LinkingLimit(
        code=row.text("code"),
        number=row.whole("number"),
        unit=row.text("unit"),
        label=row.text("label"),
        **row.provenance(),
    )


LIMITS = load_limits(LIMITS_FILE.read_text(encoding="utf-8"))
