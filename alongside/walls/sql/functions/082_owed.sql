-- What is owed to people, counted. Applied by the owner after every migrate; safe to
-- repeat.

-- The cases of which a part is open to the actor, all at once: what the policies ask
-- row by row, for functions that count whole registers and run as the owner.
CREATE OR REPLACE FUNCTION public.casework_open_to_me(facets int)
RETURNS TABLE (case_id bigint) STABLE LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT a.case_id FROM public.casework_caseaccess a
     WHERE a.agency_id = (SELECT ctx.claim(3)) AND a.area_id = (SELECT ctx.claim(4))
       AND a.fields & facets = facets
       AND (a.user_id = (SELECT ctx.claim(2)) OR a.user_id IS NULL
            AND coalesce((SELECT ctx.claim(6)), 0)::int & 64 <> 0)
       AND (a.until IS NULL OR a.until > statement_timestamp())
       AND a.compartments & ~coalesce((SELECT ctx.claim(6)), 0)::int = 0
       AND (a.barred IS NULL OR (SELECT ctx.claim(2)) <> ALL (a.barred))
$$;
REVOKE ALL ON FUNCTION public.casework_open_to_me(int) FROM PUBLIC;

-- The same of these cases only: one look for each, where they are few beside a register.
CREATE OR REPLACE FUNCTION public.casework_open_among(cases bigint[], facets int)
RETURNS TABLE (case_id bigint) STABLE LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.case_id FROM public.casework_caseaccess a
     WHERE a.case_id = ANY (cases)
       AND a.agency_id = (SELECT ctx.claim(3)) AND a.area_id = (SELECT ctx.claim(4))
       AND a.fields & facets = facets
       AND (a.user_id = (SELECT ctx.claim(2)) OR a.user_id IS NULL
            AND coalesce((SELECT ctx.claim(6)), 0)::int & 64 <> 0)
       AND (a.until IS NULL OR a.until > statement_timestamp())
       AND a.compartments & ~coalesce((SELECT ctx.claim(6)), 0)::int = 0
       AND (a.barred IS NULL OR (SELECT ctx.claim(2)) <> ALL (a.barred))
$$;
REVOKE ALL ON FUNCTION public.casework_open_among(bigint[], int) FROM PUBLIC;

-- Promises that run, by who owes them and by how soon they are due, in cases that are
-- not closed and open to the actor. 64: the promises of a case.
CREATE OR REPLACE FUNCTION public.journey_count_owed(today date, soon date)
RETURNS TABLE (holder text, lateness text, clocks bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT k.holder,
           CASE WHEN k.due_on < today THEN 'overdue'
                WHEN k.due_on < soon THEN 'week' ELSE 'later' END, count(*)
      FROM public.journey_clock k
      JOIN public.casework_case c ON c.id = k.case_id AND c.status <> 'closed'
      JOIN public.casework_open_to_me(64) o ON o.case_id = k.case_id
     WHERE k.met_on IS NULL AND k.not_owed_reason = '' AND k.replaced_by_id IS NULL
       AND k.holder <> 'victim' AND k.due_on IS NOT NULL
       AND k.area_id = (SELECT ctx.claim(4))
     GROUP BY 1, 2
$$;
REVOKE ALL ON FUNCTION public.journey_count_owed(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.journey_count_owed(date, date) TO alongside_app;

-- What a force owes to the victims of crimes it sent: its own numbers and nothing of
-- the support. Never of a case hidden from the police or kept only (33). The person is
-- told apart by the force's own reference.
CREATE OR REPLACE FUNCTION public.journey_owed_by_force(
    since date, until date, most int, skip int
) RETURNS TABLE (due_on date, rule text, rule_from date, crime_ref text,
                 person_ref text, source_system text)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT public.guarding_holds(ARRAY['police_liaison']) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT k.due_on, k.rule, k.rule_from, f.crime_ref, f.person_ref, f.source_system
      FROM public.intake_referral f
      JOIN public.casework_victimisation v ON v.referral_id = f.id AND v.live
      JOIN public.casework_case c ON c.id = v.case_id AND c.compartments & 33 = 0
      JOIN public.journey_clock k ON k.victimisation_id = v.id
     WHERE f.sender_id = (SELECT ctx.claim(3))
       AND f.area_id = (SELECT ctx.claim(4))
       AND k.holder = 'police' AND k.met_on IS NULL AND k.not_owed_reason = ''
       AND k.replaced_by_id IS NULL AND k.due_on >= since AND k.due_on < until
     ORDER BY k.due_on, k.id LIMIT most OFFSET skip;
END $$;
REVOKE ALL ON FUNCTION public.journey_owed_by_force(date, date, int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.journey_owed_by_force(date, date, int, int)
    TO alongside_app;
