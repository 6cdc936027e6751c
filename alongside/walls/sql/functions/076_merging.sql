-- Joining two people who turned out to be one. Applied by the owner after every
-- migrate; safe to repeat. Parting them again is in 078_parting.sql.
--
-- Every value that joining changes is written into linking_mergemove, with what it was
-- and what it became; parting goes by that and by nothing else.

-- What points at a person and follows them: relation, table, column. The rest of
-- `care/linking/tables.py` MERGE_ROWS goes with its record or stays; a test holds the
-- two lists together. A table that is not there is passed over.
CREATE OR REPLACE FUNCTION public.linking_followers()
RETURNS TABLE (n int, relation text, tbl text, col text, unless_held text)
IMMUTABLE SET search_path = pg_catalog, pg_temp LANGUAGE sql AS $$
    VALUES
    (1, 'people.PersonRecord.person', 'people_personrecord', 'person_id', ''),
    (2, 'linking.LinkRecord.person', 'linking_linkrecord', 'person_id', ''),
    (4, 'linking.ReviewTask.person', 'linking_reviewtask', 'person_id', ''),
    (5, 'linking.ReviewTask.other_person', 'linking_reviewtask', 'other_person_id', ''),
    (6, 'consent.ConsentEntry.person', 'consent_consententry', 'person_id', ''),
    (7, 'casework.Case.person', 'casework_case', 'person_id', ''),
    (8, 'rights.RightsRequest.person', 'rights_rightsrequest', 'person_id', ''),
    (9, 'rights.Correction.person', 'rights_correction', 'person_id', ''),
    -- Kept by both where both have it: what bars or restricts one bars both anyway.
    (10, 'rights.Restriction.person', 'rights_restriction', 'person_id',
         'NOT EXISTS (SELECT 1 FROM public.rights_restriction h WHERE h.person_id = $1'
         ' AND h.lifted_at IS NULL AND t.lifted_at IS NULL)'),
    (11, 'casework.Conflict.person', 'casework_conflict', 'person_id',
         'NOT EXISTS (SELECT 1 FROM public.casework_conflict h WHERE h.person_id = $1'
         ' AND h.user_id = t.user_id AND h.lifted_at IS NULL AND t.lifted_at IS NULL)'),
    -- The two sides of one crime are never joined: what is left was lifted, and stays.
    (12, 'casework.KeptApart.victim', 'casework_keptapart', 'victim_id',
         't.suspect_id <> $1 AND NOT EXISTS (SELECT 1 FROM public.casework_keptapart h'
         ' WHERE (h.victim_id, h.suspect_id) = ($1, t.suspect_id)'
         ' AND h.lifted_at IS NULL AND t.lifted_at IS NULL)'),
    (13, 'casework.KeptApart.suspect', 'casework_keptapart', 'suspect_id',
         't.victim_id <> $1 AND NOT EXISTS (SELECT 1 FROM public.casework_keptapart h'
         ' WHERE (h.victim_id, h.suspect_id) = (t.victim_id, $1)'
         ' AND h.lifted_at IS NULL AND t.lifted_at IS NULL)'),
    -- Nobody stands around themselves: what was said of the two stays where it is.
    (14, 'people.Relationship.person', 'people_relationship', 'person_id',
         't.other_id IS DISTINCT FROM $1'),
    (15, 'people.Relationship.other', 'people_relationship', 'other_id',
         't.person_id <> $1'),
    (16, 'planning.WarningNote.person', 'planning_warningnote', 'person_id', '')
$$;
REVOKE ALL ON FUNCTION public.linking_followers() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_followers() TO alongside_app;

-- Have every row of a table that points at one person point at another, and write each
-- down. How many.
CREATE OR REPLACE FUNCTION public.linking_repoint(
    the_merge bigint, relation text, tbl text, col text, old bigint, new bigint,
    which text
) RETURNS int VOLATILE SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    many int;
BEGIN
    EXECUTE format(
        'WITH moved AS (UPDATE public.%1$I t SET %2$I = $1 WHERE t.%2$I = $2 AND (%3$s)'
        ' RETURNING t.id)'
        ' INSERT INTO public.linking_mergemove'
        ' (area_id, merge_id, "order", relation, row, before, after)'
        ' SELECT g.area_id, g.id, row_number() OVER (ORDER BY m.id) + (SELECT count(*)'
        ' FROM public.linking_mergemove o WHERE o.merge_id = g.id), $4, m.id,'
        ' jsonb_build_object(%2$L, $2), jsonb_build_object(%2$L, $1)'
        ' FROM moved m, public.linking_merge g WHERE g.id = $3',
        tbl, col, coalesce(nullif(which, ''), 'true'))
      USING new, old, the_merge, relation;
    GET DIAGNOSTICS many = ROW_COUNT;
    RETURN many;
END $$;
REVOKE ALL ON FUNCTION public.linking_repoint(bigint, text, text, text, bigint, bigint,
    text) FROM PUBLIC;

-- The columns of a row that `wanted` names, as they are.
CREATE OR REPLACE FUNCTION public.linking_values(tbl text, the_row bigint, wanted jsonb)
RETURNS jsonb STABLE SET search_path = pg_catalog, public, pg_temp
SET timezone = 'UTC' LANGUAGE plpgsql AS $$
DECLARE
    found jsonb;
BEGIN
    EXECUTE format('SELECT jsonb_object_agg(k.key, to_jsonb(t) -> k.key)'
                   ' FROM public.%I t, jsonb_each($1) k WHERE t.id = $2', tbl)
       INTO found USING wanted, the_row;
    RETURN found;
END $$;
REVOKE ALL ON FUNCTION public.linking_values(text, bigint, jsonb) FROM PUBLIC;

-- Give columns of a row these values.
CREATE OR REPLACE FUNCTION public.linking_set(tbl text, the_row bigint, wanted jsonb)
RETURNS void VOLATILE SET search_path = pg_catalog, public, pg_temp
SET timezone = 'UTC' LANGUAGE plpgsql AS $$
DECLARE
    names text;
BEGIN
    SELECT string_agg(quote_ident(k), ', ') INTO names FROM jsonb_object_keys(wanted) k;
    EXECUTE format('UPDATE public.%1$I t SET (%2$s) = (SELECT %2$s'
                   ' FROM jsonb_populate_record(NULL::public.%1$I, $1))'
                   ' WHERE t.id = $2', tbl, names) USING wanted, the_row;
END $$;
REVOKE ALL ON FUNCTION public.linking_set(text, bigint, jsonb) FROM PUBLIC;

-- Write down a change of one row.
CREATE OR REPLACE FUNCTION public.linking_note(
    the_merge bigint, relation text, the_row bigint, before jsonb, after jsonb
) RETURNS void VOLATILE SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    INSERT INTO public.linking_mergemove
        (area_id, merge_id, "order", relation, row, before, after)
    SELECT g.area_id, g.id, 1 + (SELECT count(*) FROM public.linking_mergemove o
                                  WHERE o.merge_id = g.id), $2, $3, $4, $5
      FROM public.linking_merge g WHERE g.id = $1
$$;
REVOKE ALL ON FUNCTION public.linking_note(bigint, text, bigint, jsonb, jsonb) FROM PUBLIC;

-- Change some columns of one row and write it down; nothing where they are so already.
CREATE OR REPLACE FUNCTION public.linking_change(
    the_merge bigint, relation text, tbl text, the_row bigint, wanted jsonb
) RETURNS void VOLATILE SET search_path = pg_catalog, public, pg_temp
SET timezone = 'UTC' LANGUAGE plpgsql AS $$
DECLARE
    before CONSTANT jsonb := public.linking_values(tbl, the_row, wanted);
    after jsonb;
BEGIN
    PERFORM public.linking_set(tbl, the_row, wanted);
    after := public.linking_values(tbl, the_row, wanted);
    IF before IS DISTINCT FROM after THEN
        PERFORM public.linking_note(the_merge, relation, the_row, before, after);
    END IF;
END $$;
REVOKE ALL ON FUNCTION public.linking_change(bigint, text, text, bigint, jsonb) FROM PUBLIC;

-- How a case is named on pages.
CREATE OR REPLACE FUNCTION public.linking_case_name(the_case uuid) RETURNS text
IMMUTABLE SET search_path = pg_catalog, pg_temp LANGUAGE sql AS $$
    SELECT upper(left(the_case::text, 4) || '-' || substr(the_case::text, 5, 4))
$$;
REVOKE ALL ON FUNCTION public.linking_case_name(uuid) FROM PUBLIC;

-- Whether the actor may see, whole, everything about these people that anybody holds:
-- 'unknown' where one of them is not theirs to know of, 'not_all' where something is
-- hidden from them, 'elsewhere' where another agency holds a part; NULL where they may.
CREATE OR REPLACE FUNCTION public.linking_unseen(persons bigint[]) RETURNS text
STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    who bigint := ctx.claim(2);
    ours bigint := ctx.claim(3);
    cleared int := coalesce(ctx.claim(6), 0);
BEGIN
    IF (SELECT count(DISTINCT m.person_id) FROM public.people_may_see(persons, 1) m)
       <> cardinality(persons) THEN
        RETURN 'unknown';
    END IF;
    IF EXISTS (SELECT 1 FROM public.casework_case c
                WHERE c.person_id = ANY (persons) AND c.agency_id <> ours)
       OR EXISTS (SELECT 1 FROM public.people_personrecord r
                    JOIN public.casework_victimisation v ON v.record_id = r.id
                   WHERE r.person_id = ANY (persons) AND v.agency_id <> ours) THEN
        RETURN 'elsewhere';
    END IF;
    IF EXISTS (
        SELECT 1 FROM public.casework_case c
         WHERE c.person_id = ANY (persons) AND NOT EXISTS (
            SELECT 1 FROM public.casework_caseaccess a
             WHERE a.case_id = c.id AND a.agency_id = ours AND a.fields = 255
               AND (a.user_id = who OR a.user_id IS NULL AND cleared & 64 <> 0)
               AND (a.until IS NULL OR a.until > statement_timestamp())
               AND a.compartments & ~cleared = 0
               AND (a.barred IS NULL OR who <> ALL (a.barred)))) THEN
        RETURN 'not_all';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.linking_unseen(bigint[]) FROM PUBLIC;

-- Why nothing may be joined or parted about these people now; NULL where it may.
CREATE OR REPLACE FUNCTION public.linking_kept_apart(persons bigint[]) RETURNS text
STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT CASE
        WHEN EXISTS (SELECT public.rights_kept_by_law(persons)) THEN 'legal_hold'
        WHEN EXISTS (SELECT 1 FROM public.rights_erasure e
                      WHERE e.person_id = ANY (persons) AND e.done_at IS NULL
                        AND e.declined_at IS NULL) THEN 'erasure' END
$$;
REVOKE ALL ON FUNCTION public.linking_kept_apart(bigint[]) FROM PUBLIC;

-- How old the second factor may be of who works at the review desk, in minutes. The same
-- number is a row of care/linking/data/limits.toml; a test compares them.
CREATE OR REPLACE FUNCTION public.linking_sitting_minutes() RETURNS int
IMMUTABLE SET search_path = pg_catalog, pg_temp LANGUAGE sql AS $$
    SELECT 30
$$;
REVOKE ALL ON FUNCTION public.linking_sitting_minutes() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_sitting_minutes() TO alongside_app;

-- Whether whoever acts has just answered, at the desk, that these two are one.
CREATE OR REPLACE FUNCTION public.linking_just_answered(
    one uuid, other uuid, at timestamptz
) RETURNS boolean STABLE SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.people_person p
          JOIN public.linking_reviewtask t ON p.id IN (t.person_id, t.other_person_id)
          JOIN public.people_person o
            ON o.id = t.person_id + t.other_person_id - p.id AND o.public_id = other
         WHERE p.public_id = one AND t.state = 'same' AND t.answered_at = at
           AND t.answered_by_id = ctx.claim(2) AND t.repeat_of_id IS NULL)
$$;
REVOKE ALL ON FUNCTION public.linking_just_answered(uuid, uuid, timestamptz) FROM PUBLIC;

-- Who may join and part people at all, and whether they proved who they are lately: in
-- the last `minutes`, the usual limit where none are given.
DROP FUNCTION IF EXISTS public.linking_may_merge(boolean);
CREATE OR REPLACE FUNCTION public.linking_may_merge(fresh boolean, minutes int)
RETURNS text STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT CASE
        WHEN coalesce(ctx.claim(6), 0) & 128 = 0
             OR NOT public.guarding_holds(ARRAY['supervisor', 'information_governance'])
            THEN 'role'
        WHEN fresh AND NOT public.guarding_is_fresh(
                 coalesce(minutes, public.guarding_limit('factor_minutes')))
            THEN 'stale' END
$$;
REVOKE ALL ON FUNCTION public.linking_may_merge(boolean, int) FROM PUBLIC;

-- Let nobody else add or join people of the area until this transaction ends (as
-- linking_alone), waiting a little; false where somebody, a delivery most likely, goes
-- on. Before any row is locked: whoever adds people takes the two in this order.
CREATE OR REPLACE FUNCTION public.linking_alone_soon() RETURNS boolean
VOLATILE SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '3s'
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('alongside linking'), ctx.claim(4)::int);
    RETURN true;
EXCEPTION WHEN lock_not_available THEN
    RETURN false;
END $$;
REVOKE ALL ON FUNCTION public.linking_alone_soon() FROM PUBLIC;

-- Whether a yes that an open share rests on would be ended by what the other said.
CREATE OR REPLACE FUNCTION public.linking_consents_differ(one bigint, other bigint)
RETURNS boolean STABLE SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.referrals_caseshare s
          JOIN public.consent_consententry e ON e.id = s.entry_id AND e.kind = 'given'
          JOIN public.consent_consententry no ON no.id > e.id
           AND no.kind IN ('refused', 'withdrawn') AND no.agency_id = e.agency_id
           AND no.purpose = e.purpose
           AND no.recipient_id IS NOT DISTINCT FROM e.recipient_id
         WHERE s.ended_at IS NULL
           AND (e.person_id, no.person_id) IN ((one, other), (other, one)))
$$;
REVOKE ALL ON FUNCTION public.linking_consents_differ(bigint, bigint) FROM PUBLIC;

-- Why these two may not be joined; NULL where they may.
CREATE OR REPLACE FUNCTION public.linking_why_not(one bigint, other bigint)
RETURNS text STABLE SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT CASE
        WHEN one IS NULL OR other IS NULL THEN 'unknown'
        WHEN one = other THEN 'same'
        WHEN public.linking_unseen(ARRAY[one, other]) IS NOT NULL
            THEN public.linking_unseen(ARRAY[one, other])
        -- Not said in so many words: only those who govern know of such a pair.
        WHEN public.casework_are_two_sides(one, other) THEN 'not_all'
        WHEN EXISTS (
            SELECT 1 FROM public.linking_neverlink n
              JOIN public.people_personrecord l ON l.id = n.low_id
              JOIN public.people_personrecord h ON h.id = n.high_id
             WHERE n.lifted_at IS NULL
               AND (l.person_id, h.person_id) IN ((one, other), (other, one)))
            THEN 'never_link'
        WHEN public.linking_kept_apart(ARRAY[one, other]) IS NOT NULL
            THEN public.linking_kept_apart(ARRAY[one, other])
        WHEN public.linking_consents_differ(one, other) THEN 'consent' END
$$;
REVOKE ALL ON FUNCTION public.linking_why_not(bigint, bigint) FROM PUBLIC;

-- What somebody should know who is about to join these two, as codes.
CREATE OR REPLACE FUNCTION public.linking_warnings(one bigint, other bigint)
RETURNS text[] STABLE SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    WITH points AS (
        SELECT r.person_id, CASE WHEN c.kind IN ('mobile', 'home_phone') THEN 'phone'
                                 ELSE c.kind END AS kind,
               CASE c.kind WHEN 'address' THEN lower(c.value || ' ' || c.postcode)
                           ELSE c.value END AS value
          FROM public.people_contactpoint c
          JOIN public.people_personrecord r ON r.id = c.record_id
         WHERE r.person_id IN (one, other) AND c.value <> ''
    ), shared AS (
        SELECT DISTINCT a.kind FROM points a JOIN points b USING (kind, value)
         WHERE a.person_id = one AND b.person_id = other
    ), mark AS (
        SELECT DISTINCT ON (r.person_id, s.channel) r.person_id, s.channel, s.state
          FROM public.people_channelsafety s
          JOIN public.people_personrecord r ON r.id = s.record_id
         WHERE r.person_id IN (one, other)
         ORDER BY r.person_id, s.channel, s.set_at DESC, s.id DESC
    ), wall AS (
        SELECT c.person_id, bit_or(c.compartments) AS mask FROM public.casework_case c
         WHERE c.person_id IN (one, other) GROUP BY c.person_id
    ), shown AS (
        SELECT p.id, r.date_of_birth, r.gender FROM public.people_person p
          JOIN public.people_personrecord r ON r.id = p.shown_record_id
         WHERE p.id IN (one, other)
    )
    SELECT array_remove(ARRAY[
        CASE WHEN EXISTS (SELECT 1 FROM shared WHERE kind = 'phone')
             THEN 'shared_phone' END,
        CASE WHEN EXISTS (SELECT 1 FROM shared WHERE kind = 'address')
             THEN 'shared_address' END,
        CASE WHEN (SELECT count(DISTINCT date_of_birth) FROM shown) > 1
             THEN 'births_differ' END,
        CASE WHEN EXISTS (SELECT 1 FROM mark a JOIN mark b USING (channel)
                           WHERE a.person_id = one AND b.person_id = other
                             AND a.state <> b.state) THEN 'marks_differ' END,
        CASE WHEN EXISTS (SELECT 1 FROM mark) THEN 'not_confirmed' END,
        CASE WHEN coalesce((SELECT mask FROM wall WHERE person_id = one), 0)
                  <> coalesce((SELECT mask FROM wall WHERE person_id = other), 0)
             THEN 'walls_differ' END,
        CASE WHEN EXISTS (SELECT 1 FROM public.linking_householdhint h
                           WHERE (h.low_id, h.high_id)
                                 IN ((one, other), (other, one))) THEN 'household' END,
        CASE WHEN EXISTS (SELECT 1 FROM public.casework_conflict k
                           WHERE k.person_id IN (one, other) AND k.lifted_at IS NULL
                             AND k.user_id <> ctx.claim(2)) THEN 'barred' END,
        CASE WHEN EXISTS (SELECT 1 FROM public.referrals_caseshare s
                            JOIN public.casework_case c ON c.id = s.case_id
                           WHERE c.person_id IN (one, other) AND s.ended_at IS NULL)
             THEN 'shared_case' END,
        CASE WHEN EXISTS (SELECT 1 FROM public.casework_victimisation a
                            JOIN public.people_personrecord ra ON ra.id = a.record_id
                            JOIN public.casework_victimisation b
                              ON b.crime_key = a.crime_key
                            JOIN public.people_personrecord rb ON rb.id = b.record_id
                           WHERE ra.person_id = one AND rb.person_id = other)
             THEN 'same_crime' END], NULL)
$$;
REVOKE ALL ON FUNCTION public.linking_warnings(bigint, bigint) FROM PUBLIC;

-- Of two open cases one stays: the one with the higher need, then one that is being
-- worked, then the older. The other ends, and what is still to be done goes along.
CREATE OR REPLACE FUNCTION public.linking_join_cases(
    the_merge bigint, kept bigint, gone bigint, at timestamptz
) RETURNS uuid VOLATILE SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    stays public.casework_case;
    ends public.casework_case;
    one record;
BEGIN
    SELECT c.* INTO stays FROM public.casework_case c
     WHERE c.person_id IN (kept, gone) AND c.status <> 'closed'
     ORDER BY c.high_risk DESC, c.tier = 'enhanced' DESC, c.status = 'open' DESC,
              c.opened_at, c.id LIMIT 1;
    SELECT c.* INTO ends FROM public.casework_case c
     WHERE c.person_id IN (kept, gone) AND c.status <> 'closed' AND c.id <> stays.id;
    IF ends.id IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM public.linking_change(the_merge, 'casework.Case', 'casework_case', ends.id,
        jsonb_build_object('status', 'closed', 'closed_at', at,
            'disposition', 'joined', 'next_action', '', 'next_action_on', NULL));
    PERFORM public.linking_change(the_merge, 'casework.Case.tier', 'casework_case',
        stays.id, jsonb_build_object('tier',
            CASE WHEN ends.tier = 'enhanced' THEN ends.tier ELSE stays.tier END));
    PERFORM public.linking_change(the_merge, 'casework.Case.high_risk', 'casework_case',
        stays.id, jsonb_build_object('high_risk', stays.high_risk OR ends.high_risk));
    IF ends.status = 'open' AND (stays.status <> 'open'
            OR ends.next_action_on < coalesce(stays.next_action_on, 'infinity')) THEN
        PERFORM public.linking_change(the_merge, 'casework.Case.next_action',
            'casework_case', stays.id, jsonb_build_object('status', 'open',
                'next_action', ends.next_action,
                'next_action_on', ends.next_action_on));
    END IF;
    -- What is still to be done goes to the case that stays; what was done remains.
    FOR one IN
        SELECT 1 AS n, 'casework.Victimisation.case' AS relation,
               'casework_victimisation' AS tbl, v.id
          FROM public.casework_victimisation v WHERE v.case_id = ends.id
         UNION ALL
        SELECT 2, 'assessment.CaseGround.case', 'assessment_caseground', g.id
          FROM public.assessment_caseground g
         WHERE g.case_id = ends.id AND g.ended_at IS NULL AND NOT EXISTS (
               SELECT 1 FROM public.assessment_caseground h
                WHERE h.case_id = stays.id AND h.ended_at IS NULL
                  AND h.victimisation_id IS NOT DISTINCT FROM g.victimisation_id
                  AND (h.ground, h.basis, h.value) = (g.ground, g.basis, g.value))
         UNION ALL
        SELECT 3, 'journey.Clock.case', 'journey_clock', k.id
          FROM public.journey_clock k
         WHERE k.case_id = ends.id AND k.met_on IS NULL AND k.replaced_by_id IS NULL
           AND (k.not_owed_reason = '' OR k.by_fact)
         UNION ALL
        SELECT 4, 'casework.Task.case', 'casework_task', t.id
          FROM public.casework_task t
         WHERE t.case_id = ends.id AND t.state = 'open' AND NOT EXISTS (
               SELECT 1 FROM public.casework_task u
                WHERE u.case_id = stays.id AND u.state = 'open' AND u.source <> ''
                  AND (u.kind, u.source) = (t.kind, t.source))
         UNION ALL
        SELECT 5, 'assessment.Assessment.case', 'assessment_assessment', a.id
          FROM public.assessment_assessment a
         WHERE a.case_id = ends.id AND a.state = 'draft' AND NOT EXISTS (
               SELECT 1 FROM public.assessment_assessment h
                WHERE h.case_id = stays.id AND h.state = 'draft'
                  AND h.instrument = a.instrument)
         UNION ALL
        SELECT 6, 'code_rights.RightRecord.case', 'code_rights_rightrecord', r.id
          FROM public.code_rights_rightrecord r WHERE r.case_id = ends.id
         UNION ALL
        SELECT 7, 'code_rights.RightStep.case', 'code_rights_rightstep', s.id
          FROM public.code_rights_rightstep s WHERE s.case_id = ends.id
         UNION ALL
        SELECT 8, 'information_requests.InformationRequest.case',
               'information_requests_informationrequest', q.id
          FROM public.information_requests_informationrequest q
         WHERE q.case_id = ends.id AND q.ended_at IS NULL
         UNION ALL
        SELECT 9, 'telling.Update.case', 'telling_update', u.id
          FROM public.telling_update u
         WHERE u.case_id = ends.id AND u.state IN ('drafted', 'failed')
           AND NOT EXISTS (
               SELECT 1 FROM public.telling_update h
                WHERE h.case_id = stays.id AND h.event_id = u.event_id
                  AND h.state <> 'dropped')
         UNION ALL
        SELECT 10, 'journey.Wish.case', 'journey_wish', w.id
          FROM public.journey_wish w
         WHERE w.case_id = ends.id AND (w.until IS NOT NULL OR NOT EXISTS (
               SELECT 1 FROM public.journey_wish h
                WHERE h.case_id = stays.id AND h.until IS NULL))
         UNION ALL
        SELECT 11, 'journey.OutOfReach.case', 'journey_outofreach', o.id
          FROM public.journey_outofreach o
         WHERE o.case_id = ends.id AND (o.until IS NOT NULL OR NOT EXISTS (
               SELECT 1 FROM public.journey_outofreach h
                WHERE h.case_id = stays.id AND h.until IS NULL
                  AND (h.basis, h.holder) = (o.basis, o.holder)))
         ORDER BY 1, 4
    LOOP
        PERFORM public.linking_change(the_merge, one.relation, one.tbl, one.id,
                                      jsonb_build_object('case_id', stays.id));
    END LOOP;
    INSERT INTO public.casework_casechange (area_id, case_id, at, by_id, kind, words, reason)
    VALUES (ends.area_id, ends.id, at, ctx.claim(2), 'joined',
            'Closed: joined with case ' || public.linking_case_name(stays.public_id), ''),
           (stays.area_id, stays.id, at, ctx.claim(2), 'joined',
            'Case ' || public.linking_case_name(ends.public_id) || ' is joined with this'
            ' one: both are about one person', '');
    RETURN ends.public_id;
END $$;
REVOKE ALL ON FUNCTION public.linking_join_cases(bigint, bigint, bigint, timestamptz)
    FROM PUBLIC;

-- Households follow. One that would be a person's with themselves, or named twice, stays
-- where it is, where nobody sees it.
CREATE OR REPLACE FUNCTION public.linking_join_households(
    the_merge bigint, kept bigint, gone bigint
) RETURNS void VOLATILE SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    hint record;
BEGIN
    FOR hint IN SELECT h.id, h.low_id + h.high_id - gone AS mate
                  FROM public.linking_householdhint h
                 WHERE gone IN (h.low_id, h.high_id) ORDER BY h.id LOOP
        CONTINUE WHEN hint.mate = kept OR EXISTS (
            SELECT 1 FROM public.linking_householdhint h
             WHERE h.low_id = least(hint.mate, kept)
               AND h.high_id = greatest(hint.mate, kept));
        PERFORM public.linking_change(the_merge, 'linking.HouseholdHint.low',
            'linking_householdhint', hint.id, jsonb_build_object(
                'low_id', least(hint.mate, kept), 'high_id', greatest(hint.mate, kept)));
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION public.linking_join_households(bigint, bigint, bigint) FROM PUBLIC;

-- Who is barred from these people, and from whoever is kept apart from them, is barred
-- from each of their cases.
CREATE OR REPLACE FUNCTION public.linking_bar_again(persons bigint[]) RETURNS void
VOLATILE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT public.casework_bar_anew($1 || public.casework_sides_of($1))
$$;
REVOKE ALL ON FUNCTION public.linking_bar_again(bigint[]) FROM PUBLIC;

-- Every case of one person stands behind every wall that any of them stood behind, and a
-- worker who may not pass goes back to the team. `passes` says by role, `walls` by name
-- of a clearance, what is passed (as casework_return_uncleared).
CREATE OR REPLACE FUNCTION public.linking_join_walls(
    the_merge bigint, person bigint, passes jsonb, walls jsonb, at timestamptz
) RETURNS void VOLATILE SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    one record;
    every int := (SELECT coalesce(bit_or(c.compartments), 0) FROM public.casework_case c
                   WHERE c.person_id = person);
    restricted CONSTANT int := 32;  -- nobody's work: kept and not used
BEGIN
    FOR one IN SELECT c.id FROM public.casework_case c WHERE c.person_id = person
                ORDER BY c.id LOOP
        PERFORM public.linking_change(the_merge, 'casework.Case.compartments',
            'casework_case', one.id, jsonb_build_object('compartments', every));
    END LOOP;
    PERFORM public.linking_bar_again(ARRAY[person]);
    FOR one IN
        SELECT c.id, c.area_id, c.agency_id, c.public_id FROM public.casework_case c
         WHERE c.person_id = person AND c.status <> 'closed' AND c.worker_id IS NOT NULL
           AND (c.worker_id = ANY (public.casework_barred_from(person))
                OR every & ~restricted & ~(
                   coalesce((SELECT bit_or((passes ->> m.role)::int)
                               FROM public.accounts_membership m
                              WHERE m.user_id = c.worker_id
                                AND m.agency_id = c.agency_id AND passes ? m.role
                                AND (m.until IS NULL
                                     OR m.until > statement_timestamp())), 0)
                   | coalesce((SELECT bit_or((walls ->> k.compartment)::int)
                                 FROM public.accounts_clearance k
                                WHERE k.user_id = c.worker_id
                                  AND walls ? k.compartment
                                  AND (k.until IS NULL OR k.until
                                       > statement_timestamp())), 0)) <> 0)
    LOOP
        PERFORM public.linking_change(the_merge, 'casework.Case.worker',
            'casework_case', one.id, jsonb_build_object('worker_id', NULL));
        INSERT INTO public.casework_casechange
            (area_id, case_id, at, by_id, kind, words, reason)
        VALUES (one.area_id, one.id, at, ctx.claim(2), 'joined',
                'Returned to the team''s queue: its worker may not see what was joined',
                '');
        INSERT INTO public.accounts_notice
            (area_id, agency_id, to_role, kind, words, subject_kind, subject_id, at)
        VALUES (one.area_id, one.agency_id, 'supervisor', 'compartment',
                'A case has lost its worker, who may not see what was joined with it. It'
                ' waits in the team''s queue.', 'case', one.public_id, at);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION
    public.linking_join_walls(bigint, bigint, jsonb, jsonb, timestamptz) FROM PUBLIC;

-- Records that have changed hands: why, for whoever asks later.
CREATE OR REPLACE FUNCTION public.linking_decide(
    the_merge bigint, person bigint, the_rule text, at timestamptz
) RETURNS void VOLATILE SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    INSERT INTO public.linking_linkdecision
        (area_id, record_id, person_id, rule, matched_on, decided_at, decided_by_id)
    SELECT m.area_id, m.row, $2, $3, '', $4, ctx.claim(2)
      FROM public.linking_mergemove m
     WHERE m.merge_id = $1 AND m.relation = 'people.PersonRecord.person' ORDER BY m.row
$$;
REVOKE ALL ON FUNCTION public.linking_decide(bigint, bigint, text, timestamptz)
    FROM PUBLIC;

-- What a merge moves, counted by relation.
CREATE OR REPLACE FUNCTION public.linking_tally(the_merge bigint) RETURNS jsonb
STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT coalesce(jsonb_object_agg(told.relation, told.many), '{}') FROM (
        SELECT m.relation, count(*) AS many FROM public.linking_mergemove m
         WHERE m.merge_id = $1 AND m.before IS DISTINCT FROM m.after
         GROUP BY m.relation) told
$$;
REVOKE ALL ON FUNCTION public.linking_tally(bigint) FROM PUBLIC;

-- Move everything, once all has been asked. The merge's key.
CREATE OR REPLACE FUNCTION public.linking_join(
    kept bigint, gone bigint, why text, passes jsonb, walls jsonb, at timestamptz,
    OUT made bigint, OUT closed uuid
) VOLATILE SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    one record;
    touched bigint[] := ARRAY(SELECT c.id FROM public.casework_case c
                               WHERE c.person_id IN (kept, gone) FOR UPDATE);
BEGIN
    INSERT INTO public.linking_merge
        (public_id, area_id, kept_id, gone_id, reason, made_at, made_by_id)
    VALUES (gen_random_uuid(), ctx.claim(4), kept, gone, why, at, ctx.claim(2))
    RETURNING id INTO made;
    -- Which matters were whose, for records that come for them later.
    FOR one IN SELECT v.id, v.record_id FROM public.casework_victimisation v
                 JOIN public.people_personrecord r ON r.id = v.record_id
                WHERE r.person_id = gone ORDER BY v.id LOOP
        PERFORM public.linking_note(made, 'casework.Victimisation.record', one.id,
            jsonb_build_object('record_id', one.record_id),
            jsonb_build_object('record_id', one.record_id));
    END LOOP;
    closed := public.linking_join_cases(made, kept, gone, at);
    FOR one IN SELECT f.* FROM public.linking_followers() f
                WHERE to_regclass('public.' || f.tbl) IS NOT NULL ORDER BY f.n LOOP
        PERFORM public.linking_repoint(made, one.relation, one.tbl, one.col, gone, kept,
                                       one.unless_held);
    END LOOP;
    FOR one IN SELECT t.id FROM public.linking_reviewtask t
                WHERE t.person_id = kept AND t.other_person_id = kept
                  AND t.repeat_of_id IS NULL
                  AND t.state IN ('open', 'asked') ORDER BY t.id LOOP
        PERFORM public.linking_change(made, 'linking.ReviewTask.state',
            'linking_reviewtask', one.id, '{"state": "settled"}');
    END LOOP;
    FOR one IN SELECT i.id FROM public.rights_retentionitem i
                WHERE i.person_id IN (kept, gone) AND i.done_at IS NULL
                  AND i.skipped = '' ORDER BY i.id LOOP
        PERFORM public.linking_change(made, 'rights.RetentionItem.skipped',
            'rights_retentionitem', one.id,
            '{"skipped": "they were joined with somebody"}');
    END LOOP;
    PERFORM public.linking_join_households(made, kept, gone);
    PERFORM public.linking_join_walls(made, kept, passes, walls, at);
    PERFORM public.linking_decide(made, kept, 'merge', at);
    -- Never put back: a page opened before must not save over what has changed.
    UPDATE public.casework_case c SET version = c.version + 1 WHERE c.id = ANY (touched);
END $$;
REVOKE ALL ON FUNCTION
    public.linking_join(bigint, bigint, text, jsonb, jsonb, timestamptz) FROM PUBLIC;

-- Join one person into another, or say why not; with `only_try`, say what it would do
-- and undo it at once. For supervisors and information governance who may see all of
-- both and, to do it, gave a second factor a moment ago.
CREATE OR REPLACE FUNCTION public.linking_merge(
    kept uuid, gone uuid, why text, only_try boolean, passes jsonb, walls jsonb,
    number uuid, at timestamptz
) RETURNS TABLE (refusal text, merge uuid, moves jsonb, warnings text[], closed uuid)
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    keeps bigint;
    goes bigint;
    made record;
BEGIN
    refusal := coalesce(
        public.linking_may_merge(NOT only_try,
            CASE WHEN public.linking_just_answered(kept, gone, at)
                 THEN public.linking_sitting_minutes() END),
        CASE WHEN NOT public.linking_alone_soon() THEN 'busy' END);
    PERFORM 1 FROM public.people_person p
      WHERE p.public_id IN (kept, gone) AND p.area_id = ctx.claim(4)
      ORDER BY p.id FOR UPDATE;
    SELECT p.id INTO keeps FROM public.people_person p
     WHERE p.public_id = kept AND p.area_id = ctx.claim(4);
    SELECT p.id INTO goes FROM public.people_person p
     WHERE p.public_id = gone AND p.area_id = ctx.claim(4);
    refusal := coalesce(refusal, public.linking_why_not(keeps, goes),
                        CASE WHEN btrim(why) = '' AND NOT only_try THEN 'reason' END);
    IF refusal IS NOT NULL THEN
        IF NOT only_try THEN
            PERFORM audit.record('person.merge_refused', 'person', NULL, '{}', refusal,
                                 number, at);
        END IF;
        RETURN NEXT;
        RETURN;
    END IF;
    warnings := public.linking_warnings(keeps, goes);
    BEGIN
        made := public.linking_join(keeps, goes, btrim(why), passes, walls, at);
        closed := made.closed;
        moves := public.linking_tally(made.made);
        IF only_try THEN
            RAISE SQLSTATE 'AL001';
        END IF;
        SELECT g.public_id INTO merge FROM public.linking_merge g WHERE g.id = made.made;
        PERFORM audit.record('person.merge', 'merge', merge, ARRAY[kept, gone], '',
                             number, at);
    EXCEPTION WHEN SQLSTATE 'AL001' THEN
        NULL;  -- everything since BEGIN is undone; what was learnt is kept
    END;
    RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION public.linking_merge(uuid, uuid, text, boolean, jsonb, jsonb, uuid,
    timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_merge(uuid, uuid, text, boolean, jsonb, jsonb,
    uuid, timestamptz) TO alongside_app;
