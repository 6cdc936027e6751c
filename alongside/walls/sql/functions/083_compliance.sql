-- How promises were kept, counted for those who answer for the service. Applied by the
-- owner after every migrate; safe to repeat.

-- Whose promises the actor may count: those of their own service, where they answer for
-- it, or of the services that they commission. NULL for anybody else.
CREATE OR REPLACE FUNCTION public.journey_counts_of() RETURNS bigint[]
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT CASE WHEN public.guarding_holds(
                    ARRAY['supervisor', 'information_governance'])
                THEN ARRAY[(SELECT ctx.claim(3))]
                ELSE public.accounts_commissions() END
$$;
REVOKE ALL ON FUNCTION public.journey_counts_of() FROM PUBLIC;

-- How promises `k` of cases `c` are grouped by one fact of the person, their case or
-- crime: words of this function, chosen by name, so that nothing a caller sends becomes
-- SQL. No expression for a fact that nobody knows.
CREATE OR REPLACE FUNCTION public.journey_grouping(
    by_what text, OUT expression text, OUT joins text
) IMMUTABLE SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    expression := CASE by_what
        WHEN 'all' THEN $q$''$q$
        WHEN 'month' THEN $q$to_char(k.due_on, 'YYYY-MM')$q$
        WHEN 'tier' THEN $q$CASE WHEN k.enhanced THEN 'enhanced' ELSE 'standard' END$q$
        WHEN 'team' THEN 'c.team_id::text'
        WHEN 'crime_group' THEN $q$coalesce(v.offence_code, '')$q$
        WHEN 'sex' THEN 'r.gender'
        WHEN 'ethnicity' THEN $q$coalesce(r.ethnicity_self::text, '')$q$
        WHEN 'adjustments' THEN $q$CASE WHEN r.adjustments = '' THEN 'no' ELSE 'yes' END$q$
        WHEN 'age_band' THEN $q$coalesce(width_bucket(extract(year FROM
            age(k.starts_at, r.date_of_birth))::int, $5)::text, '')$q$
        WHEN 'district' THEN $q$coalesce(h.district, '')$q$
    END;
    joins := CASE
        WHEN by_what IN ('team') THEN ''
        WHEN by_what = 'crime_group' THEN
            'LEFT JOIN public.casework_victimisation v ON v.id = k.victimisation_id'
        WHEN by_what IN ('sex', 'ethnicity', 'adjustments', 'age_band', 'district') THEN
            'JOIN public.people_person p ON p.id = c.person_id
             JOIN public.people_personrecord r ON r.id = p.shown_record_id'
        ELSE '' END;
    IF by_what = 'district' THEN
        joins := joins || ' LEFT JOIN (
            SELECT DISTINCT ON (a.record_id) a.record_id, d.district_code AS district
              FROM public.people_contactpoint a
              JOIN public.reference_postcode d
                ON d.postcode = replace(a.postcode, '' '', '''')
             WHERE a.kind = ''address'' AND a.postcode <> ''''
             ORDER BY a.record_id, a.id) h ON h.record_id = r.id';
    END IF;
END $$;
REVOKE ALL ON FUNCTION public.journey_grouping(text) FROM PUBLIC;

-- Promises of these agencies that were due in a time, counted by rule, holder, state
-- and one fact of the person, their case or crime. Counts only, and of every case: a wall
-- hides a case from its reader, and who counts must not be told less than there is.
-- `from_receipt` are the rules that count from receipt: of an event that says the same
-- moment for both, nobody can say when the limit began. `ages` are the lower ends of
-- bands.
CREATE OR REPLACE FUNCTION public.journey_compliance(
    since date, until date, today date, by_what text, from_receipt text[], ages int[]
) RETURNS TABLE (rule text, holder text, state text, reason text, grouped text,
                 clocks bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET jit = off
LANGUAGE plpgsql AS $$
DECLARE
    agencies bigint[] := public.journey_counts_of();
    expression text;
    joins text;
BEGIN
    SELECT g.expression, g.joins INTO expression, joins
      FROM public.journey_grouping(by_what) g;
    IF expression IS NULL OR agencies IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format($q$
        SELECT k.rule, k.holder,
               CASE WHEN k.not_owed_reason <> '' THEN 'not_owed'
                    WHEN e.id IS NOT NULL THEN 'cannot_say'
                    WHEN k.met_on <= least(k.due_on, $3) THEN 'met'
                    WHEN k.met_on <= $3 THEN 'late'
                    WHEN k.due_on < $3 THEN 'missed' ELSE 'due' END,
               CASE WHEN k.not_owed_reason <> '' THEN k.not_owed_reason
                    WHEN e.id IS NOT NULL THEN 'no_receipt' ELSE '' END,
               %s, count(*)
          FROM public.journey_clock k
          JOIN public.casework_case c ON c.id = k.case_id
          LEFT JOIN public.journey_journeyevent e ON e.id = k.event_id
           AND k.rule = ANY ($4)
           AND (e.received_at IS NULL OR e.received_at = e.occurred_at)
          %s
         WHERE k.due_on >= $1 AND k.due_on < $2 AND k.replaced_by_id IS NULL
           AND k.holder <> 'victim' AND c.agency_id = ANY ($6)
           AND k.area_id = (SELECT ctx.claim(4))
         GROUP BY 1, 2, 3, 4, 5$q$, expression, joins)
    USING since, until, today, from_receipt, ages, agencies;
END $$;
REVOKE ALL ON FUNCTION public.journey_compliance(date, date, date, text, text[], int[])
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.journey_compliance(date, date, date, text, text[], int[])
    TO alongside_app;

-- Of how many people's crimes there are promises that count from receipt, due in a
-- time, and of how many of them nobody can say when one began.
CREATE OR REPLACE FUNCTION public.journey_without_receipt(
    since date, until date, from_receipt text[]
) RETURNS TABLE (crimes bigint, without bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT count(DISTINCT k.victimisation_id),
           count(DISTINCT k.victimisation_id) FILTER (
               WHERE e.received_at IS NULL OR e.received_at = e.occurred_at)
      FROM public.journey_clock k
      JOIN public.casework_case c ON c.id = k.case_id
      JOIN public.journey_journeyevent e ON e.id = k.event_id
     WHERE k.due_on >= since AND k.due_on < until AND k.replaced_by_id IS NULL
       AND k.rule = ANY (from_receipt)
       AND c.agency_id = ANY ((SELECT public.journey_counts_of())::bigint[])
       AND k.area_id = (SELECT ctx.claim(4))
$$;
REVOKE ALL ON FUNCTION public.journey_without_receipt(date, date, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.journey_without_receipt(date, date, text[])
    TO alongside_app;
