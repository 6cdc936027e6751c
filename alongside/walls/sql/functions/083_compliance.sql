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

-- How promises `k` of cases `c` are grouped by facts of the person, their case or crime:
-- words of this function, chosen by name, so that nothing a caller sends becomes SQL.
-- `columns` name each fact `f1`, `f2` ...; `sets`, `which` and `grouped` tell them apart
-- again where all are counted in one reading. No columns where a fact is one that nobody
-- knows.
CREATE OR REPLACE FUNCTION public.journey_grouping(
    facts text[], OUT columns text, OUT joins text, OUT sets text, OUT which text,
    OUT grouped text
) IMMUTABLE SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    known CONSTANT jsonb := jsonb_build_object(
        'all', $q$''::text$q$,
        'month', $q$to_char(k.due_on, 'YYYY-MM')$q$,
        'tier', $q$CASE WHEN k.enhanced THEN 'enhanced' ELSE 'standard' END$q$,
        'team', 'c.team_id::text',
        'crime_group', $q$coalesce(v.offence_code, '')$q$,
        'sex', 'r.gender',
        'ethnicity', $q$coalesce(r.ethnicity_self::text, '')$q$,
        'adjustments', $q$CASE WHEN r.adjustments = '' THEN 'no' ELSE 'yes' END$q$,
        'age_band', $q$coalesce(width_bucket(extract(year FROM
            age(k.starts_at, r.date_of_birth))::int, $5)::text, '')$q$,
        'district', $q$coalesce(h.district, '')$q$);
BEGIN
    IF NOT known ?& facts THEN
        RETURN;
    END IF;
    SELECT string_agg(format('%s AS f%s', known ->> f.fact, f.place), ', '),
           string_agg(format('(f%s)', f.place), ', '),
           string_agg(format('WHEN grouping(f%s) = 0 THEN %L', f.place, f.fact), ' '),
           string_agg(format('WHEN grouping(f%1$s) = 0 THEN f%1$s', f.place), ' ')
      INTO columns, sets, which, grouped
      FROM unnest(facts) WITH ORDINALITY AS f(fact, place);
    joins := '';
    IF 'crime_group' = ANY (facts) THEN
        joins := 'LEFT JOIN public.casework_victimisation v ON v.id = k.victimisation_id';
    END IF;
    IF facts && ARRAY['sex', 'ethnicity', 'adjustments', 'age_band', 'district'] THEN
        joins := joins || '
             JOIN public.people_person p ON p.id = c.person_id
             JOIN public.people_personrecord r ON r.id = p.shown_record_id';
    END IF;
    IF 'district' = ANY (facts) THEN
        joins := joins || ' LEFT JOIN (
            SELECT DISTINCT ON (a.record_id) a.record_id, d.district_code AS district
              FROM public.people_contactpoint a
              JOIN public.reference_postcode d
                ON d.postcode = replace(a.postcode, '' '', '''')
             WHERE a.kind = ''address'' AND a.postcode <> ''''
             ORDER BY a.record_id, a.id) h ON h.record_id = r.id';
    END IF;
END $$;
REVOKE ALL ON FUNCTION public.journey_grouping(text[]) FROM PUBLIC;
DROP FUNCTION IF EXISTS public.journey_grouping(text);

-- Promises of these agencies that were due in a time, counted by rule, holder, state
-- and each of some facts of the person, their case or crime (`fact` says which), in one
-- reading. Counts only, and of every case: a wall hides a case from its reader, and who
-- counts must not be told less than there is. `from_receipt` are the rules that count
-- from receipt: of an event that says the same moment for both, nobody can say when the
-- limit began. `ages` are the lower ends of bands. There are few groups, whatever the
-- planner guesses: to sort half a million promises by four words costs more than all
-- the rest.
CREATE OR REPLACE FUNCTION public.journey_compliance(
    since date, until date, today date, facts text[], from_receipt text[], ages int[]
) RETURNS TABLE (fact text, rule text, holder text, state text, reason text,
                 grouped text, clocks bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET jit = off SET enable_sort = off
LANGUAGE plpgsql AS $$
DECLARE
    agencies bigint[] := public.journey_counts_of();
    by_facts record;
BEGIN
    by_facts := public.journey_grouping(facts);
    IF by_facts.columns IS NULL OR agencies IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format($q$
        SELECT CASE %s END, one.rule, one.holder, one.state, one.reason, CASE %s END,
               sum(one.clocks)::bigint
          FROM (SELECT k.rule, k.holder,
                       CASE WHEN k.not_owed_reason <> '' THEN 'not_owed'
                            WHEN e.id IS NOT NULL THEN 'cannot_say'
                            WHEN k.met_on <= least(k.due_on, $3) THEN 'met'
                            WHEN k.met_on <= $3 THEN 'late'
                            WHEN k.due_on < $3 THEN 'missed' ELSE 'due' END AS state,
                       CASE WHEN k.not_owed_reason <> '' THEN k.not_owed_reason
                            WHEN e.id IS NOT NULL THEN 'no_receipt' ELSE '' END
                           AS reason, %s, count(*) AS clocks
                  FROM public.journey_clock k
                  JOIN public.casework_case c ON c.id = k.case_id
                  LEFT JOIN public.journey_journeyevent e ON e.id = k.event_id
                   AND k.rule = ANY ($4)
                   AND (e.received_at IS NULL OR e.received_at = e.occurred_at)
                  %s
                 WHERE k.due_on >= $1 AND k.due_on < $2 AND k.replaced_by_id IS NULL
                   AND k.holder <> 'victim' AND c.agency_id = ANY ($6)
                   AND k.area_id = (SELECT ctx.claim(4))
                 GROUP BY 1, 2, 3, 4, %s) one
         GROUP BY one.rule, one.holder, one.state, one.reason, GROUPING SETS (%s)$q$,
        by_facts.which, by_facts.grouped, by_facts.columns, by_facts.joins,
        by_facts.sets, by_facts.sets)
    USING since, until, today, from_receipt, ages, agencies;
END $$;
REVOKE ALL ON FUNCTION
    public.journey_compliance(date, date, date, text[], text[], int[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    public.journey_compliance(date, date, date, text[], text[], int[]) TO alongside_app;
DROP FUNCTION IF EXISTS
    public.journey_compliance(date, date, date, text, text[], int[]);

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
