-- Two people we support on the two sides of one crime. Applied by the owner after every
-- migrate; safe to repeat.
--
-- Whoever works an open case of one is barred from every case of the other, by the same
-- column that bars for conflicts, so that every reader already asks it; nobody takes
-- them for one person; only those who govern know that there is such a pair.

-- Write the bars of these people's cases anew.
CREATE OR REPLACE FUNCTION public.casework_bar_anew(people bigint[])
RETURNS void LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE public.casework_caseaccess a SET barred = now.barred
      FROM (SELECT c.id, public.casework_barred_from(c.person_id) AS barred
              FROM public.casework_case c WHERE c.person_id = ANY (people)) now
     WHERE a.case_id = now.id AND a.barred IS DISTINCT FROM now.barred
$$;
REVOKE ALL ON FUNCTION public.casework_bar_anew(bigint[]) FROM PUBLIC;

-- These people, and whoever is kept apart from one of them; none where nobody is.
CREATE OR REPLACE FUNCTION public.casework_sides_of(people bigint[])
RETURNS bigint[] STABLE LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT one.id), '{}')
      FROM public.casework_keptapart x, unnest(ARRAY[x.victim_id, x.suspect_id]) one(id)
     WHERE x.lifted_at IS NULL
       AND (x.victim_id = ANY (people) OR x.suspect_id = ANY (people))
$$;
REVOKE ALL ON FUNCTION public.casework_sides_of(bigint[]) FROM PUBLIC;

-- Who works a case changes who is barred on the other side.
CREATE OR REPLACE FUNCTION public.casework_bar_other_side() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    touched bigint[];
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.casework_keptapart) THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        touched := ARRAY(SELECT DISTINCT person_id FROM fresh);
    ELSE
        touched := ARRAY(
            SELECT one.id FROM fresh JOIN stale ON stale.id = fresh.id,
                   unnest(ARRAY[fresh.person_id, stale.person_id]) one(id)
             WHERE (fresh.worker_id, fresh.person_id, fresh.status = 'closed')
                   IS DISTINCT FROM
                   (stale.worker_id, stale.person_id, stale.status = 'closed'));
    END IF;
    touched := public.casework_sides_of(touched);
    IF cardinality(touched) > 0 THEN
        PERFORM public.casework_bar_anew(touched);
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.casework_bar_other_side() FROM PUBLIC;
-- After the owner's access has been written: triggers run in the order of their names.
CREATE OR REPLACE TRIGGER case_sides_begun
    AFTER INSERT ON public.casework_case REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION public.casework_bar_other_side();
CREATE OR REPLACE TRIGGER case_sides_followed
    AFTER UPDATE ON public.casework_case
    REFERENCING NEW TABLE AS fresh OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION public.casework_bar_other_side();

-- Keep pairs of people apart; how many are new. Whoever holds a case on both sides keeps
-- the victim's, and the other goes back to its team.
CREATE OR REPLACE FUNCTION public.casework_set_apart(
    victims bigint[], suspects bigint[], how text, why text, maker bigint,
    request_id uuid, at timestamptz
) RETURNS int LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    made int := 0;
    agency bigint := ctx.claim(3);
    area bigint := ctx.claim(4);
    one record;
    shown bigint[];
BEGIN
    FOR one IN
        INSERT INTO public.casework_keptapart
            (area_id, agency_id, victim_id, suspect_id, found, reason, since, made_by_id)
        SELECT DISTINCT area, agency, v.id, s.id, how, btrim(why),
               casework_set_apart.at, maker
          FROM unnest(victims, suspects) AS w(victim, suspect)
          JOIN public.people_person v ON v.id = w.victim AND v.area_id = area
          JOIN public.people_person s ON s.id = w.suspect AND s.area_id = area
         WHERE v.id <> s.id AND NOT EXISTS (
               -- What somebody lifted is not found again by the same reference.
               SELECT 1 FROM public.casework_keptapart x
                WHERE x.victim_id = v.id AND x.suspect_id = s.id
                  AND (x.lifted_at IS NULL OR how = 'matched'))
        ON CONFLICT DO NOTHING RETURNING *
    LOOP
        made := made + 1;
        PERFORM public.guarding_return_to_team(ARRAY(
            SELECT c.id FROM public.casework_case c
             WHERE c.person_id = one.suspect_id AND c.status <> 'closed'
               AND c.worker_id IN (SELECT o.worker_id FROM public.casework_case o
                                    WHERE o.person_id = one.victim_id
                                      AND o.status <> 'closed')), at);
        PERFORM public.casework_bar_anew(ARRAY[one.victim_id, one.suspect_id]);
        shown := ARRAY(SELECT p.shown_record_id FROM public.people_person p
                        WHERE p.id IN (one.victim_id, one.suspect_id)
                        ORDER BY p.shown_record_id);
        INSERT INTO public.linking_neverlink
            (area_id, low_id, high_id, reason, made_at, made_by_id)
        VALUES (area, shown[1], shown[2], 'On the two sides of a crime', at,
                ctx.claim(2)) ON CONFLICT DO NOTHING;
        UPDATE public.linking_reviewtask t SET state = 'settled'
         WHERE t.state IN ('open', 'asked') AND t.person_id <> t.other_person_id
           AND t.person_id IN (one.victim_id, one.suspect_id)
           AND t.other_person_id IN (one.victim_id, one.suspect_id);
        PERFORM audit.record('apart.made', 'apart', one.public_id,
            ARRAY(SELECT p.public_id FROM public.people_person p
                   WHERE p.id IN (one.victim_id, one.suspect_id)), how, request_id, at);
        INSERT INTO public.accounts_notice
            (area_id, agency_id, to_role, kind, words, subject_kind, subject_id, at)
        SELECT area, agency, told.role, 'conflict',
               'Two people we support are on the two sides of one crime. Nobody works with'
               ' both, and they are never taken for one person.',
               'apart', one.public_id, casework_set_apart.at
          FROM unnest(ARRAY['supervisor', 'information_governance']) AS told(role);
    END LOOP;
    RETURN made;
END $$;
REVOKE ALL ON FUNCTION public.casework_set_apart(bigint[], bigint[], text, text, bigint,
    uuid, timestamptz) FROM PUBLIC;

-- Note that the suspect of somebody's case is supported by us too, by a reference. For
-- who works cases and sees what happened in that one. Never says whether it was found.
CREATE OR REPLACE FUNCTION public.casework_note_suspect(
    victim_case uuid, reference text, why text, request_id uuid, at timestamptz
) RETURNS void
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    the_case public.casework_case;
    found bigint[];
BEGIN
    SELECT c.* INTO the_case FROM public.casework_case c
     WHERE c.public_id = victim_case AND c.area_id = ctx.claim(4)
       AND c.agency_id = ctx.claim(3) AND public.people_case_open(c.id, 4);
    IF the_case.id IS NULL OR btrim(why) = '' OR NOT public.guarding_holds(
        ARRAY['contact_worker', 'specialist_worker', 'witness_care_worker', 'supervisor'])
    THEN
        RAISE insufficient_privilege USING message = 'not for this case';
    END IF;
    PERFORM audit.record('apart.noted', 'case', victim_case,
        ARRAY(SELECT p.public_id FROM public.people_person p
               WHERE p.id = the_case.person_id), '', request_id, at);
    found := ARRAY(SELECT DISTINCT c.person_id FROM public.casework_case c
                    WHERE c.id IN (SELECT public.guarding_find(reference, NULL)));
    -- Several people in one crime: which of them is meant, nobody could say.
    IF cardinality(found) = 1 THEN
        PERFORM public.casework_set_apart(ARRAY[the_case.person_id], found, 'declared',
                                          why, ctx.claim(2), request_id, at);
    END IF;
END $$;
REVOKE ALL ON FUNCTION
    public.casework_note_suspect(uuid, text, text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    public.casework_note_suspect(uuid, text, text, uuid, timestamptz) TO alongside_app;

-- Whom a force names as the suspect of one crime and sends as the victim of another, by
-- its own reference: kept apart; how many pairs are new. For the rounds.
CREATE OR REPLACE FUNCTION public.casework_match_suspects(at timestamptz) RETURNS int
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    victims bigint[];
    suspects bigint[];
BEGIN
    IF NOT public.guarding_holds(ARRAY['feed_receiver']) THEN
        RAISE insufficient_privilege USING message = 'not a feed receiver';
    END IF;
    WITH named AS (
        SELECT v.id, v.force_code, v.suspect_ref FROM public.casework_victimisation v
         WHERE v.suspect_ref <> '' AND v.area_id = ctx.claim(4)
           AND v.agency_id = ctx.claim(3)
        UNION
        SELECT v.id, v.force_code, e.suspect_ref FROM public.journey_journeyevent e
          JOIN public.casework_victimisation v ON v.id = e.victimisation_id
         WHERE e.suspect_ref <> '' AND v.area_id = ctx.claim(4)
           AND v.agency_id = ctx.claim(3)
    ), pair AS (
        SELECT DISTINCT harmed.person_id AS victim, accused.person_id AS suspect
          FROM named n
          JOIN public.casework_victimisation v ON v.id = n.id
          JOIN public.people_personrecord harmed ON harmed.id = v.record_id
          JOIN public.intake_referral f
            ON f.person_ref = n.suspect_ref AND f.force_code = n.force_code
          JOIN public.casework_victimisation w ON w.referral_id = f.id
          JOIN public.people_personrecord accused ON accused.id = w.record_id
         WHERE harmed.person_id <> accused.person_id
    )
    SELECT array_agg(p.victim), array_agg(p.suspect) INTO victims, suspects FROM pair p;
    IF victims IS NULL THEN
        RETURN 0;
    END IF;
    RETURN public.casework_set_apart(victims, suspects, 'matched',
        'Matched: the force''s reference for a suspect', NULL, NULL, at);
END $$;
REVOKE ALL ON FUNCTION public.casework_match_suspects(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.casework_match_suspects(timestamptz) TO alongside_app;

-- Let the two be worked by anybody again; false where there is no such pair that stands
-- or whoever acts may not know of it. That they are two people is not undone.
CREATE OR REPLACE FUNCTION public.casework_lift_apart(
    pair uuid, why text, request_id uuid, at timestamptz
) RETURNS boolean
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    gone public.casework_keptapart;
BEGIN
    IF btrim(why) = '' OR NOT public.guarding_holds(
        ARRAY['supervisor', 'information_governance']) THEN
        RAISE insufficient_privilege USING message = 'not by this role';
    END IF;
    UPDATE public.casework_keptapart x
       SET lifted_at = casework_lift_apart.at, lifted_by_id = ctx.claim(2),
           lifted_reason = btrim(why)
     WHERE x.public_id = pair AND x.lifted_at IS NULL AND x.agency_id = ctx.claim(3)
       AND x.area_id = ctx.claim(4)
       AND NOT public.guarding_hidden_from_me('apart', pair)
    RETURNING * INTO gone;
    IF gone.id IS NULL THEN
        RETURN false;
    END IF;
    PERFORM public.casework_bar_anew(ARRAY[gone.victim_id, gone.suspect_id]);
    PERFORM audit.record('apart.lifted', 'apart', pair,
        ARRAY(SELECT p.public_id FROM public.people_person p
               WHERE p.id IN (gone.victim_id, gone.suspect_id)), '', request_id, at);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION public.casework_lift_apart(uuid, text, uuid, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.casework_lift_apart(uuid, text, uuid, timestamptz)
    TO alongside_app;
