-- Words that were put in use stay as they were: an update names the version it was
-- written from. What somebody said of words is taken back at most, never unsaid. Applied
-- by the owner after every migrate; safe to repeat.

CREATE OR REPLACE FUNCTION public.telling_words_keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE check_violation USING message = 'words_begin_as_draft',
                constraint = 'words_begin_as_draft';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE check_violation USING message = 'words_are_kept',
            constraint = 'words_are_kept';
    END IF;
    IF (NEW.area_id, NEW.agency_id, NEW.language, NEW.code, NEW.part, NEW.version,
        NEW.public_id, NEW.made_by_id, NEW.made_at)
       IS DISTINCT FROM
       (OLD.area_id, OLD.agency_id, OLD.language, OLD.code, OLD.part, OLD.version,
        OLD.public_id, OLD.made_by_id, OLD.made_at)
       OR OLD.state <> 'draft'
          AND (NEW.words, NEW.published_by_id, NEW.published_at)
              IS DISTINCT FROM (OLD.words, OLD.published_by_id, OLD.published_at) THEN
        RAISE check_violation USING message = 'words_never_edited',
            constraint = 'words_never_edited';
    END IF;
    IF OLD.state = 'retired' OR OLD.state = 'live' AND NEW.state = 'draft' THEN
        RAISE check_violation USING message = 'words_never_back',
            constraint = 'words_never_back';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION public.telling_words_keep() FROM PUBLIC;
CREATE OR REPLACE TRIGGER own_words_kept
    BEFORE INSERT OR UPDATE OR DELETE ON public.telling_ownwords
    FOR EACH ROW EXECUTE FUNCTION public.telling_words_keep();

-- Whoever wrote words, or put them in use, is not who says that they may be sent.
CREATE OR REPLACE FUNCTION public.telling_reading_keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE check_violation USING message = 'reading_is_kept',
            constraint = 'reading_is_kept';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF EXISTS (SELECT 1 FROM public.telling_ownwords w
                    WHERE w.area_id = NEW.area_id AND w.language = NEW.language
                      AND w.code = NEW.code AND w.part = NEW.part
                      AND w.version = NEW.version
                      AND NEW.read_by_id IN (w.made_by_id, w.published_by_id)) THEN
            RAISE check_violation USING message = 'reading_is_anothers',
                constraint = 'reading_is_anothers';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.taken_back_at IS NOT NULL
       OR (NEW.area_id, NEW.agency_id, NEW.language, NEW.code, NEW.part, NEW.version,
           NEW.digest, NEW.checked_with, NEW.read_by_id, NEW.read_at, NEW.public_id)
          IS DISTINCT FROM
          (OLD.area_id, OLD.agency_id, OLD.language, OLD.code, OLD.part, OLD.version,
           OLD.digest, OLD.checked_with, OLD.read_by_id, OLD.read_at, OLD.public_id)
    THEN
        RAISE check_violation USING message = 'reading_never_edited',
            constraint = 'reading_never_edited';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION public.telling_reading_keep() FROM PUBLIC;
CREATE OR REPLACE TRIGGER words_reading_kept
    BEFORE INSERT OR UPDATE OR DELETE ON public.telling_wordsreading
    FOR EACH ROW EXECUTE FUNCTION public.telling_reading_keep();
