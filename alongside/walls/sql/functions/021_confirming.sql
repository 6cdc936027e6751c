-- Confirming that a contact point is somebody's. Applied by the owner after every
-- migrate; safe to repeat.

-- Say that a phone, an e-mail or an address is this person's, and how we know. NULL
-- where it is taken, else why not. On the trail.
CREATE OR REPLACE FUNCTION public.people_confirm_contact(
    wanted uuid, point bigint, why text, number uuid, at timestamptz
) RETURNS text VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    whose bigint;
BEGIN
    SELECT p.id INTO whose FROM public.people_person p
      JOIN public.people_personrecord r ON r.person_id = p.id
      JOIN public.people_contactpoint c ON c.record_id = r.id AND c.id = point
     WHERE p.public_id = wanted AND p.area_id = ctx.claim(4);
    IF whose IS NULL
       OR NOT EXISTS (SELECT 1 FROM public.people_may_see(ARRAY[whose], 2)) THEN
        RETURN 'unknown';
    ELSIF btrim(why) = '' THEN
        RETURN 'reason';
    END IF;
    INSERT INTO public.people_contactconfirmed
        (area_id, contact_id, person_id, at, by_id, reason)
    VALUES (ctx.claim(4), point, whose, people_confirm_contact.at, ctx.claim(2),
            btrim(why));
    PERFORM audit.record('contact.confirmed', 'person', wanted, ARRAY[wanted], '',
                         number, people_confirm_contact.at);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION
    public.people_confirm_contact(uuid, bigint, text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    public.people_confirm_contact(uuid, bigint, text, uuid, timestamptz)
    TO alongside_app;
