-- Where nothing was heard for too long. Applied by the owner after every migrate; safe
-- to repeat.

-- What the rules of silence find on a day: each rule once for a case, with the day from
-- which it counts. In these cases, or in every one that is open to the actor and not
-- closed: its crime (4) and its promises (64) must be. `rules` are rows of
-- `journey/data/silence.toml`; `told_by` are the promises that are kept by telling.
CREATE OR REPLACE FUNCTION public.journey_silent(
    rules jsonb, today date, told_by text[], cases bigint[]
) RETURNS TABLE (code text, case_id bigint, since date)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
-- Planned for what is asked: one case, or a whole register.
SET plan_cache_mode = force_custom_plan SET jit = off
LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint[];
    -- Which events these rules speak of, NULL for any; and whether news ends one.
    spoken_of text[];
    by_news boolean;
BEGIN
    SELECT CASE WHEN NOT bool_or(r.ends = ARRAY['*'])
                THEN array_agg(DISTINCT one.event) END,
           bool_or(r.counted_from = 'news') INTO spoken_of, by_news
      FROM jsonb_to_recordset(rules) AS r(after text[], counted_from text, ends text[])
     CROSS JOIN unnest(r.after || r.ends) AS one(event);
    IF cases IS NULL THEN
        wanted := ARRAY(SELECT o.case_id FROM public.casework_open_to_me(68) o
                          JOIN public.casework_case c ON c.id = o.case_id
                         WHERE c.status <> 'closed');
    ELSE
        wanted := ARRAY(SELECT w.id FROM unnest(cases) w(id)
                         WHERE public.people_case_open(w.id, 4)
                           AND public.people_case_open(w.id, 64));
    END IF;
    RETURN QUERY
    WITH rule AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(rules) AS r(
            code text, after text[], counted_from text, only_field text,
            only_values text[], ends text[], unsettled boolean, standard int,
            enhanced int)
    ), matter AS MATERIALIZED (
        SELECT v.id, v.case_id, v.reported_at, v.outcome_type = '' AS unsettled,
               c.tier = 'enhanced' AS enhanced, w.every_days,
               coalesce(w.asks IN ('nothing', 'big_news'), false) AS wants_none
          FROM unnest(wanted) AS o(id)
          JOIN public.casework_case c ON c.id = o.id AND c.status <> 'closed'
          JOIN public.casework_victimisation v
            ON v.case_id = c.id AND v.live AND v.same_as_id IS NULL
           AND v.record_type = 'crime'
          LEFT JOIN public.journey_wish w ON w.case_id = c.id AND w.until IS NULL
    ), happened AS MATERIALIZED (
        SELECT e.id, e.victimisation_id, e.event, e.suspect_ref, e.offence_code,
               e.occurred_at, e.detail
          FROM matter m JOIN public.journey_journeyevent e
            ON e.victimisation_id = m.id AND e.superseded_by_id IS NULL
           AND (spoken_of IS NULL OR e.event = ANY (spoken_of))
        UNION ALL
        SELECT 0, m.id, 'report', '', '', m.reported_at, '{}'::jsonb FROM matter m
    ), news AS (
        SELECT n.case_id, max(n.day) AS day FROM (
            SELECT m.case_id, (t.told_at AT TIME ZONE 'Europe/London')::date AS day
              FROM matter m
              JOIN public.journey_telling t ON t.victimisation_id = m.id
               AND t.taken_back_at IS NULL
             WHERE by_news
             UNION ALL
            SELECT k.case_id, k.met_on FROM public.journey_clock k
             WHERE by_news AND k.case_id = ANY (wanted) AND k.met_on IS NOT NULL
               AND k.replaced_by_id IS NULL AND k.rule = ANY (told_by)) n
         GROUP BY 1
    ), counted AS (
        SELECT r.code, m.case_id, r.counted_from, r.ends, h.id, h.victimisation_id,
               h.suspect_ref, h.offence_code, h.occurred_at,
               CASE r.counted_from
                    WHEN 'event' THEN (h.occurred_at AT TIME ZONE 'Europe/London')::date
                    WHEN 'news' THEN greatest(
                        (h.occurred_at AT TIME ZONE 'Europe/London')::date, n.day)
                    ELSE CASE WHEN pg_input_is_valid(h.detail ->> r.counted_from, 'date')
                              THEN (h.detail ->> r.counted_from)::date END
               END AS day,
               CASE WHEN r.counted_from = 'news' AND m.every_days IS NOT NULL
                    THEN m.every_days::int
                    WHEN m.enhanced THEN r.enhanced ELSE r.standard END AS days
          FROM happened h
          JOIN (SELECT rule.*, begun.event
                  FROM rule CROSS JOIN unnest(rule.after) AS begun(event)) r
            ON r.event = h.event
          JOIN matter m ON m.id = h.victimisation_id
          LEFT JOIN news n ON n.case_id = m.case_id
         WHERE (r.only_field = '' OR h.detail ->> r.only_field = ANY (r.only_values))
           AND (m.unsettled OR NOT r.unsettled)
           AND NOT (r.counted_from = 'news' AND m.wants_none)
    )
    SELECT q.code, q.case_id, min(q.day) FROM counted q
     WHERE today - q.day > q.days AND NOT EXISTS (
           SELECT 1 FROM happened b
            WHERE b.victimisation_id = q.victimisation_id AND b.id <> q.id
              AND (b.event = ANY (q.ends) OR q.ends = ARRAY['*'])
              AND (b.suspect_ref = q.suspect_ref OR '' IN (b.suspect_ref, q.suspect_ref))
              AND (b.offence_code = q.offence_code
                   OR '' IN (b.offence_code, q.offence_code))
              AND (b.occurred_at, b.id) > (q.occurred_at, q.id))
     GROUP BY 1, 2;
END $$;
REVOKE ALL ON FUNCTION public.journey_silent(jsonb, date, text[], bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.journey_silent(jsonb, date, text[], bigint[])
    TO alongside_app;
