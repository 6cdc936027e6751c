"""What becomes of everything that points at a person when two turn out to be one.

Merging moves records from one person to another; unmerging moves them back. Whatever
else points at a person is listed here, so that nothing is left behind with a person
who has no records.
"""

from dataclasses import dataclass

WITH_RECORD = "Goes with its record"


@dataclass(frozen=True, kw_only=True, slots=True)
class MergeRow:
    """How one relation to a person or a record is merged and unmerged.

    `relation` is "package.Model.field".
    """

    relation: str
    merged: str
    unmerged: str


MERGE_ROWS: tuple[MergeRow, ...] = (
    MergeRow(
        relation="people.PersonRecord.person",
        merged="Moves to the person known longer; the decision keeps whose it was",
        unmerged="Moves back to whose it was",
    ),
    MergeRow(
        relation="people.Person.shown_record",
        merged="The person known longer keeps the one shown",
        unmerged="Each person shows the newest of the records they have again",
    ),
    MergeRow(
        relation="people.ContactPoint.record", merged=WITH_RECORD, unmerged=WITH_RECORD
    ),
    MergeRow(
        relation="people.ChannelSafety.record",
        merged=WITH_RECORD,
        unmerged=WITH_RECORD,
    ),
    MergeRow(
        relation="linking.LinkKey.record", merged=WITH_RECORD, unmerged=WITH_RECORD
    ),
    MergeRow(
        relation="linking.LinkKey.person",
        merged="Set to the person its record has moved to",
        unmerged="Set to the person its record has moved back to",
    ),
    MergeRow(
        relation="linking.LinkDecision.record",
        merged="Stays: it says what was decided then",
        unmerged="Stays: it says what was decided then",
    ),
    MergeRow(
        relation="linking.LinkDecision.person",
        merged="Stays: it says what was decided then",
        unmerged="Stays: it says what was decided then",
    ),
    MergeRow(
        relation="casework.Victimisation.record",
        merged=WITH_RECORD,
        unmerged=WITH_RECORD,
    ),
    MergeRow(
        relation="casework.Conflict.person",
        merged="Moves to the person known longer: who was barred stays barred",
        unmerged="Kept by both, until somebody lifts it from one of them",
    ),
    MergeRow(
        relation="casework.Case.person",
        merged="Points at the person known longer; of two open cases the newer closes",
        unmerged="Points at whose records its victimisations rest on; reopened if due",
    ),
)
