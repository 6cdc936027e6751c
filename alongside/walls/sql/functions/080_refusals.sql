-- Looks that were refused. Applied by the owner after every migrate; safe to repeat.

-- Put on the trail whom of these people the actor asked for and may not see. Called on
-- a connection beside the request's own: what is refused is often undone with all it
-- did. It answers nothing, so that nobody learns here who exists.
CREATE OR REPLACE FUNCTION public.people_record_refused(
    wanted bigint[], what text, purpose text, request_id uuid, at timestamptz
) RETURNS void
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    refused uuid[];
BEGIN
    SELECT coalesce(array_agg(p.public_id ORDER BY p.id), '{}') INTO refused
      FROM public.people_person p
     WHERE p.id = ANY (wanted)
       AND p.id NOT IN (SELECT m.person_id FROM public.people_may_see(wanted, 1) m);
    IF cardinality(refused) > 0 THEN
        PERFORM audit.record('person.refused', what, NULL, refused, purpose,
                             request_id, at);
    END IF;
END $$;
REVOKE ALL ON FUNCTION
    public.people_record_refused(bigint[], text, text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    public.people_record_refused(bigint[], text, text, uuid, timestamptz)
    TO alongside_app;
