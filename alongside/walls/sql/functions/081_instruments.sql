-- What was put in use stays as it was: answers are read with it. Applied by the owner
-- after every migrate; safe to repeat.

CREATE OR REPLACE FUNCTION public.instruments_keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE check_violation USING message = 'instrument_begins_as_draft',
                constraint = 'instrument_begins_as_draft';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE check_violation USING message = 'instrument_is_kept',
            constraint = 'instrument_is_kept';
    END IF;
    IF (NEW.area_id, NEW.agency_id, NEW.code, NEW.version, NEW.public_id,
        NEW.made_by_id, NEW.made_at)
       IS DISTINCT FROM
       (OLD.area_id, OLD.agency_id, OLD.code, OLD.version, OLD.public_id,
        OLD.made_by_id, OLD.made_at)
       OR OLD.state <> 'draft' AND NEW.text IS DISTINCT FROM OLD.text
       OR OLD.state <> 'draft'
          AND (NEW.published_by_id, NEW.published_at)
              IS DISTINCT FROM (OLD.published_by_id, OLD.published_at) THEN
        RAISE check_violation USING message = 'instrument_never_edited',
            constraint = 'instrument_never_edited';
    END IF;
    IF OLD.state = 'retired' OR OLD.state = 'live' AND NEW.state = 'draft' THEN
        RAISE check_violation USING message = 'instrument_never_back',
            constraint = 'instrument_never_back';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION public.instruments_keep() FROM PUBLIC;
CREATE OR REPLACE TRIGGER instrument_kept
    BEFORE INSERT OR UPDATE OR DELETE ON public.instruments_instrumentversion
    FOR EACH ROW EXECUTE FUNCTION public.instruments_keep();

-- How often each version was completed in the actor's area: counts alone, for its
-- administrators, who see no case. The table of what was completed may not be there yet.
CREATE OR REPLACE FUNCTION public.instruments_used()
RETURNS TABLE (code text, version int, times bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    IF to_regclass('public.assessment_assessment') IS NULL
       OR NOT public.rights_acts_as(ARRAY['system_administrator']) THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT a.instrument, a.instrument_version, count(*)
          FROM public.assessment_assessment a
         WHERE a.area_id = ctx.claim(4) AND a.completed_at IS NOT NULL
         GROUP BY a.instrument, a.instrument_version;
END $$;
REVOKE ALL ON FUNCTION public.instruments_used() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.instruments_used() TO alongside_app;
