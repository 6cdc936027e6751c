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
