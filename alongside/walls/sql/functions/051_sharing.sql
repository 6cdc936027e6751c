-- Shares and referrals: what is refused as they are written, and what closes them.
-- Applied by the owner after every migrate; safe to repeat.

-- The moment from which an agreement no longer covers anything.
CREATE OR REPLACE FUNCTION public.organisations_agreement_over(last_day date)
RETURNS timestamptz IMMUTABLE LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT (last_day + 1)::timestamp AT TIME ZONE 'Europe/London'
$$;
REVOKE ALL ON FUNCTION public.organisations_agreement_over(date) FROM PUBLIC;

-- Whether a live agreement, kept by one agency, lets these parts go to another for a
-- purpose. Held until the end of the transaction, so that it cannot end meanwhile.
CREATE OR REPLACE FUNCTION public.organisations_agreement_covers(
    agreement bigint, from_agency bigint, to_agency bigint, for_purpose text, parts int
) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    today date := (statement_timestamp() AT TIME ZONE 'Europe/London')::date;
BEGIN
    PERFORM 1 FROM public.organisations_sharingagreement g
      WHERE g.id = agreement AND g.agency_id = from_agency AND g.state = 'live'
        AND today BETWEEN g.starts AND g.last_day
        AND EXISTS (SELECT 1 FROM public.organisations_agreementparty p
                     WHERE p.agreement_id = g.id AND p.agency_id = to_agency)
        AND EXISTS (SELECT 1 FROM public.organisations_agreementflow f
                     WHERE f.agreement_id = g.id AND f.purpose = for_purpose
                       AND parts & ~f.fields = 0)
        FOR SHARE;
    RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION public.organisations_agreement_covers(
    bigint, bigint, bigint, text, int) FROM PUBLIC;

-- 1 + 32: hidden from the police, and restricted processing. 1, 2: identity, contact.
CREATE OR REPLACE FUNCTION public.referrals_check_share() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    the_case record;
    entry record;
    recipient_kind text;
    broken text;
BEGIN
    SELECT c.person_id, c.agency_id, c.area_id, c.compartments INTO the_case
      FROM public.casework_case c WHERE c.id = NEW.case_id;
    PERFORM public.consent_hold_person(the_case.person_id);
    SELECT e.* INTO entry FROM public.consent_consententry e WHERE e.id = NEW.entry_id;
    SELECT a.kind INTO recipient_kind FROM public.organisations_agency a
     WHERE a.id = NEW.recipient_id AND a.area_id = the_case.area_id;
    NEW.until := least(NEW.until, entry.until);
    broken := CASE
        WHEN the_case.agency_id IS DISTINCT FROM NEW.agency_id
             OR the_case.area_id IS DISTINCT FROM NEW.area_id
             OR NEW.made_by_id IS DISTINCT FROM coalesce(ctx.claim(2), NEW.made_by_id)
            THEN 'share_of_own_case'
        WHEN recipient_kind IS NULL THEN 'share_to_agency_of_area'
        WHEN recipient_kind = 'force' AND the_case.compartments & 1 <> 0
            THEN 'share_hidden_from_police'
        WHEN the_case.compartments & 32 <> 0 THEN 'share_restricted'
        WHEN NEW.fields & 2 <> 0 AND NEW.fields & 1 = 0
            THEN 'share_contact_with_identity'
        WHEN NOT public.organisations_agreement_covers(NEW.agreement_id,
                 NEW.agency_id, NEW.recipient_id, NEW.purpose, NEW.fields)
            THEN 'share_needs_agreement'
        WHEN (entry.person_id, entry.agency_id, entry.purpose, entry.recipient_id,
              entry.basis) IS DISTINCT FROM (the_case.person_id, NEW.agency_id,
              NEW.purpose, NEW.recipient_id, NEW.basis)
             OR public.consent_holds(NEW.entry_id) IS NOT TRUE
            THEN 'share_needs_consent'
        WHEN NEW.fields & ~entry.fields <> 0 THEN 'share_wider_than_consent'
        WHEN NEW.until <= statement_timestamp() OR NEW.ended_at IS NOT NULL
            THEN 'share_until_past'
    END;
    IF broken IS NOT NULL THEN
        RAISE check_violation USING CONSTRAINT = broken,
            MESSAGE = 'nothing may be shared like this: ' || broken;
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION public.referrals_check_share() FROM PUBLIC;
CREATE OR REPLACE TRIGGER share_checked
    BEFORE INSERT ON public.referrals_caseshare
    FOR EACH ROW EXECUTE FUNCTION public.referrals_check_share();

CREATE OR REPLACE FUNCTION public.referrals_open_share() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM public.casework_grant(
        NEW.case_id, NEW.recipient_id, NULL, NEW.kind, NEW.public_id, NEW.fields,
        (SELECT least(NEW.until, public.organisations_agreement_over(g.last_day))
           FROM public.organisations_sharingagreement g WHERE g.id = NEW.agreement_id));
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.referrals_open_share() FROM PUBLIC;
CREATE OR REPLACE TRIGGER share_opens
    AFTER INSERT ON public.referrals_caseshare
    FOR EACH ROW EXECUTE FUNCTION public.referrals_open_share();

-- To whom of an agency it is said that something was shared, or is no longer.
CREATE OR REPLACE FUNCTION public.referrals_told_role(agency_kind text)
RETURNS text IMMUTABLE LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE agency_kind WHEN 'provider' THEN 'provider_manager'
           WHEN 'force' THEN 'police_liaison' WHEN 'service' THEN 'supervisor'
           ELSE 'information_governance' END
$$;
REVOKE ALL ON FUNCTION public.referrals_told_role(text) FROM PUBLIC;

-- However a share ends, its access ends, its referral is settled, and both sides are
-- told: the recipient only that it is over.
CREATE OR REPLACE FUNCTION public.referrals_close_share() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    taker bigint;
    was_open boolean;
BEGIN
    PERFORM public.casework_take_back(NEW.public_id);
    UPDATE public.referrals_servicereferral r
       SET state = CASE NEW.ended_why WHEN 'finished' THEN 'ended' ELSE 'withdrawn' END
     WHERE r.share_id = NEW.id AND r.state IN ('sent', 'accepted')
     RETURNING r.answered_by_id INTO taker;
    was_open := FOUND;
    IF NEW.ended_why IN ('stopped', 'consent_withdrawn', 'agreement_ended') THEN
        INSERT INTO public.accounts_notice (area_id, agency_id, to_user_id, to_role,
            kind, words, subject_kind, subject_id, at)
        SELECT NEW.area_id, NEW.recipient_id, told.to_user, told.to_role, 'share',
               'Something that was shared with you has been withdrawn',
               'share', NEW.public_id, statement_timestamp()
          FROM (SELECT NULL::bigint AS to_user,
                       public.referrals_told_role(a.kind) AS to_role
                  FROM public.organisations_agency a WHERE a.id = NEW.recipient_id
                UNION ALL SELECT taker, '' WHERE taker IS NOT NULL) told;
    END IF;
    IF NEW.ended_why IN ('declined', 'finished', 'agreement_ended') OR was_open THEN
        INSERT INTO public.accounts_notice (area_id, agency_id, to_user_id, to_role,
            kind, words, subject_kind, subject_id, at)
        SELECT NEW.area_id, NEW.agency_id, coalesce(c.worker_id, NEW.made_by_id), '',
               'share', CASE NEW.ended_why
                   WHEN 'declined' THEN 'A service has declined a referral'
                   WHEN 'finished' THEN 'A service has ended its part of a referral'
                   WHEN 'agreement_ended'
                       THEN 'Something we share has ended with its agreement'
                   WHEN 'consent_withdrawn'
                       THEN 'A referral has ended because consent was withdrawn'
                   ELSE 'A referral to another service was withdrawn' END,
               'case', c.public_id, statement_timestamp()
          FROM public.casework_case c WHERE c.id = NEW.case_id;
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.referrals_close_share() FROM PUBLIC;
CREATE OR REPLACE TRIGGER share_closes
    AFTER UPDATE OF ended_at ON public.referrals_caseshare
    FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL)
    EXECUTE FUNCTION public.referrals_close_share();

-- Who may say what of a referral: only whom it was sent to answers it, only the sender
-- withdraws it. Sharing's own triggers act as the owner for either.
CREATE OR REPLACE FUNCTION public.referrals_check_referral() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := ctx.claim(3);
    share record;
    allowed boolean;
BEGIN
    SELECT s.agency_id, s.recipient_id, s.kind, s.ended_at INTO share
      FROM public.referrals_caseshare s WHERE s.id = NEW.share_id;
    IF TG_OP = 'INSERT' THEN
        allowed := share.kind = 'referral' AND share.ended_at IS NULL
                   AND NEW.state = 'sent' AND me IS NOT DISTINCT FROM share.agency_id;
    ELSE
        allowed := NEW.state = OLD.state OR share.ended_at IS NOT NULL OR (
            me = share.recipient_id AND (OLD.state, NEW.state) IN (
                ('sent', 'accepted'), ('sent', 'declined'),
                ('accepted', 'declined'), ('accepted', 'ended')));
    END IF;
    IF allowed IS NOT TRUE THEN
        RAISE check_violation USING CONSTRAINT = 'referral_answered_by_its_service',
            MESSAGE = 'a referral cannot move like this';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION public.referrals_check_referral() FROM PUBLIC;
CREATE OR REPLACE TRIGGER referral_checked
    BEFORE INSERT OR UPDATE ON public.referrals_servicereferral
    FOR EACH ROW EXECUTE FUNCTION public.referrals_check_referral();

-- A service that says no, or is done, sees nothing more.
CREATE OR REPLACE FUNCTION public.referrals_answer_closes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.referrals_caseshare s
       SET ended_at = statement_timestamp(), ended_by_id = ctx.claim(2),
           ended_why = CASE NEW.state WHEN 'ended' THEN 'finished' ELSE 'declined' END
     WHERE s.id = NEW.share_id AND s.ended_at IS NULL;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.referrals_answer_closes() FROM PUBLIC;
CREATE OR REPLACE TRIGGER referral_answer_closes
    AFTER UPDATE OF state ON public.referrals_servicereferral
    FOR EACH ROW WHEN (NEW.state IN ('declined', 'ended') AND OLD.state <> NEW.state)
    EXECUTE FUNCTION public.referrals_answer_closes();

-- An agreement that ends closes its shares; one that is extended takes them along.
CREATE OR REPLACE FUNCTION public.referrals_follow_agreement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.state <> 'live' THEN
        UPDATE public.referrals_caseshare s
           SET ended_at = statement_timestamp(), ended_by_id = ctx.claim(2),
               ended_why = 'agreement_ended'
         WHERE s.agreement_id = NEW.id AND s.ended_at IS NULL;
    ELSE
        UPDATE public.casework_caseaccess a
           SET until = least(s.until,
                             public.organisations_agreement_over(NEW.last_day))
          FROM public.referrals_caseshare s
         WHERE s.agreement_id = NEW.id AND s.ended_at IS NULL
           AND a.source = s.public_id;
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.referrals_follow_agreement() FROM PUBLIC;
CREATE OR REPLACE TRIGGER agreement_followed_by_shares
    AFTER UPDATE OF state, last_day ON public.organisations_sharingagreement
    FOR EACH ROW WHEN ((OLD.state, OLD.last_day) IS DISTINCT FROM
                       (NEW.state, NEW.last_day))
    EXECUTE FUNCTION public.referrals_follow_agreement();
