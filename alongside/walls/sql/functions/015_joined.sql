-- People who turned out to be one. Applied by the owner after every migrate; safe to
-- repeat. Nothing here asks who acts: for the owner's checked functions.

-- Who a person is now: whom they were joined into, and so on to the end.
CREATE OR REPLACE FUNCTION public.linking_now(person bigint) RETURNS bigint
STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    WITH RECURSIVE way AS (
        SELECT $1 AS id, 0 AS step
        UNION ALL
        SELECT m.kept_id, w.step + 1 FROM way w
          JOIN public.linking_merge m ON m.gone_id = w.id AND m.undone_at IS NULL
    )
    SELECT w.id FROM way w ORDER BY w.step DESC LIMIT 1
$$;
REVOKE ALL ON FUNCTION public.linking_now(bigint) FROM PUBLIC;

-- These people and everybody who was joined into them: what stays where it was when
-- people are joined is found by this.
CREATE OR REPLACE FUNCTION public.linking_with_joined(persons bigint[])
RETURNS bigint[] STABLE SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    WITH RECURSIVE every AS (
        SELECT one.id FROM unnest($1) AS one(id)
        UNION
        SELECT m.gone_id FROM every e
          JOIN public.linking_merge m ON m.kept_id = e.id AND m.undone_at IS NULL
    )
    SELECT array_agg(e.id) FROM every e
$$;
REVOKE ALL ON FUNCTION public.linking_with_joined(bigint[]) FROM PUBLIC;

-- The same by public id, for what is kept by it.
CREATE OR REPLACE FUNCTION public.linking_names_of(person uuid) RETURNS uuid[]
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT coalesce(array_agg(p.public_id), ARRAY[$1]) FROM public.people_person p
     WHERE p.id = ANY (public.linking_with_joined(ARRAY(
           SELECT q.id FROM public.people_person q WHERE q.public_id = $1)))
$$;
REVOKE ALL ON FUNCTION public.linking_names_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_names_of(uuid) TO alongside_app;

-- By which public id a person is known now; NULL where the area has no such person.
CREATE OR REPLACE FUNCTION public.linking_known_as(person uuid) RETURNS uuid
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT n.public_id FROM public.people_person p
      JOIN public.people_person n ON n.id = public.linking_now(p.id)
     WHERE p.public_id = $1 AND p.area_id = (SELECT ctx.claim(4))
$$;
REVOKE ALL ON FUNCTION public.linking_known_as(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_known_as(uuid) TO alongside_app;
