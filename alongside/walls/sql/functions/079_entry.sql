-- What may be said to somebody who is adding a person. Applied by the owner after every
-- migrate; safe to repeat.
--
-- Whoever adds somebody is warned where there may be a record of them already. The rules
-- of matching say who is alike; this says which of them may be told of, and how:
--
--   open to the actor          a masked label and the id, as a search would give
--   behind any wall            one yes, for all of them together: no number, no id
--   barred from the actor      nothing at all
--
-- The last is on purpose less than for other walls. A bar stands where the actor may be
-- the danger: a partner, a relative, the suspect. To them "there may be a record" says
-- the very thing that must not be known, and saying it to nobody barred costs only a
-- second record, which the review desk brings together. A yes stands for every kind of
-- wall, other agencies' cases too, so that it tells of none.
--
-- There is one entry on the trail whatever was found, naming everybody alike: who tries
-- names is seen by those who answer for the people, and hiding nobody takes no longer.

CREATE OR REPLACE FUNCTION public.people_entry_hint(
    alike bigint[], asked text, purpose text, request_id uuid, at timestamptz
) RETURNS TABLE (public_id uuid, given_initial text, surname_initial text,
                 birth_year int, outward text, hidden boolean)
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET jit = off LANGUAGE plpgsql AS $$
DECLARE
    who  bigint := ctx.claim(2);
    area bigint := ctx.claim(4);
    most CONSTANT int := 5;  -- more of them help nobody to choose
    looked bigint[];
    ids uuid[];
    seen bigint[];
    reached bigint[];
    barred bigint[];
    more boolean;
BEGIN
    IF who IS NULL OR coalesce(ctx.claim(6), 0)::int & 128 = 0 THEN
        RAISE insufficient_privilege USING message = 'not by this role';
    END IF;
    looked := alike[1:20];
    ids := ARRAY(SELECT p.public_id FROM public.people_person p
                  WHERE p.id = ANY (looked) AND p.area_id = area);
    PERFORM audit.record('person.compared', asked, NULL, ids, purpose, request_id, at);
    seen := ARRAY(SELECT m.person_id FROM public.people_may_see(looked, 1) m);
    reached := ARRAY(SELECT m.person_id FROM public.people_may_see(looked, 2) m);
    barred := ARRAY(SELECT k.person_id FROM public.casework_conflict k
                     WHERE k.person_id = ANY (looked) AND k.user_id = who
                       AND k.lifted_at IS NULL);
    more := EXISTS (SELECT 1 FROM public.people_person p
                     WHERE p.id = ANY (looked) AND p.area_id = area
                       AND p.id <> ALL (seen) AND p.id <> ALL (barred));
    RETURN QUERY
    (SELECT p.public_id, upper(left(btrim(r.given_names), 1)),
            upper(left(btrim(r.surname), 1)), extract(year FROM r.date_of_birth)::int,
            CASE WHEN p.id = ANY (reached) THEN (
                SELECT split_part(k.postcode, ' ', 1)
                  FROM public.people_contactpoint k
                  JOIN public.people_personrecord e ON e.id = k.record_id
                 WHERE e.person_id = p.id AND k.kind = 'address' AND k.postcode <> ''
                 ORDER BY e.said_at DESC, k.id LIMIT 1) END,
            false
       FROM unnest(looked) WITH ORDINALITY AS o(id, n)
       JOIN public.people_person p ON p.id = o.id
       JOIN public.people_personrecord r ON r.id = p.shown_record_id
      WHERE p.id = ANY (seen)
      ORDER BY o.n LIMIT most)
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, NULL, true WHERE more;
END $$;
REVOKE ALL ON FUNCTION public.people_entry_hint(bigint[], text, text, uuid, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    public.people_entry_hint(bigint[], text, text, uuid, timestamptz) TO alongside_app;
