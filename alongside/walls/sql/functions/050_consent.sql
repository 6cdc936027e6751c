-- The ledger of consent: what a new line ends. Applied by the owner after every
-- migrate; safe to repeat.

-- One at a time for a person: otherwise a share and the withdrawal of what it rests on
-- could pass each other unseen.
CREATE OR REPLACE FUNCTION public.consent_hold_person(person bigint)
RETURNS void LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT id FROM public.people_person WHERE id = person FOR NO KEY UPDATE
$$;
REVOKE ALL ON FUNCTION public.consent_hold_person(bigint) FROM PUBLIC;

-- Whether something may rest on a line of the ledger now: a later no about the same
-- purpose and recipient ends a yes, whichever yes it was.
CREATE OR REPLACE FUNCTION public.consent_holds(entry bigint)
RETURNS boolean STABLE LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT e.kind IN ('given', 'relied_on')
           AND (e.until IS NULL OR e.until > statement_timestamp())
           AND NOT EXISTS (
               SELECT 1 FROM public.consent_consententry later
                WHERE e.kind = 'given' AND later.id > e.id
                  AND later.person_id = e.person_id AND later.agency_id = e.agency_id
                  AND later.kind IN ('refused', 'withdrawn')
                  AND later.purpose = e.purpose
                  AND later.recipient_id IS NOT DISTINCT FROM e.recipient_id)
      FROM public.consent_consententry e WHERE e.id = entry
$$;
REVOKE ALL ON FUNCTION public.consent_holds(bigint) FROM PUBLIC;

CREATE OR REPLACE FUNCTION public.consent_check_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM public.consent_hold_person(NEW.person_id);
    IF NEW.kind = 'withdrawn' AND NOT EXISTS (
        SELECT 1 FROM public.consent_consententry e
         WHERE e.id = NEW.withdraws_id AND e.kind = 'given'
           AND e.person_id = NEW.person_id AND e.agency_id = NEW.agency_id
           AND e.purpose = NEW.purpose
           AND e.recipient_id IS NOT DISTINCT FROM NEW.recipient_id)
    THEN
        RAISE check_violation USING CONSTRAINT = 'consent_withdraws_a_consent',
            MESSAGE = 'only a consent of the same person can be withdrawn';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION public.consent_check_entry() FROM PUBLIC;
CREATE OR REPLACE TRIGGER consent_checked
    BEFORE INSERT ON public.consent_consententry
    FOR EACH ROW EXECUTE FUNCTION public.consent_check_entry();

-- A no closes, at once and in the same transaction, every share and open referral that
-- rests on a yes to the same purpose with the same recipient.
CREATE OR REPLACE FUNCTION public.consent_close_shares() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.referrals_caseshare s
       SET ended_at = statement_timestamp(), ended_by_id = NEW.recorded_by_id,
           ended_why = 'consent_withdrawn'
      FROM public.consent_consententry e
     WHERE e.id = s.entry_id AND s.ended_at IS NULL AND e.kind = 'given'
       AND e.person_id = NEW.person_id AND e.agency_id = NEW.agency_id
       AND e.purpose = NEW.purpose
       AND e.recipient_id IS NOT DISTINCT FROM NEW.recipient_id;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.consent_close_shares() FROM PUBLIC;
CREATE OR REPLACE TRIGGER consent_no_closes_shares
    AFTER INSERT ON public.consent_consententry
    FOR EACH ROW WHEN (NEW.kind IN ('refused', 'withdrawn'))
    EXECUTE FUNCTION public.consent_close_shares();
