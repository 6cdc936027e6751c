-- Members of staff who may never open a case: declared, or found by matching what they
-- registered of themselves. Applied by the owner after every migrate; safe to repeat.

-- Whether a notice's subject is a case of somebody the reader is in conflict with, or
-- on the other side of a crime from somebody they work with. `kind` is named in full:
-- casework_conflict has a column of that name, which would be meant otherwise.
CREATE OR REPLACE FUNCTION public.guarding_hidden_from_me(kind text, subject uuid)
RETURNS boolean STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.casework_case c
          JOIN public.casework_conflict k ON k.person_id = c.person_id
         WHERE guarding_hidden_from_me.kind = 'case' AND c.public_id = subject
           AND k.user_id = (SELECT ctx.claim(2)) AND k.lifted_at IS NULL
        UNION ALL
        SELECT 1 FROM public.casework_case c
         WHERE guarding_hidden_from_me.kind = 'case' AND c.public_id = subject
           AND c.person_id = ANY (public.casework_apart_from_me())
        UNION ALL
        SELECT 1 FROM public.information_requests_informationrequest q
          JOIN public.casework_case c ON c.id = q.case_id
          LEFT JOIN public.casework_conflict k ON k.person_id = c.person_id
           AND k.user_id = (SELECT ctx.claim(2)) AND k.lifted_at IS NULL
         WHERE guarding_hidden_from_me.kind = 'information_request'
           AND q.public_id = subject
           AND (k.id IS NOT NULL OR c.person_id = ANY (public.casework_apart_from_me()))
        UNION ALL
        SELECT 1 FROM public.casework_keptapart x
         WHERE guarding_hidden_from_me.kind = 'apart' AND x.public_id = subject
           AND ARRAY[x.victim_id, x.suspect_id] && public.casework_apart_from_me()
        UNION ALL
        SELECT 1 FROM public.casework_keptapart x
          JOIN public.casework_conflict k ON k.person_id IN (x.victim_id, x.suspect_id)
         WHERE guarding_hidden_from_me.kind = 'apart' AND x.public_id = subject
           AND k.user_id = (SELECT ctx.claim(2)) AND k.lifted_at IS NULL
        UNION ALL
        SELECT 1 FROM public.guarding_emergencyaccess e
          JOIN public.casework_case c ON c.id = e.case_id
          JOIN public.casework_conflict k ON k.person_id = c.person_id
         WHERE guarding_hidden_from_me.kind = 'emergency' AND e.public_id = subject
           AND k.user_id = (SELECT ctx.claim(2)) AND k.lifted_at IS NULL
        UNION ALL
        SELECT 1 FROM public.casework_conflict k
         WHERE guarding_hidden_from_me.kind = 'conflict' AND k.public_id = subject
           AND k.user_id = (SELECT ctx.claim(2)))
$$;
REVOKE ALL ON FUNCTION public.guarding_hidden_from_me(text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.guarding_hidden_from_me(text, uuid) TO alongside_app;

-- A case whose worker is barred, or no longer cleared, goes back to its team.
CREATE OR REPLACE FUNCTION public.guarding_return_to_team(cases bigint[], at timestamptz)
RETURNS void LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    WITH freed AS (
        UPDATE public.casework_case c
           SET worker_id = NULL, version = c.version + 1, touched_at = $2
         WHERE c.id = ANY ($1) AND c.worker_id IS NOT NULL AND c.status <> 'closed'
        RETURNING c.*
    ), noted AS (
        INSERT INTO public.casework_casechange (area_id, case_id, at, kind, words, reason)
        SELECT f.area_id, f.id, $2, 'handed_over', 'Returned to the team''s queue', ''
          FROM freed f
        RETURNING 1
    )
    INSERT INTO public.accounts_notice
        (area_id, agency_id, to_role, kind, words, subject_kind, subject_id, at)
    SELECT f.area_id, f.agency_id, 'supervisor', 'conflict',
           format('A case of %s has lost its worker and waits in the team''s queue.',
                  t.name), 'case', f.public_id, $2
      FROM freed f JOIN public.organisations_team t ON t.id = f.team_id
$$;
REVOKE ALL ON FUNCTION public.guarding_return_to_team(bigint[], timestamptz) FROM PUBLIC;

CREATE OR REPLACE FUNCTION public.guarding_take_from_barred() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM public.guarding_return_to_team(ARRAY(
        SELECT c.id FROM fresh f
          JOIN public.casework_case c ON c.person_id = f.person_id
           AND c.worker_id = f.user_id
         WHERE f.lifted_at IS NULL), statement_timestamp());
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.guarding_take_from_barred() FROM PUBLIC;
CREATE OR REPLACE TRIGGER conflict_takes_case
    AFTER INSERT ON public.casework_conflict REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION public.guarding_take_from_barred();

-- Bar people of staff from people we support; how many bars are new. Tells information
-- governance of what was found by matching, so that somebody confirms or lifts it.
CREATE OR REPLACE FUNCTION public.guarding_bar(
    people bigint[], users bigint[], kinds text[], how text, why text[],
    maker bigint, at timestamptz
) RETURNS int LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    made int;
BEGIN
    WITH fresh AS (
        INSERT INTO public.casework_conflict
            (area_id, agency_id, person_id, user_id, kind, found, reason, since, made_by_id)
        SELECT DISTINCT ON (p.id, u.id) p.area_id, m.agency_id, p.id, u.id, w.kind, how,
               w.why, guarding_bar.at, maker
          FROM unnest(people, users, kinds, why) AS w(person, staff, kind, why)
          JOIN public.people_person p ON p.id = w.person AND p.area_id = ctx.claim(4)
          JOIN public.accounts_user u ON u.id = w.staff
          JOIN LATERAL (
              SELECT b.agency_id FROM public.accounts_membership b
                JOIN public.organisations_agency g ON g.id = b.agency_id
               WHERE b.user_id = u.id AND g.area_id = p.area_id
               ORDER BY b.agency_id = ctx.claim(3) DESC, b.id LIMIT 1) m ON true
         ORDER BY p.id, u.id
        ON CONFLICT DO NOTHING
        RETURNING *
    ), trail AS (
        SELECT audit.record('conflict.made', 'conflict', f.public_id, '{}', f.found, NULL,
                            guarding_bar.at) FROM fresh f
    ), told AS (
        INSERT INTO public.accounts_notice
            (area_id, agency_id, to_role, kind, words, subject_kind, subject_id, at)
        SELECT f.area_id, f.agency_id, 'information_governance', 'conflict',
               CASE how WHEN 'matched'
                   THEN 'A member of staff may know somebody we support, by the details'
                        ' they registered. Confirm it, or lift it.'
                   ELSE 'A conflict of interest was declared.' END,
               'conflict', f.public_id, guarding_bar.at
          FROM fresh f
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM fresh) + 0 * (SELECT count(*) FROM trail)
           + 0 * (SELECT count(*) FROM told) INTO made;
    RETURN made;
END $$;
REVOKE ALL ON FUNCTION
    public.guarding_bar(bigint[], bigint[], text[], text, text[], bigint, timestamptz)
    FROM PUBLIC;

-- Declare a conflict by a reference, for oneself or, for those who govern, a colleague.
-- Never says whether anything was found.
CREATE OR REPLACE FUNCTION public.casework_declare_conflict(
    reference text, staff uuid, what text, why text, number uuid, at timestamptz
) RETURNS void
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    who bigint := ctx.claim(2);
    barred bigint := who;
    held bigint[];
BEGIN
    IF staff IS NOT NULL THEN
        SELECT u.id INTO barred FROM public.accounts_user u
          JOIN public.accounts_membership m ON m.user_id = u.id
         WHERE u.public_id = staff AND m.agency_id = ctx.claim(3) LIMIT 1;
        IF barred IS NULL OR barred <> who AND NOT public.guarding_holds(
            ARRAY['supervisor', 'information_governance']) THEN
            RAISE insufficient_privilege USING message = 'not for this colleague';
        END IF;
    END IF;
    IF what NOT IN ('self', 'related', 'suspect', 'other') THEN
        RAISE check_violation USING message = 'no such kind of conflict';
    END IF;
    held := ARRAY(SELECT DISTINCT c.person_id FROM public.casework_case c
                   WHERE c.id IN (SELECT public.guarding_find(reference, NULL)));
    -- Somebody whose referral is held has no case yet.
    held := held || ARRAY(
        SELECT DISTINCT r.person_id FROM public.casework_victimisation v
          JOIN public.people_personrecord r ON r.id = v.record_id
         WHERE v.crime_ref = btrim(reference) AND btrim(reference) <> ''
           AND v.area_id = ctx.claim(4));
    PERFORM audit.record('conflict.declared', 'conflict', NULL, '{}', what, number, at);
    PERFORM public.guarding_bar(
        held, array_fill(barred, ARRAY[cardinality(held)]),
        array_fill(what, ARRAY[cardinality(held)]), 'declared',
        array_fill(btrim(why), ARRAY[cardinality(held)]), who, at);
END $$;
REVOKE ALL ON FUNCTION
    public.casework_declare_conflict(text, uuid, text, text, uuid, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    public.casework_declare_conflict(text, uuid, text, text, uuid, timestamptz)
    TO alongside_app;

-- What was found by matching as records arrive: only a feed receiver brings it.
CREATE OR REPLACE FUNCTION public.casework_bar_matched(
    people bigint[], users bigint[], kinds text[], why text[], at timestamptz
) RETURNS int
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT public.guarding_holds(ARRAY['feed_receiver', 'supervisor']) THEN
        RAISE insufficient_privilege USING message = 'not a feed receiver';
    END IF;
    RETURN public.guarding_bar(people, users, kinds, 'matched', why, NULL, at);
END $$;
REVOKE ALL ON FUNCTION
    public.casework_bar_matched(bigint[], bigint[], text[], text[], timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    public.casework_bar_matched(bigint[], bigint[], text[], text[], timestamptz)
    TO alongside_app;

-- A name as letters alone, to be compared.
CREATE OR REPLACE FUNCTION public.guarding_letters(name text)
RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT regexp_replace(lower(name), '[^a-z]', '', 'g')
$$;
REVOKE ALL ON FUNCTION public.guarding_letters(text) FROM PUBLIC;

-- Keep what stands for one member of staff in place of what was kept before, and bar
-- them from whom it is found to be about. The details themselves are used and dropped.
CREATE OR REPLACE FUNCTION public.casework_register_details(
    kinds text[], marks uuid[], given text[], surnames text[], born date, houses text[],
    home text, phones text[], emails text[], at timestamptz
) RETURNS void
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    who bigint := ctx.claim(2);
    area bigint := ctx.claim(4);
    families text[] := ARRAY(SELECT public.guarding_letters(s) FROM unnest(surnames) s);
    firsts text[] := ARRAY(SELECT public.guarding_letters(g) FROM unnest(given) g);
    found bigint[];
    near text[];
    why text[];
BEGIN
    IF who IS NULL OR area IS NULL OR cardinality(marks) > 200 THEN
        RAISE insufficient_privilege USING message = 'nobody acts';
    END IF;
    DELETE FROM public.guarding_staffmark k
     WHERE k.user_id = who AND k.area_id = area AND k.kind <> 'suspect';
    INSERT INTO public.guarding_staffmark (area_id, user_id, kind, mark, added_at, added_by_id)
    SELECT DISTINCT area, who, w.kind, w.mark, at, who
      FROM unnest(kinds, marks) AS w(kind, mark) WHERE w.kind <> 'suspect'
    ON CONFLICT DO NOTHING;
    PERFORM audit.record('conflict.details_registered', 'account', NULL, '{}', '', NULL, at);
    WITH hits AS (
        SELECT r.person_id, 'self' AS kind, 1 AS rank, 'Matched: name and date of birth' AS why
          FROM public.people_personrecord r
         WHERE r.area_id = area AND r.date_of_birth = born
           AND public.guarding_letters(r.surname) = ANY (families)
           AND public.guarding_letters(r.given_names) = ANY (firsts)
        UNION ALL
        SELECT r.person_id, 'related', 2,
               CASE WHEN c.kind = 'email' THEN 'Matched: e-mail address'
                    WHEN c.kind <> 'address' THEN 'Matched: phone number'
                    WHEN public.guarding_letters(r.surname) = ANY (families)
                        THEN 'Matched: surname and postcode'
                    ELSE 'Matched: house and postcode' END
          FROM public.people_contactpoint c
          JOIN public.people_personrecord r ON r.id = c.record_id
         WHERE c.area_id = area
           AND (c.kind = 'email' AND c.value = ANY (emails)
                OR c.kind NOT IN ('email', 'address') AND c.value = ANY (phones)
                OR c.kind = 'address' AND home <> '' AND c.postcode = home
                   AND (public.guarding_letters(r.surname) = ANY (families)
                        OR EXISTS (
                            SELECT 1 FROM unnest(houses) h WHERE h <> ''
                               AND lower(split_part(c.value, E'\n', 1))
                                   ~ ('(^|[^0-9a-z])' || regexp_replace(h, '[^0-9a-z ]',
                                      '', 'g') || '([^0-9a-z]|$)'))))
    ), nearest AS (
        SELECT DISTINCT ON (h.person_id) h.person_id, h.kind, h.why FROM hits h
         ORDER BY h.person_id, h.rank
    )
    SELECT array_agg(n.person_id), array_agg(n.kind), array_agg(n.why)
      INTO found, near, why FROM nearest n;
    IF found IS NOT NULL THEN
        PERFORM public.guarding_bar(found, array_fill(who, ARRAY[cardinality(found)]),
                                    near, 'matched', why, NULL, at);
    END IF;
END $$;
REVOKE ALL ON FUNCTION public.casework_register_details(text[], uuid[], text[], text[],
    date, text[], text, text[], text[], timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.casework_register_details(text[], uuid[], text[], text[],
    date, text[], text, text[], text[], timestamptz) TO alongside_app;

-- Note that a force suspects a member of staff, by its own reference: kept as a mark,
-- and compared with what is held at once. For information governance.
CREATE OR REPLACE FUNCTION public.casework_register_suspect(
    staff uuid, force text, reference text, the_mark uuid, at timestamptz
) RETURNS void
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    who bigint := ctx.claim(2);
    area bigint := ctx.claim(4);
    barred bigint;
    found bigint[];
BEGIN
    SELECT u.id INTO barred FROM public.accounts_user u
      JOIN public.accounts_membership m ON m.user_id = u.id
     WHERE u.public_id = staff AND m.agency_id = ctx.claim(3) LIMIT 1;
    IF barred IS NULL OR barred = who
       OR NOT public.guarding_holds(ARRAY['information_governance']) THEN
        RAISE insufficient_privilege USING message = 'not for this colleague';
    END IF;
    INSERT INTO public.guarding_staffmark (area_id, user_id, kind, mark, added_at, added_by_id)
    VALUES (area, barred, 'suspect', the_mark, at, who) ON CONFLICT DO NOTHING;
    PERFORM audit.record('conflict.suspect_registered', 'account', staff, '{}', '', NULL, at);
    found := ARRAY(SELECT DISTINCT r.person_id FROM public.casework_victimisation v
                     JOIN public.people_personrecord r ON r.id = v.record_id
                    WHERE v.area_id = area AND v.force_code = force
                      AND v.suspect_ref = reference AND reference <> '');
    PERFORM public.guarding_bar(found, array_fill(barred, ARRAY[cardinality(found)]),
        array_fill('suspect'::text, ARRAY[cardinality(found)]), 'matched',
        array_fill('Matched: the force''s reference for a suspect'::text,
                   ARRAY[cardinality(found)]), NULL, at);
END $$;
REVOKE ALL ON FUNCTION
    public.casework_register_suspect(uuid, text, text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    public.casework_register_suspect(uuid, text, text, uuid, timestamptz)
    TO alongside_app;

-- How many marks are kept of whoever acts, of which kind and since when.
CREATE OR REPLACE FUNCTION public.guarding_my_marks()
RETURNS TABLE (kind text, marks bigint, since timestamptz)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT k.kind, count(*), min(k.added_at) FROM public.guarding_staffmark k
     WHERE k.user_id = (SELECT ctx.claim(2)) AND k.area_id = (SELECT ctx.claim(4))
       AND k.kind <> 'suspect'
     GROUP BY k.kind
$$;
REVOKE ALL ON FUNCTION public.guarding_my_marks() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.guarding_my_marks() TO alongside_app;

-- Cases of the actor's agency that they may not see, counted by team: no more is said.
CREATE OR REPLACE FUNCTION public.guarding_count_hidden()
RETURNS TABLE (team_id bigint, cases bigint, open_cases bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT c.team_id, count(*), count(*) FILTER (WHERE c.status <> 'closed')
      FROM public.casework_case c
      JOIN public.casework_caseaccess a ON a.case_id = c.id AND a.why = 'owner'
       AND a.agency_id = c.agency_id
     WHERE c.agency_id = (SELECT ctx.claim(3)) AND c.area_id = (SELECT ctx.claim(4))
       AND (a.compartments & ~coalesce((SELECT ctx.claim(6)), 0)::int <> 0
            OR (SELECT ctx.claim(2)) = ANY (a.barred))
     GROUP BY c.team_id
$$;
REVOKE ALL ON FUNCTION public.guarding_count_hidden() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.guarding_count_hidden() TO alongside_app;

-- Open cases that nobody of their own team is cleared for, counted by team and walls.
-- `roles` and `masks` say what each role passes by itself, `names` and `bits` the walls.
CREATE OR REPLACE FUNCTION public.guarding_count_uncovered(
    roles text[], masks int[], names text[], bits int[]
) RETURNS TABLE (team_id bigint, compartments int, cases bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    WITH staff AS (
        SELECT m.team_id, m.user_id,
               coalesce(bit_or(r.mask), 0) | coalesce((
                   SELECT bit_or(n.bit) FROM public.accounts_clearance k
                     JOIN unnest(names, bits) AS n(name, bit) ON n.name = k.compartment
                    WHERE k.user_id = m.user_id
                      AND (k.until IS NULL OR k.until > statement_timestamp())), 0) AS mask
          FROM public.accounts_membership m
          JOIN public.accounts_user u ON u.id = m.user_id AND u.is_active
          LEFT JOIN unnest(roles, masks) AS r(role, mask) ON r.role = m.role
         WHERE m.agency_id = (SELECT ctx.claim(3)) AND m.role <> 'feed_receiver'
           AND (m.until IS NULL OR m.until > statement_timestamp())
         GROUP BY m.team_id, m.user_id
    ), kinds AS (
        SELECT c.team_id, c.compartments, count(*) AS cases FROM public.casework_case c
         WHERE c.agency_id = (SELECT ctx.claim(3)) AND c.area_id = (SELECT ctx.claim(4))
           AND c.status <> 'closed' AND c.compartments <> 0
         GROUP BY c.team_id, c.compartments
    )
    SELECT k.team_id, k.compartments, k.cases FROM kinds k
     WHERE NOT EXISTS (SELECT 1 FROM staff s WHERE s.team_id = k.team_id
                          AND k.compartments & ~s.mask = 0)
$$;
REVOKE ALL ON FUNCTION public.guarding_count_uncovered(text[], int[], text[], int[])
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.guarding_count_uncovered(text[], int[], text[], int[])
    TO alongside_app;

-- Cases held by somebody who is not cleared for them go back to their teams; how many.
-- `some_cases` names them, NULL means every one of the agency. The other lists as above.
CREATE OR REPLACE FUNCTION public.casework_return_uncleared(
    some_cases bigint[], roles text[], masks int[], names text[], bits int[], at timestamptz
) RETURNS int
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    lost bigint[];
    agency bigint := ctx.claim(3);
    area bigint := ctx.claim(4);
BEGIN
    IF NOT public.guarding_holds(
        ARRAY['supervisor', 'information_governance', 'feed_receiver']) THEN
        RAISE insufficient_privilege USING message = 'not by this role';
    END IF;
    lost := ARRAY(
        SELECT c.id FROM public.casework_case c
         WHERE c.agency_id = agency AND c.area_id = area AND c.status <> 'closed'
           AND c.worker_id IS NOT NULL AND c.compartments <> 0
           AND (some_cases IS NULL OR c.id = ANY (some_cases))
           AND c.compartments & ~(
               coalesce((SELECT bit_or(r.mask) FROM public.accounts_membership m
                           JOIN unnest(roles, masks) AS r(role, mask) ON r.role = m.role
                          WHERE m.user_id = c.worker_id AND m.agency_id = agency
                            AND (m.until IS NULL OR m.until > statement_timestamp())), 0)
               | coalesce((SELECT bit_or(n.bit) FROM public.accounts_clearance k
                             JOIN unnest(names, bits) AS n(name, bit)
                               ON n.name = k.compartment
                            WHERE k.user_id = c.worker_id AND (k.until IS NULL
                                  OR k.until > statement_timestamp())), 0)) <> 0);
    INSERT INTO public.accounts_notice
        (area_id, agency_id, to_user_id, to_role, kind, words, subject_kind, at)
    SELECT area, agency, c.worker_id, '', 'compartment',
           'A case you held has gone back to its team: it now stands behind a wall that'
           ' you are not cleared for.', 'nothing', casework_return_uncleared.at
      FROM public.casework_case c WHERE c.id = ANY (lost);
    PERFORM public.guarding_return_to_team(lost, at);
    RETURN cardinality(lost);
END $$;
REVOKE ALL ON FUNCTION public.casework_return_uncleared(
    bigint[], text[], int[], text[], int[], timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.casework_return_uncleared(
    bigint[], text[], int[], text[], int[], timestamptz) TO alongside_app;

-- Let one person of the agency past a wall, by name, until a day. Never oneself.
CREATE OR REPLACE FUNCTION public.accounts_give_clearance(
    staff uuid, wall text, why text, ends timestamptz, at timestamptz
) RETURNS uuid
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    who bigint := ctx.claim(2);
    whom bigint;
    given uuid := gen_random_uuid();
BEGIN
    SELECT u.id INTO whom FROM public.accounts_user u
      JOIN public.accounts_membership m ON m.user_id = u.id
     WHERE u.public_id = staff AND m.agency_id = ctx.claim(3) LIMIT 1;
    IF whom IS NULL OR whom = who OR btrim(why) = '' OR ends <= statement_timestamp()
       OR NOT public.guarding_holds(ARRAY['information_governance']) THEN
        RAISE insufficient_privilege USING message = 'not for this colleague';
    END IF;
    INSERT INTO public.accounts_clearance
        (public_id, user_id, compartment, reason, since, given_by_id, until)
    VALUES (given, whom, wall, btrim(why), at, who, ends);
    PERFORM audit.record('clearance.given', 'account', staff, '{}', wall, NULL, at);
    RETURN given;
END $$;
REVOKE ALL ON FUNCTION
    public.accounts_give_clearance(uuid, text, text, timestamptz, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    public.accounts_give_clearance(uuid, text, text, timestamptz, timestamptz)
    TO alongside_app;

-- End a clearance given in the agency; false where there is none that still stands.
CREATE OR REPLACE FUNCTION public.accounts_end_clearance(given uuid, at timestamptz)
RETURNS boolean VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
BEGIN
    IF NOT public.guarding_holds(ARRAY['information_governance']) THEN
        RAISE insufficient_privilege USING message = 'not by this role';
    END IF;
    UPDATE public.accounts_clearance k SET until = statement_timestamp()
     WHERE k.public_id = given AND (k.until IS NULL OR k.until > statement_timestamp())
       AND EXISTS (SELECT 1 FROM public.accounts_membership m
                    WHERE m.user_id = k.user_id AND m.agency_id = ctx.claim(3));
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM audit.record('clearance.ended', 'account', NULL, '{}', '', NULL, at);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION public.accounts_end_clearance(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.accounts_end_clearance(uuid, timestamptz)
    TO alongside_app;
