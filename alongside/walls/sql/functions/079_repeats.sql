-- How often somebody was hit of late, their address and those around them. Applied by
-- the owner after every migrate; safe to repeat.

-- Crimes against each of these people since a moment, against anybody at an address of
-- theirs, against them and those who seem to live with them, and most by one suspect: each
-- crime once. Only people whose crimes the actor may see, and only crimes of cases open to
-- the actor.
DROP FUNCTION IF EXISTS
    public.casework_repeats(bigint[], timestamptz, timestamptz, timestamptz);
CREATE OR REPLACE FUNCTION public.casework_repeats(
    persons bigint[], person_since timestamptz, address_since timestamptz,
    household_since timestamptz, suspect_since timestamptz
) RETURNS TABLE (person_id bigint, of_person bigint, of_address bigint,
                 of_household bigint, of_suspect bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
-- A few people are looked up by their keys, however many are known: one plan, kept.
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
LANGUAGE plpgsql AS $$
DECLARE
    who bigint := ctx.claim(2);
    ours bigint := ctx.claim(3);
    cleared int := coalesce(ctx.claim(6), 0);
    crime CONSTANT int := 4;  -- the part of a case that says what happened
    works CONSTANT int := 64;
BEGIN
    RETURN QUERY
    WITH mine AS (
        SELECT m.person_id AS id FROM public.people_may_see(persons, crime) m
    ), home AS (
        SELECT DISTINCT m.id, l.postcode, l.address FROM mine m
          JOIN public.linking_linkrecord l ON l.person_id = m.id
         WHERE l.postcode <> '' AND l.address <> ''
    ), beside AS (
        SELECT m.id, t.other FROM mine m
         CROSS JOIN LATERAL (
             SELECT h.id, h.high_id AS other FROM public.linking_householdhint h
              WHERE h.low_id = m.id
              UNION ALL
             SELECT h.id, h.low_id FROM public.linking_householdhint h
              WHERE h.high_id = m.id) t
         WHERE coalesce((SELECT w.said FROM public.linking_householdword w
                          WHERE w.hint_id = t.id ORDER BY w.at DESC, w.id DESC LIMIT 1),
                        '') <> 'not'
    ), reached AS (
        SELECT m.id, r.id AS record_id, 'person' AS scope FROM mine m
          JOIN public.people_personrecord r ON r.person_id = m.id
        UNION
        SELECT h.id, l.record_id, 'address' FROM home h
          JOIN public.people_contactpoint c
            ON c.kind = 'address' AND c.postcode = h.postcode
          JOIN public.linking_linkrecord l ON l.record_id = c.record_id
           AND l.postcode = h.postcode AND l.address = h.address
        UNION
        SELECT b.id, r.id, 'household'
          FROM (SELECT id, other FROM beside UNION SELECT id, id FROM beside) b
          JOIN public.people_personrecord r ON r.person_id = b.other
    ), seen AS (
        SELECT e.id, e.scope, v.crime_key, v.reported_at, v.force_code, v.suspect_ref
          FROM reached e
          JOIN public.casework_victimisation v ON v.record_id = e.record_id
         WHERE v.live AND v.same_as_id IS NULL AND CASE WHEN v.case_id IS NULL
               THEN v.agency_id = ours AND cleared & works <> 0
               ELSE EXISTS (
                   SELECT 1 FROM public.casework_caseaccess a
                    WHERE a.case_id = v.case_id AND a.agency_id = ours
                      AND a.fields & crime <> 0
                      AND (a.user_id = who
                           OR a.user_id IS NULL AND cleared & works <> 0)
                      AND (a.until IS NULL OR a.until > statement_timestamp())
                      AND a.compartments & ~cleared = 0
                      AND (a.barred IS NULL OR who <> ALL (a.barred))) END
    ), suspected AS (
        SELECT p.id, max(p.many) AS many FROM (
            SELECT s.id, count(DISTINCT s.crime_key) AS many FROM seen s
             WHERE s.scope = 'person' AND s.suspect_ref <> ''
               AND s.reported_at >= suspect_since
             GROUP BY s.id, s.force_code, s.suspect_ref) p GROUP BY p.id
    )
    SELECT s.id,
           count(DISTINCT s.crime_key) FILTER (
               WHERE s.scope = 'person' AND s.reported_at >= person_since),
           count(DISTINCT s.crime_key) FILTER (
               WHERE s.scope = 'address' AND s.reported_at >= address_since),
           count(DISTINCT s.crime_key) FILTER (
               WHERE s.scope = 'household' AND s.reported_at >= household_since),
           coalesce((SELECT u.many FROM suspected u WHERE u.id = s.id), 0)
      FROM seen s GROUP BY s.id;
END $$;
REVOKE ALL ON FUNCTION
    public.casework_repeats(bigint[], timestamptz, timestamptz, timestamptz, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    public.casework_repeats(bigint[], timestamptz, timestamptz, timestamptz, timestamptz)
    TO alongside_app;

-- When crimes against anybody at an address of these people were reported, each crime once:
-- their own, and others' of cases that anybody of the agency may see, so that what follows
-- from it tells nobody of a case that is kept from them. Who they were against is not said.
CREATE OR REPLACE FUNCTION public.casework_address_crimes(persons bigint[])
RETURNS TABLE (person_id bigint, reported_at timestamptz)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
LANGUAGE plpgsql AS $$
DECLARE
    ours bigint := ctx.claim(3);
    crime CONSTANT int := 4;  -- the part of a case that says what happened
BEGIN
    RETURN QUERY
    WITH mine AS (
        SELECT m.person_id AS id FROM public.people_may_see(persons, crime) m
    ), home AS (
        SELECT DISTINCT m.id, l.postcode, l.address FROM mine m
          JOIN public.linking_linkrecord l ON l.person_id = m.id
         WHERE l.postcode <> '' AND l.address <> ''
    ), reached AS (
        SELECT h.id, l.record_id, l.person_id FROM home h
          JOIN public.people_contactpoint c
            ON c.kind = 'address' AND c.postcode = h.postcode
          JOIN public.linking_linkrecord l ON l.record_id = c.record_id
           AND l.postcode = h.postcode AND l.address = h.address
    ), hit AS (
        SELECT DISTINCT e.id, v.crime_key, v.reported_at FROM reached e
          JOIN public.casework_victimisation v ON v.record_id = e.record_id
         WHERE v.live AND v.same_as_id IS NULL
           AND (e.person_id = e.id OR EXISTS (
                   SELECT 1 FROM public.casework_case c
                     JOIN public.casework_caseaccess a
                       ON a.case_id = c.id AND a.agency_id = ours AND a.user_id IS NULL
                    WHERE c.id = v.case_id AND c.agency_id = ours AND c.compartments = 0
                      AND a.fields & crime <> 0
                      AND (a.until IS NULL OR a.until > statement_timestamp())
                      AND coalesce(cardinality(a.barred), 0) = 0))
    )
    SELECT DISTINCT ON (h.id, h.crime_key) h.id, h.reported_at FROM hit h
     ORDER BY h.id, h.crime_key, h.reported_at;
END $$;
REVOKE ALL ON FUNCTION public.casework_address_crimes(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.casework_address_crimes(bigint[]) TO alongside_app;
