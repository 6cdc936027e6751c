-- Requests for what is held about somebody: what the database itself asks of a decision,
-- and what those see who asked. Applied by the owner after every migrate; safe to repeat.

-- A decision is made by information governance, by somebody who did not prepare it and
-- has given a second factor lately (070_rights.sql says how lately), and in their own
-- name. A request is never written down as decided.
CREATE OR REPLACE FUNCTION public.information_requests_decided() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.decided_by_id IS NOT NULL OR NEW.prepared_by_id IS NOT NULL THEN
            RAISE insufficient_privilege USING message = 'a request begins undecided';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.decided_by_id IS NULL
       OR (NEW.decided_by_id, NEW.outcome) IS NOT DISTINCT FROM (OLD.decided_by_id, OLD.outcome)
    THEN
        RETURN NEW;
    END IF;
    SELECT c.person_id INTO who FROM public.casework_case c WHERE c.id = NEW.case_id;
    PERFORM public.rights_demand(true, who);
    IF NEW.decided_by_id <> ctx.claim(2) OR NEW.decided_by_id = NEW.prepared_by_id
       OR NEW.prepared_by_id IS DISTINCT FROM OLD.prepared_by_id THEN
        RAISE insufficient_privilege USING message = 'not approved by another person';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION public.information_requests_decided() FROM PUBLIC;
CREATE OR REPLACE TRIGGER information_request_decided_by_another
    BEFORE INSERT OR UPDATE ON public.information_requests_informationrequest
    FOR EACH ROW EXECUTE FUNCTION public.information_requests_decided();

-- What became of the requests that came in a period, by body: counts, and nobody. All of
-- the agency's, also those about people whom the reader may not see.
CREATE OR REPLACE FUNCTION public.information_requests_counted(since date, until date)
RETURNS TABLE (body text, asked bigint, open bigint, given bigint, part bigint,
               refused bigint, nothing_held bigint, withdrawn bigint, late bigint,
               untold bigint, counselling bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.rights_demand(false, NULL);
    RETURN QUERY
    SELECT r.body, count(*), count(*) FILTER (WHERE r.ended_at IS NULL),
           count(*) FILTER (WHERE r.sent_on IS NOT NULL AND r.outcome = 'given'),
           count(*) FILTER (WHERE r.sent_on IS NOT NULL AND r.outcome = 'part'),
           count(*) FILTER (WHERE r.state = 'refused'),
           count(*) FILTER (WHERE r.sent_on IS NOT NULL AND r.outcome = 'nothing_held'),
           count(*) FILTER (WHERE r.state = 'withdrawn'),
           count(*) FILTER (WHERE r.sent_on > r.due_on),
           count(*) FILTER (WHERE r.notice = 'withheld'),
           count(*) FILTER (WHERE 'counselling_notes' = ANY (r.kinds))
      FROM public.information_requests_informationrequest r
     WHERE r.area_id = ctx.claim(4) AND r.agency_id = ctx.claim(3)
       AND r.received_on >= since AND r.received_on < until
     GROUP BY r.body ORDER BY r.body;
END $$;
REVOKE ALL ON FUNCTION public.information_requests_counted(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.information_requests_counted(date, date)
    TO alongside_app;

-- What the reader's own force asked for: how it stands, in one word, and when an answer
-- was sent. Nothing of the case, nor who works on it. Waiting says that something that
-- they must say is missing.
CREATE OR REPLACE FUNCTION public.information_requests_asked_by_us(most int, past int)
RETURNS TABLE (public_id uuid, their_reference text, received_on date, due_on date,
               stands text, sent_on date)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT public.rights_acts_as(ARRAY['police_liaison']) THEN
        RAISE insufficient_privilege USING message = 'not a police liaison';
    END IF;
    RETURN QUERY
    SELECT r.public_id, r.their_reference, r.received_on, r.due_on,
           CASE WHEN r.state IN ('open', 'prepared', 'decided') THEN 'with_us'
                ELSE r.state END, r.sent_on
      FROM public.information_requests_informationrequest r
     WHERE r.area_id = ctx.claim(4) AND r.asker_id = ctx.claim(3)
     ORDER BY r.received_on DESC, r.id DESC LIMIT most OFFSET past;
END $$;
REVOKE ALL ON FUNCTION public.information_requests_asked_by_us(int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.information_requests_asked_by_us(int, int)
    TO alongside_app;
