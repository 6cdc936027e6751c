"""The statements that plan promises for many cases at once.

They give what `journey.rules` and `journey.tables` give one by one, from the same rows:
the limits and the calendar are laid out in temporary tables first. A test compares the
two on a sample.
"""

# One line for each version of a limit and each thing that starts it.
LIMITS = """
    CREATE TEMP TABLE IF NOT EXISTS plan_limit (
        trigger text, code text, rule_from date, rule_until date, clock text,
        met_by text, holder text, standard_length int, enhanced_length int, unit text,
        record_types text[], witnesses boolean, scheme boolean,
        custody int, sentences text[],
        only_outcomes text[], not_outcomes text[], groups text[], flags text[],
        calendar text
    ) ON COMMIT DROP
"""
# One line for each version of a limit.
VERSIONS = """
    CREATE TEMP TABLE plan_version ON COMMIT DROP AS
    SELECT DISTINCT ON (code, rule_from) code, rule_from, rule_until, holder,
           standard_length, enhanced_length, unit, calendar
      FROM plan_limit ORDER BY code, rule_from
"""
# Every day with how many open days there have been up to it, and the nth open day, by
# whose days they are.
DAYS = """
    CREATE TEMP TABLE plan_day (calendar text, day date, open boolean, opened bigint)
    ON COMMIT DROP
"""
FILL_DAYS = """
    INSERT INTO plan_day
    SELECT %s, d.day, d.open, count(*) FILTER (WHERE d.open) OVER (ORDER BY d.day)
      FROM (SELECT g::date AS day,
                   extract(isodow FROM g) < 6 AND NOT g::date = ANY (%s::date[]) AS open
              FROM generate_series(%s::date, %s::date, interval '1 day') g) d
"""
OPEN_DAYS = """
    CREATE TEMP TABLE plan_open ON COMMIT DROP AS
    SELECT calendar, opened, day FROM plan_day WHERE open
"""
# A promise's day is looked up: what is joined with the calendar is thought to be a few
# rows, and each of many would go through the whole of it.
INDEXES = (
    "CREATE INDEX ON plan_day (calendar, day)",
    "CREATE INDEX ON plan_open (calendar, opened)",
)
GROUPS = """
    CREATE TEMP TABLE IF NOT EXISTS plan_group (offence text, name text) ON COMMIT DROP
"""
# What facts may do to each version of each limit, and on what they rest.
RULES = """
    CREATE TEMP TABLE IF NOT EXISTS plan_rule (
        code text, rule_from date, suppress text[], small_news boolean, agreed boolean
    ) ON COMMIT DROP
"""
BASES = """
    CREATE TEMP TABLE IF NOT EXISTS plan_basis (
        code text, reason text, rank int, holders text[], every boolean
    ) ON COMMIT DROP
"""
READY = """
    ANALYZE plan_limit, plan_version, plan_day, plan_open, plan_group, plan_rule,
            plan_basis
"""

# What a report, a referral and every event that counts promise, with the facts that
# show that a promise was kept. One line for each promise.
STARTED = """
    WITH told AS (
        SELECT t.event_id, min((t.told_at AT TIME ZONE 'Europe/London')::date) AS day,
               min(t.told_at) AS at,
               (array_agg(t.evidence ORDER BY t.told_at, t.id))[1] AS evidence
          FROM casework_victimisation v JOIN journey_telling t
            ON t.victimisation_id = v.id
         WHERE v.case_id >= %(low)s AND v.case_id < %(high)s
           AND t.taken_back_at IS NULL GROUP BY 1
    ), tried AS (
        SELECT a.case_id, min((a.at AT TIME ZONE 'Europe/London')::date) AS day
          FROM contact_contactattempt a
         WHERE a.case_id >= %(low)s AND a.case_id < %(high)s GROUP BY 1
    ), part AS MATERIALIZED (
        SELECT v.id, v.case_id, v.referral_id, v.reported_at, v.acknowledged_on,
               v.record_type, v.role <> 'victim' AS gives_evidence, v.flags,
               coalesce(g.name, '') AS offence_group, c.tier = 'enhanced' AS enhanced
          FROM casework_victimisation v JOIN casework_case c ON c.id = v.case_id
          LEFT JOIN plan_group g ON g.offence = v.offence_code
         WHERE v.case_id >= %(low)s AND v.case_id < %(high)s
           AND v.live AND v.same_as_id IS NULL
    ), fact AS (
        SELECT p.*, e.id AS event_id, e.event AS trigger, e.occurred_at, e.received_at,
               replace(lower(btrim(e.detail ->> 'sentence')), ' ', '_') AS sentence,
               CASE WHEN btrim(e.detail ->> 'months') ~ '^[0-9]{1,6}$'
                    THEN btrim(e.detail ->> 'months')::int END AS months,
               coalesce(upper(btrim(e.detail ->> 'outcome_type')), '') AS outcome,
               t.day AS told_on, t.at AS told_at, t.evidence AS told_how,
               NULL::date AS taken_in
          FROM part p JOIN journey_journeyevent e ON e.victimisation_id = p.id
          LEFT JOIN told t ON t.event_id = e.id
         WHERE e.superseded_by_id IS NULL
        UNION ALL
        SELECT p.*, NULL, 'report', p.reported_at, p.reported_at, NULL, NULL, '', NULL,
               NULL, NULL,
               (r.received_at AT TIME ZONE 'Europe/London')::date
          FROM part p JOIN intake_referral r ON r.id = p.referral_id
    ), first AS (
        SELECT NULL::bigint AS id, c.id AS case_id, c.opened_at,
               c.tier = 'enhanced' AS enhanced, a.day AS tried_on
          FROM casework_case c LEFT JOIN tried a ON a.case_id = c.id
         WHERE c.id >= %(low)s AND c.id < %(high)s
    ), started AS (
        SELECT f.id AS victimisation_id, f.case_id, f.event_id, f.enhanced, r.*,
               CASE r.clock WHEN 'received_at' THEN f.received_at
                            WHEN 'told_at' THEN coalesce(f.told_at, f.occurred_at)
                            ELSE f.occurred_at END AS starts_at,
               CASE r.met_by
                    WHEN 'told_on' THEN f.told_on
                    WHEN 'acknowledged_on' THEN f.acknowledged_on
                    WHEN 'received_at' THEN coalesce(
                         f.taken_in, (f.received_at AT TIME ZONE 'Europe/London')::date)
               END AS met_on,
               CASE r.met_by
                    WHEN 'told_on' THEN f.told_how
                    WHEN 'acknowledged_on' THEN %(acknowledged)s
                    WHEN 'received_at' THEN CASE WHEN f.event_id IS NULL
                         THEN %(taken_in)s ELSE %(passed_on)s END
               END AS evidence
          FROM fact f JOIN plan_limit r ON r.trigger = f.trigger
           AND f.record_type = ANY (r.record_types)
           AND (f.gives_evidence OR NOT r.witnesses)
           AND (NOT r.scheme OR EXISTS (
                SELECT 1 FROM code_rights_rightrecord x
                 WHERE x.case_id = f.case_id AND x.victimisation_id = f.id
                   AND x.in_scheme_since
                       <= (f.occurred_at AT TIME ZONE 'Europe/London')::date))
           AND (r.groups = '{}' AND r.flags = '{}'
                OR f.offence_group = ANY (r.groups) OR f.flags && r.flags)
           AND (r.custody IS NULL OR f.sentence = ANY (r.sentences)
                OR f.sentence = 'custody' AND coalesce(f.months >= r.custody, true))
           AND (r.only_outcomes = '{}' OR f.outcome = ANY (r.only_outcomes))
           AND f.outcome <> ALL (r.not_outcomes)
        UNION ALL
        SELECT f.id, f.case_id, NULL, f.enhanced, r.*, f.opened_at, f.tried_on,
               CASE WHEN f.tried_on IS NOT NULL THEN %(tried)s END
          FROM first f JOIN plan_limit r ON r.trigger = 'referral_received'
    )
"""
# Promises that nobody has written down yet. Those about the crime itself are known by
# their part in it and their event; those of the whole case by the case.
MISSING = (
    STARTED  # noqa: S608  our own text
    + """
    INSERT INTO journey_clock
        (area_id, case_id, victimisation_id, event_id, rule, rule_from, starts_at,
         due_on, enhanced, holder, met_on, evidence, not_owed_reason)
    SELECT %(area)s, f.case_id, f.victimisation_id, f.event_id, f.code, f.rule_from,
           f.starts_at, CASE f.unit WHEN 'working_days' THEN (
                     SELECT o.day FROM plan_open o WHERE o.calendar = s.calendar
                        AND o.opened = s.opened + n.length)
                WHEN 'months' THEN (s.day + make_interval(months => n.length))::date
                WHEN 'hours' THEN s.day + ceil(n.length / 24.0)::int
                ELSE s.day + n.length END, f.enhanced,
           f.holder, f.met_on,
           CASE WHEN f.met_on IS NULL THEN '' ELSE f.evidence END, ''
      FROM started f
      JOIN plan_day s ON s.day = (f.starts_at AT TIME ZONE 'Europe/London')::date
       AND s.calendar = f.calendar
       AND s.day >= f.rule_from AND (f.rule_until IS NULL OR s.day < f.rule_until)
     CROSS JOIN LATERAL (
           SELECT CASE WHEN f.enhanced THEN f.enhanced_length
                       ELSE f.standard_length END AS length) n
      LEFT JOIN (SELECT k.case_id, coalesce(k.victimisation_id, 0) AS part,
                        coalesce(k.event_id, 0) AS event, k.rule
                   FROM journey_clock k
                  WHERE k.case_id >= %(low)s AND k.case_id < %(high)s
                    AND k.replaced_by_id IS NULL) have
        ON have.case_id = f.case_id AND have.rule = f.code
       AND have.part = coalesce(f.victimisation_id, 0)
       AND have.event = coalesce(f.event_id, 0)
     WHERE have.rule IS NULL AND (%(codes)s::text[] IS NULL OR f.code = ANY (%(codes)s))
     ORDER BY f.case_id
"""
)
# One run at a time in an area: two would begin one promise twice.
ALONE = "SELECT pg_advisory_xact_lock(hashtext('alongside planning'), %s::int)"
# Open promises that would be planned otherwise now, held: one that somebody settles
# at this moment is waited for, and is left as it was settled. What somebody agreed with
# a person (a frequency) is not in the calendar's or the limits' hands.
CHANGED = """
    CREATE TEMP TABLE plan_change ON COMMIT DROP AS
    SELECT k.id AS old_id, nextval(pg_get_serial_sequence('journey_clock', 'id')) AS id,
           k.case_id, k.victimisation_id, k.event_id, k.rule, r.rule_from, k.starts_at,
           due.on AS due_on, k.enhanced, r.holder, k.not_owed_reason AS reason
      FROM journey_clock k
      JOIN plan_day s ON s.day = (k.starts_at AT TIME ZONE 'Europe/London')::date
      JOIN plan_version r ON r.code = k.rule AND r.calendar = s.calendar
       AND s.day >= r.rule_from
       AND (r.rule_until IS NULL OR s.day < r.rule_until)
     CROSS JOIN LATERAL (
           SELECT CASE WHEN k.enhanced THEN r.enhanced_length
                       ELSE r.standard_length END AS length) n
     CROSS JOIN LATERAL (
           SELECT CASE r.unit WHEN 'working_days' THEN (
                     SELECT o.day FROM plan_open o WHERE o.calendar = s.calendar
                        AND o.opened = s.opened + n.length)
                       WHEN 'months'
                       THEN (s.day + make_interval(months => n.length))::date
                       WHEN 'hours' THEN s.day + ceil(n.length / 24.0)::int
                       ELSE s.day + n.length END AS on) due
     WHERE k.met_on IS NULL AND k.replaced_by_id IS NULL
       AND (k.not_owed_reason = '' OR k.by_fact)
       AND k.case_id >= %(low)s AND k.case_id < %(high)s
       AND (%(codes)s::text[] IS NULL OR k.rule = ANY (%(codes)s))
       AND (%(first)s::date IS NULL OR k.due_on >= %(first)s AND s.day < %(last)s)
       AND (due.on, r.rule_from, r.holder)
           IS DISTINCT FROM (k.due_on, k.rule_from, k.holder)
       FOR UPDATE OF k
"""
REPLACE = """
    INSERT INTO journey_clock
        (id, area_id, case_id, victimisation_id, event_id, rule, rule_from, starts_at,
         due_on, enhanced, holder, evidence, not_owed_reason, by_fact, settled_at,
         settled_by_id)
    SELECT id, %(area)s, case_id, victimisation_id, event_id, rule, rule_from,
           starts_at, due_on, enhanced, holder, '', reason, reason <> '',
           CASE WHEN reason <> '' THEN %(now)s::timestamptz END,
           CASE WHEN reason <> '' THEN %(user)s::bigint END
      FROM plan_change ORDER BY id
"""
REPLACED = """
    UPDATE journey_clock k
       SET replaced_by_id = c.id, settled_at = %(now)s, settled_by_id = %(user)s
      FROM plan_change c WHERE k.id = c.old_id
"""
# What frees from promises, or did, and the days between which it stood. It frees from
# those whose day falls between them (`rules.facts`).
FACTS = """
    CREATE TEMP TABLE plan_fact ON COMMIT DROP AS
    SELECT f.*, (f.since AT TIME ZONE 'Europe/London')::date AS from_day,
           (f.until AT TIME ZONE 'Europe/London')::date AS until_day
      FROM (SELECT w.case_id, %(wish)s::text AS reason, %(wish_rank)s::int AS rank,
                   NULL::text[] AS holders, false AS every,
                   w.asks = 'big_news' AS small_only, true AS wish, w.since, w.until
              FROM journey_wish w
             WHERE w.asks <> 'every' AND w.case_id >= %(low)s AND w.case_id < %(high)s
             UNION ALL
            SELECT o.case_id, b.reason, b.rank,
                   CASE WHEN o.holder <> '' THEN ARRAY[o.holder] ELSE b.holders END,
                   b.every, false, false, o.since, o.until
              FROM journey_outofreach o JOIN plan_basis b ON b.code = o.basis
             WHERE o.case_id >= %(low)s AND o.case_id < %(high)s) f
"""
# Open promises that the facts say otherwise of, each with what they say: freed, by a
# reason; running as before; or running anew from when a fact ended (`until`).
FACTS_SAY = """
    CREATE TEMP TABLE plan_said ON COMMIT DROP AS
    SELECT k.id AS old_id, k.case_id, k.victimisation_id, k.event_id, k.rule,
           k.not_owed_reason AS was, f.until,
           CASE WHEN f.until IS NULL THEN coalesce(f.reason, '') ELSE '' END AS reason,
           CASE WHEN f.until IS NULL THEN k.rule_from
                ELSE coalesce(v.rule_from, k.rule_from) END AS rule_from,
           coalesce(f.until, k.starts_at) AS starts_at,
           CASE WHEN f.until IS NULL THEN k.due_on
                WHEN v.code IS NULL THEN f.until_day + (k.due_on
                     - (k.starts_at AT TIME ZONE 'Europe/London')::date)
                WHEN v.unit = 'working_days' THEN (
                     SELECT o.day FROM plan_open o WHERE o.calendar = s.calendar
                        AND o.opened = s.opened + n.length)
                WHEN v.unit = 'months'
                THEN (f.until_day + make_interval(months => n.length))::date
                WHEN v.unit = 'hours' THEN f.until_day + ceil(n.length / 24.0)::int
                ELSE f.until_day + n.length END AS due_on,
           k.enhanced, CASE WHEN f.until IS NULL THEN k.holder
                            ELSE coalesce(v.holder, k.holder) END AS holder
      FROM journey_clock k
      LEFT JOIN plan_rule r ON r.code = k.rule AND r.rule_from = k.rule_from
      LEFT JOIN LATERAL (
           SELECT f.reason, f.until_day,
                  CASE WHEN NOT f.wish THEN f.until END AS until
             FROM plan_fact f
            WHERE f.case_id = k.case_id AND f.from_day <= k.due_on
              AND (f.until_day IS NULL OR f.until_day > k.due_on)
              AND (f.every OR f.reason = ANY (r.suppress) AND CASE
                   WHEN f.wish THEN NOT r.agreed AND (r.small_news OR NOT f.small_only)
                   ELSE k.holder = ANY (f.holders) END)
            ORDER BY f.until IS NOT NULL, NOT f.wish, f.until DESC, f.rank, f.reason
            LIMIT 1) f ON true
      LEFT JOIN plan_version v ON v.code = k.rule AND f.until_day >= v.rule_from
       AND (v.rule_until IS NULL OR f.until_day < v.rule_until)
      LEFT JOIN plan_day s ON s.day = f.until_day AND s.calendar = v.calendar
     CROSS JOIN LATERAL (
           SELECT CASE WHEN k.enhanced THEN v.enhanced_length
                       ELSE v.standard_length END AS length) n
      LEFT JOIN journey_journeyevent e ON e.id = k.event_id
      LEFT JOIN casework_victimisation p ON p.id = k.victimisation_id
     WHERE k.case_id IN (SELECT case_id FROM plan_fact)
       AND k.met_on IS NULL AND k.replaced_by_id IS NULL
       AND (k.not_owed_reason = '' OR k.by_fact) AND k.due_on IS NOT NULL
       AND (%(codes)s::text[] IS NULL OR k.rule = ANY (%(codes)s))
       AND (f.until IS NOT NULL OR coalesce(f.reason, '') <> k.not_owed_reason)
       AND (f.until IS NULL AND f.reason IS NOT NULL
            OR e.superseded_by_id IS NULL AND coalesce(p.live, true)
            AND p.same_as_id IS NULL)
       FOR UPDATE OF k
"""
FREED = """
    UPDATE journey_clock k
       SET not_owed_reason = s.reason, by_fact = true, settled_at = %(now)s,
           settled_by_id = %(user)s
      FROM plan_said s WHERE s.old_id = k.id AND s.was = '' AND s.reason <> ''
"""
OTHERWISE = """
    CREATE TEMP TABLE plan_change ON COMMIT DROP AS
    SELECT s.*, nextval(pg_get_serial_sequence('journey_clock', 'id')) AS id
      FROM plan_said s WHERE s.was <> '' OR s.reason = ''
"""
