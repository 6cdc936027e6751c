-- Reading people. Applied by the owner after every migrate; safe to repeat.

-- Which of these people the actor may see for one facet of their cases: a case of
-- theirs is open to the actor, or a referral about them is held by the actor's agency.
-- Never somebody the actor is in conflict with, nor on the other side of a crime from
-- somebody they work with, nor one whose processing is restricted.
DROP FUNCTION IF EXISTS public.people_may_see(bigint[]);
-- Asked by nearly everything about people: its plan is made once for a connection, which
-- takes several times as long as carrying it out, and always goes by the indexes.
CREATE OR REPLACE FUNCTION public.people_may_see(wanted bigint[], facet int)
RETURNS TABLE (person_id bigint, public_id uuid)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
LANGUAGE plpgsql AS $$
DECLARE
    who bigint := ctx.claim(2);
    agency bigint := ctx.claim(3);
    area bigint := ctx.claim(4);
    cleared int := coalesce(ctx.claim(6), 0);
    apart bigint[] := public.casework_apart_from_me();
    restricted CONSTANT int := 32;
    works CONSTANT int := 64;  -- the duty to work with the agency's cases
BEGIN
    RETURN QUERY
    SELECT p.id, p.public_id
      FROM unnest(wanted) AS w(id)
      JOIN public.people_person p ON p.id = w.id AND p.area_id = area
     WHERE (EXISTS (
               SELECT 1 FROM public.casework_case c
                 JOIN public.casework_caseaccess a ON a.case_id = c.id
                WHERE c.person_id = p.id AND a.agency_id = agency
                  AND a.fields & facet <> 0
                  AND (a.user_id = who OR a.user_id IS NULL AND cleared & works <> 0)
                  AND (a.until IS NULL OR a.until > statement_timestamp())
                  AND a.compartments & ~cleared = 0)
        OR EXISTS (
               SELECT 1 FROM public.people_personrecord r
                 JOIN public.casework_victimisation v ON v.record_id = r.id
                WHERE r.person_id = p.id AND v.case_id IS NULL
                  AND v.agency_id = agency AND cleared & works <> 0))
       AND p.id <> ALL (apart)
       AND NOT EXISTS (
               SELECT 1 FROM public.casework_conflict k
                WHERE k.person_id = p.id AND k.user_id = who AND k.lifted_at IS NULL)
       AND (restricted & cleared <> 0 OR NOT EXISTS (
               SELECT 1 FROM public.casework_case c
                WHERE c.person_id = p.id AND c.compartments & restricted <> 0
                  AND NOT EXISTS (  -- not where a life may be in danger
                      SELECT 1 FROM public.casework_caseaccess a
                       WHERE a.case_id = c.id AND a.agency_id = agency
                         AND a.user_id = who AND a.why = 'break_glass'
                         AND a.until > statement_timestamp())));
END $$;
REVOKE ALL ON FUNCTION public.people_may_see(bigint[], int) FROM PUBLIC;

-- Put a look on the trail, then say who may be seen. What is refused is put there by
-- people_record_refused, beside this transaction.
CREATE OR REPLACE FUNCTION public.people_look(
    wanted bigint[], what text, purpose text, request_id uuid, at timestamptz
) RETURNS bigint[]
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[];
    seen uuid[];
BEGIN
    SELECT coalesce(array_agg(m.person_id), '{}'), coalesce(array_agg(m.public_id), '{}')
      INTO ids, seen FROM public.people_may_see(wanted, 1) m;
    IF cardinality(seen) > 0 THEN
        PERFORM audit.record('person.seen', what, NULL, seen, purpose, request_id, at);
    END IF;
    RETURN ids;
END $$;
REVOKE ALL ON FUNCTION public.people_look(bigint[], text, text, uuid, timestamptz)
    FROM PUBLIC;

-- Names for a list: one entry on the trail for the whole list.
CREATE OR REPLACE FUNCTION public.people_open_labels(
    wanted bigint[], purpose text, request_id uuid, at timestamptz
) RETURNS TABLE (person_id bigint, public_id uuid, given_names text, surname text,
                 date_of_birth date)
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[] := public.people_look(wanted, 'name', purpose, request_id, at);
BEGIN
    RETURN QUERY
    SELECT p.id, p.public_id, r.given_names, r.surname, r.date_of_birth
      FROM public.people_person p
      JOIN public.people_personrecord r ON r.id = p.shown_record_id
     WHERE p.id = ANY (ids);
END $$;
REVOKE ALL ON FUNCTION public.people_open_labels(bigint[], text, uuid, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.people_open_labels(bigint[], text, uuid, timestamptz)
    TO alongside_app;

-- How each record of a person came to them: `linked_on` is when it was linked, NULL
-- where it is their own; `joined`, that it came with somebody who was joined into them.
-- Their own are the first there was, and those that came before anything was linked. A
-- new record of a person who has been linked counts as linked.
CREATE OR REPLACE FUNCTION public.people_how_records_came(person bigint)
RETURNS TABLE (record_id bigint, linked_on timestamptz, joined boolean)
STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    WITH held AS (
        SELECT r.id, r.said_at, (
            SELECT min(g.made_at) FROM public.linking_mergemove m
              JOIN public.linking_merge g ON g.id = m.merge_id
             WHERE g.kept_id = $1 AND g.undone_at IS NULL AND m.row = r.id
               AND m.relation = 'people.PersonRecord.person') AS joined_at
          FROM public.people_personrecord r WHERE r.person_id = $1
    ), decided AS (
        SELECT d.record_id AS id, min(d.decided_at) AS at
          FROM public.linking_linkdecision d
         WHERE d.person_id = $1 AND d.rule NOT IN ('merge', 'unmerge')
           AND d.band = 'link'
           AND d.record_id <> (SELECT min(h.id) FROM held h WHERE h.joined_at IS NULL)
         GROUP BY d.record_id
    ), first AS (
        SELECT min(d.id) AS id, min(d.at) AS at FROM decided d
          JOIN held h ON h.id = d.id AND h.joined_at IS NULL
    )
    SELECT h.id, coalesce(h.joined_at, CASE WHEN h.id >= f.id
                          THEN coalesce(d.at, greatest(h.said_at, f.at)) END),
           h.joined_at IS NOT NULL
      FROM held h CROSS JOIN first f LEFT JOIN decided d ON d.id = h.id
$$;
REVOKE ALL ON FUNCTION public.people_how_records_came(bigint) FROM PUBLIC;

-- Everything one page shows of one person, as three lists.
CREATE OR REPLACE FUNCTION public.people_open_person(
    wanted bigint, purpose text, request_id uuid, at timestamptz
) RETURNS TABLE (records jsonb, contacts jsonb, marks jsonb)
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[] := public.people_look(
        ARRAY[wanted], 'name, date of birth, contact points', purpose, request_id, at);
    reach boolean;
    guarded CONSTANT jsonb := '{"guardian_name": "", "guardian_phone": "",
        "contact_times": "", "preferred_method": "", "do_not_contact_reason": ""}';
BEGIN
    IF cardinality(ids) = 0 THEN
        RETURN;
    END IF;
    reach := EXISTS (SELECT 1 FROM public.people_may_see(ids, 2));
    RETURN QUERY SELECT
        (SELECT jsonb_agg(CASE WHEN reach THEN to_jsonb(r) - 'area_id'
                               ELSE to_jsonb(r) - 'area_id' || guarded END
                          ORDER BY r.said_at DESC, r.id DESC)
           FROM public.people_personrecord r WHERE r.person_id = wanted),
        (SELECT jsonb_agg(to_jsonb(c) || jsonb_build_object(
                    'said_at', r.said_at, 'own', coming.linked_on IS NULL,
                    'linked_on', coming.linked_on,
                    'confirmed', (SELECT jsonb_build_object('by', u.name, 'at', k.at)
                                    FROM public.people_contactconfirmed k
                                    JOIN public.accounts_user u ON u.id = k.by_id
                                   WHERE k.contact_id = c.id AND k.person_id = wanted
                                   ORDER BY k.id DESC LIMIT 1))
                          ORDER BY r.said_at DESC, c.id)
           FROM public.people_contactpoint c
           JOIN public.people_personrecord r ON r.id = c.record_id
           JOIN public.people_how_records_came(wanted) coming ON coming.record_id = r.id
          WHERE r.person_id = wanted AND reach),
        (SELECT jsonb_agg(jsonb_build_object(
                    'channel', s.channel, 'state', s.state, 'set_at', s.set_at,
                    'record_id', s.record_id, 'own', coming.linked_on IS NULL,
                    'by_worker', s.set_by_id IS NOT NULL AND NOT coming.joined,
                    'set_by', coalesce(u.name, '')) ORDER BY s.set_at DESC, s.id DESC)
           FROM public.people_channelsafety s
           JOIN public.people_personrecord r ON r.id = s.record_id
           JOIN public.people_how_records_came(wanted) coming ON coming.record_id = r.id
           LEFT JOIN public.accounts_user u ON u.id = s.set_by_id
          WHERE r.person_id = wanted AND reach);
END $$;
REVOKE ALL ON FUNCTION public.people_open_person(bigint, text, uuid, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.people_open_person(bigint, text, uuid, timestamptz)
    TO alongside_app;
