-- Who must give evidence. Applied by the owner after every migrate; safe to repeat.

-- Those who must give evidence in cases of the actor's agency that are open to the actor,
-- a page of them in the order of the list: victims of whom somebody said that they are
-- needed, and witnesses whose crime has come to court. With the day of the hearing, as
-- it was written, and the event that ended it. Under row security the same question asks
-- for every event of every one of them whether it may be seen.
CREATE OR REPLACE FUNCTION public.journey_must_come(
    today text, hearings text[], ends text[], worker bigint, of_role text, show text,
    most int, skip int
) RETURNS TABLE (victimisation_id bigint, hearing_on text, ended_id bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
-- Planned for what is asked: one worker's cases, or all.
SET plan_cache_mode = force_custom_plan SET jit = off
LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY
    WITH asked AS MATERIALIZED (
        SELECT DISTINCT e.victimisation_id AS id FROM public.journey_journeyevent e
         WHERE e.event = 'witness_required' AND e.superseded_by_id IS NULL
    ), needed AS MATERIALIZED (
        SELECT v.id, v.case_id, true AS asked
          FROM asked a JOIN public.casework_victimisation v ON v.id = a.id
         WHERE v.live AND v.same_as_id IS NULL AND (of_role = '' OR v.role = of_role)
         UNION ALL
        SELECT v.id, v.case_id, false FROM public.casework_victimisation v
         WHERE v.role = 'witness' AND v.live AND v.same_as_id IS NULL
           AND of_role IN ('', 'witness') AND v.id NOT IN (SELECT a.id FROM asked a)
    ), ours AS MATERIALIZED (
        SELECT n.id, n.asked
          FROM needed n
          JOIN public.casework_case c ON c.id = n.case_id
           AND c.agency_id = (SELECT ctx.claim(3)) AND c.area_id = (SELECT ctx.claim(4))
         WHERE (worker = 0 OR c.worker_id = worker) AND c.id IN (
               SELECT o.case_id FROM public.casework_open_among(
                      ARRAY(SELECT f.case_id FROM needed f), 4) o)
    ), coming AS (
        SELECT o.id, hearing.day, ended.id AS ended_id, ended.at AS ended_at
          FROM ours o
          LEFT JOIN LATERAL (
               SELECT e.id, e.occurred_at AS at FROM public.journey_journeyevent e
                WHERE e.victimisation_id = o.id AND e.event = ANY (ends)
                  AND e.superseded_by_id IS NULL
                ORDER BY e.occurred_at DESC, e.id DESC LIMIT 1) ended ON true
          LEFT JOIN LATERAL (
               SELECT h.day FROM (
                   SELECT DISTINCT ON (e.suspect_ref) e.detail ->> 'on' AS day
                     FROM public.journey_journeyevent e
                    WHERE e.victimisation_id = o.id AND e.event = ANY (hearings)
                      AND e.superseded_by_id IS NULL AND e.detail ->> 'on' <> ''
                    ORDER BY e.suspect_ref, e.occurred_at DESC, e.id DESC) h
                ORDER BY h.day < today, CASE WHEN h.day >= today THEN h.day END,
                         h.day DESC LIMIT 1) hearing ON true
         WHERE o.asked OR hearing.day IS NOT NULL OR EXISTS (
               SELECT 1 FROM public.journey_journeyevent e
                WHERE e.victimisation_id = o.id AND e.event = ANY (hearings)
                  AND e.superseded_by_id IS NULL)
    )
    SELECT w.id, w.day, w.ended_id FROM coming w
     WHERE CASE show
           WHEN 'coming' THEN w.ended_id IS NULL AND (w.day IS NULL OR w.day >= today)
           WHEN 'passed' THEN w.ended_id IS NULL AND w.day < today
           ELSE w.ended_id IS NOT NULL END
     ORDER BY CASE WHEN show = 'ended' THEN w.ended_at END DESC, w.day NULLS LAST, w.id
     LIMIT most OFFSET skip;
END $$;
REVOKE ALL ON FUNCTION public.journey_must_come(text, text[], text[], bigint, text,
    text, int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.journey_must_come(text, text[], text[], bigint, text,
    text, int, int) TO alongside_app;
