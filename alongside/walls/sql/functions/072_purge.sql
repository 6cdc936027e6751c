-- Erasing people. Applied by the owner after every migrate; safe to repeat.

-- What stays of these people's cases: counts that name nobody. `tally` gives the words:
-- {groups: offence code to crime group, endings: disposition to heading, bands: ages}.
CREATE OR REPLACE FUNCTION public.rights_count_cases(persons bigint[], tally jsonb)
RETURNS void VOLATILE SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    INSERT INTO public.rights_casecount AS held
        (area_id, quarter, crime_group, outcome, tier, age_band, district, cases)
    SELECT told.area_id, told.quarter, told.crime_group, told.outcome, told.tier,
           told.age_band, told.district, count(*)
      FROM (
        SELECT c.area_id,
               to_char(coalesce(c.closed_at, c.touched_at) AT TIME ZONE 'Europe/London',
                       'YYYY"-Q"Q') AS quarter,
               coalesce(tally -> 'groups' ->> (
                   SELECT v.offence_code FROM public.casework_victimisation v
                    WHERE v.case_id = c.id ORDER BY v.id LIMIT 1), '') AS crime_group,
               coalesce(tally -> 'endings' ->> c.disposition, '') AS outcome,
               c.tier,
               coalesce((SELECT band ->> 'label'
                           FROM jsonb_array_elements(tally -> 'bands') band
                          WHERE (band ->> 'least')::int <=
                                extract(year FROM age(c.opened_at, r.date_of_birth))
                          ORDER BY (band ->> 'least')::int DESC LIMIT 1), '') AS age_band,
               coalesce((SELECT p.district_code FROM public.people_contactpoint a
                           JOIN public.reference_postcode p
                             ON p.postcode = replace(a.postcode, ' ', '')
                          WHERE a.record_id = r.id AND a.kind = 'address'
                          ORDER BY a.id LIMIT 1), '') AS district
          FROM public.casework_case c
          JOIN public.people_person who ON who.id = c.person_id
          JOIN public.people_personrecord r ON r.id = who.shown_record_id
         WHERE c.person_id = ANY (persons)) told
     GROUP BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (area_id, quarter, crime_group, outcome, tier, age_band, district)
       DO UPDATE SET cases = held.cases + excluded.cases
$$;
REVOKE ALL ON FUNCTION public.rights_count_cases(bigint[], jsonb) FROM PUBLIC;

-- Take these people out of every table. Asks nobody: for the functions below.
CREATE OR REPLACE FUNCTION public.people_purge(
    persons bigint[], tally jsonb, at timestamptz
) RETURNS void VOLATILE SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    reach jsonb;
    path jsonb;
    forget text;
BEGIN
    PERFORM 1 FROM public.people_person p
      WHERE p.id = ANY (public.linking_with_joined(persons)) FOR UPDATE;
    PERFORM public.rights_count_cases(persons, tally);
    -- All of the way first: rows that lead on to others must still be there.
    SELECT jsonb_agg(to_jsonb(r) ORDER BY r.n DESC) INTO reach
      FROM public.rights_reach(persons) r;
    SET CONSTRAINTS ALL DEFERRED;
    FOR path IN SELECT * FROM jsonb_array_elements(reach) LOOP
        forget := CASE path ->> 'tbl'
            WHEN 'intake_feedrow' THEN
                'sealed = '''', sha256 = '''', message = '''', referral_id = NULL'
            WHEN 'rights_rightsrequest' THEN
                'person_id = NULL, asked_by = '''', what = '''', identity_how = '''','
                ' extension_reason = '''', ended_reason = '''''
            WHEN 'information_requests_informationrequest' THEN
                'case_id = NULL, their_reference = '''', officer_role = '''','
                ' urgent_why = '''', offence = '''', line = '''', particulars = '''','
                ' necessity = '''', proportionality = '''', other_means = '''','
                ' counselling_reason = '''', withheld_words = '''', views = '''','
                ' views_words = '''', notice_how = '''', sent_how = '''','
                ' period_from = NULL, period_until = NULL'
            WHEN 'rights_erasure' THEN 'person_id = NULL, why = '''''
            WHEN 'rights_retentionitem' THEN 'person_id = NULL, done_at = $2' END;
        IF path ->> 'ending' = 'delete' THEN
            EXECUTE format('DELETE FROM public.%I t WHERE t.%I = ANY ($1::%s)',
                           path ->> 'tbl', path ->> 'col', path ->> 'key_type')
              USING ARRAY(SELECT jsonb_array_elements_text(path -> 'keys'));
        ELSIF forget IS NULL THEN
            RAISE 'nothing says how to forget %', path ->> 'tbl';
        ELSE
            EXECUTE format('UPDATE public.%I t SET %s WHERE t.%I = ANY ($1::%s)'
                           ' AND ($2 IS NOT NULL)', path ->> 'tbl', forget,
                           path ->> 'col', path ->> 'key_type')
              USING ARRAY(SELECT jsonb_array_elements_text(path -> 'keys')), at;
        END IF;
    END LOOP;
    -- Now, and not at the end: a row that was forgotten about must stop it here.
    SET CONSTRAINTS ALL IMMEDIATE;
END $$;
REVOKE ALL ON FUNCTION public.people_purge(bigint[], jsonb, timestamptz) FROM PUBLIC;

-- Remember, by keyed hashes, what was sent about somebody: sent again, it is held.
CREATE OR REPLACE FUNCTION public.rights_suppress(
    area bigint, keys uuid[], at timestamptz
) RETURNS void VOLATILE SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    INSERT INTO public.rights_suppression (area_id, key, since)
    SELECT DISTINCT area, one, at FROM unnest(keys) AS one
    ON CONFLICT DO NOTHING
$$;
REVOKE ALL ON FUNCTION public.rights_suppress(bigint, uuid[], timestamptz) FROM PUBLIC;

-- What the force's own numbers for these people's referrals come to.
CREATE OR REPLACE FUNCTION public.rights_identities(persons bigint[]) RETURNS uuid[]
STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT coalesce(array_agg(DISTINCT f.identity_key), '{}')
      FROM public.people_personrecord r
      JOIN public.casework_victimisation v ON v.record_id = r.id
      JOIN public.intake_referral f ON f.id = v.referral_id
     WHERE r.person_id = ANY (persons)
$$;
REVOKE ALL ON FUNCTION public.rights_identities(bigint[]) FROM PUBLIC;

-- The keys under which the vault holds what is theirs: they go into the journal of what
-- was destroyed, which no backup holds.
CREATE OR REPLACE FUNCTION public.rights_vault_keys(the_person uuid) RETURNS uuid[]
STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT coalesce(array_agg(k.public_id), '{}') FROM public.vault_personkey k
     WHERE k.person = ANY (public.linking_names_of(the_person))
$$;
REVOKE ALL ON FUNCTION public.rights_vault_keys(uuid) FROM PUBLIC;

-- Who an approved erasure is about, and the hashes to remember their referrals by.
CREATE OR REPLACE FUNCTION public.rights_of_erasure(the_erasure uuid)
RETURNS TABLE (person uuid, identities uuid[], keys uuid[]) STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.rights_demand(false, NULL);
    RETURN QUERY
    SELECT p.public_id, public.rights_identities(ARRAY[p.id]),
           public.rights_vault_keys(p.public_id)
      FROM public.rights_erasure e JOIN public.people_person p ON p.id = e.person_id
     WHERE e.public_id = the_erasure AND e.area_id = ctx.claim(4)
       AND e.agency_id = ctx.claim(3) AND e.approved_at IS NOT NULL;
END $$;
REVOKE ALL ON FUNCTION public.rights_of_erasure(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rights_of_erasure(uuid) TO alongside_app;

-- Erase one person: information governance, with a fresh second factor, after somebody
-- else approved it, where no legal hold stands against it. There is no way back.
CREATE OR REPLACE FUNCTION public.people_erase(
    the_erasure uuid, suppress uuid[], tally jsonb, at timestamptz
) RETURNS void VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    the_order public.rights_erasure;
    who uuid;
BEGIN
    SELECT * INTO the_order FROM public.rights_erasure e
     WHERE e.public_id = the_erasure AND e.area_id = ctx.claim(4)
       AND e.agency_id = ctx.claim(3) FOR UPDATE;
    PERFORM public.rights_demand(true, the_order.person_id);
    IF the_order.person_id IS NULL OR the_order.approved_at IS NULL
       OR the_order.done_at IS NOT NULL OR the_order.declined_at IS NOT NULL
       OR the_order.approved_by_id = the_order.proposed_by_id THEN
        RAISE insufficient_privilege USING message = 'not approved by another person';
    END IF;
    IF EXISTS (SELECT public.rights_kept_by_law(ARRAY[the_order.person_id])) THEN
        RAISE check_violation USING message = 'a legal hold stands against it';
    END IF;
    SELECT p.public_id INTO who FROM public.people_person p
     WHERE p.id = the_order.person_id;
    PERFORM audit.record('person.erased', 'erasure', the_erasure, ARRAY[who], '', NULL,
                         at);
    PERFORM public.rights_suppress(the_order.area_id, suppress, at);
    PERFORM public.people_purge(ARRAY[the_order.person_id], tally, at);
    UPDATE public.rights_erasure e SET done_at = at, done_by_id = ctx.claim(2)
     WHERE e.id = the_order.id;
END $$;
REVOKE ALL ON FUNCTION public.people_erase(uuid, uuid[], jsonb, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.people_erase(uuid, uuid[], jsonb, timestamptz)
    TO alongside_app;

-- The next people of an approved run; those of whom something has opened since, or on
-- whom a hold was laid, are passed over and stay.
CREATE OR REPLACE FUNCTION public.rights_next_of_run(the_run uuid, most int)
RETURNS TABLE (item bigint, person uuid, identities uuid[], keys uuid[]) VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
BEGIN
    IF NOT public.rights_acts_as(ARRAY['information_governance', 'feed_receiver']) THEN
        RAISE insufficient_privilege USING message = 'not information governance';
    END IF;
    UPDATE public.rights_retentionitem i
       SET skipped = CASE WHEN public.rights_still_open(i.person_id)
                          THEN 'something about them is open again'
                          ELSE 'a legal hold stands against it' END
     WHERE i.run_id = (SELECT r.id FROM public.rights_retentionrun r
                        WHERE r.public_id = the_run AND r.area_id = ctx.claim(4)
                          AND r.agency_id = ctx.claim(3))
       AND i.done_at IS NULL AND i.skipped = '' AND i.person_id IS NOT NULL
       AND (public.rights_still_open(i.person_id)
            OR EXISTS (SELECT public.rights_kept_by_law(ARRAY[i.person_id])));
    RETURN QUERY
    SELECT i.id, p.public_id, public.rights_identities(ARRAY[p.id]),
           public.rights_vault_keys(p.public_id)
      FROM public.rights_retentionitem i
      JOIN public.rights_retentionrun r ON r.id = i.run_id
      JOIN public.people_person p ON p.id = i.person_id
     WHERE r.public_id = the_run AND r.area_id = ctx.claim(4)
       AND r.agency_id = ctx.claim(3) AND r.approved_at IS NOT NULL
       AND r.approved_by_id <> r.proposed_by_id AND r.ended_at IS NULL
       AND i.done_at IS NULL AND i.skipped = ''
     ORDER BY i.id LIMIT most;
END $$;
REVOKE ALL ON FUNCTION public.rights_next_of_run(uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rights_next_of_run(uuid, int) TO alongside_app;

-- Erase some people of a run that another person approved; how many.
CREATE OR REPLACE FUNCTION public.people_erase_items(
    the_run uuid, items bigint[], suppress uuid[], tally jsonb, at timestamptz
) RETURNS int VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    persons bigint[];
    who uuid[];
BEGIN
    IF NOT public.rights_acts_as(ARRAY['information_governance', 'feed_receiver']) THEN
        RAISE insufficient_privilege USING message = 'not information governance';
    END IF;
    SELECT array_agg(p.id), array_agg(p.public_id) INTO persons, who
      FROM public.rights_retentionitem i
      JOIN public.rights_retentionrun r ON r.id = i.run_id
      JOIN public.people_person p ON p.id = i.person_id
     WHERE r.public_id = the_run AND r.area_id = ctx.claim(4)
       AND r.agency_id = ctx.claim(3) AND r.approved_at IS NOT NULL
       AND r.approved_by_id <> r.proposed_by_id AND r.ended_at IS NULL
       AND i.id = ANY (items) AND i.done_at IS NULL
       AND NOT public.rights_still_open(p.id)
       AND NOT EXISTS (SELECT public.rights_kept_by_law(ARRAY[p.id]));
    IF persons IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM audit.record('person.erased', 'retention_run', the_run, who, '', NULL, at);
    PERFORM public.rights_suppress(ctx.claim(4), suppress, at);
    PERFORM public.people_purge(persons, tally, at);
    RETURN cardinality(persons);
END $$;
REVOKE ALL ON FUNCTION
    public.people_erase_items(uuid, bigint[], uuid[], jsonb, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    public.people_erase_items(uuid, bigint[], uuid[], jsonb, timestamptz)
    TO alongside_app;

-- End a run of which nothing is left to do. True when it has ended.
CREATE OR REPLACE FUNCTION public.rights_end_run(the_run uuid, at timestamptz)
RETURNS boolean VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
BEGIN
    IF NOT public.rights_acts_as(ARRAY['information_governance', 'feed_receiver']) THEN
        RAISE insufficient_privilege USING message = 'not information governance';
    END IF;
    UPDATE public.rights_retentionrun r SET ended_at = at
     WHERE r.public_id = the_run AND r.area_id = ctx.claim(4)
       AND r.agency_id = ctx.claim(3) AND r.approved_at IS NOT NULL
       AND r.ended_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM public.rights_retentionitem i
                        WHERE i.run_id = r.id AND i.done_at IS NULL AND i.skipped = '');
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM audit.record('retention.ended', 'retention_run', the_run, '{}', '', NULL, at);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION public.rights_end_run(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rights_end_run(uuid, timestamptz) TO alongside_app;

-- For the command at the machine itself, which works as the owner and for nobody who
-- signs in: what would go, and erasing it. The application may call neither.
CREATE OR REPLACE FUNCTION public.rights_at_console(the_person uuid)
RETURNS TABLE (area_code text, kept_by_law boolean, still_open boolean,
               identities uuid[], keys uuid[], tables jsonb)
STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    path record;
    many bigint;
    found jsonb := '{}';
    who bigint := (SELECT p.id FROM public.people_person p
                    WHERE p.public_id = the_person);
BEGIN
    IF who IS NULL THEN
        RETURN;
    END IF;
    FOR path IN SELECT * FROM public.rights_reach(ARRAY[who]) LOOP
        EXECUTE format('SELECT count(*) FROM public.%I t WHERE t.%I = ANY ($1::%s)',
                       path.tbl, path.col, path.key_type) INTO many USING path.keys;
        found := found || jsonb_build_object(
            path.tbl, many + coalesce((found ->> path.tbl)::bigint, 0));
    END LOOP;
    RETURN QUERY
    SELECT a.code, EXISTS (SELECT public.rights_kept_by_law(ARRAY[who])),
           public.rights_still_open(who), public.rights_identities(ARRAY[who]),
           public.rights_vault_keys(the_person), found
      FROM public.people_person p JOIN public.organisations_area a ON a.id = p.area_id
     WHERE p.id = who;
END $$;
REVOKE ALL ON FUNCTION public.rights_at_console(uuid) FROM PUBLIC;

CREATE OR REPLACE FUNCTION public.people_erase_at_console(
    the_person uuid, why text, suppress uuid[], tally jsonb, at timestamptz
) RETURNS void VOLATILE SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    who public.people_person;
BEGIN
    SELECT * INTO who FROM public.people_person p WHERE p.public_id = the_person;
    IF NOT FOUND OR why = '' THEN
        RAISE check_violation USING message = 'nobody to erase, or no reason';
    END IF;
    IF EXISTS (SELECT public.rights_kept_by_law(ARRAY[who.id])) THEN
        RAISE check_violation USING message = 'a legal hold stands against it';
    END IF;
    PERFORM audit.record('person.erased', 'console', NULL, ARRAY[the_person], why, NULL,
                         at);
    INSERT INTO public.accounts_notice (area_id, agency_id, to_role, kind, words,
                                        subject_kind, at)
    SELECT DISTINCT who.area_id, m.agency_id, m.role, 'retention',
           'Somebody was erased by a command at the machine itself', '', at
      FROM public.accounts_membership m
      JOIN public.organisations_agency a ON a.id = m.agency_id
       AND a.area_id = who.area_id AND a.kind = 'service'
     WHERE m.role = 'information_governance';
    PERFORM public.rights_suppress(who.area_id, suppress, at);
    PERFORM public.people_purge(ARRAY[who.id], tally, at);
END $$;
REVOKE ALL ON FUNCTION
    public.people_erase_at_console(uuid, text, uuid[], jsonb, timestamptz) FROM PUBLIC;

-- After a backup was restored: erase again who was erased since it was made. How many
-- of these people had come back.
CREATE OR REPLACE FUNCTION public.people_erase_again(
    people uuid[], suppress uuid[], tally jsonb, at timestamptz
) RETURNS int VOLATILE SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    who record;
    many int := 0;
BEGIN
    FOR who IN SELECT p.id, p.area_id, p.public_id FROM public.people_person p
                WHERE p.public_id = ANY (people) LOOP
        PERFORM audit.record('person.erased', 'restore', NULL, ARRAY[who.public_id],
                             'erased before; restored from a backup', NULL, at);
        PERFORM public.rights_suppress(who.area_id, suppress, at);
        PERFORM public.people_purge(ARRAY[who.id], tally, at);
        many := many + 1;
    END LOOP;
    RETURN many;
END $$;
REVOKE ALL ON FUNCTION public.people_erase_again(uuid[], uuid[], jsonb, timestamptz)
    FROM PUBLIC;
