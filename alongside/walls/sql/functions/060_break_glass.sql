-- Opening a case in an emergency. Applied by the owner after every migrate; safe to
-- repeat. Everything that must go with it (the entry on the trail, the notices, the end)
-- is in the one function that opens: no code above it can leave any of it out.

-- The limits, as the database goes by them. The same numbers are rows of data in
-- care/guarding/data/emergency.toml; a test compares them.
CREATE OR REPLACE FUNCTION public.guarding_limit(code text)
RETURNS int LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE code WHEN 'hours' THEN 4 WHEN 'factor_minutes' THEN 10
                     WHEN 'reason_length' THEN 20 WHEN 'uses_a_day' THEN 3 END
$$;
REVOKE ALL ON FUNCTION public.guarding_limit(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.guarding_limit(text) TO alongside_app;

-- Whether whoever acts holds one of these roles, in the agency they act for.
CREATE OR REPLACE FUNCTION public.guarding_holds(roles text[])
RETURNS boolean STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.accounts_membership m
          JOIN public.organisations_agency g ON g.id = m.agency_id
          JOIN public.accounts_user u ON u.id = m.user_id
         WHERE m.user_id = (SELECT ctx.claim(2)) AND m.agency_id = (SELECT ctx.claim(3))
           AND g.area_id = (SELECT ctx.claim(4)) AND m.role = ANY (roles)
           AND u.is_active AND (m.until IS NULL OR m.until > statement_timestamp()))
$$;
REVOKE ALL ON FUNCTION public.guarding_holds(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.guarding_holds(text[]) TO alongside_app;

-- Whether whoever acts gave a second factor in the last minutes.
CREATE OR REPLACE FUNCTION public.guarding_is_fresh(minutes int)
RETURNS boolean STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT coalesce(ctx.claim(7), 0)
           BETWEEN extract(epoch FROM statement_timestamp()) - 60 * minutes
               AND extract(epoch FROM statement_timestamp()) + 60
$$;
REVOKE ALL ON FUNCTION public.guarding_is_fresh(int) FROM PUBLIC;

-- The cases that a reference typed in full means: the short form of our own, or a
-- crime's; the day of birth tells apart several people in one crime.
CREATE OR REPLACE FUNCTION public.guarding_find(reference text, born date)
RETURNS SETOF bigint STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    area bigint := ctx.claim(4);
    typed text := btrim(reference);
    code text := lower(replace(typed, '-', ''));
    least_id uuid;
    last_id uuid;
BEGIN
    IF code ~ '^[0-9a-f]{8}$' THEN
        least_id := (code || '-0000-0000-0000-000000000000')::uuid;
        last_id := (code || '-ffff-ffff-ffff-ffffffffffff')::uuid;
    END IF;
    RETURN QUERY
    WITH meant AS (
        SELECT c.id, c.person_id FROM public.casework_case c
         WHERE c.public_id BETWEEN least_id AND last_id AND c.area_id = area
        UNION
        SELECT c.id, c.person_id FROM public.casework_victimisation v
          JOIN public.casework_case c ON c.id = v.case_id
         WHERE v.crime_ref = typed AND typed <> '' AND c.area_id = area
    )
    SELECT m.id FROM meant m
     WHERE born IS NULL OR EXISTS (
         SELECT 1 FROM public.people_personrecord r
          WHERE r.person_id = m.person_id AND r.date_of_birth = born);
END $$;
REVOKE ALL ON FUNCTION public.guarding_find(text, date) FROM PUBLIC;

-- Open a case for four hours, or say why not. A refusal is on the trail too: it is
-- answered, not raised, so that its entry stays.
CREATE OR REPLACE FUNCTION public.casework_break_glass(
    reference text, born date, category text, reason text, number uuid, at timestamptz
) RETURNS TABLE (refusal text, access uuid, the_case uuid)
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    who bigint := ctx.claim(2);
    ours bigint := ctx.claim(3);
    cleared int := coalesce(ctx.claim(6), 0);
    found bigint[];
    chosen public.casework_case;
    origin uuid := gen_random_uuid();
    moment timestamptz := statement_timestamp();
    ends timestamptz := moment + make_interval(hours => public.guarding_limit('hours'));
    words text;
    why_not text;
BEGIN
    -- One at a time for each person, so that the day's limit cannot be outrun.
    PERFORM pg_advisory_xact_lock(hashtextextended('break_glass', who));
    IF NOT public.guarding_holds(
        ARRAY['contact_worker', 'specialist_worker', 'witness_care_worker', 'supervisor'])
    THEN
        why_not := 'role';
    ELSIF category NOT IN ('danger_to_life', 'child_at_risk', 'court_or_hospital',
                           'duty_cover') THEN
        why_not := 'category';
    ELSIF length(btrim(regexp_replace(reason, '\s+', ' ', 'g')))
          < public.guarding_limit('reason_length') THEN
        why_not := 'reason';
    ELSIF NOT public.guarding_is_fresh(public.guarding_limit('factor_minutes')) THEN
        why_not := 'stale';
    ELSIF NOT public.guarding_holds(ARRAY['supervisor']) AND (
        SELECT count(*) FROM public.guarding_emergencyaccess e
         WHERE e.user_id = who AND e.since > moment - interval '24 hours')
          >= public.guarding_limit('uses_a_day') THEN
        why_not := 'too_many';
    ELSE
        found := ARRAY(SELECT public.guarding_find(reference, born));
        SELECT c.* INTO chosen FROM public.casework_case c
         WHERE cardinality(found) = 1 AND c.id = found[1]
           AND c.person_id <> ALL (public.casework_apart_from_me())
           AND NOT EXISTS (SELECT 1 FROM public.casework_conflict k
                            WHERE k.person_id = c.person_id AND k.user_id = who
                              AND k.lifted_at IS NULL);
        IF chosen.id IS NULL THEN
            why_not := 'unknown';
        ELSIF EXISTS (
            SELECT 1 FROM public.casework_caseaccess a
             WHERE a.case_id = chosen.id AND a.agency_id = ours AND a.fields = 255
               AND (a.user_id IS NULL OR a.user_id = who)
               AND (a.until IS NULL OR a.until > moment)
               AND a.compartments & ~cleared = 0) THEN
            why_not := 'open';
        END IF;
    END IF;
    IF why_not IS NOT NULL THEN
        PERFORM audit.record('emergency.refused', 'case', NULL, '{}', why_not, number, at);
        RETURN QUERY SELECT why_not, NULL::uuid,
                            CASE WHEN why_not = 'open' THEN chosen.public_id END;
        RETURN;
    END IF;

    INSERT INTO public.guarding_emergencyaccess
        (public_id, area_id, agency_id, owner_id, case_id, user_id, category, reason,
         since, until)
    VALUES (origin, chosen.area_id, ours, chosen.agency_id, chosen.id, who, category,
            btrim(reason), moment, ends);
    PERFORM public.casework_grant(chosen.id, ours, who, 'break_glass', origin, 255, ends);
    PERFORM audit.record('emergency.opened', 'case', chosen.public_id,
                         ARRAY[p.public_id], category, number, at)
       FROM public.people_person p WHERE p.id = chosen.person_id;

    SELECT format('%s (%s) opened a case in an emergency. It closes to them at %s at the'
                  ' latest.', u.name, g.name,
                  to_char(ends AT TIME ZONE 'Europe/London', 'HH24:MI'))
      INTO words FROM public.accounts_user u, public.organisations_agency g
     WHERE u.id = who AND g.id = ours;
    INSERT INTO public.accounts_notice
        (area_id, agency_id, to_user_id, to_role, kind, words, subject_kind, subject_id, at)
    SELECT chosen.area_id, t.agency, t.person, t.role, 'break_glass', words, t.kind,
           t.subject, at
      FROM (VALUES
          (chosen.agency_id, chosen.worker_id,
           CASE WHEN chosen.worker_id IS NULL THEN 'supervisor' ELSE '' END,
           'case', chosen.public_id),
          (chosen.agency_id, NULL, 'information_governance', 'emergency', origin),
          (NULLIF(ours, chosen.agency_id), NULL, 'information_governance', 'emergency',
           origin)
      ) AS t(agency, person, role, kind, subject)
     WHERE t.agency IS NOT NULL;
    RETURN QUERY SELECT NULL::text, origin, chosen.public_id;
END $$;
REVOKE ALL ON FUNCTION
    public.casework_break_glass(text, date, text, text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    public.casework_break_glass(text, date, text, text, uuid, timestamptz)
    TO alongside_app;

-- Close one's own emergency access before its time. False where there is none open.
CREATE OR REPLACE FUNCTION public.casework_close_emergency(
    access uuid, number uuid, at timestamptz
) RETURNS boolean
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE public.guarding_emergencyaccess e SET until = statement_timestamp()
     WHERE e.public_id = access AND e.user_id = ctx.claim(2) AND e.area_id = ctx.claim(4)
       AND e.until > statement_timestamp();
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM public.casework_take_back(access);
    PERFORM audit.record('emergency.closed', 'emergency', access, '{}', '', number, at);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION public.casework_close_emergency(uuid, uuid, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.casework_close_emergency(uuid, uuid, timestamptz)
    TO alongside_app;

-- Whether whoever acts may review an emergency access: information governance of the
-- agency that held the case or of the one whose member of staff opened it.
CREATE OR REPLACE FUNCTION public.guarding_reviews(agency bigint, owner bigint)
RETURNS boolean STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT (SELECT ctx.claim(3)) IN (agency, owner)
       AND public.guarding_holds(ARRAY['information_governance'])
$$;
REVOKE ALL ON FUNCTION public.guarding_reviews(bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.guarding_reviews(bigint, bigint) TO alongside_app;

-- Say what one makes of an emergency access; NULL where it is taken, else why not.
-- Nobody reviews their own, nor that of somebody who has reviewed theirs.
CREATE OR REPLACE FUNCTION public.casework_review_emergency(
    access uuid, what text, words text, number uuid, at timestamptz
) RETURNS text
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    who bigint := ctx.claim(2);
    used public.guarding_emergencyaccess;
    why_not text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('emergency_review', ctx.claim(4)));
    SELECT e.* INTO used FROM public.guarding_emergencyaccess e
     WHERE e.public_id = access AND e.area_id = ctx.claim(4);
    IF used.id IS NULL THEN
        why_not := 'unknown';
    ELSIF used.user_id = who THEN
        why_not := 'own';
    ELSIF NOT public.guarding_reviews(used.agency_id, used.owner_id) THEN
        why_not := 'role';
    ELSIF used.reviewed_at IS NOT NULL THEN
        why_not := 'done';
    ELSIF EXISTS (SELECT 1 FROM public.guarding_emergencyaccess mine
                   WHERE mine.user_id = who AND mine.reviewed_by_id = used.user_id) THEN
        why_not := 'pair';
    ELSIF btrim(words) = '' THEN
        why_not := 'reason';
    ELSIF what NOT IN ('justified', 'not_justified', 'enquiry') THEN
        why_not := 'category';
    END IF;
    IF why_not IS NOT NULL THEN
        PERFORM audit.record('emergency.review_refused', 'emergency', access, '{}',
                             why_not, number, at);
        RETURN why_not;
    END IF;
    UPDATE public.guarding_emergencyaccess e
       SET reviewed_at = statement_timestamp(), reviewed_by_id = who, finding = what,
           finding_words = btrim(words)
     WHERE e.id = used.id;
    PERFORM audit.record('emergency.reviewed', 'emergency', access, '{}', what, number, at);
    INSERT INTO public.accounts_notice
        (area_id, agency_id, to_user_id, to_role, kind, words, subject_kind, subject_id, at)
    VALUES (used.area_id, used.agency_id, used.user_id, '', 'break_glass',
            CASE what WHEN 'justified' THEN 'Your emergency access was found justified.'
                WHEN 'not_justified' THEN 'Your emergency access was found not justified.'
                     ' Information governance will speak to you.'
                ELSE 'Your emergency access needs an enquiry. Information governance'
                     ' will speak to you.' END,
            'nothing', NULL, at);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION
    public.casework_review_emergency(uuid, text, text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    public.casework_review_emergency(uuid, text, text, uuid, timestamptz)
    TO alongside_app;

-- Nobody changes what an emergency access was, nor reviews it twice.
CREATE OR REPLACE FUNCTION public.guarding_keep_emergency() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.reviewed_at IS NOT NULL AND
       (OLD.reviewed_at, OLD.reviewed_by_id, OLD.finding, OLD.finding_words)
       IS DISTINCT FROM (NEW.reviewed_at, NEW.reviewed_by_id, NEW.finding,
                         NEW.finding_words)
       OR NEW.until > OLD.until
       OR (OLD.public_id, OLD.area_id, OLD.agency_id, OLD.owner_id, OLD.user_id,
           OLD.category, OLD.since)
          IS DISTINCT FROM (NEW.public_id, NEW.area_id, NEW.agency_id, NEW.owner_id,
                            NEW.user_id, NEW.category, NEW.since) THEN
        RAISE insufficient_privilege USING message = 'emergency access is append-only';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION public.guarding_keep_emergency() FROM PUBLIC;
CREATE OR REPLACE TRIGGER emergency_is_kept
    BEFORE UPDATE OR DELETE ON public.guarding_emergencyaccess
    FOR EACH ROW EXECUTE FUNCTION public.guarding_keep_emergency();

-- What was looked at of the person while the case was open, from the trail.
CREATE OR REPLACE FUNCTION public.guarding_looks(access uuid, most int)
RETURNS TABLE (at timestamptz, action text, what text, purpose text)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY
    SELECT t.at, t.action, t.subject_kind, t.purpose
      FROM public.guarding_emergencyaccess e
      JOIN public.casework_case c ON c.id = e.case_id
      JOIN public.people_person p ON p.id = c.person_id,
           LATERAL audit.entries_about(p.public_id, e.until + interval '1 second', 5000) t
     WHERE e.public_id = access AND e.area_id = ctx.claim(4)
       AND public.guarding_reviews(e.agency_id, e.owner_id)
       AND t.user_id = e.user_id AND t.at >= e.since - interval '1 second'
     ORDER BY t.at, t.id LIMIT most;
END $$;
REVOKE ALL ON FUNCTION public.guarding_looks(uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.guarding_looks(uuid, int) TO alongside_app;

-- Remind information governance of what nobody has reviewed since a moment; how many.
CREATE OR REPLACE FUNCTION public.guarding_chase(before timestamptz, at timestamptz)
RETURNS int VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    chased int;
BEGIN
    WITH late AS (
        UPDATE public.guarding_emergencyaccess e SET chased_at = guarding_chase.at
         WHERE e.area_id = ctx.claim(4) AND e.reviewed_at IS NULL AND e.since < before
           AND (e.chased_at IS NULL OR e.chased_at < guarding_chase.at - interval '1 day')
         RETURNING e.*
    ), told AS (
        INSERT INTO public.accounts_notice
            (area_id, agency_id, to_role, kind, words, subject_kind, subject_id, at)
        SELECT late.area_id, one.agency, 'information_governance', 'break_glass',
               'An emergency access still waits for its review.', 'emergency',
               late.public_id, guarding_chase.at
          FROM late, LATERAL (SELECT late.owner_id AS agency UNION SELECT late.agency_id) one
        RETURNING 1
    )
    SELECT count(*) INTO chased FROM late;
    RETURN chased;
END $$;
REVOKE ALL ON FUNCTION public.guarding_chase(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.guarding_chase(timestamptz, timestamptz)
    TO alongside_app;
