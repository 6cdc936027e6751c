"""Which tables stand behind which wall, and what the application may do there.

Every table of the application is in one of these lists; `alongside check` and
the architecture tests fail on one that is not.
"""

from dataclasses import dataclass
from enum import StrEnum


class Sight(StrEnum):
    """Which rows of a walled table an actor sees, inside their area."""

    CASE = "case"  # those of a case they may see
    CASE_ITSELF = "case_itself"
    ACCESS_ITSELF = "access_itself"
    VICTIMISATION = "victimisation"  # by its case; while held, by its agency
    OF_VICTIMISATION = "of_victimisation"
    AREA = "area"  # the whole area's: no name, no contact point is readable there
    PARTIES = "parties"  # sender and receiver of a delivery
    OF_DELIVERY = "of_delivery"
    AGENCIES = "agencies"  # the agency it is with, or the one that sent it
    CONFLICT = "conflict"  # the actor's agency's; never changed by whom it bars
    ADDRESSEE = "addressee"  # to the actor, or to a role of their agency
    PROTECTED = "protected"  # by a case of the person, with its protected part
    OF_PROTECTED = "of_protected"


@dataclass(frozen=True, slots=True)
class Wall:
    """One walled table. `columns` narrows what may be read (empty: every column).

    `facet` is the part of a case the table holds (`bits.FACETS`), for the sights
    that go by the case: access to a case without it shows none of these rows.
    """

    sight: Sight
    facet: str = "support"
    insert: bool = True
    update: tuple[str, ...] = ()
    delete: bool = False
    columns: tuple[str, ...] = ()


WALLED: dict[str, Wall] = {
    "people_person": Wall(Sight.AREA, update=("shown_record_id", "shown_by_id")),
    "people_personrecord": Wall(
        Sight.AREA, columns=("id", "area_id", "person_id", "source", "said_at")
    ),
    "people_contactpoint": Wall(Sight.AREA, columns=("id", "area_id", "record_id")),
    "people_channelsafety": Wall(Sight.AREA, columns=("id", "area_id", "record_id")),
    "linking_linkkey": Wall(Sight.AREA),
    "linking_linkdecision": Wall(Sight.AREA),
    "intake_delivery": Wall(
        Sight.PARTIES,
        update=(
            *("state", "extract_id", "extracted_at", "visible_at", "rows"),
            *("accepted", "held", "rejected", "codes", "slowest_seconds", "refusal"),
            "header",
        ),
    ),
    "intake_deliverypart": Wall(Sight.OF_DELIVERY, delete=True),
    "intake_deliveryprogress": Wall(
        Sight.OF_DELIVERY, update=("rows_done", "at"), delete=True
    ),
    "intake_feedrow": Wall(Sight.OF_DELIVERY),
    "intake_referral": Wall(
        Sight.AGENCIES,
        update=(
            *("role", "state", "reported_at", "extracted_at", "content_hash"),
            *("person_hash", "current_row_id"),
        ),
    ),
    "intake_hold": Wall(
        Sight.AGENCIES,
        update=(
            *("wait_until", "wait_reason", "ended_at", "decision", "decided_by_id"),
            *("return_code", "reason", "owner_team_id"),
        ),
    ),
    "casework_case": Wall(
        Sight.CASE_ITSELF,
        update=(
            *("status", "tier", "high_risk", "team_id", "worker_id", "touched_at"),
            *("closed_at", "disposition", "next_action", "next_action_on", "version"),
            "compartments",
        ),
    ),
    "casework_caseaccess": Wall(Sight.ACCESS_ITSELF, insert=False),
    "casework_conflict": Wall(
        Sight.CONFLICT, update=("lifted_at", "lifted_by_id", "lifted_reason")
    ),
    "casework_casechange": Wall(Sight.CASE),
    "casework_note": Wall(Sight.CASE, facet="notes"),
    "casework_victimisation": Wall(
        Sight.VICTIMISATION,
        facet="crime",
        update=(
            *("record_id", "case_id", "same_as_id", "live", "role", "high_risk"),
            *("record_type", "offence_code", "offence_title", "flags", "reported_at"),
            *("occurred_from", "occurred_to", "location_postcode", "status"),
            *("outcome_type", "outcome_on", "officer_contact"),
            *("relationship_to_suspect", "suspect_same_address", "suspect_ref"),
            *("repeat_victim", "dash_yes_count", "asb_risk"),
            *("special_measures_discussed", "vps_offered", "acknowledged_on"),
            *("needs_assessed_on", "consent_referral", "consent_on"),
        ),
    ),
    "assessment_caseground": Wall(
        Sight.CASE,
        facet="risk",
        update=("confirmed_by_id", "confirmed_at", "ended_at"),
    ),
    "journey_journeyevent": Wall(Sight.OF_VICTIMISATION),
    "journey_clock": Wall(
        Sight.CASE,
        facet="journey",
        update=(
            *("met_on", "evidence", "not_owed_reason", "replaced_by_id"),
            *("settled_by_id", "settled_at"),
        ),
    ),
    "contact_contactattempt": Wall(Sight.CASE, facet="contact"),
    "vault_personkey": Wall(Sight.PROTECTED),
    # Ends, once; what is sealed leaves only through an audited function.
    "vault_sealedvalue": Wall(
        Sight.PROTECTED,
        update=("ended_at", "ended_by_id", "replaced_by"),
        columns=(
            *("id", "area_id", "public_id", "person", "kind", "about_case", "key"),
            *("made_at", "made_by_id", "ended_at", "ended_by_id", "replaced_by"),
        ),
    ),
    "vault_blindtoken": Wall(
        Sight.OF_PROTECTED, columns=("id", "area_id", "value_id", "field", "made_with")
    ),
    # No person the service supports, but who is told of what is need-to-know too.
    "accounts_notice": Wall(Sight.ADDRESSEE, update=("read_at", "read_by_id")),
}

# No person the service supports is held in these.
READ_ONLY = (
    "organisations_area",
    "organisations_agency",
    "organisations_team",
    "reference_postcode",
    "reference_district",
    "accounts_membership",
    "accounts_apitoken",
    "accounts_clearance",
    "intake_excludedoffence",
    "django_content_type",
)
READ_AND_WRITE = {
    "accounts_user": "SELECT, UPDATE (last_login, password)",
    "accounts_signinsession": "SELECT, INSERT, UPDATE, DELETE",
    "accounts_secondfactor": "SELECT, INSERT, DELETE, UPDATE (used_at, last_step)",
    "accounts_recoverycode": "SELECT, INSERT, DELETE, UPDATE (used_at)",
    "accounts_invitation": "SELECT, UPDATE (used_at)",
    "accounts_outsideidentity": "SELECT, INSERT",
    "accounts_trycount": "SELECT, INSERT, UPDATE, DELETE",
}
UNREACHABLE = ("django_migrations", "auth_permission", "auth_group")
