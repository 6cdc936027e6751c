-- People's rights over what is held about them. Applied by the owner after every
-- migrate; safe to repeat.

-- Whether the actor holds, now and in the agency they act for, one of these roles. The
-- context says who and for whom; what they are is looked up here, never taken on trust.
CREATE OR REPLACE FUNCTION public.rights_acts_as(roles text[]) RETURNS boolean
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.accounts_membership m
          JOIN public.accounts_user u ON u.id = m.user_id AND u.is_active
         WHERE m.user_id = ctx.claim(2) AND m.agency_id = ctx.claim(3)
           AND m.role = ANY (roles)
           AND (m.until IS NULL OR m.until > statement_timestamp()))
$$;
REVOKE ALL ON FUNCTION public.rights_acts_as(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rights_acts_as(text[]) TO alongside_app;

-- Refuse all but information governance; with `fresh`, also a second factor that is
-- older than that many minutes; and whoever is in conflict with the person.
CREATE OR REPLACE FUNCTION public.rights_demand(fresh boolean, person bigint)
RETURNS void STABLE SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    -- As rights/data/limits.toml, fresh_minutes: a test holds them together.
    minutes CONSTANT int := 10;
BEGIN
    IF NOT public.rights_acts_as(ARRAY['information_governance']) THEN
        RAISE insufficient_privilege USING message = 'not information governance';
    END IF;
    IF fresh AND coalesce(ctx.claim(7), 0)
                 < extract(epoch FROM statement_timestamp()) - minutes * 60 THEN
        RAISE insufficient_privilege USING message = 'no fresh second factor';
    END IF;
    IF person IS NOT NULL AND ctx.claim(2) = ANY (public.casework_barred_from(person))
    THEN
        RAISE insufficient_privilege USING message = 'in conflict with the person';
    END IF;
END $$;
REVOKE ALL ON FUNCTION public.rights_demand(boolean, bigint) FROM PUBLIC;

-- Where anything about a person is held: a table, the column by which it is reached,
-- what that column points at, and what becomes of its rows when the person is erased.
-- "delete" takes rows away; "forget" keeps a row that says nothing of anybody.
-- Tables that are not there are passed over, so that the list may name one early.
CREATE OR REPLACE FUNCTION public.rights_paths()
RETURNS TABLE (n int, tbl text, col text, via text, ending text)
IMMUTABLE SET search_path = pg_catalog, pg_temp LANGUAGE sql AS $$
    VALUES
    (1, 'people_person', 'id', 'people_person.id', 'delete'),
    (2, 'people_personrecord', 'person_id', 'people_person.id', 'delete'),
    (3, 'people_contactpoint', 'record_id', 'people_personrecord.id', 'delete'),
    (4, 'people_channelsafety', 'record_id', 'people_personrecord.id', 'delete'),
    (6, 'linking_linkdecision', 'person_id', 'people_person.id', 'delete'),
    (7, 'linking_linkrecord', 'person_id', 'people_person.id', 'delete'),
    (8, 'linking_blockkey', 'record_id', 'people_personrecord.id', 'delete'),
    (16, 'linking_reviewtask', 'person_id', 'people_person.id', 'delete'),
    (17, 'linking_reviewtask', 'other_person_id', 'people_person.id', 'delete'),
    (18, 'linking_neverlink', 'low_id', 'people_personrecord.id', 'delete'),
    (19, 'linking_neverlink', 'high_id', 'people_personrecord.id', 'delete'),
    (24, 'linking_householdhint', 'low_id', 'people_person.id', 'delete'),
    (25, 'linking_householdhint', 'high_id', 'people_person.id', 'delete'),
    (29, 'linking_householdword', 'hint_id', 'linking_householdhint.id', 'delete'),
    (26, 'linking_merge', 'kept_id', 'people_person.id', 'delete'),
    (27, 'linking_merge', 'gone_id', 'people_person.id', 'delete'),
    (28, 'linking_mergemove', 'merge_id', 'linking_merge.id', 'delete'),
    (35, 'people_contactconfirmed', 'contact_id', 'people_contactpoint.id', 'delete'),
    (36, 'people_contactconfirmed', 'person_id', 'people_person.id', 'delete'),
    (10, 'casework_case', 'person_id', 'people_person.id', 'delete'),
    (11, 'casework_caseaccess', 'case_id', 'casework_case.id', 'delete'),
    (12, 'casework_casechange', 'case_id', 'casework_case.id', 'delete'),
    (13, 'casework_note', 'case_id', 'casework_case.id', 'delete'),
    (43, 'casework_task', 'case_id', 'casework_case.id', 'delete'),
    (14, 'casework_victimisation', 'record_id', 'people_personrecord.id', 'delete'),
    (15, 'casework_conflict', 'person_id', 'people_person.id', 'delete'),
    (33, 'casework_keptapart', 'victim_id', 'people_person.id', 'delete'),
    (34, 'casework_keptapart', 'suspect_id', 'people_person.id', 'delete'),
    (20, 'assessment_caseground', 'case_id', 'casework_case.id', 'delete'),
    (37, 'assessment_assessment', 'case_id', 'casework_case.id', 'delete'),
    (38, 'assessment_answer', 'assessment_id', 'assessment_assessment.id', 'delete'),
    (39, 'assessment_noexit', 'case_id', 'casework_case.id', 'delete'),
    (49, 'assessment_promptanswer', 'case_id', 'casework_case.id', 'delete'),
    (21, 'contact_contactattempt', 'case_id', 'casework_case.id', 'delete'),
    (22, 'journey_journeyevent', 'victimisation_id', 'casework_victimisation.id',
         'delete'),
    (23, 'journey_clock', 'case_id', 'casework_case.id', 'delete'),
    (110, 'journey_matter', 'victimisation_id', 'casework_victimisation.id', 'delete'),
    (111, 'journey_telling', 'victimisation_id', 'casework_victimisation.id', 'delete'),
    (112, 'journey_wish', 'case_id', 'casework_case.id', 'delete'),
    (119, 'journey_outofreach', 'case_id', 'casework_case.id', 'delete'),
    (118, 'journey_escalation', 'case_id', 'casework_case.id', 'delete'),
    (120, 'code_rights_rightrecord', 'case_id', 'casework_case.id', 'delete'),
    (121, 'code_rights_rightstep', 'case_id', 'casework_case.id', 'delete'),
    (90, 'telling_update', 'case_id', 'casework_case.id', 'delete'),
    (70, 'planning_plan', 'case_id', 'casework_case.id', 'delete'),
    (71, 'planning_goal', 'case_id', 'casework_case.id', 'delete'),
    (72, 'planning_action', 'case_id', 'casework_case.id', 'delete'),
    (73, 'planning_planchange', 'case_id', 'casework_case.id', 'delete'),
    (74, 'planning_safetyplan', 'case_id', 'casework_case.id', 'delete'),
    (75, 'planning_exitplan', 'case_id', 'casework_case.id', 'delete'),
    (76, 'planning_appointment', 'case_id', 'casework_case.id', 'delete'),
    (77, 'planning_supervisionnote', 'case_id', 'casework_case.id', 'delete'),
    (78, 'planning_volunteerhours', 'case_id', 'casework_case.id', 'delete'),
    (79, 'planning_warningnote', 'person_id', 'people_person.id', 'delete'),
    (80, 'people_relationship', 'person_id', 'people_person.id', 'delete'),
    (81, 'people_relationship', 'other_id', 'people_person.id', 'delete'),
    (30, 'intake_referral', 'id', 'casework_victimisation.referral_id', 'delete'),
    (31, 'intake_hold', 'referral_id', 'intake_referral.id', 'delete'),
    (32, 'intake_feedrow', 'referral_id', 'intake_referral.id', 'forget'),
    (40, 'vault_personkey', 'person', 'people_person.public_id', 'delete'),
    (41, 'vault_sealedvalue', 'person', 'people_person.public_id', 'delete'),
    (42, 'vault_blindtoken', 'value_id', 'vault_sealedvalue.id', 'delete'),
    (44, 'consent_consententry', 'person_id', 'people_person.id', 'delete'),
    (45, 'referrals_caseshare', 'case_id', 'casework_case.id', 'delete'),
    (46, 'referrals_servicereferral', 'share_id', 'referrals_caseshare.id', 'delete'),
    (47, 'referrals_referralmessage', 'referral_id', 'referrals_servicereferral.id',
         'delete'),
    (48, 'guarding_emergencyaccess', 'case_id', 'casework_case.id', 'delete'),
    (50, 'accounts_notice', 'subject_id', 'casework_case.public_id', 'delete'),
    (51, 'accounts_notice', 'subject_id', 'people_person.public_id', 'delete'),
    (52, 'accounts_notice', 'subject_id', 'casework_keptapart.public_id', 'delete'),
    (93, 'accounts_notice', 'subject_id',
         'information_requests_informationrequest.public_id', 'delete'),
    (60, 'rights_rightsrequest', 'person_id', 'people_person.id', 'forget'),
    (61, 'rights_requestentry', 'request_id', 'rights_rightsrequest.id', 'delete'),
    (62, 'rights_packdecision', 'request_id', 'rights_rightsrequest.id', 'delete'),
    (63, 'rights_accesspack', 'request_id', 'rights_rightsrequest.id', 'delete'),
    (64, 'rights_correction', 'person_id', 'people_person.id', 'delete'),
    (65, 'rights_restriction', 'person_id', 'people_person.id', 'delete'),
    (66, 'rights_legalhold', 'person_id', 'people_person.id', 'delete'),
    (67, 'rights_erasure', 'person_id', 'people_person.id', 'forget'),
    (90, 'information_requests_informationrequest', 'case_id', 'casework_case.id',
         'forget'),
    (91, 'information_requests_requeststep', 'request_id',
         'information_requests_informationrequest.id', 'delete'),
    (92, 'information_requests_requestpart', 'request_id',
         'information_requests_informationrequest.id', 'delete'),
    (68, 'rights_retentionitem', 'person_id', 'people_person.id', 'forget')
$$;
REVOKE ALL ON FUNCTION public.rights_paths() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rights_paths() TO alongside_app;

-- The values that "table.column" has in rows of these people, as text.
CREATE OR REPLACE FUNCTION public.rights_keys(via text, persons bigint[])
RETURNS text[] STABLE SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    place CONSTANT text := split_part(via, '.', 1);
    wanted CONSTANT text := split_part(via, '.', 2);
    path record;
    part text[];
    found text[] := '{}';
BEGIN
    IF via = 'people_person.id' THEN
        RETURN persons::text[];
    END IF;
    FOR path IN SELECT * FROM public.rights_paths() p WHERE p.tbl = place LOOP
        EXECUTE format('SELECT array_agg(DISTINCT t.%I::text) FROM public.%I t'
                       ' WHERE t.%I = ANY ($1::text[]::%s) AND t.%I IS NOT NULL',
                       wanted, place, path.col,
                       public.rights_key_type(place, path.col), wanted)
           INTO part USING public.rights_keys(path.via, persons);
        found := found || coalesce(part, '{}');
    END LOOP;
    RETURN found;
END $$;
REVOKE ALL ON FUNCTION public.rights_keys(text, bigint[]) FROM PUBLIC;

-- The type of an array of a key column's values, so that its index is used.
CREATE OR REPLACE FUNCTION public.rights_key_type(tbl text, col text) RETURNS text
STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT CASE a.atttypid WHEN 'uuid'::regtype THEN 'uuid[]' ELSE 'bigint[]' END
      FROM pg_attribute a
     WHERE a.attrelid = to_regclass('public.' || quote_ident(tbl)) AND a.attname = col
$$;
REVOKE ALL ON FUNCTION public.rights_key_type(text, text) FROM PUBLIC;

-- Every path that is there, with the keys that lead to these people's rows, and to those
-- of whoever was joined into them.
CREATE OR REPLACE FUNCTION public.rights_reach(persons bigint[])
RETURNS TABLE (n int, tbl text, col text, key_type text, ending text, keys text[])
STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT p.n, p.tbl, p.col, public.rights_key_type(p.tbl, p.col), p.ending,
           public.rights_keys(p.via, public.linking_with_joined(persons))
      FROM public.rights_paths() p
     WHERE public.rights_key_type(p.tbl, p.col) IS NOT NULL
       AND to_regclass('public.' || quote_ident(split_part(p.via, '.', 1))) IS NOT NULL
     ORDER BY p.n
$$;
REVOKE ALL ON FUNCTION public.rights_reach(bigint[]) FROM PUBLIC;

-- Who is meant by our reference for them or their case, or by a crime reference: their
-- keys and as little as tells people of one crime apart. On the trail.
CREATE OR REPLACE FUNCTION public.rights_find(reference text, at timestamptz)
RETURNS TABLE (person_id bigint, public_id uuid, initials text, born int)
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    area bigint := ctx.claim(4);
    wanted uuid;
    ids bigint[];
BEGIN
    PERFORM public.rights_demand(false, NULL);
    IF reference ~ '^[0-9a-fA-F-]{36}$' THEN
        wanted := coalesce(public.linking_known_as(reference::uuid), reference::uuid);
        SELECT array_agg(p.id) INTO ids FROM public.people_person p
         WHERE p.area_id = area
           AND (p.public_id = wanted OR EXISTS (SELECT 1 FROM public.casework_case c
                 WHERE c.person_id = p.id AND c.public_id = wanted));
    ELSE
        SELECT array_agg(DISTINCT r.person_id) INTO ids
          FROM public.casework_victimisation v
          JOIN public.people_personrecord r ON r.id = v.record_id
         WHERE v.area_id = area AND v.agency_id = ctx.claim(3)
           AND v.crime_ref = reference;
    END IF;
    SELECT array_agg(one) INTO ids FROM unnest(ids) AS one
     WHERE NOT coalesce(ctx.claim(2) = ANY (public.casework_barred_from(one)), false);
    PERFORM audit.record('person.found', 'rights', NULL,
        (SELECT coalesce(array_agg(p.public_id), '{}') FROM public.people_person p
          WHERE p.id = ANY (ids)), 'information rights request', NULL, at);
    RETURN QUERY
    SELECT p.id, p.public_id, left(r.given_names, 1) || left(r.surname, 1),
           extract(year FROM r.date_of_birth)::int
      FROM public.people_person p
      JOIN public.people_personrecord r ON r.id = p.shown_record_id
     WHERE p.id = ANY (ids) ORDER BY p.id;
END $$;
REVOKE ALL ON FUNCTION public.rights_find(text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rights_find(text, timestamptz) TO alongside_app;

-- Everything held about the person of an open request, table by table, for their pack.
-- Only where we are sure who asks. On the trail before anything leaves.
CREATE OR REPLACE FUNCTION public.rights_gather(asked uuid, at timestamptz)
RETURNS jsonb VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    the_request public.rights_rightsrequest;
    who uuid;
    path record;
    part jsonb;
    gathered jsonb := '{}';
BEGIN
    SELECT * INTO the_request FROM public.rights_rightsrequest r
     WHERE r.public_id = asked AND r.area_id = ctx.claim(4)
       AND r.agency_id = ctx.claim(3) AND r.kind IN ('access', 'portability')
       AND r.state = 'open' AND r.identity_on IS NOT NULL AND r.person_id IS NOT NULL;
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING message = 'no open request of a known person';
    END IF;
    PERFORM public.rights_demand(true, the_request.person_id);
    SELECT p.public_id INTO who FROM public.people_person p
     WHERE p.id = the_request.person_id;
    PERFORM audit.record('person.gathered', 'rights', asked, ARRAY[who],
                         'subject access pack', NULL, at);
    FOR path IN SELECT * FROM public.rights_reach(ARRAY[the_request.person_id]) LOOP
        -- What is sealed leaves by its own way, but for the rows that were sent.
        EXECUTE format('SELECT jsonb_agg(to_jsonb(t) - $2) FROM public.%I t'
                       ' WHERE t.%I = ANY ($1::%s)', path.tbl, path.col, path.key_type)
           INTO part USING path.keys,
                CASE WHEN path.tbl = 'intake_feedrow' THEN '' ELSE 'sealed' END;
        IF part IS NOT NULL THEN
            gathered := gathered || jsonb_build_object(path.tbl,
                coalesce(gathered -> path.tbl, '[]'::jsonb) || part);
        END IF;
    END LOOP;
    RETURN jsonb_build_object(
        'person', who,
        'held', gathered,
        'staff', (SELECT jsonb_object_agg(m.user_id, m.said) FROM (
            SELECT DISTINCT ON (m.user_id) m.user_id,
                   replace(m.role, '_', ' ') || ', ' || a.name AS said
              FROM public.accounts_membership m
              JOIN public.organisations_agency a ON a.id = m.agency_id
             WHERE a.area_id = the_request.area_id ORDER BY m.user_id, m.id) m),
        'places', (SELECT jsonb_object_agg(kind || ':' || id, name) FROM (
            SELECT 'agency' AS kind, a.id, a.name FROM public.organisations_agency a
             WHERE a.area_id = the_request.area_id
             UNION ALL
            SELECT 'team', t.id, t.name FROM public.organisations_team t
              JOIN public.organisations_agency a ON a.id = t.agency_id
             WHERE a.area_id = the_request.area_id) named),
        'deliveries', (SELECT jsonb_object_agg(d.id, jsonb_build_object(
                   'kind', d.kind, 'header', d.header, 'received_at', d.received_at,
                   'extract_id', d.extract_id))
              FROM public.intake_delivery d WHERE d.id IN (
                   SELECT (row ->> 'delivery_id')::bigint
                     FROM jsonb_array_elements(gathered -> 'intake_feedrow') row)),
        'others', (SELECT jsonb_agg(DISTINCT named.name) FROM (
            SELECT unnest(ARRAY[r.given_names, r.surname, r.guardian_name]) AS name
              FROM public.casework_victimisation mine
              JOIN public.people_personrecord me ON me.id = mine.record_id
               AND me.person_id = the_request.person_id
              JOIN public.casework_victimisation v ON v.crime_key = mine.crime_key
              JOIN public.people_personrecord r ON r.id = v.record_id
               AND r.person_id <> the_request.person_id) named
             WHERE named.name <> ''),
        'seen', (SELECT jsonb_agg(jsonb_build_object(
                   'at', looks.at, 'who', looks.user_id, 'what', looks.action,
                   -- Why somebody opened it in an emergency may endanger somebody.
                   'why', CASE WHEN looks.action LIKE 'emergency%' THEN ''
                               ELSE looks.purpose END) ORDER BY looks.at DESC)
              FROM (SELECT DISTINCT e.id, e.at, e.user_id, e.action, e.purpose
                      FROM unnest(public.linking_names_of(who)) AS named(id),
                           LATERAL audit.entries_about(named.id,
                          greatest(statement_timestamp(), at) + interval '1 second', 2000) e
                     WHERE e.action NOT LIKE '%refused%') looks));
END $$;
REVOKE ALL ON FUNCTION public.rights_gather(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rights_gather(uuid, timestamptz) TO alongside_app;
