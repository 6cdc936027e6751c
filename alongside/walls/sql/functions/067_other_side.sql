-- Who must never be taken for whoever arrives: people on the other side of a crime.
-- Applied by the owner after every migrate; safe to repeat.
--
-- A pair that is kept apart, and what a force says by its own references. For feed
-- receivers alone: to anybody else the answer would tell of a pair.

-- Whether these two are on the two sides of a crime: kept apart, or a force names one
-- as the suspect of what it sent the other for.
CREATE OR REPLACE FUNCTION public.casework_are_two_sides(one bigint, other bigint)
RETURNS boolean STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    WITH side (harmed, accused) AS (VALUES (one, other), (other, one)),
    named AS (
        SELECT s.accused, v.force_code, w.ref
          FROM side s
          JOIN public.people_personrecord r ON r.person_id = s.harmed
          JOIN public.casework_victimisation v ON v.record_id = r.id
          CROSS JOIN LATERAL (
              SELECT v.suspect_ref
              UNION SELECT e.suspect_ref FROM public.journey_journeyevent e
                     WHERE e.victimisation_id = v.id) w(ref)
         WHERE w.ref <> ''
    )
    SELECT EXISTS (SELECT 1 FROM public.casework_keptapart x
                    WHERE x.lifted_at IS NULL
                      AND (x.victim_id, x.suspect_id) IN ((one, other), (other, one)))
        OR EXISTS (SELECT 1 FROM named n
                     JOIN public.people_personrecord r ON r.person_id = n.accused
                     JOIN public.casework_victimisation v ON v.record_id = r.id
                     JOIN public.intake_referral f ON f.id = v.referral_id
                    WHERE f.force_code = n.force_code AND f.person_ref = n.ref)
$$;
REVOKE ALL ON FUNCTION public.casework_are_two_sides(bigint, bigint) FROM PUBLIC;

-- What is known of people whom a force sends under these references and of whom it
-- suspects: `opposite` are people on the other side from whoever has the reference, else
-- people who were sent under it, as far as they matter here.
CREATE OR REPLACE FUNCTION public.casework_other_sides(
    forces text[], refs text[], suspects text[]
) RETURNS TABLE (force text, ref text, person bigint, opposite boolean)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off LANGUAGE plpgsql AS $$
DECLARE
    ours bigint := ctx.claim(3);
    area bigint := ctx.claim(4);
BEGIN
    IF NOT public.guarding_holds(ARRAY['feed_receiver']) THEN
        RAISE insufficient_privilege USING message = 'not a feed receiver';
    END IF;
    RETURN QUERY
    WITH asked AS MATERIALIZED (
        SELECT DISTINCT a.f, a.r FROM unnest(forces, refs) a(f, r) WHERE a.r <> ''
    ), accused AS MATERIALIZED (
        SELECT DISTINCT a.f, a.r FROM unnest(forces, suspects) a(f, r) WHERE a.r <> ''
    ), sent AS (
        SELECT a.f, a.r, p.person_id AS id FROM accused a
          JOIN public.intake_referral i
            ON i.person_ref = a.r AND i.force_code = a.f AND i.area_id = area
          JOIN public.casework_victimisation v ON v.referral_id = i.id
          JOIN public.people_personrecord p ON p.id = v.record_id
    ), against AS (
        SELECT a.f, a.r, v.record_id FROM asked a
          JOIN public.casework_victimisation v
            ON v.suspect_ref = a.r AND v.suspect_ref <> '' AND v.force_code = a.f
           AND v.agency_id = ours
        UNION
        SELECT a.f, a.r, v.record_id FROM asked a
          JOIN public.journey_journeyevent e
            ON e.suspect_ref = a.r AND e.suspect_ref <> '' AND e.area_id = area
          JOIN public.casework_victimisation v
            ON v.id = e.victimisation_id AND v.force_code = a.f AND v.agency_id = ours
    ), apart AS (
        SELECT a.f, a.r, side.other AS id FROM public.casework_keptapart x
         CROSS JOIN LATERAL (VALUES (x.victim_id, x.suspect_id),
                                    (x.suspect_id, x.victim_id)) side(one, other)
          JOIN public.people_personrecord p ON p.person_id = side.one
          JOIN public.casework_victimisation v ON v.record_id = p.id
          JOIN public.intake_referral i ON i.id = v.referral_id
          JOIN asked a ON (a.f, a.r) = (i.force_code, i.person_ref)
         WHERE x.lifted_at IS NULL AND x.area_id = area
    ), other_side AS (
        SELECT g.f, g.r, p.person_id AS id FROM against g
          JOIN public.people_personrecord p ON p.id = g.record_id
        UNION
        SELECT a.f, a.r, a.id FROM apart a
    ), met AS (
        SELECT o.id FROM other_side o UNION SELECT s.id FROM sent s
    )
    SELECT o.f, o.r, o.id, true FROM other_side o
     UNION ALL
    SELECT DISTINCT s.f, s.r, s.id, false FROM sent s
     UNION
    -- Whoever is one already, for those who said so, is not kept from being it.
    SELECT i.force_code, i.person_ref, m.id, false FROM met m
      JOIN public.people_personrecord p ON p.person_id = m.id
      JOIN public.casework_victimisation v ON v.record_id = p.id
      JOIN public.intake_referral i ON i.id = v.referral_id
      JOIN asked a ON (a.f, a.r) = (i.force_code, i.person_ref);
END $$;
REVOKE ALL ON FUNCTION public.casework_other_sides(text[], text[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.casework_other_sides(text[], text[], text[])
    TO alongside_app;

-- Who is suspected of a crime, by the reference that somebody gives who came by
-- themselves: people whom a force names, and who are kept apart from one it harmed.
-- Nobody who was harmed in it too: they may be the one who comes.
CREATE OR REPLACE FUNCTION public.casework_suspects_of(reference text)
RETURNS SETOF bigint
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    area bigint := ctx.claim(4);
    harmed bigint[];
BEGIN
    IF NOT public.guarding_holds(ARRAY['feed_receiver']) THEN
        RAISE insufficient_privilege USING message = 'not a feed receiver';
    END IF;
    harmed := ARRAY(SELECT p.person_id FROM public.casework_victimisation v
                      JOIN public.people_personrecord p ON p.id = v.record_id
                     WHERE v.crime_ref = reference AND reference <> ''
                       AND v.area_id = area);
    RETURN QUERY
    WITH named AS (
        SELECT v.force_code, w.ref FROM public.casework_victimisation v
         CROSS JOIN LATERAL (
             SELECT v.suspect_ref
             UNION SELECT e.suspect_ref FROM public.journey_journeyevent e
                    WHERE e.victimisation_id = v.id) w(ref)
         WHERE v.crime_ref = reference AND v.area_id = area AND w.ref <> ''
    ), found AS (
        SELECT p.person_id AS id FROM named n
          JOIN public.intake_referral i
            ON i.person_ref = n.ref AND i.force_code = n.force_code AND i.area_id = area
          JOIN public.casework_victimisation v ON v.referral_id = i.id
          JOIN public.people_personrecord p ON p.id = v.record_id
        UNION
        SELECT x.suspect_id FROM public.casework_keptapart x
         WHERE x.victim_id = ANY (harmed) AND x.lifted_at IS NULL
    )
    SELECT f.id FROM found f WHERE f.id <> ALL (harmed);
END $$;
REVOKE ALL ON FUNCTION public.casework_suspects_of(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.casework_suspects_of(text) TO alongside_app;
