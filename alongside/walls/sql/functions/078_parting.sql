-- Parting people who were joined: every value goes back that joining had written down.
-- Applied by the owner after every migrate; safe to repeat.

-- What work may change meanwhile without anybody being asked: it stays as it is now.
CREATE OR REPLACE FUNCTION public.linking_goes_on(relation text) RETURNS boolean
IMMUTABLE SET search_path = pg_catalog, pg_temp LANGUAGE sql AS $$
    SELECT $1 IN ('linking.ReviewTask.state', 'casework.Case.next_action',
                  'casework.Case.worker', 'rights.RetentionItem.skipped',
                  'casework.Victimisation.record')
$$;
REVOKE ALL ON FUNCTION public.linking_goes_on(text) FROM PUBLIC;

-- A promise that was planned anew while it was with somebody else runs again as it was, and
-- what took its place is not owed; where that was kept or settled since, it comes along.
CREATE OR REPLACE FUNCTION public.linking_run_again(
    the_clock bigint, at timestamptz
) RETURNS void
VOLATILE SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    chain CONSTANT bigint[] := ARRAY(
        WITH RECURSIVE next AS (
            SELECT k.id, k.replaced_by_id FROM public.journey_clock k
             WHERE k.id = the_clock
             UNION ALL
            SELECT k.id, k.replaced_by_id FROM next n
              JOIN public.journey_clock k ON k.id = n.replaced_by_id)
        SELECT n.id FROM next n WHERE n.id <> the_clock);
BEGIN
    IF cardinality(chain) = 0 THEN
        RETURN;
    END IF;
    UPDATE public.journey_clock k
       SET not_owed_reason = 'not_their_matter', by_fact = false, settled_at = at,
           settled_by_id = ctx.claim(2)
     WHERE k.id = ANY (chain) AND k.replaced_by_id IS NULL AND k.met_on IS NULL
       AND (k.not_owed_reason = '' OR k.by_fact);
    IF FOUND THEN
        UPDATE public.journey_clock k
           SET replaced_by_id = NULL, settled_at = NULL, settled_by_id = NULL
         WHERE k.id = the_clock;
    ELSE
        UPDATE public.journey_clock k SET case_id = h.case_id
          FROM public.journey_clock h WHERE h.id = the_clock AND k.id = ANY (chain);
    END IF;
END $$;
REVOKE ALL ON FUNCTION public.linking_run_again(bigint, timestamptz) FROM PUBLIC;

-- A ground that rests on a crime goes where that crime is, whoever decided it meanwhile.
CREATE OR REPLACE FUNCTION public.linking_grounds_home(cases bigint[]) RETURNS void
VOLATILE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    UPDATE public.assessment_caseground g SET case_id = v.case_id
      FROM public.casework_victimisation v
     WHERE v.id = g.victimisation_id AND g.case_id = ANY (cases)
       AND v.case_id <> g.case_id AND v.case_id = ANY (cases) AND g.ended_at IS NULL
       AND NOT EXISTS (
           SELECT 1 FROM public.assessment_caseground h
            WHERE h.case_id = v.case_id AND h.victimisation_id = g.victimisation_id
              AND h.ended_at IS NULL
              AND (h.ground, h.basis, h.value) = (g.ground, g.basis, g.value))
$$;
REVOKE ALL ON FUNCTION public.linking_grounds_home(bigint[]) FROM PUBLIC;

-- Put one value back. True where it is as joining left it, or may be left; false where
-- somebody has changed it since.
DROP FUNCTION IF EXISTS public.linking_put_back(public.linking_mergemove);
CREATE OR REPLACE FUNCTION public.linking_put_back(
    move public.linking_mergemove, at timestamptz
) RETURNS boolean VOLATILE SET search_path = pg_catalog, public, pg_temp
SET timezone = 'UTC' LANGUAGE plpgsql AS $$
DECLARE
    tbl CONSTANT text := lower(split_part(move.relation, '.', 1) || '_'
                               || split_part(move.relation, '.', 2));
    present jsonb;
BEGIN
    IF move.before = move.after THEN
        RETURN true;
    END IF;
    present := public.linking_values(tbl, move.row, move.after);
    IF present IS DISTINCT FROM move.after THEN
        RETURN public.linking_goes_on(move.relation) OR present = move.before;
    END IF;
    IF move.relation = 'casework.Case' AND EXISTS (
        SELECT 1 FROM public.casework_case c
          JOIN public.casework_case o ON o.person_id = c.person_id AND o.id <> c.id
         WHERE c.id = move.row AND o.status <> 'closed') THEN
        RETURN false;  -- another case was opened since: it would be a second
    END IF;
    PERFORM public.linking_set(tbl, move.row, move.before);
    IF move.relation = 'journey.Clock.case' THEN
        PERFORM public.linking_run_again(move.row, at);
    END IF;
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION public.linking_put_back(public.linking_mergemove, timestamptz)
    FROM PUBLIC;

-- Give records, and what goes with them by person, to somebody.
CREATE OR REPLACE FUNCTION public.linking_give(
    records bigint[], person bigint, why text, at timestamptz
) RETURNS void VOLATILE SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    IF records IS NULL THEN
        RETURN;
    END IF;
    UPDATE public.people_personrecord r SET person_id = person WHERE r.id = ANY (records);
    UPDATE public.linking_linkrecord t SET person_id = person
     WHERE t.record_id = ANY (records);
    UPDATE public.linking_reviewtask t SET person_id = person
     WHERE t.record_id = ANY (records);
    UPDATE public.linking_reviewtask t SET other_person_id = person
     WHERE t.other_id = ANY (records);
    INSERT INTO public.linking_linkdecision
        (area_id, record_id, person_id, rule, matched_on, decided_at, decided_by_id)
    SELECT r.area_id, r.id, person, why, '', at, ctx.claim(2)
      FROM public.people_personrecord r WHERE r.id = ANY (records) ORDER BY r.id;
END $$;
REVOKE ALL ON FUNCTION public.linking_give(bigint[], bigint, text, timestamptz)
    FROM PUBLIC;

-- What keeps somebody safe and was said while two were one holds for both, until
-- somebody says otherwise of one of them.
CREATE OR REPLACE FUNCTION public.linking_keep_safe(
    one bigint, other bigint, made timestamptz, at timestamptz
) RETURNS void VOLATILE SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.casework_conflict
        (public_id, area_id, agency_id, person_id, user_id, kind, found, reason, since,
         made_by_id)
    SELECT gen_random_uuid(), k.area_id, k.agency_id, other, k.user_id, k.kind, k.found,
           k.reason, k.since, k.made_by_id
      FROM public.casework_conflict k
     WHERE k.person_id = one AND k.lifted_at IS NULL AND k.since >= made
       AND NOT EXISTS (SELECT 1 FROM public.casework_conflict h
                        WHERE h.person_id = other AND h.user_id = k.user_id
                          AND h.lifted_at IS NULL);
    -- Kept apart from the two, each is kept apart; the two themselves are never a pair.
    INSERT INTO public.casework_keptapart
        (public_id, area_id, agency_id, victim_id, suspect_id, found, reason, since,
         made_by_id)
    SELECT gen_random_uuid(), x.area_id, x.agency_id,
           CASE x.victim_id WHEN one THEN other ELSE x.victim_id END,
           CASE x.suspect_id WHEN one THEN other ELSE x.suspect_id END,
           x.found, x.reason, x.since, x.made_by_id
      FROM public.casework_keptapart x
     WHERE one IN (x.victim_id, x.suspect_id) AND other NOT IN (x.victim_id, x.suspect_id)
       AND x.lifted_at IS NULL AND x.since >= made
    ON CONFLICT DO NOTHING;
    INSERT INTO public.rights_restriction
        (public_id, area_id, agency_id, request_id, person_id, reason, since, made_by_id)
    SELECT gen_random_uuid(), r.area_id, r.agency_id, r.request_id, other, r.reason,
           r.since, r.made_by_id
      FROM public.rights_restriction r
     WHERE r.person_id = one AND r.lifted_at IS NULL AND r.since >= made
       AND NOT EXISTS (SELECT 1 FROM public.rights_restriction h
                        WHERE h.person_id = other AND h.lifted_at IS NULL);
    UPDATE public.casework_case c SET compartments = c.compartments | 32
     WHERE c.person_id IN (one, other) AND c.compartments & 32 = 0
       AND EXISTS (SELECT 1 FROM public.rights_restriction r
                    WHERE r.person_id = c.person_id AND r.lifted_at IS NULL);
    INSERT INTO public.people_channelsafety
        (area_id, record_id, channel, state, set_at, set_by_id, reason)
    SELECT s.area_id, p.shown_record_id, s.channel, s.state, s.set_at, s.set_by_id,
           s.reason
      FROM public.people_channelsafety s
      JOIN public.people_personrecord r ON r.id = s.record_id AND r.person_id = one
      JOIN public.people_person p ON p.id = other
     WHERE s.state = 'unsafe' AND s.set_at >= made;
    INSERT INTO public.consent_consententry
        (public_id, area_id, agency_id, person_id, kind, purpose, recipient_id, fields,
         basis, way, giver, age, assessed_by, guardian_checked, unsafe_to_ask, said_on,
         words, recorded_by_id, recorded_at)
    SELECT gen_random_uuid(), e.area_id, e.agency_id, other, 'refused', e.purpose,
           e.recipient_id, 0, '', e.way, e.giver, e.age, e.assessed_by,
           e.guardian_checked, e.unsafe_to_ask, e.said_on, e.words, e.recorded_by_id,
           e.recorded_at
      FROM public.consent_consententry e
     WHERE e.person_id = one AND e.kind IN ('refused', 'withdrawn')
       AND e.recorded_at >= made
     ORDER BY e.id;
END $$;
REVOKE ALL ON FUNCTION
    public.linking_keep_safe(bigint, bigint, timestamptz, timestamptz) FROM PUBLIC;

-- A record that says the very same as another of one person has no keys: it is found
-- where that one is. Parted from it, it is given the same.
CREATE OR REPLACE FUNCTION public.linking_find_again(persons bigint[]) RETURNS void
VOLATILE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    WITH form AS (
        SELECT l.area_id, l.record_id, l.person_id,
               ROW(l.given, l.surname, l.root, l.given_code, l.surname_code, l.born,
                   l.sex, l.postcode, l.address, l.phone, l.other_phone, l.email) AS said,
               EXISTS (SELECT 1 FROM public.linking_blockkey k
                        WHERE k.record_id = l.record_id) AS found
          FROM public.linking_linkrecord l WHERE l.person_id = ANY (persons)
    ), lost AS (
        SELECT f.area_id, f.person_id, f.said, min(f.record_id) AS record_id
          FROM form f GROUP BY f.area_id, f.person_id, f.said
        HAVING NOT bool_or(f.found)
    )
    INSERT INTO public.linking_blockkey (area_id, key, record_id)
    SELECT DISTINCT o.area_id, k.key, o.record_id FROM lost o
      JOIN form f ON f.said = o.said AND f.found
      JOIN public.linking_blockkey k ON k.record_id = f.record_id
     ORDER BY 2
$$;
REVOKE ALL ON FUNCTION public.linking_find_again(bigint[]) FROM PUBLIC;

-- Move everything back. `asks` says what was changed since.
CREATE OR REPLACE FUNCTION public.linking_part(
    g public.linking_merge, at timestamptz, OUT asks text[]
) VOLATILE SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    move public.linking_mergemove;
    touched bigint[] := ARRAY(SELECT c.id FROM public.casework_case c
                               WHERE c.person_id IN (g.kept_id, g.gone_id) FOR UPDATE);
    matters CONSTANT bigint[] := ARRAY(
        SELECT m.row FROM public.linking_mergemove m
         WHERE m.merge_id = g.id AND m.relation = 'casework.Victimisation.record');
    back CONSTANT bigint[] := ARRAY(
        SELECT m.row FROM public.linking_mergemove m
         WHERE m.merge_id = g.id AND m.relation = 'people.PersonRecord.person');
BEGIN
    asks := '{}';
    FOR move IN SELECT m.* FROM public.linking_mergemove m
                 WHERE m.merge_id = g.id ORDER BY m."order" DESC LOOP
        IF NOT public.linking_put_back(move, at) THEN
            asks := asks || move.relation;
        END IF;
    END LOOP;
    -- What a force has said anew of a matter that was theirs is theirs.
    PERFORM public.linking_give(
        (SELECT array_agg(DISTINCT v.record_id) FROM public.casework_victimisation v
           JOIN public.people_personrecord r ON r.id = v.record_id
          WHERE v.id = ANY (matters) AND r.person_id = g.kept_id),
        g.gone_id, 'unmerge', at);
    -- A referral that came since goes with its case; one of theirs that went to the
    -- other's case stays there, with its record.
    IF EXISTS (SELECT 1 FROM public.casework_victimisation v
                 JOIN public.people_personrecord r ON r.id = v.record_id
                 JOIN public.casework_case c ON c.id = v.case_id
                WHERE r.person_id IN (g.kept_id, g.gone_id)
                  AND c.person_id IN (g.kept_id, g.gone_id)
                  AND c.person_id <> r.person_id) THEN
        asks := asks || 'casework.Victimisation'::text;
        PERFORM public.linking_give(
            (SELECT array_agg(DISTINCT r.id) FROM public.casework_victimisation v
               JOIN public.people_personrecord r ON r.id = v.record_id
               JOIN public.casework_case c ON c.id = v.case_id
              WHERE r.person_id = other.leaves AND c.person_id = other.goes),
            other.goes, 'unmerge', at)
           FROM (VALUES (g.kept_id, g.gone_id), (g.gone_id, g.kept_id))
             AS other(leaves, goes);
    END IF;
    PERFORM public.linking_grounds_home(touched);
    INSERT INTO public.linking_linkdecision
        (area_id, record_id, person_id, rule, matched_on, decided_at, decided_by_id)
    SELECT r.area_id, r.id, g.gone_id, 'unmerge', '', at, ctx.claim(2)
      FROM public.people_personrecord r
     WHERE r.id = ANY (back) AND r.person_id = g.gone_id ORDER BY r.id;
    PERFORM public.linking_show_own(ARRAY[g.kept_id, g.gone_id]);
    PERFORM public.linking_keep_safe(g.kept_id, g.gone_id, g.made_at, at);
    PERFORM public.linking_keep_safe(g.gone_id, g.kept_id, g.made_at, at);
    PERFORM public.linking_bar_again(ARRAY[g.kept_id, g.gone_id]);
    PERFORM public.linking_find_again(ARRAY[g.kept_id, g.gone_id]);
    INSERT INTO public.casework_casechange (area_id, case_id, at, by_id, kind, words, reason)
    SELECT c.area_id, c.id, at, ctx.claim(2), 'parted',
           'Two people who had been taken for one were parted again', ''
      FROM public.casework_case c WHERE c.id = ANY (touched) ORDER BY c.id;
    UPDATE public.casework_case c SET version = c.version + 1 WHERE c.id = ANY (touched);
    UPDATE public.linking_merge m SET undone_at = at, undone_by_id = ctx.claim(2)
     WHERE m.id = g.id;
END $$;
REVOKE ALL ON FUNCTION public.linking_part(public.linking_merge, timestamptz) FROM PUBLIC;

-- Somebody whose shown record is another's now is shown by the newest of their own.
CREATE OR REPLACE FUNCTION public.linking_show_own(persons bigint[]) RETURNS void
VOLATILE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    UPDATE public.people_person p
       SET shown_by_id = NULL,
           shown_record_id = (SELECT r.id FROM public.people_personrecord r
                               WHERE r.person_id = p.id
                               ORDER BY r.said_at DESC, r.id DESC LIMIT 1)
     WHERE p.id = ANY (persons)
       AND EXISTS (SELECT 1 FROM public.people_personrecord r WHERE r.person_id = p.id)
       AND NOT EXISTS (SELECT 1 FROM public.people_personrecord r
                        WHERE r.id = p.shown_record_id AND r.person_id = p.id)
$$;
REVOKE ALL ON FUNCTION public.linking_show_own(bigint[]) FROM PUBLIC;

-- Why these may not be parted now; NULL where they may.
CREATE OR REPLACE FUNCTION public.linking_why_not_part(g public.linking_merge)
RETURNS text STABLE SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT CASE
        WHEN (g).id IS NULL THEN 'unknown'
        -- The newest first, or a value would be put back under one that lies on it.
        WHEN EXISTS (SELECT 1 FROM public.linking_merge m
                      WHERE m.undone_at IS NULL AND m.id > (g).id
                        AND (m.kept_id = (g).kept_id OR m.gone_id = (g).kept_id))
            THEN 'joined_since'
        WHEN public.linking_unseen(ARRAY[(g).kept_id]) IS NOT NULL
            THEN public.linking_unseen(ARRAY[(g).kept_id])
        WHEN public.linking_kept_apart(ARRAY[(g).kept_id, (g).gone_id]) IS NOT NULL
            THEN public.linking_kept_apart(ARRAY[(g).kept_id, (g).gone_id]) END
$$;
REVOKE ALL ON FUNCTION public.linking_why_not_part(public.linking_merge) FROM PUBLIC;

-- Whether something is shared of one of these on a yes that was the other's.
CREATE OR REPLACE FUNCTION public.linking_rests_on_other(persons bigint[])
RETURNS boolean STABLE SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT EXISTS (SELECT 1 FROM public.referrals_caseshare s
                     JOIN public.casework_case c ON c.id = s.case_id
                     JOIN public.consent_consententry e ON e.id = s.entry_id
                    WHERE c.person_id = ANY (persons) AND s.ended_at IS NULL
                      AND e.person_id <> c.person_id)
$$;
REVOKE ALL ON FUNCTION public.linking_rests_on_other(bigint[]) FROM PUBLIC;

-- Part two people who were joined, or say why not. `asks` names what was changed since:
-- nothing is done about that unless `leave_changed`. With `only_try` it is undone at
-- once. `never_again` keeps them from being linked or proposed again.
CREATE OR REPLACE FUNCTION public.linking_unmerge(
    the_merge uuid, why text, leave_changed boolean, never_again boolean,
    only_try boolean, number uuid, at timestamptz
) RETURNS TABLE (refusal text, kept uuid, gone uuid, moves jsonb, asks text[])
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    g public.linking_merge;
BEGIN
    -- What one has just joined oneself, one may take back in the same sitting.
    refusal := coalesce(
        public.linking_may_merge(NOT only_try, (
            SELECT public.linking_sitting_minutes() FROM public.linking_merge m
             WHERE m.public_id = the_merge AND m.made_by_id = ctx.claim(2)
               AND m.made_at > at - public.linking_sitting_minutes()
                                    * interval '1 minute')),
        CASE WHEN NOT public.linking_alone_soon() THEN 'busy' END);
    SELECT m.* INTO g FROM public.linking_merge m
     WHERE m.public_id = the_merge AND m.area_id = ctx.claim(4) AND m.undone_at IS NULL
       FOR UPDATE;
    PERFORM 1 FROM public.people_person p WHERE p.id IN (g.kept_id, g.gone_id)
      ORDER BY p.id FOR UPDATE;
    SELECT p.public_id INTO kept FROM public.people_person p WHERE p.id = g.kept_id;
    SELECT p.public_id INTO gone FROM public.people_person p WHERE p.id = g.gone_id;
    refusal := coalesce(refusal, public.linking_why_not_part(g),
                        CASE WHEN btrim(why) = '' AND NOT only_try THEN 'reason' END);
    IF refusal IS NULL THEN
        moves := public.linking_tally(g.id);
        BEGIN
            asks := public.linking_part(g, at);
            IF public.linking_rests_on_other(ARRAY[g.kept_id, g.gone_id]) THEN
                refusal := 'share_since';
            END IF;
            IF only_try OR refusal IS NOT NULL
               OR cardinality(asks) > 0 AND NOT leave_changed THEN
                RAISE SQLSTATE 'AL001';
            END IF;
            UPDATE public.linking_merge m SET undone_reason = btrim(why)
             WHERE m.id = g.id;
            IF never_again THEN
                INSERT INTO public.linking_neverlink
                    (area_id, low_id, high_id, reason, made_at, made_by_id)
                SELECT g.area_id, least(k.shown_record_id, o.shown_record_id),
                       greatest(k.shown_record_id, o.shown_record_id), btrim(why), at,
                       ctx.claim(2)
                  FROM public.people_person k, public.people_person o
                 WHERE k.id = g.kept_id AND o.id = g.gone_id
                ON CONFLICT DO NOTHING;
            END IF;
            PERFORM audit.record('person.unmerge', 'merge', the_merge, ARRAY[kept, gone],
                                 '', number, at);
        EXCEPTION WHEN SQLSTATE 'AL001' THEN
            NULL;  -- everything since BEGIN is undone; what was learnt is kept
        END;
    END IF;
    IF refusal IS NOT NULL AND NOT only_try THEN
        PERFORM audit.record('person.merge_refused', 'merge', NULL, '{}', refusal, number,
                             at);
    END IF;
    RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION public.linking_unmerge(uuid, text, boolean, boolean, boolean, uuid,
    timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_unmerge(uuid, text, boolean, boolean, boolean,
    uuid, timestamptz) TO alongside_app;
