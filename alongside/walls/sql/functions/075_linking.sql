-- Who may be one person: the records behind keys. Applied by the owner after every
-- migrate; safe to repeat.
--
-- Standard forms and keys are put in by the application and never read back by it.
-- These functions give the records behind keys that the caller can name, and keys are
-- made of what a record says under the area's secret: a stolen session finds only
-- people it already knows (docs/adr/0028). No entry on the trail for each arrival for
-- that reason: the decision that comes of it says what was compared. People who were
-- erased are not here any more: their rows went with them.

-- Refuse whoever does not decide who is one person. 128 is the duty `register`.
CREATE OR REPLACE FUNCTION public.linking_demand() RETURNS bigint
STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    area bigint := ctx.claim(4);
BEGIN
    IF area IS NULL OR coalesce(ctx.claim(6), 0) & 128 = 0 THEN
        RAISE insufficient_privilege USING message = 'no duty to keep the register';
    END IF;
    RETURN area;
END $$;
REVOKE ALL ON FUNCTION public.linking_demand() FROM PUBLIC;

-- The records of the area behind these keys, and through which of the keys each was
-- met. A key with more than `cap` records behind it is passed over: it belongs to a
-- household or an office, not to a person, and would cost the arrival its time. One
-- line without a record names the keys that were passed over.
CREATE OR REPLACE FUNCTION public.linking_candidates(keys bigint[], cap int)
RETURNS TABLE (met_by bigint[], record bigint, person bigint, given text, surname text,
               root text, given_code text, surname_code text, born text, sex text,
               postcode text, address text, phone text, other_phone text, email text)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql ROWS 10 AS $$
#variable_conflict use_column
DECLARE
    the_area bigint := public.linking_demand();
BEGIN
    RETURN QUERY
    -- In the order of the keys, so that a delivery reads the index from end to end. One
    -- probe a key that stops past the cap, whatever the planner believes.
    WITH behind AS MATERIALIZED (
        SELECT q.key, ARRAY(SELECT b.record_id FROM public.linking_blockkey b
                             WHERE b.key = q.key LIMIT cap + 1) AS records
          FROM (SELECT DISTINCT k AS key FROM unnest(keys) k ORDER BY k) q)
    SELECT met.through, r.record_id, r.person_id, r.given, r.surname, r.root,
           r.given_code, r.surname_code, r.born, r.sex, r.postcode, r.address, r.phone,
           r.other_phone, r.email
      FROM (SELECT one.record, array_agg(b.key) AS through
              FROM behind b CROSS JOIN unnest(b.records) one(record)
             WHERE cardinality(b.records) <= cap
             GROUP BY one.record ORDER BY one.record) met
     CROSS JOIN LATERAL (SELECT * FROM public.linking_linkrecord r
                          WHERE r.record_id = met.record AND r.area_id = the_area
                         OFFSET 0) r
     UNION ALL
    SELECT array_agg(b.key), NULL, NULL, '', '', '', '', '', '', '', '', '', '', '', ''
      FROM behind b WHERE cardinality(b.records) > cap HAVING count(*) > 0;
END $$;
REVOKE ALL ON FUNCTION public.linking_candidates(bigint[], int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_candidates(bigint[], int) TO alongside_app;

-- The same for a delivery's many keys: read from one end of the index to the other,
-- where a probe a key would start anew at its root each time. A key that many share is
-- counted to its end here, which a delivery has the time for. Planned for any keys:
-- to weigh each of a hundred thousand would take longer than to look them up.
CREATE OR REPLACE FUNCTION public.linking_candidates_of_many(keys bigint[], cap int)
RETURNS TABLE (met_by bigint[], record bigint, person bigint, given text, surname text,
               root text, given_code text, surname_code text, born text, sex text,
               postcode text, address text, phone text, other_phone text, email text)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
SET enable_bitmapscan = off SET enable_hashagg = off SET work_mem = '64MB'
LANGUAGE plpgsql ROWS 10000 AS $$
#variable_conflict use_column
DECLARE
    the_area bigint := public.linking_demand();
BEGIN
    RETURN QUERY
    WITH behind AS MATERIALIZED (
        SELECT b.key, array_agg(b.record_id) AS records
          FROM public.linking_blockkey b WHERE b.key = ANY (keys) GROUP BY b.key)
    SELECT met.through, r.record_id, r.person_id, r.given, r.surname, r.root,
           r.given_code, r.surname_code, r.born, r.sex, r.postcode, r.address, r.phone,
           r.other_phone, r.email
      FROM (SELECT one.record, array_agg(b.key) AS through
              FROM behind b CROSS JOIN unnest(b.records) one(record)
             WHERE cardinality(b.records) <= cap
             GROUP BY one.record ORDER BY one.record) met
     CROSS JOIN LATERAL (SELECT * FROM public.linking_linkrecord r
                          WHERE r.record_id = met.record AND r.area_id = the_area
                         OFFSET 0) r
     UNION ALL
    SELECT array_agg(b.key), NULL, NULL, '', '', '', '', '', '', '', '', '', '', '', ''
      FROM behind b WHERE cardinality(b.records) > cap HAVING count(*) > 0;
END $$;
REVOKE ALL ON FUNCTION public.linking_candidates_of_many(bigint[], int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_candidates_of_many(bigint[], int)
    TO alongside_app;

-- The same for somebody who is about to be added: whoever else adds a person with one
-- of these keys waits until this transaction ends, so that two arrivals of one person
-- cannot make two people. In the order of the keys: nobody waits in a ring. Gives up
-- after `patience` milliseconds.
CREATE OR REPLACE FUNCTION public.linking_arriving(
    keys bigint[], cap int, patience int
) RETURNS TABLE (met_by bigint[], record bigint, person bigint, given text, surname text,
                 root text, given_code text, surname_code text, born text, sex text,
                 postcode text, address text, phone text, other_phone text, email text)
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET lock_timeout = 0 LANGUAGE plpgsql ROWS 10 AS $$
DECLARE
    the_area bigint := public.linking_demand();
BEGIN
    PERFORM set_config('lock_timeout', patience::text, true);  -- until this function ends
    PERFORM pg_advisory_xact_lock_shared(hashtext('alongside linking'), the_area::int);
    -- The inner query comes sorted, and each of its rows is locked as it comes.
    PERFORM pg_advisory_xact_lock(one.key)
       FROM (SELECT DISTINCT k AS key FROM unnest(keys) k ORDER BY k OFFSET 0) one;
    -- A statement of its own, which sees what those before us have committed.
    RETURN QUERY SELECT * FROM public.linking_candidates(keys, cap);
END $$;
REVOKE ALL ON FUNCTION public.linking_arriving(bigint[], int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_arriving(bigint[], int, int) TO alongside_app;

-- For a delivery or a merge: nobody else adds or joins people of the area until this
-- transaction ends. One lock, where a delivery's keys would be a lock each.
CREATE OR REPLACE FUNCTION public.linking_alone() RETURNS void
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('alongside linking'),
                                  public.linking_demand()::int);
END $$;
REVOKE ALL ON FUNCTION public.linking_alone() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_alone() TO alongside_app;

-- Which of these people are known not to be one: pairs of people, the lower key first.
-- Those on the two sides of a crime are among them, and nothing says which they are.
CREATE OR REPLACE FUNCTION public.linking_never(persons bigint[])
RETURNS TABLE (low bigint, high bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    the_area bigint := public.linking_demand();
BEGIN
    RETURN QUERY
    SELECT least(a.person_id, b.person_id), greatest(a.person_id, b.person_id)
      FROM public.people_personrecord mine
      JOIN public.linking_neverlink n ON mine.id IN (n.low_id, n.high_id)
      JOIN public.people_personrecord a ON a.id = n.low_id
      JOIN public.people_personrecord b ON b.id = n.high_id
     WHERE mine.person_id = ANY (persons) AND n.area_id = the_area
       AND n.lifted_at IS NULL AND a.person_id <> b.person_id
     UNION
    SELECT least(x.victim_id, x.suspect_id), greatest(x.victim_id, x.suspect_id)
      FROM public.casework_keptapart x
     WHERE (x.victim_id = ANY (persons) OR x.suspect_id = ANY (persons))
       AND x.area_id = the_area AND x.lifted_at IS NULL;
END $$;
REVOKE ALL ON FUNCTION public.linking_never(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_never(bigint[]) TO alongside_app;

-- Whether the actor may add a record to this person: they may see them, and the open
-- case that it would join, which is their own agency's. Their public id, or nothing,
-- whatever the reason. Nobody else joins anything to them until the transaction ends.
CREATE OR REPLACE FUNCTION public.linking_may_join(wanted bigint) RETURNS uuid
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    who bigint := ctx.claim(2);
    agency bigint := ctx.claim(3);
    area bigint := public.linking_demand();
    cleared int := coalesce(ctx.claim(6), 0);
    works CONSTANT int := 64;  -- the duty to work with the agency's cases
    support CONSTANT int := 16;  -- the part of a case that is the case itself
    found uuid;
BEGIN
    SELECT p.public_id INTO found FROM public.people_person p
     WHERE p.id = wanted AND p.area_id = area FOR UPDATE;
    IF found IS NULL OR NOT EXISTS (
        SELECT 1 FROM public.people_may_see(ARRAY[wanted], 1)) THEN
        RETURN NULL;
    END IF;
    IF EXISTS (
        SELECT 1 FROM public.casework_case c
         WHERE c.person_id = wanted AND c.closed_at IS NULL
           AND (c.agency_id <> agency OR NOT EXISTS (
               SELECT 1 FROM public.casework_caseaccess a
                WHERE a.case_id = c.id AND a.agency_id = agency
                  AND a.fields & support <> 0
                  AND (a.user_id = who OR a.user_id IS NULL AND cleared & works <> 0)
                  AND (a.until IS NULL OR a.until > statement_timestamp())
                  AND a.compartments & ~cleared = 0
                  AND (a.barred IS NULL OR who <> ALL (a.barred))))) THEN
        RETURN NULL;
    END IF;
    RETURN found;
END $$;
REVOKE ALL ON FUNCTION public.linking_may_join(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_may_join(bigint) TO alongside_app;

-- What was said of the people of an area, record by record, to be brought to its
-- standard form anew. For the command at the machine itself, which works as the owner:
-- nobody else may ask.
CREATE OR REPLACE FUNCTION public.linking_told(the_area bigint, after bigint, most int)
RETURNS TABLE (record bigint, person bigint, given_names text, surname text,
               date_of_birth date, gender text, postcode text, address text,
               phones text[], email text)
STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT r.id, r.person_id, r.given_names, r.surname, r.date_of_birth, r.gender,
           coalesce(home.postcode, ''),
           coalesce(replace(home.value, E'\n', ', '), ''),
           ARRAY(SELECT c.value FROM public.people_contactpoint c
                  WHERE c.record_id = r.id AND c.kind IN ('mobile', 'home_phone')
                  ORDER BY c.kind DESC, c.id),
           coalesce((SELECT c.value FROM public.people_contactpoint c
                      WHERE c.record_id = r.id AND c.kind = 'email'
                      ORDER BY c.id LIMIT 1), '')
      FROM public.people_personrecord r
      LEFT JOIN LATERAL (
          SELECT c.postcode, c.value FROM public.people_contactpoint c
           WHERE c.record_id = r.id AND c.kind = 'address' ORDER BY c.id LIMIT 1
      ) home ON true
     WHERE r.area_id = the_area AND r.id > after ORDER BY r.id LIMIT most
$$;
REVOKE ALL ON FUNCTION public.linking_told(bigint, bigint, int) FROM PUBLIC;
