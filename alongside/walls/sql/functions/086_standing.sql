-- What is owed with no day set. Applied by the owner after every migrate; safe to repeat.

-- The standing promises of these cases, each with what shows that it was kept, or why it
-- is not owed. `rules` are rows of `journey/data/deadlines.toml`, one for each version
-- and trigger; rows of clocks without a day say what somebody settled. Nothing else is
-- stored: what is owed follows from the report and the events. With `each_event` it is
-- owed for every event, and kept by the telling of it, or by something written down on
-- its day or later; without, once for a crime, from the first event.
-- Plain SQL without settings, so that whoever asks has it planned as part of their own
-- question: what they do not ask for is not worked out, and times are held against the
-- report before a rule is. What hangs on a crime is read once for it, not for each of
-- its promises; rows of clocks are looked for only in cases that have any (`said`), by
-- their index: no guess of the planner's at how many there are can cost more than that.
-- `once` is a rule that begins with the report alone, of which nothing must be sorted.
CREATE OR REPLACE FUNCTION public.journey_standing_of(rules jsonb, wanted bigint[])
RETURNS TABLE (rule text, rule_from date, case_id bigint, victimisation_id bigint,
               event_id bigint, since timestamptz, state text, shown_by text,
               met_on date, evidence text, reason text, clock_id bigint)
STABLE LANGUAGE sql AS $$
    WITH rule AS MATERIALIZED (
        SELECT r.*, r.rule_from::timestamp AT TIME ZONE 'Europe/London' AS opens,
               coalesce(r.rule_until::timestamp AT TIME ZONE 'Europe/London',
                        'infinity') AS closes,
               bool_and(r.trigger = 'report') OVER (PARTITION BY r.code) AS once,
               r.offences = '{}' AND r.flags = '{}' AS everybody
          FROM jsonb_to_recordset(rules) AS r(
            code text, rule_from date, rule_until date, trigger text, clock text,
            met_by text, record_types text[], witnesses boolean, scheme boolean,
            offences text[], flags text[], each_event boolean, left_by text[])
    ), part AS MATERIALIZED (
        SELECT v.id, v.case_id, v.reported_at, v.record_type,
               v.role <> 'victim' AS gives_evidence, v.offence_code, v.flags,
               v.needs_assessed_on, w.asks,
               (f.received_at AT TIME ZONE 'Europe/London')::date AS stated_on,
               EXISTS (SELECT FROM public.journey_clock k
                        WHERE k.case_id = v.case_id AND k.due_on IS NULL) AS said
          FROM unnest(wanted) AS one(id)
          JOIN public.casework_victimisation v ON v.case_id = one.id
          LEFT JOIN public.journey_wish w ON w.case_id = v.case_id AND w.until IS NULL
          LEFT JOIN public.intake_referral f ON f.id = v.referral_id AND v.vps_offered
         WHERE v.live AND v.same_as_id IS NULL
    ), fact AS NOT MATERIALIZED (
        SELECT p.*, NULL::bigint AS event_id, 'report' AS trigger,
               p.reported_at AS occurred_at, p.reported_at AS received_at
          FROM part p
         WHERE EXISTS (SELECT FROM rule r WHERE r.trigger = 'report' AND NOT r.once)
        UNION ALL
        SELECT p.*, e.id, e.event, e.occurred_at, e.received_at
          FROM part p JOIN public.journey_journeyevent e ON e.victimisation_id = p.id
         WHERE e.superseded_by_id IS NULL
           AND e.event = ANY (ARRAY(SELECT r.trigger FROM rule r WHERE NOT r.once))
    ), begun AS NOT MATERIALIZED (
        SELECT p.id, p.case_id, NULL::bigint AS event_id, r.met_by, p.stated_on,
               CASE WHEN r.met_by = 'assessed_on' THEN p.needs_assessed_on END
                   AS assessed_on,
               p.asks = ANY (r.left_by) AS left_out, r.code, r.rule_from,
               r.each_event, p.reported_at AS since, p.said,
               NULL::date AS told_on, NULL::text AS told_by, NULL::bigint AS done_id,
               NULL::date AS done_on, NULL::text AS done_by
          FROM part p JOIN rule r ON r.once
           AND p.reported_at >= r.opens AND p.reported_at < r.closes
           AND p.record_type = ANY (r.record_types)
           AND (p.gives_evidence OR NOT r.witnesses)
           AND (r.everybody OR p.offence_code = ANY (r.offences) OR p.flags && r.flags)
         WHERE NOT r.scheme OR EXISTS (
               SELECT FROM public.code_rights_rightrecord x
                WHERE x.case_id = p.case_id AND x.victimisation_id = p.id
                  AND x.kind = 'contact_scheme' AND x.in_scheme_since
                      <= (p.reported_at AT TIME ZONE 'Europe/London')::date)
        UNION ALL
        SELECT d.*, t.on, t.evidence, n.id, n.met_on, n.evidence
          FROM (
               SELECT DISTINCT ON (f.id, r.code,
                                   CASE WHEN r.each_event THEN f.event_id END)
                       f.id, f.case_id, f.event_id, r.met_by, f.stated_on,
                       CASE WHEN f.trigger = 'report' AND r.met_by = 'assessed_on'
                            THEN f.needs_assessed_on END AS assessed_on,
                       f.asks = ANY (r.left_by) AS left_out, r.code, r.rule_from,
                       r.each_event, b.since, f.said
                  FROM fact f JOIN rule r ON r.trigger = f.trigger AND NOT r.once
                   AND f.record_type = ANY (r.record_types)
                   AND (f.gives_evidence OR NOT r.witnesses)
                   AND (r.everybody OR f.offence_code = ANY (r.offences)
                        OR f.flags && r.flags)
                 CROSS JOIN LATERAL (
                       SELECT CASE r.clock WHEN 'received_at' THEN f.received_at
                                           ELSE f.occurred_at END AS since) b
                 WHERE b.since >= r.opens AND b.since < r.closes
                   AND (NOT r.scheme OR EXISTS (
                        SELECT FROM public.code_rights_rightrecord x
                         WHERE x.case_id = f.case_id AND x.victimisation_id = f.id
                           AND x.kind = 'contact_scheme' AND x.in_scheme_since
                               <= (b.since AT TIME ZONE 'Europe/London')::date))
                 ORDER BY f.id, r.code, CASE WHEN r.each_event THEN f.event_id END,
                          b.since, f.event_id
               ) d
          LEFT JOIN LATERAL (
               SELECT (t.told_at AT TIME ZONE 'Europe/London')::date AS on, t.evidence
                 FROM public.journey_telling t
                WHERE d.each_event AND t.victimisation_id = d.id
                  AND t.event_id = d.event_id AND t.taken_back_at IS NULL
                ORDER BY t.told_at, t.id LIMIT 1) t ON true
          LEFT JOIN LATERAL (
               SELECT k.id, k.met_on, k.evidence FROM public.journey_clock k
                WHERE d.each_event AND d.said AND k.case_id = d.case_id
                  AND k.due_on IS NULL AND k.replaced_by_id IS NULL
                  AND k.victimisation_id = d.id AND k.rule = d.code
                  AND k.event_id IS NULL
                  AND k.met_on >= (d.since AT TIME ZONE 'Europe/London')::date
                ORDER BY k.met_on DESC, k.id DESC LIMIT 1) n ON true
    )
    SELECT o.code, o.rule_from, o.case_id, o.id, o.event_id, o.since,
           CASE WHEN s.met_on IS NOT NULL THEN 'met'
                WHEN s.id IS NOT NULL THEN 'not_owed'
                WHEN g.shown IS NOT NULL OR o.done_id IS NOT NULL THEN 'met'
                WHEN o.left_out THEN 'not_owed' ELSE 'owed' END,
           CASE WHEN s.id IS NOT NULL THEN 'settled'
                WHEN g.shown IS NOT NULL THEN g.shown
                WHEN o.done_id IS NOT NULL THEN 'settled'
                WHEN o.left_out THEN 'wish' ELSE '' END,
           coalesce(s.met_on, CASE WHEN s.id IS NULL
                                   THEN coalesce(g.on, o.done_on) END),
           coalesce(nullif(s.evidence, ''), o.told_by, o.done_by, ''),
           CASE WHEN s.id IS NOT NULL THEN s.not_owed_reason
                WHEN g.shown IS NULL AND o.done_id IS NULL AND o.left_out
                THEN 'asked_not_to_be_told' ELSE '' END,
           coalesce(s.id, CASE WHEN g.shown IS NULL THEN o.done_id END)
      FROM begun o
      LEFT JOIN LATERAL (
           SELECT k.id, k.met_on, k.evidence, k.not_owed_reason
             FROM public.journey_clock k
            WHERE o.said AND k.case_id = o.case_id
              AND k.due_on IS NULL AND k.replaced_by_id IS NULL
              AND k.victimisation_id = o.id AND k.rule = o.code
              AND k.event_id IS NOT DISTINCT FROM
                  CASE WHEN o.each_event THEN o.event_id END
              AND (k.met_on IS NOT NULL OR k.not_owed_reason <> '')
            ORDER BY k.met_on DESC NULLS LAST, k.id DESC LIMIT 1) s ON true
     CROSS JOIN LATERAL (
           SELECT CASE WHEN o.assessed_on IS NOT NULL THEN 'needs'
                       WHEN o.met_by = 'statement_offered'
                        AND o.stated_on IS NOT NULL THEN 'statement'
                       WHEN o.told_on IS NOT NULL THEN 'told' END AS shown,
                  CASE WHEN o.assessed_on IS NOT NULL THEN o.assessed_on
                       WHEN o.met_by = 'statement_offered'
                        AND o.stated_on IS NOT NULL THEN o.stated_on
                       ELSE o.told_on END AS on) g
$$;
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
        wanted := ARRAY(SELECT DISTINCT w.id FROM unnest(cases) w(id)
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
-- and each of some facts (`fact` says which), in one reading. Counts only, and of every
-- case of the agencies whose promises the actor may count, as for those with a day. It
-- reads every crime: a loop of look-ups is never the way to join people to them, whatever
-- the planner guesses, nor is sorting half a million promises to count a few groups.
CREATE OR REPLACE FUNCTION public.journey_standing_kept(
    rules jsonb, since date, until date, facts text[], ages int[]
) RETURNS TABLE (fact text, rule text, state text, reason text, grouped text,
                 promises bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET jit = off SET enable_nestloop = off SET enable_sort = off
LANGUAGE plpgsql AS $$
DECLARE
    agencies bigint[] := public.journey_counts_of();
    wanted bigint[];
    by_facts record;
BEGIN
    by_facts := public.journey_grouping(facts);
    IF by_facts.columns IS NULL OR agencies IS NULL THEN
        RETURN;
    END IF;
    wanted := ARRAY(SELECT c.id FROM public.casework_case c
                     WHERE c.agency_id = ANY (agencies)
                       AND c.area_id = (SELECT ctx.claim(4)));
    RETURN QUERY EXECUTE format($q$
        SELECT CASE %s END, one.rule, one.state, one.reason, CASE %s END,
               sum(one.promises)::bigint
          FROM (SELECT k.rule, k.state, k.reason, %s, count(*) AS promises
                  FROM public.journey_standing_of($1, $2) s
                  LEFT JOIN public.casework_case c ON c.id = s.case_id
                 CROSS JOIN LATERAL (
                       SELECT s.rule, s.state, s.reason, s.case_id, s.victimisation_id,
                              s.since AS starts_at, c.tier = 'enhanced' AS enhanced,
                              (s.since AT TIME ZONE 'Europe/London')::date AS due_on) k
                  %s
                 WHERE s.since >= $3::timestamp AT TIME ZONE 'Europe/London'
                   AND s.since < $4::timestamp AT TIME ZONE 'Europe/London'
                 GROUP BY 1, 2, 3, %s) one
         GROUP BY one.rule, one.state, one.reason, GROUPING SETS (%s)$q$,
        by_facts.which, by_facts.grouped, by_facts.columns, by_facts.joins,
        by_facts.sets, by_facts.sets)
    USING rules, wanted, since, until, ages;
END $$;
REVOKE ALL ON FUNCTION public.journey_standing_kept(jsonb, date, date, text[], int[])
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.journey_standing_kept(jsonb, date, date, text[], int[])
    TO alongside_app;
DROP FUNCTION IF EXISTS
    public.journey_standing_kept(jsonb, date, date, text, int[]);
