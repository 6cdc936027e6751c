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
        relation="linking.LinkRecord.record", merged=WITH_RECORD, unmerged=WITH_RECORD
    ),
    MergeRow(
        relation="linking.LinkRecord.person",
        merged="Set to the person its record has moved to",
        unmerged="Set to the person its record has moved back to",
    ),
    MergeRow(
        relation="linking.BlockKey.record", merged=WITH_RECORD, unmerged=WITH_RECORD
    ),
    MergeRow(
        relation="linking.LinkDecision.against",
        merged="Stays: it says what was decided then",
        unmerged="Stays: it says what was decided then",
    ),
    MergeRow(
        relation="linking.ReviewTask.record", merged=WITH_RECORD, unmerged=WITH_RECORD
    ),
    MergeRow(
        relation="linking.ReviewTask.other", merged=WITH_RECORD, unmerged=WITH_RECORD
    ),
    MergeRow(
        relation="linking.ReviewTask.person",
        merged="Set to the person its record has moved to; settled if now one person's",
        unmerged="Set to the person its record has moved back to",
    ),
    MergeRow(
        relation="linking.ReviewTask.other_person",
        merged="Set to the person its record has moved to; settled if now one person's",
        unmerged="Set to the person its record has moved back to",
    ),
    MergeRow(
        relation="linking.NeverLink.low", merged=WITH_RECORD, unmerged=WITH_RECORD
    ),
    MergeRow(
        relation="linking.NeverLink.high", merged=WITH_RECORD, unmerged=WITH_RECORD
    ),
    MergeRow(
        relation="linking.HouseholdHint.low",
        merged="Set to the person known longer; dropped where both are now one",
        unmerged="Set to whose it was, or put back",
    ),
    MergeRow(
        relation="linking.HouseholdHint.high",
        merged="Set to the person known longer; dropped where both are now one",
        unmerged="Set to whose it was, or put back",
    ),
    MergeRow(
        relation="linking.Merge.kept",
        merged="Stays: it says what was merged then",
        unmerged="Stays: it says what was merged then",
    ),
    MergeRow(
        relation="linking.Merge.gone",
        merged="Stays: it says what was merged then",
        unmerged="Stays: it says what was merged then",
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
        relation="casework.KeptApart.victim",
        merged="Moves to the person known longer: who is kept apart stays apart",
        unmerged="Moves back to whose it was",
    ),
    MergeRow(
        relation="casework.KeptApart.suspect",
        merged="Moves to the person known longer: who is kept apart stays apart",
        unmerged="Moves back to whose it was",
    ),
    MergeRow(
        relation="consent.ConsentEntry.person",
        merged="Moves to the person known longer, with the ledger of the other",
        unmerged="Moves back to whose it was: the decision keeps it",
    ),
    MergeRow(
        relation="casework.Case.person",
        merged="Points at the person known longer; of two open cases the newer closes",
        unmerged="Points at whose records its victimisations rest on; reopened if due",
    ),
    MergeRow(
        relation="rights.RightsRequest.person",
        merged="Moves to the person known longer",
        unmerged="Stays with the person it was moved to, for somebody to look at",
    ),
    MergeRow(
        relation="rights.Correction.person",
        merged="Moves with the record it put right",
        unmerged="Moves back with its record",
    ),
    MergeRow(
        relation="rights.Correction.before", merged=WITH_RECORD, unmerged=WITH_RECORD
    ),
    MergeRow(
        relation="rights.Correction.after", merged=WITH_RECORD, unmerged=WITH_RECORD
    ),
    MergeRow(
        relation="rights.Restriction.person",
        merged="Moves to the person known longer: who is restricted stays restricted",
        unmerged="Kept by both, until somebody lifts it from one of them",
    ),
    MergeRow(
        relation="rights.LegalHold.person",
        merged="Moves to the person known longer: what is held stays held",
        unmerged="Kept by both, until somebody lifts it from one of them",
    ),
    MergeRow(
        relation="rights.Erasure.person",
        merged="One that is not done is declined: it was approved for less",
        unmerged="Stays: it says what was decided then",
    ),
    MergeRow(
        relation="rights.RetentionItem.person",
        merged="Passed over in its run: something about them has changed",
        unmerged="Stays: it says what was decided then",
    ),
)
