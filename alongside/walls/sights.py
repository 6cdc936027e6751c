"""Which rows of a walled table somebody sees: the words for it."""

from enum import StrEnum


class Sight(StrEnum):
    """Which rows of a walled table an actor sees, inside their area."""

    CASE = "case"  # those of a case they may see
    CASE_ITSELF = "case_itself"
    ACCESS_ITSELF = "access_itself"
    VICTIMISATION = "victimisation"  # by its case; while held, by its agency
    OF_VICTIMISATION = "of_victimisation"
    OF_ASSESSMENT = "of_assessment"
    AREA = "area"  # the whole area's: no name, no contact point is readable there
    PARTIES = "parties"  # sender and receiver of a delivery
    OF_DELIVERY = "of_delivery"
    AGENCIES = "agencies"  # the agency it is with, or the one that sent it
    CONFLICT = "conflict"  # for those who govern; never seen by whom it bars
    APART = "apart"  # for those who govern, unless they work with one of the two
    ADDRESSEE = "addressee"  # to the actor, or to a role of their agency
    EMERGENCY = "emergency"  # one's own, and those one may review
    RECEIVING = "receiving"  # feed receivers only
    WEIGHTS = (
        "weights"  # whoever links reads them; the machine that learns puts them in
    )
    PROTECTED = "protected"  # by a case of the person, with its protected part
    OF_PROTECTED = "of_protected"
    GOVERNANCE = "governance"  # information governance of the actor's agency
    ASKED_FOR = "asked_for"  # by a case of the agency's that they may see
    OF_ASKED_FOR = "of_asked_for"
    OF_REQUEST = "of_request"  # of a request that the actor sees
    OF_RUN = "of_run"
    LEDGER = "ledger"  # the agency's own lines, of people with a case it may see
    SUPERVISION = "supervision"  # who wrote it, the case's worker, and supervisors
    OWN_AGENCY = "own_agency"  # those who work with the agency's cases
    SHARE = "share"  # who made it and sees the case; whom it is for, while it is open
    OF_SHARE = "of_share"
    OF_REFERRAL = "of_referral"
    AGREEMENT = "agreement"  # the area's; changed by whoever keeps it
    AGREEMENT_TERMS = "agreement_terms"  # changed while it is a draft
    AGREEMENT_LOG = "agreement_log"
    INSTRUMENT = "instrument"  # the area's; changed by the service's administrators
    CALENDAR = "calendar"  # the area's; by the service's supervisors and administrators
    WORDS = "words"  # the area's; said by those of the service who read words over
