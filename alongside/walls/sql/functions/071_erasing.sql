-- Restricting, erasing, keeping for as long as the rules say. Applied by the owner after
-- every migrate; safe to repeat.

-- Whether anybody's wish or duty stands against erasing these people.
CREATE OR REPLACE FUNCTION public.rights_kept_by_law(persons bigint[])
RETURNS SETOF bigint STABLE SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT DISTINCT h.person_id FROM public.rights_legalhold h
     WHERE h.person_id = ANY (persons) AND h.lifted_at IS NULL
$$;
REVOKE ALL ON FUNCTION public.rights_kept_by_law(bigint[]) FROM PUBLIC;

-- Restrict what is held about a person: kept, not used. Every case, now and later.
CREATE OR REPLACE FUNCTION public.rights_restrict(
    the_person uuid, the_request uuid, reason text, at timestamptz
) RETURNS uuid VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    who bigint;
    made uuid;
BEGIN
    SELECT p.id INTO who FROM public.people_person p
     WHERE p.public_id = the_person AND p.area_id = ctx.claim(4) FOR UPDATE;
    PERFORM public.rights_demand(false, who);
    IF who IS NULL OR reason = '' THEN
        RAISE check_violation USING message = 'nobody to restrict, or no reason';
    END IF;
    INSERT INTO public.rights_restriction (area_id, agency_id, request_id, person_id,
                                           reason, since, made_by_id)
    SELECT ctx.claim(4), ctx.claim(3),
           (SELECT r.id FROM public.rights_rightsrequest r
             WHERE r.public_id = the_request AND r.person_id = who),
           who, rights_restrict.reason, at, ctx.claim(2)
    RETURNING public_id INTO made;
    UPDATE public.casework_case c SET compartments = c.compartments | 32
     WHERE c.person_id = who AND c.compartments & 32 = 0;
    PERFORM audit.record('rights.restricted', 'person', the_person, ARRAY[the_person],
                         '', NULL, at);
    RETURN made;
END $$;
REVOKE ALL ON FUNCTION public.rights_restrict(uuid, uuid, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rights_restrict(uuid, uuid, text, timestamptz)
    TO alongside_app;

CREATE OR REPLACE FUNCTION public.rights_lift_restriction(
    the_restriction uuid, reason text, at timestamptz
) RETURNS uuid VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    who bigint;
    the_person uuid;
BEGIN
    SELECT r.person_id INTO who FROM public.rights_restriction r
     WHERE r.public_id = the_restriction AND r.area_id = ctx.claim(4)
       AND r.agency_id = ctx.claim(3) AND r.lifted_at IS NULL FOR UPDATE;
    PERFORM public.rights_demand(false, who);
    IF who IS NULL OR rights_lift_restriction.reason = '' THEN
        RAISE check_violation USING message = 'nothing to lift, or no reason';
    END IF;
    UPDATE public.rights_restriction r
       SET lifted_at = at, lifted_by_id = ctx.claim(2), lifted_reason = rights_lift_restriction.reason
     WHERE r.public_id = the_restriction;
    UPDATE public.casework_case c SET compartments = c.compartments & ~32
     WHERE c.person_id = who AND c.compartments & 32 <> 0;
    SELECT p.public_id INTO the_person FROM public.people_person p WHERE p.id = who;
    PERFORM audit.record('rights.restriction_lifted', 'person', the_person,
                         ARRAY[the_person], '', NULL, at);
    RETURN the_person;
END $$;
REVOKE ALL ON FUNCTION public.rights_lift_restriction(uuid, text, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rights_lift_restriction(uuid, text, timestamptz)
    TO alongside_app;

-- A case that is opened while the person is restricted is restricted too, and a worker
-- who takes a restriction off a case by another way puts nothing to use.
CREATE OR REPLACE FUNCTION public.rights_follow_restriction() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- Nearly always there is no restriction at all: one look at a small index.
    IF NOT EXISTS (SELECT 1 FROM public.rights_restriction r WHERE r.lifted_at IS NULL)
    THEN
        RETURN NULL;
    END IF;
    UPDATE public.casework_case c SET compartments = c.compartments | 32
      FROM fresh JOIN public.rights_restriction r
             ON r.person_id = fresh.person_id AND r.lifted_at IS NULL
     WHERE c.id = fresh.id AND fresh.compartments & 32 = 0;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.rights_follow_restriction() FROM PUBLIC;
CREATE OR REPLACE TRIGGER case_stays_restricted
    AFTER INSERT ON public.casework_case REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION public.rights_follow_restriction();

-- Whether a case that the actor does not see is only restricted: since when, for those
-- who would see it otherwise; nobody else learns that there is one.
CREATE OR REPLACE FUNCTION public.rights_kept_not_used(the_case uuid)
RETURNS timestamptz STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT r.since FROM public.casework_case c
      JOIN public.rights_restriction r
        ON r.person_id = c.person_id AND r.lifted_at IS NULL
     WHERE c.public_id = the_case AND c.area_id = ctx.claim(4)
       AND EXISTS (SELECT 1 FROM public.casework_caseaccess a
                    WHERE a.case_id = c.id AND a.agency_id = ctx.claim(3)
                      AND (a.user_id IS NULL OR a.user_id = ctx.claim(2))
                      AND (a.until IS NULL OR a.until > statement_timestamp())
                      AND a.compartments & ~32 & ~ctx.claim(6)::int = 0
                      AND (a.barred IS NULL OR ctx.claim(2) <> ALL (a.barred)))
$$;
REVOKE ALL ON FUNCTION public.rights_kept_not_used(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rights_kept_not_used(uuid) TO alongside_app;

-- Which of these keyed hashes stand for referrals that were erased.
CREATE OR REPLACE FUNCTION public.rights_suppressed(keys uuid[]) RETURNS SETOF uuid
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT s.key FROM public.rights_suppression s
     WHERE s.area_id = ctx.claim(4) AND s.ended_at IS NULL AND s.key = ANY (keys)
$$;
REVOKE ALL ON FUNCTION public.rights_suppressed(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rights_suppressed(uuid[]) TO alongside_app;

CREATE OR REPLACE FUNCTION public.rights_any_suppressed() RETURNS boolean
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT EXISTS (SELECT 1 FROM public.rights_suppression s
                    WHERE s.area_id = ctx.claim(4) AND s.ended_at IS NULL)
$$;
REVOKE ALL ON FUNCTION public.rights_any_suppressed() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rights_any_suppressed() TO alongside_app;

-- Whether anything about a person is still to be done.
CREATE OR REPLACE FUNCTION public.rights_still_open(person bigint) RETURNS boolean
STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT EXISTS (SELECT 1 FROM public.casework_case c
                    WHERE c.person_id = person AND c.status <> 'closed')
        OR EXISTS (SELECT 1 FROM public.people_personrecord r
                     JOIN public.casework_victimisation v ON v.record_id = r.id
                     JOIN public.intake_hold h ON h.referral_id = v.referral_id
                    WHERE r.person_id = person AND h.ended_at IS NULL)
        OR EXISTS (SELECT 1 FROM public.rights_rightsrequest q
                    WHERE q.person_id = person AND q.ended_at IS NULL)
        OR EXISTS (SELECT 1 FROM public.information_requests_informationrequest a
                     JOIN public.casework_case c ON c.id = a.case_id
                    WHERE c.person_id = person AND a.ended_at IS NULL)
        OR EXISTS (SELECT 1 FROM public.rights_restriction t
                    WHERE t.person_id = person AND t.lifted_at IS NULL)
$$;
REVOKE ALL ON FUNCTION public.rights_still_open(bigint) FROM PUBLIC;

-- People of the area whose time is over on a day, by rule. `rules` are rows of
-- {code, dispositions, months, days, child_until_age}: who never had a case goes by
-- the one without dispositions. A person goes by the rule that keeps them longest;
-- anybody with something open, or asked for, is not among them.
CREATE OR REPLACE FUNCTION public.rights_due(on_day date, rules jsonb)
RETURNS TABLE (person_id bigint, rule text, due_on date, kept_by_law boolean)
STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    WITH rule AS (
        SELECT one.value ->> 'code' AS code,
               ARRAY(SELECT jsonb_array_elements_text(one.value -> 'dispositions'))
                   AS dispositions,
               make_interval(months => (one.value ->> 'months')::int,
                             days => (one.value ->> 'days')::int) AS kept,
               make_interval(years => (one.value ->> 'child_until_age')::int)
                   AS child_until
          FROM jsonb_array_elements(rules) one
    ), closed AS (
        SELECT c.person_id, rule.code,
               greatest(
                   ((c.closed_at AT TIME ZONE 'Europe/London')::date + rule.kept)::date,
                   CASE WHEN born.born + interval '18 years' > c.opened_at
                        THEN (born.born + rule.child_until)::date END) AS due_on
          FROM public.casework_case c
          JOIN rule ON c.disposition = ANY (rule.dispositions)
          JOIN public.people_person p ON p.id = c.person_id
          JOIN LATERAL (SELECT r.date_of_birth AS born FROM public.people_personrecord r
                         WHERE r.id = p.shown_record_id) born ON true
         WHERE c.status = 'closed' AND c.area_id = ctx.claim(4)
           AND c.agency_id = ctx.claim(3)
    ), never AS (
        SELECT p.id AS person_id, rule.code,
               ((greatest(p.created_at, max(h.ended_at), max(f.received_at))
                   AT TIME ZONE 'Europe/London')::date + rule.kept)::date AS due_on
          FROM public.people_person p
          JOIN rule ON rule.dispositions = '{}'
          JOIN public.people_personrecord r ON r.person_id = p.id
          JOIN public.casework_victimisation v ON v.record_id = r.id
           AND v.agency_id = ctx.claim(3)
          LEFT JOIN public.intake_referral f ON f.id = v.referral_id
          LEFT JOIN public.intake_hold h ON h.referral_id = v.referral_id
         WHERE p.area_id = ctx.claim(4) AND p.created_at < on_day
           AND NOT EXISTS (SELECT 1 FROM public.casework_case c
                            WHERE c.person_id = p.id)
         GROUP BY p.id, rule.code, rule.kept
    ), past AS (
        SELECT DISTINCT ON (every.person_id) every.person_id, every.code, every.due_on
          FROM (SELECT * FROM closed UNION ALL SELECT * FROM never) every
         ORDER BY every.person_id, every.due_on DESC, every.code
    )
    SELECT o.person_id, o.code, o.due_on,
           EXISTS (SELECT 1 FROM public.rights_legalhold h
                    WHERE h.person_id = o.person_id AND h.lifted_at IS NULL)
      FROM past o
     WHERE o.due_on <= on_day AND NOT public.rights_still_open(o.person_id)
$$;
REVOKE ALL ON FUNCTION public.rights_due(date, jsonb) FROM PUBLIC;

-- The same for a reader: a case's reference and no name. On the trail.
CREATE OR REPLACE FUNCTION public.rights_list_due(
    on_day date, rules jsonb, most int, at timestamptz
) RETURNS TABLE (rule text, due_on date, kept_by_law boolean, person uuid, people bigint)
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT public.rights_acts_as(ARRAY['information_governance', 'feed_receiver']) THEN
        RAISE insufficient_privilege USING message = 'not information governance';
    END IF;
    PERFORM audit.record('retention.examined', 'rights', NULL, '{}', '', NULL, at);
    RETURN QUERY
    SELECT d.rule, d.due_on, d.kept_by_law, p.public_id,
           count(*) OVER (PARTITION BY d.rule, d.kept_by_law)
      FROM public.rights_due(on_day, rules) d
      JOIN public.people_person p ON p.id = d.person_id
     ORDER BY d.due_on, p.public_id LIMIT most;
END $$;
REVOKE ALL ON FUNCTION public.rights_list_due(date, jsonb, int, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rights_list_due(date, jsonb, int, timestamptz)
    TO alongside_app;

-- Propose to erase everybody whose time is over; how many, and the run's own name.
CREATE OR REPLACE FUNCTION public.rights_propose_run(
    on_day date, rules jsonb, at timestamptz
) RETURNS TABLE (run uuid, people int) VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    made bigint;
    name uuid;
    many int;
BEGIN
    IF NOT public.rights_acts_as(ARRAY['information_governance', 'feed_receiver']) THEN
        RAISE insufficient_privilege USING message = 'not information governance';
    END IF;
    INSERT INTO public.rights_retentionrun (area_id, agency_id, on_day, people,
                                            proposed_by_id, proposed_at)
    VALUES (ctx.claim(4), ctx.claim(3), rights_propose_run.on_day, 0, ctx.claim(2), at)
    RETURNING id, public_id INTO made, name;
    INSERT INTO public.rights_retentionitem (area_id, run_id, person_id, rule, due_on)
    SELECT ctx.claim(4), made, d.person_id, d.rule, d.due_on
      FROM public.rights_due(rights_propose_run.on_day, rules) d
     WHERE NOT d.kept_by_law;
    GET DIAGNOSTICS many = ROW_COUNT;
    UPDATE public.rights_retentionrun r SET people = many WHERE r.id = made;
    PERFORM audit.record('retention.proposed', 'retention_run', name, '{}', '', NULL, at);
    RETURN QUERY SELECT name, many;
END $$;
REVOKE ALL ON FUNCTION public.rights_propose_run(date, jsonb, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rights_propose_run(date, jsonb, timestamptz)
    TO alongside_app;

-- Approve a run, or an erasure: somebody else than who proposed it, with a fresh second
-- factor. False where there is nothing to approve.
CREATE OR REPLACE FUNCTION public.rights_approve_run(the_run uuid, at timestamptz)
RETURNS boolean VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.rights_demand(true, NULL);
    UPDATE public.rights_retentionrun r
       SET approved_by_id = ctx.claim(2), approved_at = at
     WHERE r.public_id = the_run AND r.area_id = ctx.claim(4)
       AND r.agency_id = ctx.claim(3) AND r.approved_at IS NULL
       AND r.declined_at IS NULL AND r.proposed_by_id <> ctx.claim(2);
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM audit.record('retention.approved', 'retention_run', the_run, '{}', '', NULL,
                         at);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION public.rights_approve_run(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rights_approve_run(uuid, timestamptz) TO alongside_app;

CREATE OR REPLACE FUNCTION public.rights_approve_erasure(the_erasure uuid, at timestamptz)
RETURNS boolean VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    who bigint;
BEGIN
    SELECT e.person_id INTO who FROM public.rights_erasure e
     WHERE e.public_id = the_erasure AND e.area_id = ctx.claim(4)
       AND e.agency_id = ctx.claim(3) AND e.approved_at IS NULL
       AND e.declined_at IS NULL AND e.proposed_by_id <> ctx.claim(2) FOR UPDATE;
    PERFORM public.rights_demand(true, who);
    IF who IS NULL THEN
        RETURN false;
    END IF;
    UPDATE public.rights_erasure e SET approved_by_id = ctx.claim(2), approved_at = at
     WHERE e.public_id = the_erasure;
    PERFORM audit.record('erasure.approved', 'erasure', the_erasure, '{}', '', NULL, at);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION public.rights_approve_erasure(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rights_approve_erasure(uuid, timestamptz)
    TO alongside_app;

-- Who else was shown a person's cases, and may see them still: they are told of what was
-- put right (UK GDPR, Article 19).
CREATE OR REPLACE FUNCTION public.rights_recipients(the_person uuid)
RETURNS TABLE (agency_id bigint, case_id uuid) STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.rights_demand(false, NULL);
    RETURN QUERY
    SELECT DISTINCT a.agency_id, c.public_id
      FROM public.people_person p
      JOIN public.casework_case c ON c.person_id = p.id
      JOIN public.casework_caseaccess a ON a.case_id = c.id
     WHERE p.public_id = the_person AND p.area_id = ctx.claim(4)
       AND a.agency_id <> ctx.claim(3)
       AND (a.until IS NULL OR a.until > statement_timestamp());
END $$;
REVOKE ALL ON FUNCTION public.rights_recipients(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.rights_recipients(uuid) TO alongside_app;
