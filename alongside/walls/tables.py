"""Which tables stand behind which wall, and what the application may do there.

Every table is in one of these lists: `alongside check` fails on one that is not.
"""

from dataclasses import dataclass

from alongside.walls.sights import Sight as Sight


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


# How a version of something is drafted, put in use and taken out of use.
PUT_IN_USE = (
    *("saves", "state", "published_by_id", "published_at"),
    *("retired_by_id", "retired_at"),
)
TAKEN_BACK = ("taken_back_at", "taken_back_by_id", "taken_back_why")
REACH_ENDS = ("review_on", "until", "ended_by_id", "ended_why")
WALLED: dict[str, Wall] = {
    "people_person": Wall(Sight.AREA, update=("shown_record_id", "shown_by_id")),
    "people_personrecord": Wall(
        Sight.AREA, columns=("id", "area_id", "person_id", "source", "said_at")
    ),
    "people_contactpoint": Wall(Sight.AREA, columns=("id", "area_id", "record_id")),
    "people_channelsafety": Wall(Sight.AREA, columns=("id", "area_id", "record_id")),
    # Made by a function that looks whose it is.
    "people_contactconfirmed": Wall(
        Sight.AREA,
        insert=False,
        columns=("id", "area_id", "contact_id", "person_id", "at", "by_id"),
    ),
    # Names of those around a person leave through a function that writes the look.
    "people_relationship": Wall(
        Sight.LEDGER,
        update=("ended_at", "ended_by_id", "ended_why"),
        columns=(
            *("id", "public_id", "area_id", "agency_id", "person_id", "other_id"),
            *("kind", "since", "may_speak", "may_be_told", "never_told", "made_at"),
            *("made_by_id", "ended_at", "ended_by_id"),
        ),
    ),
    "linking_linkdecision": Wall(Sight.AREA),
    # Put in and never read back here: only whoever can name a key gets at what is
    # behind it, through a function.
    "linking_linkrecord": Wall(
        Sight.AREA, columns=("id", "area_id", "record_id", "person_id")
    ),
    "linking_blockkey": Wall(Sight.AREA, columns=("area_id", "record_id")),
    # Shown and answered through functions, which ask whether both people are open to
    # the reviewer; nobody reads here which task repeats another.
    "linking_reviewtask": Wall(
        Sight.AREA,
        columns=(
            *("id", "public_id", "area_id", "person_id", "other_person_id"),
            *("opened_at", "state"),
        ),
    ),
    # Said and taken back by functions that ask who answers, and why.
    "linking_neverlink": Wall(Sight.AREA, insert=False),
    "linking_householdhint": Wall(Sight.AREA),
    # Said through a function, by who may see both.
    "linking_householdword": Wall(Sight.AREA, insert=False),
    "linking_linkmodel": Wall(Sight.WEIGHTS, update=("live_from", "retired_at")),
    # Made and undone by functions that ask who, how lately, and move everything.
    "linking_merge": Wall(Sight.AREA, insert=False),
    "linking_mergemove": Wall(
        Sight.AREA,
        insert=False,
        columns=("id", "area_id", "merge_id", "order", "relation"),
    ),
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
    # Made and lifted by functions, which move the bars with it.
    "casework_keptapart": Wall(Sight.APART, insert=False),
    "guarding_emergencyaccess": Wall(Sight.EMERGENCY, insert=False),
    "guarding_staffmark": Wall(Sight.RECEIVING, insert=False),
    "casework_casechange": Wall(Sight.CASE),
    "casework_note": Wall(Sight.CASE, facet="notes"),
    "casework_task": Wall(
        Sight.CASE,
        facet="support",
        update=("owner_id", "state", "done_at", "done_by_id", "done_words"),
    ),
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
            *("needs_assessed_on", "consent_referral", "consent_on", "crime_key"),
        ),
    ),
    "assessment_caseground": Wall(
        Sight.CASE,
        facet="risk",
        update=(
            *("confirmed_by_id", "confirmed_at", "declined_by_id", "declined_at"),
            *("reason", "ended_at", "doubted_at"),
        ),
    ),
    # What it was begun with is never changed; a trigger keeps what it came to.
    "assessment_assessment": Wall(
        Sight.CASE,
        update=(
            *("state", "moment", "how", "accompanied", "saved_at", "saved_by_id"),
            *("completed_at", "completed_by_id", "found", "incidents", "escalated"),
            *("judged", "judged_reason", "judged_at", "judged_by_id", "review_on"),
            *("asks", "result", "asked", "numbers", "withdrawn_at", "withdrawn_by_id"),
            *("withdrawn_reason", "version"),
        ),
    ),
    "assessment_answer": Wall(Sight.OF_ASSESSMENT, update=("value",)),
    "assessment_noexit": Wall(Sight.CASE),
    "assessment_promptanswer": Wall(Sight.CASE, facet="risk"),
    # Superseded, once; what it said is never changed.
    "journey_journeyevent": Wall(
        Sight.OF_VICTIMISATION, update=("superseded_by_id", "superseded_why")
    ),
    "journey_matter": Wall(
        Sight.OF_VICTIMISATION,
        update=("live", "stage", "stage_event_id", "stage_since"),
    ),
    "journey_telling": Wall(Sight.OF_VICTIMISATION, update=TAKEN_BACK),
    # Gone from here once its referral has come.
    "journey_waitingmessage": Wall(
        Sight.AGENCIES,
        update=("refused_why", "told_at", "looked_at", "looked_by_id", "looked_words"),
        delete=True,
    ),
    "journey_clock": Wall(
        Sight.CASE,
        facet="journey",
        update=(
            *("met_on", "evidence", "not_owed_reason", "replaced_by_id"),
            *("settled_by_id", "settled_at", "by_fact"),
        ),
    ),
    # Answered once; who was told of what is never changed.
    "journey_escalation": Wall(
        Sight.CASE, facet="journey", update=("answer", "answered_at", "answered_by_id")
    ),
    "journey_wish": Wall(Sight.CASE, facet="journey", update=("until", "ended_by_id")),
    "journey_outofreach": Wall(Sight.CASE, facet="journey", update=REACH_ENDS),
    "code_rights_rightrecord": Wall(
        Sight.CASE,
        facet="journey",
        update=("state", "state_on", "ended_on", "in_scheme_since", "version"),
    ),
    "code_rights_rightstep": Wall(Sight.CASE, facet="journey"),
    "telling_update": Wall(
        Sight.CASE,
        facet="journey",
        update=(
            *("template", "template_version", "kind", "language", "channel", "state"),
            *("words", "changed", "asked_at", "asked_by_id", "leaves_at", "tried_at"),
            *("hour", "hour_why"),
            *("tries", "provider", "provider_ref", "sent_at", "told_at", "failed"),
            *("ended_at", "ended_by_id", "ended_why", "ended_words", "version"),
        ),
    ),
    "contact_contactattempt": Wall(Sight.CASE, facet="contact"),
    "planning_plan": Wall(
        Sight.CASE,
        update=(
            *("state", "review_on", "agreed_on", "agreed_how", "agreed_with"),
            *("asked_at", "asked_by_id", "approved_at", "approved_by_id"),
            *("returned_words", "closed_at", "closed_by_id", "version"),
        ),
    ),
    "planning_goal": Wall(
        Sight.CASE,
        update=(
            *("need", "words", "why", "state", "review_on", "ended_at", "ended_by_id"),
            *("ended_words", "version"),
        ),
    ),
    "planning_action": Wall(
        Sight.CASE,
        update=(
            *("whose", "worker_id", "owner_words", "words", "due_on", "state"),
            *("done_on", "outcome", "ended_at", "ended_by_id", "version"),
        ),
    ),
    "planning_planchange": Wall(Sight.CASE),
    # How somebody keeps safe is a matter of risk; version after version.
    "planning_safetyplan": Wall(Sight.CASE, facet="risk"),
    "planning_exitplan": Wall(Sight.CASE),
    "planning_appointment": Wall(
        Sight.CASE,
        update=(
            *("worker_id", "with_words", "begins", "ends", "how", "place", "purpose"),
            *("reminder", "state", "cancelled_by", "outcome", "ended_at"),
            *("ended_by_id", "version"),
        ),
    ),
    "planning_warningnote": Wall(
        Sight.LEDGER,
        update=(
            *("until", "looked_at", "looked_by_id", "ended_at", "ended_by_id"),
            *("ended_why", "version"),
        ),
    ),
    "planning_supervisionnote": Wall(
        Sight.SUPERVISION, update=("done_at", "done_by_id")
    ),
    # No person we support, but who gives their time is need-to-know too.
    "planning_volunteer": Wall(Sight.OWN_AGENCY, update=("until",)),
    # By its case; without one, by the agency.
    "planning_volunteerhours": Wall(Sight.VICTIMISATION, update=("undone_at",)),
    "consent_consententry": Wall(Sight.LEDGER),
    # Ends, once. What it rests on is never changed.
    "referrals_caseshare": Wall(
        Sight.SHARE, update=("ended_at", "ended_by_id", "ended_why")
    ),
    "referrals_servicereferral": Wall(
        Sight.OF_SHARE,
        update=(
            *("state", "answered_at", "answered_by_id"),
            *("decline_code", "decline_words"),
        ),
    ),
    "referrals_referralmessage": Wall(Sight.OF_REFERRAL),
    # No person is in an agreement; who may change one is walled all the same.
    "organisations_sharingagreement": Wall(
        Sight.AGREEMENT,
        update=(
            *("title", "reference", "version", "state", "legal_basis", "signatories"),
            *("starts", "last_day", "review_on", "reviewed_on", "ended_at"),
        ),
    ),
    "organisations_agreementparty": Wall(Sight.AGREEMENT_TERMS, delete=True),
    "organisations_agreementflow": Wall(Sight.AGREEMENT_TERMS, delete=True),
    "organisations_agreementchange": Wall(Sight.AGREEMENT_LOG),
    "organisations_agreementchase": Wall(Sight.AGREEMENT_LOG),
    # No person is in a calendar. Withdrawn, never deleted.
    "organisations_closedday": Wall(
        Sight.CALENDAR,
        update=(
            *("withdrawn_at", "withdrawn_by", "withdrawn_why", "counted_at"),
            *("counting_done", "counting_of"),
        ),
    ),
    # No person is in an instrument, nor in the words an area sends. What was put in use
    # is never changed: triggers.
    "instruments_instrumentversion": Wall(
        Sight.INSTRUMENT, update=("text", *PUT_IN_USE)
    ),
    "telling_ownwords": Wall(Sight.INSTRUMENT, update=("words", *PUT_IN_USE)),
    "telling_wordsreading": Wall(
        Sight.WORDS, update=("taken_back_by_id", "taken_back_at", "taken_back_why")
    ),
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
    # What is said now is changed as it is said anew; the steps keep what was said.
    "information_requests_informationrequest": Wall(
        Sight.ASKED_FOR,
        update=(
            *("state", "urgent", "urgent_why", "offence", "line", "kinds"),
            *("everything", "period_from", "period_until", "particulars"),
            *("necessity", "proportionality", "other_means", "counselling_reason"),
            *("counselling_rank", "counselling_on", "approved_rank", "approved_on"),
            *("notice", "notice_on", "notice_how", "withheld_why", "withheld_words"),
            *("views", "views_words", "views_on", "complete_on", "due_on"),
            *("prepared_at", "prepared_by_id", "proposed", "decided_at"),
            *("decided_by_id", "outcome", "sent_on", "sent_how", "ended_at"),
            *("complaint_on", "complaint_from", "complaint_due_on"),
            *("complaint_answered_on", "version", "soon_told_of", "late_told_of"),
        ),
    ),
    "information_requests_requeststep": Wall(Sight.OF_ASKED_FOR),
    "information_requests_requestpart": Wall(Sight.OF_ASKED_FOR),
    "rights_rightsrequest": Wall(
        Sight.GOVERNANCE,
        update=(
            *("person_id", "proof_asked", "identity_on", "identity_how"),
            *("identity_by_id", "starts_on", "due_on", "extended_on"),
            *("extension_reason", "owner_id", "state", "ended_at", "exemption"),
            *("ended_reason", "reviewed_by_id", "reviewed_at", "reviewed_what"),
            *("checked_by_id", "checked_at", "reminded_on"),
        ),
    ),
    "rights_requestentry": Wall(Sight.OF_REQUEST),
    "rights_packdecision": Wall(Sight.OF_REQUEST),
    "rights_accesspack": Wall(
        Sight.OF_REQUEST, update=("fetched_at", "fetched_by_id"), delete=True
    ),
    "rights_correction": Wall(Sight.GOVERNANCE),
    # Laid and lifted through functions that put the walls of the cases up with them.
    "rights_restriction": Wall(Sight.GOVERNANCE, insert=False),
    "rights_legalhold": Wall(
        Sight.GOVERNANCE,
        update=(
            *("review_on", "reminded_on", "lifted_at", "lifted_by_id"),
            "lifted_reason",
        ),
    ),
    # Approved and done through functions that ask who, how lately, and who else.
    "rights_erasure": Wall(Sight.GOVERNANCE, update=("declined_at",)),
    "rights_retentionrun": Wall(
        Sight.GOVERNANCE, insert=False, update=("declined_at",)
    ),
    "rights_retentionitem": Wall(Sight.OF_RUN, insert=False),
    "rights_suppression": Wall(Sight.AREA, insert=False, columns=("id", "area_id")),
    "rights_casecount": Wall(Sight.AREA, insert=False),
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
    "jobs_round": "SELECT, INSERT, UPDATE",
    "accounts_user": "SELECT, UPDATE (last_login, password)",
    "accounts_signinsession": "SELECT, INSERT, UPDATE, DELETE",
    "accounts_secondfactor": "SELECT, INSERT, DELETE, UPDATE (used_at, last_step)",
    "accounts_recoverycode": "SELECT, INSERT, DELETE, UPDATE (used_at)",
    "accounts_invitation": "SELECT, UPDATE (used_at)",
    "accounts_outsideidentity": "SELECT, INSERT",
    "accounts_trycount": "SELECT, INSERT, UPDATE, DELETE",
}
UNREACHABLE = ("people_nameword", "django_migrations", "auth_permission", "auth_group")
