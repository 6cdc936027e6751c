"""Row security as SQL text, made from the list of walled tables.

Every walled table has: row security on and forced; a restrictive area wall,
always ANDed; a policy for the owner (forced security binds the owner too, and
without it a data migration would change nothing, silently); and a policy for
what the application sees. Claims are read in sub-selects, so that they are
evaluated once a statement and not once a row.
"""

from collections.abc import Iterator

from alongside.walls.bits import DUTIES, FACETS
from alongside.walls.tables import READ_AND_WRITE, READ_ONLY, WALLED, Sight, Wall

APP, OWNER = "alongside_app", "alongside_owner"
USER, AGENCY, AREA, CLEARANCE = (f"(SELECT ctx.claim({n}))" for n in (2, 3, 4, 6))
# Whether the actor's role is there for something.
HAS = {name: f"{CLEARANCE}::int & {bit} <> 0" for name, bit in DUTIES.items()}

# Whether an access row lets the actor in. Each claim is looked up only where its
# column holds something, which for most rows is the agency alone. The statement's own
# time, not the transaction's: what ends now is closed to the next statement of a page
# that is already being made.
LETS_IN = (
    f"a.agency_id = {AGENCY} AND CASE WHEN a.user_id IS NULL"
    f" THEN {HAS['agency_cases']} ELSE a.user_id = {USER} END"
    " AND (a.until IS NULL OR a.until > statement_timestamp())"
    f" AND (a.compartments = 0 OR a.compartments & ~{CLEARANCE}::int = 0)"
    f" AND (a.barred IS NULL OR {USER} <> ALL (a.barred))"
)
# OFFSET 0 keeps it one index probe a row: otherwise the planner may read the whole
# of casework_caseaccess once a statement, and a page's cost grows with the data.
MAY_SEE_CASE = (
    "EXISTS (SELECT 1 FROM casework_caseaccess a WHERE a.case_id = {case}"
    f" AND a.fields & {{facet}} <> 0 AND {LETS_IN} OFFSET 0)"
)

# A share made by the actor's agency goes by its case; one made to it lasts as long as
# the access that came of it.
MADE_HERE = f"(agency_id = {AGENCY} AND {MAY_SEE_CASE})"
MADE_TO_US = (
    f"(recipient_id = {AGENCY} AND ended_at IS NULL AND EXISTS"
    " (SELECT 1 FROM casework_caseaccess a WHERE a.source = {table}.public_id"
    f" AND {LETS_IN} OFFSET 0))"
)
# Information governance; and the feed receiver, as which the daily rounds act.
GOVERNS = "(SELECT rights_acts_as(ARRAY['information_governance', 'feed_receiver']))"
SUPERVISES = "(SELECT guarding_holds(ARRAY['supervisor']))"
READS_WORDS = (
    "(SELECT rights_acts_as(ARRAY['supervisor', 'information_governance']))"
    " AND EXISTS (SELECT 1 FROM organisations_agency g"
    f" WHERE g.id = {AGENCY} AND g.kind = 'service')"
)
OWN_AGREEMENT = (
    "EXISTS (SELECT 1 FROM organisations_sharingagreement g"
    f" WHERE g.id = {{table}}.agreement_id AND g.agency_id = {AGENCY}{{more}})"
)

SEES: dict[Sight, str] = {
    Sight.CASE: MAY_SEE_CASE.format(case="{table}.case_id", facet="{facet}"),
    Sight.CASE_ITSELF: MAY_SEE_CASE.format(case="{table}.id", facet="{facet}"),
    Sight.ACCESS_ITSELF: f"agency_id = {AGENCY} AND {HAS['agency_cases']}",
    Sight.VICTIMISATION: f"CASE WHEN case_id IS NULL THEN agency_id = {AGENCY}"
    f" AND {HAS['agency_cases']} ELSE "
    + MAY_SEE_CASE.format(case="{table}.case_id", facet="{facet}")
    + " END",
    Sight.OF_VICTIMISATION: "EXISTS (SELECT 1 FROM casework_victimisation v"
    " WHERE v.id = {table}.victimisation_id)",
    Sight.OF_ASSESSMENT: "EXISTS (SELECT 1 FROM assessment_assessment a"
    " WHERE a.id = {table}.assessment_id)",
    Sight.AREA: HAS["register"],
    Sight.PARTIES: f"(sender_id = {AGENCY} OR receiver_id = {AGENCY})"
    f" AND {HAS['agency_cases']}",
    Sight.OF_DELIVERY: "EXISTS (SELECT 1 FROM intake_delivery d"
    " WHERE d.id = {table}.delivery_id)",
    Sight.AGENCIES: f"(agency_id = {AGENCY} OR sender_id = {AGENCY})"
    f" AND {HAS['agency_cases']}",
    Sight.CONFLICT: f"agency_id = {AGENCY} AND user_id <> {USER} AND"
    " (SELECT guarding_holds(ARRAY['supervisor', 'information_governance']))",
    Sight.APART: f"agency_id = {AGENCY} AND (SELECT guarding_holds(ARRAY["
    "'supervisor', 'information_governance', 'feed_receiver']))"
    " AND NOT guarding_hidden_from_me('apart', public_id)",
    Sight.EMERGENCY: f"(user_id = {USER} OR {AGENCY} IN (agency_id, owner_id)"
    " AND (SELECT guarding_holds(ARRAY['information_governance'])))"
    " AND NOT guarding_hidden_from_me('emergency', public_id)",
    Sight.RECEIVING: "(SELECT guarding_holds(ARRAY['feed_receiver']))",
    Sight.WEIGHTS: HAS["register"],
    Sight.LEDGER: f"agency_id = {AGENCY} AND EXISTS (SELECT 1 FROM casework_case c"
    " WHERE c.person_id = {table}.person_id)",
    Sight.SUPERVISION: MADE_HERE.format(case="{table}.case_id", facet="{facet}")
    + f" AND (by_id = {USER} OR {SUPERVISES} OR EXISTS (SELECT 1 FROM casework_case c"
    f" WHERE c.id = {{table}}.case_id AND c.worker_id = {USER}))",
    Sight.OWN_AGENCY: f"agency_id = {AGENCY} AND {HAS['agency_cases']}",
    Sight.SHARE: MADE_HERE.format(case="{table}.case_id", facet="{facet}")
    + f" OR {MADE_TO_US}",
    Sight.OF_SHARE: "EXISTS (SELECT 1 FROM referrals_caseshare s"
    " WHERE s.id = {table}.share_id)",
    Sight.OF_REFERRAL: "EXISTS (SELECT 1 FROM referrals_servicereferral r"
    " WHERE r.id = {table}.referral_id)",
    Sight.AGREEMENT: "true",
    Sight.AGREEMENT_TERMS: "true",
    Sight.AGREEMENT_LOG: "true",
    Sight.INSTRUMENT: "true",
    Sight.WORDS: "true",
    Sight.CALENDAR: "true",
    Sight.ADDRESSEE: f"agency_id = {AGENCY}"
    f" AND (to_user_id IS NULL OR to_user_id = {USER})"
    " AND NOT guarding_hidden_from_me(subject_kind, subject_id)",
    Sight.PROTECTED: "vault_may_see({table}.person)",
    Sight.OF_PROTECTED: "EXISTS (SELECT 1 FROM vault_sealedvalue v"
    " WHERE v.id = {table}.value_id)",
    Sight.GOVERNANCE: f"agency_id = {AGENCY} AND {GOVERNS}",
    # Also to information governance where the person was erased: it names nobody then.
    Sight.ASKED_FOR: f"agency_id = {AGENCY} AND CASE WHEN case_id IS NULL"
    " THEN (SELECT rights_acts_as(ARRAY['information_governance'])) ELSE "
    + MAY_SEE_CASE.format(case="{table}.case_id", facet="{facet}")
    + " END",
    Sight.OF_ASKED_FOR: "EXISTS (SELECT 1 FROM"
    " information_requests_informationrequest r WHERE r.id = {table}.request_id)",
    Sight.OF_REQUEST: "EXISTS (SELECT 1 FROM rights_rightsrequest r"
    " WHERE r.id = {table}.request_id)",
    Sight.OF_RUN: "EXISTS (SELECT 1 FROM rights_retentionrun r"
    " WHERE r.id = {table}.run_id)",
}
# What may be added: a case only for the actor's own agency; rows only to a delivery
# that is still being received.
ADDS: dict[Sight, str] = {
    **SEES,
    Sight.WEIGHTS: SEES[Sight.RECEIVING],
    Sight.CASE_ITSELF: f"agency_id = {AGENCY} AND {HAS['agency_cases']}",
    Sight.PARTIES: f"(sender_id = {AGENCY} OR receiver_id = {AGENCY})"
    f" AND {HAS['feeds']}",
    Sight.AGENCIES: f"agency_id = {AGENCY} AND {HAS['agency_cases']}",
    Sight.OF_DELIVERY: "EXISTS (SELECT 1 FROM intake_delivery d"
    " WHERE d.id = {table}.delivery_id AND d.state = 'received')"
    f" AND {HAS['feeds']}",
    Sight.SUPERVISION: MADE_HERE.format(case="{table}.case_id", facet="{facet}")
    + f" AND (by_id = {USER} AND {SUPERVISES} OR done_by_id = {USER})",
    Sight.OWN_AGENCY: f"{SEES[Sight.OWN_AGENCY]} AND {SUPERVISES}",
    Sight.SHARE: MADE_HERE.format(case="{table}.case_id", facet="{facet}"),
    Sight.OF_REFERRAL: f"agency_id = {AGENCY} AND {SEES[Sight.OF_REFERRAL]}",
    Sight.AGREEMENT: f"agency_id = {AGENCY} AND {GOVERNS}",
    Sight.AGREEMENT_TERMS: OWN_AGREEMENT.format(
        table="{table}", more=f" AND g.state = 'draft' AND {GOVERNS}"
    ),
    Sight.AGREEMENT_LOG: OWN_AGREEMENT.format(table="{table}", more=f" AND {GOVERNS}"),
    Sight.INSTRUMENT: "(SELECT rights_acts_as(ARRAY['system_administrator']))"
    " AND EXISTS (SELECT 1 FROM organisations_agency g"
    f" WHERE g.id = {AGENCY} AND g.kind IN ('service', 'platform'))",
    Sight.WORDS: f"agency_id = {AGENCY} AND {READS_WORDS}"
    f" AND (read_by_id = {USER} OR taken_back_by_id = {USER})",
    # The round that counts acts as whoever receives for the service.
    Sight.CALENDAR: "(SELECT rights_acts_as("
    "ARRAY['supervisor', 'system_administrator', 'feed_receiver']))"
    " AND EXISTS (SELECT 1 FROM organisations_agency g"
    f" WHERE g.id = {AGENCY} AND g.kind IN ('service', 'platform'))",
    Sight.ADDRESSEE: "true",  # anybody of the area may be told of something
    Sight.CONFLICT: f"agency_id = {AGENCY}"
    f" AND (made_by_id IS NULL OR made_by_id = {USER} OR lifted_by_id = {USER})",
}
# What may be changed: never a delivery that is visible or refused, nor a protected
# detail that has ended.
CHANGES: dict[Sight, str] = {
    **SEES,
    Sight.SHARE: f"{ADDS[Sight.SHARE]} AND ended_at IS NULL",
    Sight.WEIGHTS: ADDS[Sight.WEIGHTS],
    Sight.INSTRUMENT: ADDS[Sight.INSTRUMENT],
    Sight.WORDS: f"agency_id = {AGENCY} AND {READS_WORDS}",
    Sight.CALENDAR: ADDS[Sight.CALENDAR],
    Sight.OWN_AGENCY: ADDS[Sight.OWN_AGENCY],
    Sight.AGREEMENT: f"{ADDS[Sight.AGREEMENT]} AND state <> 'ended'",
    Sight.AGREEMENT_TERMS: ADDS[Sight.AGREEMENT_TERMS],
    Sight.PARTIES: f"{ADDS[Sight.PARTIES]} AND state = 'received'",
    # Who sent a referral may read what became of it; only its holder changes it.
    Sight.AGENCIES: ADDS[Sight.AGENCIES],
    Sight.PROTECTED: f"{SEES[Sight.PROTECTED]} AND ended_at IS NULL",
}


def _policies(table: str, wall: Wall) -> Iterator[str]:
    names = {"table": table, "facet": FACETS[wall.facet]}
    sees = SEES[wall.sight].format(**names)
    adds = ADDS[wall.sight].format(**names)
    changes = CHANGES[wall.sight].format(**names)
    in_area = f"area_id = {AREA}"
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    for name in ("own", "wall", "sees", "adds", "changes", "removes"):
        yield f"DROP POLICY IF EXISTS {name} ON {table}"
    yield f"CREATE POLICY own ON {table} TO {OWNER} USING (true) WITH CHECK (true)"
    yield (
        f"CREATE POLICY wall ON {table} AS RESTRICTIVE TO {APP}"
        f" USING ({in_area}) WITH CHECK ({in_area})"
    )
    yield f"CREATE POLICY sees ON {table} FOR SELECT TO {APP} USING ({sees})"
    if wall.insert:
        yield f"CREATE POLICY adds ON {table} FOR INSERT TO {APP} WITH CHECK ({adds})"
    if wall.update:
        yield (
            f"CREATE POLICY changes ON {table} FOR UPDATE TO {APP}"
            f" USING ({changes}) WITH CHECK ({adds})"
        )
    if wall.delete:
        yield f"CREATE POLICY removes ON {table} FOR DELETE TO {APP} USING ({changes})"


def _grants(table: str, wall: Wall) -> Iterator[str]:
    yield f"REVOKE ALL ON {table} FROM {APP}"
    # Quoted: one is called "order", which is a word of SQL.
    names = ", ".join(f'"{column}"' for column in wall.columns)
    columns = f" ({names})" if names else ""
    yield f"GRANT SELECT{columns} ON {table} TO {APP}"
    if wall.insert:
        yield f"GRANT INSERT ON {table} TO {APP}"
    if wall.update:
        yield f"GRANT UPDATE ({', '.join(wall.update)}) ON {table} TO {APP}"
    if wall.delete:
        yield f"GRANT DELETE ON {table} TO {APP}"


def statements() -> Iterator[str]:
    """Every statement that puts the walls up. Safe to repeat."""
    yield f"GRANT USAGE ON SCHEMA public TO {APP}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APP}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP}"
    for table in READ_ONLY:
        yield f"GRANT SELECT ON {table} TO {APP}"
    for table, rights in READ_AND_WRITE.items():
        for right in rights.split(", ") if "(" not in rights else [rights]:
            yield f"GRANT {right} ON {table} TO {APP}"
    for table, wall in WALLED.items():
        yield from _grants(table, wall)
        yield from _policies(table, wall)
