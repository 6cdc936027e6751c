-- What is owed with no day set. Applied by the owner after every migrate; safe to repeat.

-- The standing promises of these cases, each with what shows that it was kept, or why it
-- is not owed. `rules` are rows of `journey/data/deadlines.toml`, one for each version
-- and trigger; rows of clocks without a day say what somebody settled. Nothing else is
-- stored: what is owed follows from the report and the events. With `each_event` it is
-- owed for every event, and kept by the telling of it, or by something written down on
-- its day or later; without, once for a crime, from the first event.
CREATE OR REPLACE FUNCTION public.journey_standing_of(rules jsonb, wanted bigint[])
RETURNS TABLE (rule text, rule_from date, case_id bigint, victimisation_id bigint,
               event_id bigint, since timestamptz, state text, shown_by text,
               met_on date, evidence text, reason text, clock_id bigint)
STABLE SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET jit = off
LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY
    WITH rule AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(rules) AS r(
            code text, rule_from date, rule_until date, trigger text, clock text,
            met_by text, record_types text[], witnesses boolean, scheme boolean,
            offences text[], flags text[], each_event boolean, left_by text[])
    ), part AS MATERIALIZED (
        SELECT v.id, v.case_id, v.referral_id, v.reported_at, v.record_type,
               v.role <> 'victim' AS gives_evidence, v.offence_code, v.flags,
               v.vps_offered, v.needs_assessed_on, w.asks,
               (SELECT min(x.in_scheme_since) FROM public.code_rights_rightrecord x
                 WHERE x.case_id = v.case_id AND x.victimisation_id = v.id
                   AND x.kind = 'contact_scheme') AS scheme_since
          FROM public.casework_victimisation v
          LEFT JOIN public.journey_wish w ON w.case_id = v.case_id AND w.until IS NULL
         WHERE v.case_id = ANY (wanted) AND v.live AND v.same_as_id IS NULL
    ), fact AS (
        SELECT p.*, NULL::bigint AS event_id, 'report' AS trigger,
               p.reported_at AS occurred_at, p.reported_at AS received_at
          FROM part p
        UNION ALL
        SELECT p.*, e.id, e.event, e.occurred_at, e.received_at
          FROM part p JOIN public.journey_journeyevent e ON e.victimisation_id = p.id
         WHERE e.superseded_by_id IS NULL AND e.event IN (SELECT r.trigger FROM rule r)
    ), begun AS (
        SELECT f.id, f.case_id, f.event_id, f.referral_id, f.trigger, f.asks,
               f.vps_offered, f.needs_assessed_on, r.code, r.rule_from, r.rule_until,
               r.met_by, r.each_event, r.left_by, r.scheme, f.scheme_since,
               CASE r.clock WHEN 'received_at' THEN f.received_at
                            ELSE f.occurred_at END AS since
          FROM fact f JOIN rule r ON r.trigger = f.trigger
           AND f.record_type = ANY (r.record_types)
           AND (f.gives_evidence OR NOT r.witnesses)
           AND (r.offences = '{}' AND r.flags = '{}'
                OR f.offence_code = ANY (r.offences) OR f.flags && r.flags)
    ), owed AS (
        SELECT b.*, (b.since AT TIME ZONE 'Europe/London')::date AS day,
               row_number() OVER (
                   PARTITION BY b.id, b.code,
                                CASE WHEN b.each_event THEN b.event_id END
                   ORDER BY b.since, b.event_id) AS place
          FROM begun b
         WHERE (b.since AT TIME ZONE 'Europe/London')::date >= b.rule_from
           AND (b.rule_until IS NULL
                OR (b.since AT TIME ZONE 'Europe/London')::date < b.rule_until)
           AND (NOT b.scheme
                OR (b.since AT TIME ZONE 'Europe/London')::date >= b.scheme_since)
    ), settled AS (
        SELECT DISTINCT ON (k.victimisation_id, k.rule, k.event_id)
               k.id, k.victimisation_id, k.rule, coalesce(k.event_id, 0) AS event_id,
               k.met_on, k.evidence, k.not_owed_reason
          FROM public.journey_clock k
         WHERE k.case_id = ANY (wanted) AND k.due_on IS NULL
           AND k.replaced_by_id IS NULL
           AND (k.met_on IS NOT NULL OR k.not_owed_reason <> '')
         ORDER BY k.victimisation_id, k.rule, k.event_id, k.met_on DESC NULLS LAST,
                  k.id DESC
    ), told AS (
        SELECT DISTINCT ON (t.event_id) t.event_id, t.evidence,
               (t.told_at AT TIME ZONE 'Europe/London')::date AS day
          FROM owed o JOIN public.journey_telling t ON t.event_id = o.event_id
         WHERE o.each_event ORDER BY t.event_id, t.told_at, t.id
    )
    SELECT o.code, o.rule_from, o.case_id, o.id, o.event_id, o.since,
           CASE WHEN s.met_on IS NOT NULL THEN 'met'
                WHEN s.id IS NOT NULL THEN 'not_owed'
                WHEN g.shown IS NOT NULL OR n.id IS NOT NULL THEN 'met'
                WHEN o.asks = ANY (o.left_by) THEN 'not_owed' ELSE 'owed' END,
           CASE WHEN s.id IS NOT NULL THEN 'settled'
                WHEN g.shown IS NOT NULL THEN g.shown
                WHEN n.id IS NOT NULL THEN 'settled'
                WHEN o.asks = ANY (o.left_by) THEN 'wish' ELSE '' END,
           coalesce(s.met_on, CASE WHEN s.id IS NULL
                                   THEN coalesce(g.on, n.met_on) END),
           coalesce(nullif(s.evidence, ''), t.evidence, n.evidence, ''),
           CASE WHEN s.id IS NOT NULL THEN s.not_owed_reason
                WHEN g.shown IS NULL AND n.id IS NULL AND o.asks = ANY (o.left_by)
                THEN 'asked_not_to_be_told' ELSE '' END,
           coalesce(s.id, CASE WHEN g.shown IS NULL THEN n.id END)
      FROM owed o
      LEFT JOIN settled s ON s.victimisation_id = o.id AND s.rule = o.code
       AND s.event_id = CASE WHEN o.each_event THEN o.event_id ELSE 0 END
      LEFT JOIN settled n ON o.each_event AND n.victimisation_id = o.id
       AND n.rule = o.code AND n.event_id = 0 AND n.met_on >= o.day
      LEFT JOIN told t ON o.each_event AND t.event_id = o.event_id
      LEFT JOIN public.intake_referral f ON f.id = o.referral_id
       AND o.met_by = 'statement_offered' AND o.vps_offered
     CROSS JOIN LATERAL (
           SELECT CASE WHEN o.trigger = 'report' AND o.met_by = 'assessed_on'
                        AND o.needs_assessed_on IS NOT NULL THEN 'needs'
                       WHEN f.id IS NOT NULL THEN 'statement'
                       WHEN t.event_id IS NOT NULL THEN 'told' END AS shown,
                  CASE WHEN o.trigger = 'report' AND o.met_by = 'assessed_on'
                       THEN o.needs_assessed_on
                       WHEN f.id IS NOT NULL
                       THEN (f.received_at AT TIME ZONE 'Europe/London')::date
                       ELSE t.day END AS on) g
     WHERE o.place = 1;
END $$;
REVOKE ALL ON FUNCTION public.journey_standing_of(jsonb, bigint[]) FROM PUBLIC;

-- The same for the actor: in these cases, as far as they are open to them, or in every
-- one that is open and not closed, of a team and of a worker where they are named. The
-- crime (4) and its promises (64) must be open.
CREATE OR REPLACE FUNCTION public.journey_standing(
    rules jsonb, cases bigint[], team bigint, worker bigint
) RETURNS TABLE (rule text, rule_from date, case_id bigint, victimisation_id bigint,
                 event_id bigint, since timestamptz, state text, shown_by text,
                 met_on date, evidence text, reason text, clock_id bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET jit = off
LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint[];
BEGIN
    IF cases IS NULL THEN
        wanted := ARRAY(SELECT o.case_id FROM public.casework_open_to_me(68) o
                          JOIN public.casework_case c ON c.id = o.case_id
                         WHERE c.status <> 'closed'
                           AND (team IS NULL OR c.team_id = team)
                           AND (worker IS NULL OR c.worker_id = worker));
    ELSE
        wanted := ARRAY(SELECT w.id FROM unnest(cases) w(id)
                         WHERE public.people_case_open(w.id, 4)
                           AND public.people_case_open(w.id, 64));
    END IF;
    RETURN QUERY SELECT * FROM public.journey_standing_of(rules, wanted);
END $$;
REVOKE ALL ON FUNCTION public.journey_standing(jsonb, bigint[], bigint, bigint)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.journey_standing(jsonb, bigint[], bigint, bigint)
    TO alongside_app;

-- Standing promises that have been owed since a day of a time, counted by rule, state
-- and one fact. Counts only, and of every case of the agencies whose promises the actor
-- may count, as for those with a day.
CREATE OR REPLACE FUNCTION public.journey_standing_kept(
    rules jsonb, since date, until date, by_what text, ages int[]
) RETURNS TABLE (rule text, state text, reason text, grouped text, promises bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET jit = off
LANGUAGE plpgsql AS $$
DECLARE
    agencies bigint[] := public.journey_counts_of();
    wanted bigint[];
    expression text;
    joins text;
BEGIN
    SELECT g.expression, g.joins INTO expression, joins
      FROM public.journey_grouping(by_what) g;
    IF expression IS NULL OR agencies IS NULL THEN
        RETURN;
    END IF;
    wanted := ARRAY(SELECT c.id FROM public.casework_case c
                     WHERE c.agency_id = ANY (agencies)
                       AND c.area_id = (SELECT ctx.claim(4)));
    RETURN QUERY EXECUTE format($q$
        SELECT k.rule, k.state, k.reason, %s, count(*)
          FROM (SELECT s.rule, s.state, s.reason, s.case_id, s.victimisation_id,
                       s.since AS starts_at, o.tier = 'enhanced' AS enhanced,
                       (s.since AT TIME ZONE 'Europe/London')::date AS due_on
                  FROM public.journey_standing_of($1, $2) s
                  JOIN public.casework_case o ON o.id = s.case_id) k
          JOIN public.casework_case c ON c.id = k.case_id
          %s
         WHERE k.due_on >= $3 AND k.due_on < $4
         GROUP BY 1, 2, 3, 4$q$, expression, joins)
    USING rules, wanted, since, until, ages;
END $$;
REVOKE ALL ON FUNCTION public.journey_standing_kept(jsonb, date, date, text, int[])
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.journey_standing_kept(jsonb, date, date, text, int[])
    TO alongside_app;
