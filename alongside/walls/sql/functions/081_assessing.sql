-- Assessments stay what they were: a complete one is never answered anew, and a risk is
-- only ever judged higher. Applied by the owner after every migrate; safe to repeat.

CREATE OR REPLACE FUNCTION public.assessment_rank(risk text) RETURNS int
IMMUTABLE LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_position(ARRAY['none', 'standard', 'medium', 'high'], risk), 0)
$$;
REVOKE ALL ON FUNCTION public.assessment_rank(text) FROM PUBLIC;

CREATE OR REPLACE FUNCTION public.assessment_answers_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM public.assessment_assessment a
      WHERE a.id = NEW.assessment_id AND a.area_id = NEW.area_id AND a.state = 'draft'
        FOR SHARE;
    IF NOT FOUND THEN
        RAISE check_violation USING CONSTRAINT = 'answer_of_a_draft',
            MESSAGE = 'only an unfinished assessment is answered';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION public.assessment_answers_kept() FROM PUBLIC;
CREATE OR REPLACE TRIGGER answer_kept
    BEFORE INSERT OR UPDATE ON public.assessment_answer
    FOR EACH ROW EXECUTE FUNCTION public.assessment_answers_kept();

CREATE OR REPLACE FUNCTION public.assessment_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.instrument, NEW.instrument_version)
       IS DISTINCT FROM (OLD.instrument, OLD.instrument_version)
       OR OLD.state = 'withdrawn'
       OR OLD.state = 'complete' AND (NEW.state = 'draft'
          OR (NEW.found, NEW.incidents, NEW.escalated, NEW.result, NEW.asked, NEW.numbers,
              NEW.completed_at, NEW.completed_by_id)
             IS DISTINCT FROM
             (OLD.found, OLD.incidents, OLD.escalated, OLD.result, OLD.asked, OLD.numbers,
              OLD.completed_at, OLD.completed_by_id)
          OR public.assessment_rank(NEW.judged) < public.assessment_rank(OLD.judged))
    THEN
        RAISE check_violation USING CONSTRAINT = 'assessment_kept',
            MESSAGE = 'what an assessment came to is not changed';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION public.assessment_kept() FROM PUBLIC;
CREATE OR REPLACE TRIGGER assessment_is_kept
    BEFORE UPDATE ON public.assessment_assessment
    FOR EACH ROW EXECUTE FUNCTION public.assessment_kept();

-- What changed for people, by question and group: of each case its first complete
-- assessment beside its newest. Runs as whoever calls it, and counts what they see;
-- `agencies` narrows it where that is the owner. `helped` and `helpers` say which
-- service supports a case. One sort: what stands first, and whether a row is the last,
-- come from one window. Answers are opened in the list of what is selected, where
-- nothing is called for each row, and counted by their pairs of numbers before anything
-- is decided of them. Where another version asked more at first, its answers that are
-- over have no question.
CREATE OR REPLACE FUNCTION public.assessment_outcomes_of(
    codes text[], since timestamptz, until timestamptz, team bigint, by_what text,
    ages int[], helped bigint[], helpers text[], agencies bigint[]
) RETURNS TABLE (grouped text, instrument text, question text, asked bigint,
                 answered bigint, better bigint, same bigint, worse bigint)
STABLE SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    -- Words of this function, chosen by name: nothing the caller sends becomes SQL.
    expression text := CASE by_what
        WHEN 'nothing' THEN $q$''$q$
        WHEN 'crime_group' THEN 'l.offence_code'
        WHEN 'age_band' THEN 'coalesce(width_bucket(l.age, $6), 0)::text'
        WHEN 'district' THEN 'l.district'
        WHEN 'team' THEN 'l.team_id::text'
        WHEN 'agency' THEN 'l.agency_id::text'
        WHEN 'provider' THEN $q$coalesce(h.helper, '')$q$
        WHEN 'month' THEN
            $q$to_char(l.completed_at AT TIME ZONE 'Europe/London', 'YYYY-MM')$q$
    END;
    joined text := CASE WHEN by_what = 'provider' THEN
        'LEFT JOIN unnest($7, $8) h(case_id, helper) ON h.case_id = l.case_id'
        ELSE '' END;
BEGIN
    IF expression IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format($q$
        SELECT grouped, instrument, question, sum(people)::bigint,
               (sum(people) FILTER (
                   WHERE coalesce(number, earlier) IS NOT NULL))::bigint,
               (sum(people) FILTER (WHERE compared AND earlier < number))::bigint,
               (sum(people) FILTER (WHERE compared AND earlier = number))::bigint,
               (sum(people) FILTER (WHERE compared AND earlier > number))::bigint
          FROM (SELECT grouped, instrument, compared, unnest(asked) AS question,
                       unnest(numbers) AS number, unnest(before) AS earlier,
                       count(*) AS people
                  FROM (SELECT %s AS grouped, l.*
                          FROM (SELECT a.case_id, a.instrument, a.asked, a.numbers,
                                       a.age, a.offence_code, a.district, a.team_id,
                                       a.agency_id, a.completed_at,
                                       first_value(a.numbers) OVER w AS before,
                                       row_number() OVER w > 1
                                       AND first_value(a.instrument_version) OVER w
                                           = a.instrument_version AS compared,
                                       lead(a.id) OVER w IS NULL AS newest
                                  FROM public.assessment_assessment a
                                 WHERE a.state = 'complete'
                                   AND a.instrument = ANY ($1)
                                   AND a.completed_at < $3
                                   AND ($4 IS NULL OR a.team_id = $4)
                                   AND ($9 IS NULL OR a.agency_id = ANY ($9))
                                WINDOW w AS (PARTITION BY a.case_id, a.instrument
                                             ORDER BY a.completed_at, a.id)) l
                          %s
                         WHERE l.newest AND l.completed_at >= $2
                        OFFSET 0) AS each
                 GROUP BY 1, 2, 3, 4, 5, 6) AS pairs
         WHERE question IS NOT NULL
         GROUP BY 1, 2, 3$q$, expression, joined)
    USING codes, since, until, team, by_what, ages, helped, helpers, agencies;
END $$;
REVOKE ALL ON FUNCTION public.assessment_outcomes_of(
    text[], timestamptz, timestamptz, bigint, text, int[], bigint[], text[], bigint[])
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.assessment_outcomes_of(
    text[], timestamptz, timestamptz, bigint, text, int[], bigint[], text[], bigint[])
    TO alongside_app;

-- The same of the area's services, for those who commission them: counts alone, of
-- every case, and nobody's row. Nothing for anybody else.
CREATE OR REPLACE FUNCTION public.assessment_outcomes_commissioned(
    codes text[], since timestamptz, until timestamptz, by_what text, ages int[]
) RETURNS TABLE (grouped text, instrument text, question text, asked bigint,
                 answered bigint, better bigint, same bigint, worse bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    services bigint[] := public.accounts_commissions();
BEGIN
    IF services IS NULL OR by_what NOT IN (
        'nothing', 'crime_group', 'age_band', 'district', 'month') THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT * FROM public.assessment_outcomes_of(
        codes, since, until, NULL, by_what, ages, NULL, NULL, services);
END $$;
REVOKE ALL ON FUNCTION public.assessment_outcomes_commissioned(
    text[], timestamptz, timestamptz, text, int[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.assessment_outcomes_commissioned(
    text[], timestamptz, timestamptz, text, int[]) TO alongside_app;

-- How many cases of those services closed without last scores in a time, by reason.
CREATE OR REPLACE FUNCTION public.assessment_without_commissioned(
    since timestamptz, until timestamptz
) RETURNS TABLE (reason text, cases bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT n.reason, count(DISTINCT n.case_id)
      FROM public.assessment_noexit n
      JOIN public.casework_case c ON c.id = n.case_id
     WHERE n.at >= since AND n.at < until
       AND c.agency_id = ANY ((SELECT public.accounts_commissions())::bigint[])
     GROUP BY 1 ORDER BY 2 DESC, 1
$$;
REVOKE ALL ON FUNCTION public.assessment_without_commissioned(timestamptz, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    public.assessment_without_commissioned(timestamptz, timestamptz) TO alongside_app;
