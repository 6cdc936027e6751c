-- Who is around a person. Applied by the owner after every migrate; safe to repeat.

-- Everybody around a person as their page shows them, and whose surroundings the person
-- belongs to. Somebody in the register is named only to who may see them too; the phone
-- of somebody outside only to who may see how the person is reached.
CREATE OR REPLACE FUNCTION public.people_open_relations(
    wanted bigint, purpose text, request_id uuid, at timestamptz
) RETURNS TABLE (public_id uuid, back boolean, kind text, other_id uuid, name text,
                 phone text, since date, may_speak boolean, may_be_told boolean,
                 never_told boolean, reason text, made_at timestamptz, made_by text,
                 ended_at timestamptz, ended_why text)
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    ours bigint := ctx.claim(3);
    others bigint[];
    seen bigint[];
    reach boolean;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.people_may_see(ARRAY[wanted], 1)) THEN
        RETURN;
    END IF;
    others := ARRAY(
        SELECT DISTINCT CASE WHEN t.person_id = wanted THEN t.other_id
                             ELSE t.person_id END
          FROM public.people_relationship t
         WHERE t.agency_id = ours AND (t.person_id = wanted OR t.other_id = wanted));
    IF cardinality(others) = 0 THEN
        RETURN;  -- nobody is shown, so nobody was looked at
    END IF;
    -- One entry for the person and everybody named beside them.
    seen := public.people_look(
        ARRAY[wanted] || array_remove(others, NULL), 'name', purpose, request_id, at);
    reach := EXISTS (SELECT 1 FROM public.people_may_see(ARRAY[wanted], 2));
    RETURN QUERY
    SELECT t.public_id, t.person_id <> wanted, t.kind,
           CASE WHEN o.id = ANY (seen) THEN o.public_id END,
           CASE WHEN o.id IS NULL THEN t.name
                WHEN o.id = ANY (seen) THEN r.given_names || ' ' || r.surname
                ELSE '' END,
           CASE WHEN reach THEN t.phone ELSE '' END,
           t.since, t.may_speak, t.may_be_told, t.never_told, t.reason, t.made_at,
           u.name, t.ended_at, t.ended_why
      FROM public.people_relationship t
      JOIN public.accounts_user u ON u.id = t.made_by_id
      LEFT JOIN public.people_person o
        ON o.id = CASE WHEN t.person_id = wanted THEN t.other_id ELSE t.person_id END
      LEFT JOIN public.people_personrecord r ON r.id = o.shown_record_id
     WHERE t.agency_id = ours
       AND (t.person_id = wanted OR t.other_id = wanted AND t.person_id = ANY (seen))
     ORDER BY t.ended_at DESC NULLS FIRST, t.id;
END $$;
REVOKE ALL ON FUNCTION public.people_open_relations(bigint, text, uuid, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.people_open_relations(bigint, text, uuid, timestamptz)
    TO alongside_app;
