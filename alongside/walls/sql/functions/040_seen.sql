-- Who has seen whom. Applied by the owner after every migrate; safe to repeat.
--
-- The trail of a person is read by an information governance officer of an agency that
-- has, or had, a case or a referral of theirs, and by the supervisor of the team that
-- holds the case. The database asks the memberships itself who the reader is.

CREATE OR REPLACE FUNCTION public.people_may_read_trail(the_person bigint)
RETURNS boolean STABLE LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    WITH me AS MATERIALIZED (
        SELECT ctx.claim(2) AS who, ctx.claim(3) AS agency,
               coalesce(ctx.claim(6), 0)::int AS cleared
    )
    SELECT EXISTS (
        SELECT 1 FROM me
          JOIN public.accounts_membership m
            ON m.user_id = me.who AND m.agency_id = me.agency
           AND (m.until IS NULL OR m.until > statement_timestamp())
          JOIN public.accounts_user u ON u.id = m.user_id AND u.is_active
         WHERE m.role = 'information_governance'
           AND (EXISTS (SELECT 1 FROM public.casework_case c
                          JOIN public.casework_caseaccess a ON a.case_id = c.id
                         WHERE c.person_id = the_person AND a.agency_id = me.agency)
                OR EXISTS (SELECT 1 FROM public.people_personrecord r
                             JOIN public.casework_victimisation v
                               ON v.record_id = r.id
                            WHERE r.person_id = the_person
                              AND v.agency_id = me.agency))
            OR m.role = 'supervisor'
           AND EXISTS (SELECT 1 FROM public.casework_case c
                        WHERE c.person_id = the_person AND c.agency_id = me.agency
                          AND (m.team_id IS NULL OR c.team_id = m.team_id)
                          AND c.compartments & ~me.cleared = 0))
       AND NOT EXISTS (
        SELECT 1 FROM me JOIN public.casework_conflict k
            ON k.user_id = me.who AND k.person_id = the_person
           AND k.lifted_at IS NULL)
$$;
REVOKE ALL ON FUNCTION public.people_may_read_trail(bigint) FROM PUBLIC;

-- Of these people, those whose trail opens for the reader: where to offer the way there.
CREATE OR REPLACE FUNCTION public.people_open_trails(people uuid[])
RETURNS SETOF uuid STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT p.public_id FROM public.people_person p
     WHERE p.public_id = ANY (people) AND p.area_id = ctx.claim(4)
       AND public.people_may_read_trail(p.id)
$$;
REVOKE ALL ON FUNCTION public.people_open_trails(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.people_open_trails(uuid[]) TO alongside_app;

-- Looks at one person, newest first: at most `n` before a moment, and those of the same
-- moment as the last. Reading is itself on the trail, and so is a refused try.
CREATE OR REPLACE FUNCTION public.people_who_has_seen(
    person uuid, before timestamptz, n int, looker uuid, actions text[],
    since timestamptz, purpose text, request_id uuid, at timestamptz
) RETURNS TABLE (allowed boolean, looks jsonb, lookers jsonb)
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    area bigint := ctx.claim(4);
    most CONSTANT int := 20000;  -- of one person's entries, ever looked through
    the_person bigint := (SELECT p.id FROM public.people_person p
                           WHERE p.public_id = person AND p.area_id = area);
BEGIN
    IF the_person IS NULL OR public.people_may_read_trail(the_person) IS NOT TRUE THEN
        PERFORM audit.record('audit.read_refused', 'person', person,
            CASE WHEN the_person IS NULL THEN '{}' ELSE ARRAY[person] END,
            purpose, request_id, at);
        RETURN QUERY SELECT false, NULL::jsonb, NULL::jsonb;
        RETURN;
    END IF;
    PERFORM audit.record('audit.read', 'person', person, ARRAY[person], purpose,
                         request_id, at);
    RETURN QUERY
    WITH entry AS MATERIALIZED (
        SELECT e.id, e.at, e.action, e.subject_kind, e.purpose, e.request_id, e.user_id,
               u.public_id AS looker, u.name, g.name AS agency,
               (SELECT string_agg(m.role, ',' ORDER BY m.role)
                  FROM public.accounts_membership m
                 WHERE m.user_id = e.user_id AND m.agency_id = e.agency_id) AS roles
          -- Under every name they have: of whoever was joined into them too.
          FROM (SELECT DISTINCT one.* FROM unnest(public.linking_names_of(person)) n(id),
                       LATERAL audit.entries_about(n.id, at + interval '1 second', most)
                       one) e
          LEFT JOIN public.accounts_user u ON u.id = e.user_id
          LEFT JOIN public.organisations_agency g ON g.id = e.agency_id
         WHERE e.area_id = area
    ), chosen AS (
        SELECT x.* FROM entry x
         WHERE (before IS NULL OR x.at < before) AND (since IS NULL OR x.at >= since)
           AND (people_who_has_seen.looker IS NULL
                OR x.looker = people_who_has_seen.looker)
           AND (actions IS NULL OR x.action = ANY (actions))
         ORDER BY x.at DESC FETCH FIRST n ROWS WITH TIES
    )
    SELECT true,
           (SELECT jsonb_agg(to_jsonb(c) - 'user_id' ORDER BY c.at DESC, c.id DESC)
              FROM chosen c),
           (SELECT jsonb_agg(jsonb_build_object('looker', l.looker, 'name', l.name)
                             ORDER BY l.name)
              FROM (SELECT DISTINCT x.looker, x.name FROM entry x
                     WHERE x.looker IS NOT NULL) l);
END $$;
REVOKE ALL ON FUNCTION public.people_who_has_seen(uuid, timestamptz, int, uuid, text[],
    timestamptz, text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.people_who_has_seen(uuid, timestamptz, int, uuid,
    text[], timestamptz, text, uuid, timestamptz) TO alongside_app;

-- Looking that somebody should ask about: for information governance, of their own
-- agency's staff and people. `kind` is many_lookers, many_looked_at, own_surname or
-- refused; `person` or `looker` is empty where the kind is not about one.
CREATE OR REPLACE FUNCTION public.people_unusual_looking(
    since timestamptz, many_lookers int, many_people int, purpose text,
    request_id uuid, at timestamptz
) RETURNS TABLE (kind text, person uuid, looker text, times bigint, last timestamptz)
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    who    bigint := ctx.claim(2);
    agency bigint := ctx.claim(3);
    area   bigint := ctx.claim(4);
    most   CONSTANT int := 50;  -- of each kind
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM public.accounts_membership m
          JOIN public.accounts_user u ON u.id = m.user_id AND u.is_active
         WHERE m.user_id = who AND m.agency_id = agency
           AND m.role = 'information_governance'
           AND (m.until IS NULL OR m.until > statement_timestamp()))
    THEN
        PERFORM audit.record('audit.read_refused', 'unusual looking', NULL, '{}',
                             purpose, request_id, at);
        RETURN;
    END IF;
    PERFORM audit.record('audit.read', 'unusual looking', NULL, '{}', purpose,
                         request_id, at);
    RETURN QUERY
    WITH look AS MATERIALIZED (
        SELECT l.at, l.user_id, l.action, l.person, p.id AS person_id, u.name
          FROM audit.looks_since(area, since) l
          JOIN public.accounts_user u ON u.id = l.user_id
          JOIN public.people_person p ON p.public_id = l.person AND p.area_id = area
         WHERE l.agency_id = agency
           AND NOT EXISTS (SELECT 1 FROM public.casework_conflict k
                            WHERE k.person_id = p.id AND k.user_id = who
                              AND k.lifted_at IS NULL)
    ), seen AS (
        SELECT * FROM look WHERE action <> 'person.refused'
    ), pair AS (
        SELECT s.user_id, s.name, s.person, s.person_id, count(*) AS times,
               max(s.at) AS last,
               EXISTS (SELECT 1 FROM public.casework_case c
                        WHERE c.person_id = s.person_id AND c.worker_id = s.user_id)
                   AS holds
          FROM seen s GROUP BY s.user_id, s.name, s.person, s.person_id
    )
    (SELECT 'many_lookers', t.person, '', count(*), max(t.last) FROM pair t
      GROUP BY t.person HAVING count(*) >= many_lookers
      ORDER BY 4 DESC, 5 DESC LIMIT most)
    UNION ALL
    (SELECT 'many_looked_at', NULL, min(t.name), count(*), max(t.last) FROM pair t
      WHERE NOT t.holds
      GROUP BY t.user_id HAVING count(*) >= many_people
      ORDER BY 4 DESC, 5 DESC LIMIT most)
    UNION ALL
    (SELECT 'own_surname', t.person, t.name, t.times, t.last FROM pair t
      WHERE EXISTS (SELECT 1 FROM public.people_personrecord r
                     WHERE r.person_id = t.person_id
                       AND r.words @> (public.people_words('', t.name, NULL))[
                           cardinality(public.people_words('', t.name, NULL)):]
                       AND cardinality(public.people_words('', t.name, NULL)) > 0)
      ORDER BY t.last DESC LIMIT most)
    UNION ALL
    (SELECT 'refused', l.person, l.name, count(*), max(l.at) FROM look l
      WHERE l.action = 'person.refused'
      GROUP BY l.person, l.user_id, l.name
      ORDER BY 5 DESC LIMIT most);
END $$;
REVOKE ALL ON FUNCTION public.people_unusual_looking(timestamptz, int, int, text, uuid,
    timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.people_unusual_looking(timestamptz, int, int, text,
    uuid, timestamptz) TO alongside_app;
