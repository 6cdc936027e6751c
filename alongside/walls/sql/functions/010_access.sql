-- Who may see a case: the rows of casework_caseaccess, kept by triggers. Applied by
-- the owner after every migrate; safe to repeat.

-- What of a case's compartments still stands before somebody who was given access by
-- name: a share is a decision to show, but what is hidden from the police stays so,
-- and restricted processing stays restricted. 33 = police_blind + restricted.
CREATE OR REPLACE FUNCTION public.casework_walls_for(why text, compartments int)
RETURNS int LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE why WHEN 'owner' THEN $2 WHEN 'break_glass' THEN 0 ELSE $2 & 33 END
$$;
REVOKE ALL ON FUNCTION public.casework_walls_for(text, int) FROM PUBLIC;

-- The members of staff who may not open a person's cases: in conflict with them, or at
-- work with whoever is on the other side of a crime (066_apart.sql). NULL for none.
CREATE OR REPLACE FUNCTION public.casework_barred_from(person bigint)
RETURNS bigint[] LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT array_agg(one.who ORDER BY one.who) FROM (
        SELECT k.user_id AS who FROM public.casework_conflict k
         WHERE k.person_id = person AND k.lifted_at IS NULL
        UNION
        SELECT c.worker_id FROM public.casework_case c
         WHERE c.worker_id IS NOT NULL AND c.status <> 'closed' AND c.person_id IN (
               SELECT x.suspect_id FROM public.casework_keptapart x
                WHERE x.victim_id = person AND x.lifted_at IS NULL
                UNION ALL
               SELECT x.victim_id FROM public.casework_keptapart x
                WHERE x.suspect_id = person AND x.lifted_at IS NULL)) one
$$;
REVOKE ALL ON FUNCTION public.casework_barred_from(bigint) FROM PUBLIC;

-- The people on the other side of a crime from those whose open cases the actor works.
-- Asked by every look at a person: a plan that is kept, and most often one probe.
CREATE OR REPLACE FUNCTION public.casework_apart_from_me()
RETURNS bigint[] STABLE SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    who bigint := ctx.claim(2);
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.casework_keptapart x WHERE x.lifted_at IS NULL)
    THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT CASE x.victim_id WHEN c.person_id THEN x.suspect_id ELSE x.victim_id END
          FROM public.casework_case c
          JOIN public.casework_keptapart x ON x.victim_id = c.person_id
            OR x.suspect_id = c.person_id
         WHERE c.worker_id = who AND c.status <> 'closed' AND x.lifted_at IS NULL);
END $$;
REVOKE ALL ON FUNCTION public.casework_apart_from_me() FROM PUBLIC;

-- Every case is seen by the agency that holds it. Statement-level, so that a
-- bulk insert costs one statement more, not one a row.
CREATE OR REPLACE FUNCTION public.casework_grant_owner() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO public.casework_caseaccess
        (area_id, case_id, agency_id, why, fields, compartments, barred, since)
    SELECT fresh.area_id, fresh.id, fresh.agency_id, 'owner', 255, fresh.compartments,
           conflicted.barred, fresh.opened_at
      FROM fresh
      LEFT JOIN (SELECT k.person_id, array_agg(k.user_id ORDER BY k.user_id) AS barred
                   FROM public.casework_conflict k
                  WHERE k.lifted_at IS NULL GROUP BY k.person_id) conflicted
             ON conflicted.person_id = fresh.person_id
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.casework_grant_owner() FROM PUBLIC;
CREATE OR REPLACE TRIGGER case_seen_by_its_owner
    AFTER INSERT ON public.casework_case REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION public.casework_grant_owner();

-- A case that changes hands, compartments or person takes its access rows along.
CREATE OR REPLACE FUNCTION public.casework_follow_case() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM fresh JOIN stale ON stale.id = fresh.id
      WHERE (fresh.compartments, fresh.person_id, fresh.agency_id)
            IS DISTINCT FROM (stale.compartments, stale.person_id, stale.agency_id);
    IF NOT FOUND THEN
        RETURN NULL;  -- nearly always: work on a case changes none of these
    END IF;
    UPDATE public.casework_caseaccess a
       SET compartments = public.casework_walls_for(a.why, fresh.compartments),
           barred = public.casework_barred_from(fresh.person_id)
      FROM fresh JOIN stale ON stale.id = fresh.id
     WHERE a.case_id = fresh.id
       AND (fresh.compartments, fresh.person_id)
           IS DISTINCT FROM (stale.compartments, stale.person_id);
    UPDATE public.casework_caseaccess a SET until = statement_timestamp()
      FROM fresh JOIN stale ON stale.id = fresh.id
     WHERE a.case_id = fresh.id AND a.why = 'owner' AND a.until IS NULL
       AND a.agency_id = stale.agency_id AND fresh.agency_id <> stale.agency_id;
    INSERT INTO public.casework_caseaccess
        (area_id, case_id, agency_id, why, fields, compartments, barred, since)
    SELECT fresh.area_id, fresh.id, fresh.agency_id, 'owner', 255, fresh.compartments,
           public.casework_barred_from(fresh.person_id), statement_timestamp()
      FROM fresh JOIN stale ON stale.id = fresh.id
     WHERE fresh.agency_id <> stale.agency_id
    ON CONFLICT (case_id, agency_id, why, user_id, source)
       DO UPDATE SET until = NULL, since = excluded.since;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.casework_follow_case() FROM PUBLIC;
CREATE OR REPLACE TRIGGER case_followed_by_its_access
    AFTER UPDATE ON public.casework_case
    REFERENCING NEW TABLE AS fresh OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION public.casework_follow_case();

-- A conflict closes every case of the person to that member of staff, whatever else
-- they hold: shares and emergency access too.
CREATE OR REPLACE FUNCTION public.casework_follow_conflict() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.casework_caseaccess a
       SET barred = public.casework_barred_from(c.person_id)
      FROM public.casework_case c
     WHERE a.case_id = c.id AND c.person_id IN (SELECT person_id FROM fresh);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.casework_follow_conflict() FROM PUBLIC;
CREATE OR REPLACE TRIGGER conflict_made_bars
    AFTER INSERT ON public.casework_conflict REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION public.casework_follow_conflict();
CREATE OR REPLACE TRIGGER conflict_lifted_lets_in
    AFTER UPDATE ON public.casework_conflict REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION public.casework_follow_conflict();

-- Give access by name: for the triggers of shares, referrals and emergency access, which
-- run as the owner. Given again for the same source, it is renewed as told.
CREATE OR REPLACE FUNCTION public.casework_grant(
    the_case bigint, to_agency bigint, to_user bigint, reason text, origin uuid,
    facets int, ends timestamptz
) RETURNS void LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO public.casework_caseaccess
        (area_id, case_id, agency_id, user_id, why, source, fields, compartments,
         barred, since, until)
    SELECT c.area_id, c.id, to_agency, to_user, reason, origin, facets,
           public.casework_walls_for(reason, c.compartments),
           public.casework_barred_from(c.person_id), statement_timestamp(), ends
      FROM public.casework_case c WHERE c.id = the_case
    ON CONFLICT (case_id, agency_id, why, user_id, source)
       DO UPDATE SET fields = excluded.fields, until = excluded.until
$$;
REVOKE ALL ON FUNCTION public.casework_grant(bigint, bigint, bigint, text, uuid, int,
    timestamptz) FROM PUBLIC;

-- Take back, at once, what was given for a share, a referral or in an emergency.
CREATE OR REPLACE FUNCTION public.casework_take_back(origin uuid)
RETURNS void LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE public.casework_caseaccess a SET until = statement_timestamp()
     WHERE a.source = origin AND (a.until IS NULL OR a.until > statement_timestamp())
$$;
REVOKE ALL ON FUNCTION public.casework_take_back(uuid) FROM PUBLIC;
