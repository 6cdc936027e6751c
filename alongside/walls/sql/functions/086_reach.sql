-- Who can be reached, and what is not owed because of it. Applied by the owner after every
-- migrate; safe to repeat.

-- Of the people of these cases, as far as their contact details (2) are open to the
-- actor: which kinds of contact points there are and since when, and the newest word on
-- each channel, since when, whether a worker gave it and whether a force did. No number,
-- no address and no name: what is asked by itself, after something changed, is no look.
CREATE OR REPLACE FUNCTION public.contact_ways(cases bigint[], force text)
RETURNS TABLE (case_id bigint, what text, name text, state text, at timestamptz,
               by_force boolean)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY
    WITH wanted AS (
        SELECT c.id, c.person_id FROM public.casework_case c
         WHERE c.id = ANY (cases) AND public.people_case_open(c.id, 2)
    ), held AS (
        SELECT w.id AS case_id, r.id AS record_id, r.said_at, r.source, w.person_id
          FROM wanted w JOIN public.people_personrecord r ON r.person_id = w.person_id
    )
    -- The same number sent again is no newer number.
    SELECT n.case_id, 'point', n.kind, '', max(n.since), false
      FROM (SELECT h.case_id, p.kind, coalesce(max(k.at), min(h.said_at)) AS since
              FROM held h
              JOIN public.people_contactpoint p ON p.record_id = h.record_id
              LEFT JOIN public.people_contactconfirmed k
                ON k.contact_id = p.id AND k.person_id = h.person_id
             WHERE p.value <> '' GROUP BY h.case_id, p.kind, p.value, p.postcode) n
     GROUP BY n.case_id, n.kind
    UNION ALL
    (SELECT DISTINCT ON (h.case_id, s.channel) h.case_id, 'mark', s.channel, s.state,
            s.set_at, s.set_by_id IS NULL AND h.source = force
       FROM held h JOIN public.people_channelsafety s ON s.record_id = h.record_id
      ORDER BY h.case_id, s.channel, s.set_at DESC, s.id DESC);
END $$;
REVOKE ALL ON FUNCTION public.contact_ways(bigint[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.contact_ways(bigint[], text) TO alongside_app;

-- How many promises are not owed because of a fact that may pass, by why and by whose
-- they are, in the cases whose promises (64) are open to the actor.
CREATE OR REPLACE FUNCTION public.journey_count_not_owed()
RETURNS TABLE (reason text, holder text, clocks bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT k.not_owed_reason, k.holder, count(*)
      FROM public.journey_clock k
      JOIN public.casework_open_to_me(64) o ON o.case_id = k.case_id
     WHERE k.by_fact AND k.met_on IS NULL AND k.replaced_by_id IS NULL
       AND k.area_id = (SELECT ctx.claim(4))
     GROUP BY 1, 2
$$;
REVOKE ALL ON FUNCTION public.journey_count_not_owed() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.journey_count_not_owed() TO alongside_app;
