-- People who may live together: what is shown of a hint, and what is said of it. Applied
-- by the owner after every migrate; safe to repeat.
--
-- A hint says that two people are supported from one home. To somebody who may not see
-- the other that is nothing to know: they are shown no hint, as if there were none.

-- People who seem to live with one the actor may see: masked labels of those they may see
-- too, with why, and what was last said of it. On the trail as names in a list.
CREATE OR REPLACE FUNCTION public.people_household(
    wanted bigint, purpose text, request_id uuid, at timestamptz
) RETURNS TABLE (public_id uuid, given_initial text, surname_initial text,
                 birth_year int, outward text, why text, since timestamptz,
                 said text, said_by text, said_at timestamptz)
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    others bigint[];
    seen bigint[];
    reached bigint[];
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.people_may_see(ARRAY[wanted], 1)) THEN
        RETURN;
    END IF;
    others := ARRAY(SELECT h.high_id FROM public.linking_householdhint h
                     WHERE h.low_id = wanted
                    UNION
                    SELECT h.low_id FROM public.linking_householdhint h
                     WHERE h.high_id = wanted);
    seen := ARRAY(SELECT m.person_id FROM public.people_may_see(others, 1) m);
    IF cardinality(seen) = 0 THEN
        RETURN;
    END IF;
    reached := ARRAY(SELECT m.person_id FROM public.people_may_see(seen, 2) m);
    PERFORM audit.record('person.seen', 'name', NULL,
        ARRAY(SELECT p.public_id FROM public.people_person p WHERE p.id = ANY (seen)),
        purpose, request_id, at);
    RETURN QUERY
    SELECT p.public_id, upper(left(btrim(r.given_names), 1)),
           upper(left(btrim(r.surname), 1)), extract(year FROM r.date_of_birth)::int,
           CASE WHEN p.id = ANY (reached) THEN (
               SELECT split_part(k.postcode, ' ', 1) FROM public.people_contactpoint k
                 JOIN public.people_personrecord e ON e.id = k.record_id
                WHERE e.person_id = p.id AND k.kind = 'address' AND k.postcode <> ''
                ORDER BY e.said_at DESC, k.id LIMIT 1) END,
           h.why, h.since, w.said, w.name, w.at
      FROM public.linking_householdhint h
      JOIN public.people_person p
        ON p.id = CASE h.low_id WHEN wanted THEN h.high_id ELSE h.low_id END
       AND p.id = ANY (seen)
      JOIN public.people_personrecord r ON r.id = p.shown_record_id
      LEFT JOIN LATERAL (SELECT x.said, x.at, u.name
                           FROM public.linking_householdword x
                           JOIN public.accounts_user u ON u.id = x.by_id
                          WHERE x.hint_id = h.id
                          ORDER BY x.at DESC, x.id DESC LIMIT 1) w ON true
     WHERE wanted IN (h.low_id, h.high_id)
     ORDER BY w.said IS NOT DISTINCT FROM 'not', h.since, p.id;
END $$;
REVOKE ALL ON FUNCTION public.people_household(bigint, text, uuid, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.people_household(bigint, text, uuid, timestamptz)
    TO alongside_app;

-- Say of a hint whether the two live together; false where there is no such hint, or
-- whoever acts may not see both.
CREATE OR REPLACE FUNCTION public.people_say_household(
    person uuid, other uuid, what text, why text, request_id uuid, at timestamptz
) RETURNS boolean
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    both_ids bigint[] := ARRAY(SELECT p.id FROM public.people_person p
                                WHERE p.public_id IN (person, other)
                                  AND p.area_id = ctx.claim(4) ORDER BY p.id);
    the_hint bigint;
BEGIN
    IF what NOT IN ('together', 'not') OR NOT public.guarding_holds(
        ARRAY['contact_worker', 'specialist_worker', 'witness_care_worker', 'supervisor'])
    THEN
        RAISE insufficient_privilege USING message = 'not by this role';
    END IF;
    SELECT h.id INTO the_hint FROM public.linking_householdhint h
     WHERE h.low_id = both_ids[1] AND h.high_id = both_ids[2]
       AND (SELECT count(*) FROM public.people_may_see(both_ids, 1)) = 2;
    IF the_hint IS NULL THEN
        RETURN false;
    END IF;
    INSERT INTO public.linking_householdword (area_id, hint_id, said, reason, at, by_id)
    VALUES (ctx.claim(4), the_hint, what, btrim(why), people_say_household.at,
            ctx.claim(2));
    PERFORM audit.record('household.said', 'person', person, ARRAY[person, other], what,
                         request_id, at);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION
    public.people_say_household(uuid, uuid, text, text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    public.people_say_household(uuid, uuid, text, text, uuid, timestamptz)
    TO alongside_app;
