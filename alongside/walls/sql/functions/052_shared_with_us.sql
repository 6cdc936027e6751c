-- What those with whom something is shared may ask. 64 is the duty to work with the
-- agency's cases. Applied by the owner after every
-- migrate; safe to repeat.

-- Whose case each open share is about: a recipient may not read the case itself unless
-- that was shared too. Names still leave only through people_open_labels.
DROP FUNCTION IF EXISTS public.referrals_shared_people(uuid[]);
CREATE FUNCTION public.referrals_shared_people(wanted uuid[])
RETURNS TABLE (share uuid, person_id bigint, public_id uuid, shown_record_id bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    who bigint := ctx.claim(2);
    agency bigint := ctx.claim(3);
    area bigint := ctx.claim(4);
    cleared int := coalesce(ctx.claim(6), 0);
BEGIN
    RETURN QUERY
    SELECT s.public_id, p.id, p.public_id, p.shown_record_id
      FROM public.referrals_caseshare s
      JOIN public.casework_case c ON c.id = s.case_id
      JOIN public.people_person p ON p.id = c.person_id
     WHERE s.public_id = ANY (wanted) AND s.recipient_id = agency AND s.area_id = area
       AND s.ended_at IS NULL
       AND EXISTS (SELECT 1 FROM public.casework_caseaccess a
                    WHERE a.source = s.public_id AND a.agency_id = agency
                      AND (a.user_id = who OR a.user_id IS NULL AND cleared & 64 <> 0)
                      AND (a.until IS NULL OR a.until > statement_timestamp())
                      AND a.compartments & ~cleared = 0
                      AND (a.barred IS NULL OR who <> ALL (a.barred)));
END $$;
REVOKE ALL ON FUNCTION public.referrals_shared_people(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.referrals_shared_people(uuid[]) TO alongside_app;

-- That something was shared and is no longer: when, and nothing else. Never to those
-- in conflict with the person, who do not learn that there was anything.
CREATE OR REPLACE FUNCTION public.referrals_closed_to_us(most int)
RETURNS TABLE (public_id uuid, kind text, closed_at timestamptz)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    who bigint := ctx.claim(2);
    agency bigint := ctx.claim(3);
    area bigint := ctx.claim(4);
    cleared int := coalesce(ctx.claim(6), 0);
BEGIN
    RETURN QUERY
    SELECT s.public_id, s.kind, least(s.ended_at, a.until)
      FROM public.referrals_caseshare s
      JOIN public.casework_caseaccess a ON a.source = s.public_id
     WHERE s.recipient_id = agency AND s.area_id = area AND cleared & 64 <> 0
       AND (s.ended_at IS NOT NULL OR a.until <= statement_timestamp())
       AND (a.barred IS NULL OR who <> ALL (a.barred))
     ORDER BY 3 DESC, s.id DESC LIMIT most;
END $$;
REVOKE ALL ON FUNCTION public.referrals_closed_to_us(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.referrals_closed_to_us(int) TO alongside_app;
