-- Protected details: who may know of them, opening, finding and shredding. Applied by
-- the owner after every migrate; safe to repeat.

-- Of whom the actor may see what the vault holds: only by a case of theirs that is open
-- to the actor with its protected part (facet 128). A held referral is not enough.
CREATE OR REPLACE FUNCTION public.vault_visible(wanted uuid[])
RETURNS SETOF uuid STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    who bigint := ctx.claim(2);
    agency bigint := ctx.claim(3);
    area bigint := ctx.claim(4);
    cleared int := coalesce(ctx.claim(6), 0);
    keys bigint[];
BEGIN
    -- What is sealed stays under the name it was given: whoever was joined into somebody
    -- is seen by who sees them.
    SELECT array_agg(public.linking_now(p.id)) INTO keys FROM public.people_person p
     WHERE p.public_id = ANY (wanted) AND p.area_id = area;
    IF keys IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT named.id FROM public.people_may_see(keys, 128) m,
           LATERAL unnest(public.linking_names_of(m.public_id)) AS named(id)
     WHERE named.id = ANY (wanted) AND EXISTS (
               SELECT 1 FROM public.casework_case c
                 JOIN public.casework_caseaccess a ON a.case_id = c.id
                WHERE c.person_id = m.person_id AND a.agency_id = agency
                  AND a.fields & 128 <> 0
                  AND (a.user_id IS NULL OR a.user_id = who)
                  AND (a.until IS NULL OR a.until > statement_timestamp())
                  AND a.compartments & ~cleared = 0
                  AND (a.barred IS NULL OR who <> ALL (a.barred)));
END $$;
REVOKE ALL ON FUNCTION public.vault_visible(uuid[]) FROM PUBLIC;

CREATE OR REPLACE FUNCTION public.vault_may_see(wanted uuid)
RETURNS boolean STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT EXISTS (SELECT 1 FROM public.vault_visible(ARRAY[wanted]))
$$;
REVOKE ALL ON FUNCTION public.vault_may_see(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.vault_may_see(uuid) TO alongside_app;

-- How many minutes ago a second factor may have been given for a kind to be opened;
-- 0 where the database does not ask. The same as foundation/vault/data/details.toml.
CREATE OR REPLACE FUNCTION public.vault_fresh_minutes(kind text)
RETURNS int LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE kind WHEN 'refuge_address' THEN 10 ELSE 0 END
$$;
REVOKE ALL ON FUNCTION public.vault_fresh_minutes(text) FROM PUBLIC;

-- What a page about a person may say without opening anything: to those who may open,
-- which kinds are held; to others who may see the person, only whether anything is.
CREATE OR REPLACE FUNCTION public.vault_held(wanted uuid)
RETURNS TABLE (may_open boolean, kinds text[])
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    held text[];
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM public.people_person p
          JOIN LATERAL public.people_may_see(ARRAY[p.id], 255) m ON true
         WHERE p.public_id = wanted AND p.area_id = ctx.claim(4))
    THEN
        RETURN;
    END IF;
    SELECT coalesce(array_agg(DISTINCT v.kind), '{}') INTO held
      FROM public.vault_sealedvalue v
     WHERE v.person = ANY (public.linking_names_of(wanted))
       AND v.area_id = ctx.claim(4) AND v.ended_at IS NULL;
    IF public.vault_may_see(wanted) THEN
        RETURN QUERY SELECT true, held;
    ELSE
        RETURN QUERY SELECT false,
            CASE WHEN cardinality(held) > 0 THEN ARRAY['something'] ELSE held END;
    END IF;
END $$;
REVOKE ALL ON FUNCTION public.vault_held(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.vault_held(uuid) TO alongside_app;

-- Hand out sealed values, each look on the trail first, the refused ones too. `outcome`
-- is 'opened' with everything that opening needs, or 'stale' without: a second factor
-- must be given again. What the actor may not see has no row at all.
CREATE OR REPLACE FUNCTION public.vault_open(
    wanted uuid[], purpose text, request_id uuid, at timestamptz
) RETURNS TABLE (detail uuid, outcome text, person uuid, kind text, key uuid,
                 sealed bytea, wrapped bytea, wrapped_by text)
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    area bigint := ctx.claim(4);
    strong bigint := coalesce(ctx.claim(7), 0);
    age double precision := extract(epoch FROM clock_timestamp()) - strong;
    one record;
    seen uuid[];
BEGIN
    SELECT array_agg(DISTINCT v.person) INTO seen FROM public.vault_sealedvalue v
     WHERE v.public_id = ANY (wanted) AND v.area_id = area;
    SELECT coalesce(array_agg(p), '{}') INTO seen FROM public.vault_visible(seen) p;
    FOR one IN
        SELECT v.public_id, v.person, v.kind, v.key, v.sealed, k.wrapped, k.wrapped_by,
               v.person = ANY (seen) AS may_see,
               public.vault_fresh_minutes(v.kind) AS minutes
          FROM public.vault_sealedvalue v
          LEFT JOIN public.vault_personkey k
            ON k.public_id = v.key AND k.area_id = v.area_id
         WHERE v.public_id = ANY (wanted) AND v.area_id = area
         ORDER BY v.id
    LOOP
        detail := one.public_id;
        IF NOT one.may_see OR (one.minutes > 0 AND age > one.minutes * 60) THEN
            PERFORM audit.record('vault.refused', one.kind, one.public_id,
                                 ARRAY[one.person], purpose, request_id, at);
            CONTINUE WHEN NOT one.may_see;
            SELECT 'stale', one.person, one.kind INTO outcome, person, kind;
            SELECT NULL, NULL, NULL, NULL INTO key, sealed, wrapped, wrapped_by;
        ELSE
            PERFORM audit.record('vault.opened', one.kind, one.public_id,
                                 ARRAY[one.person], purpose, request_id, at);
            SELECT 'opened', one.person, one.kind, one.key, one.sealed, one.wrapped,
                   one.wrapped_by
              INTO outcome, person, kind, key, sealed, wrapped, wrapped_by;
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION public.vault_open(uuid[], text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.vault_open(uuid[], text, uuid, timestamptz)
    TO alongside_app;

-- Whose protected phone or e-mail address has one of these tokens. Only people whose
-- protected details the actor may see: for anybody else a guess is not confirmed.
CREATE OR REPLACE FUNCTION public.vault_find(
    by_field text, tokens bytea[], purpose text, request_id uuid, at timestamptz
) RETURNS SETOF uuid
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    area bigint := ctx.claim(4);
    found uuid[];
BEGIN
    SELECT array_agg(DISTINCT v.person) INTO found
      FROM public.vault_blindtoken t
      JOIN public.vault_sealedvalue v ON v.id = t.value_id
     WHERE t.area_id = area AND t.field = by_field
       AND t.token = ANY (tokens) AND v.ended_at IS NULL;
    SELECT coalesce(array_agg(p), '{}') INTO found FROM public.vault_visible(found) p;
    PERFORM audit.record('vault.searched', by_field, NULL, found, purpose, request_id,
                         at);
    RETURN QUERY SELECT DISTINCT public.linking_known_as(f.id) FROM unnest(found) f(id);
END $$;
REVOKE ALL ON FUNCTION public.vault_find(text, bytea[], text, uuid, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.vault_find(text, bytea[], text, uuid, timestamptz)
    TO alongside_app;

-- Destroy a person's key: what was sealed under it is dead, here and in every backup.
-- Their tokens go with it. For information governance, and for retention, which acts as
-- the feed receiver of the service.
CREATE OR REPLACE FUNCTION public.vault_shred(
    wanted uuid, purpose text, request_id uuid, at timestamptz
) RETURNS TABLE (key uuid, details bigint)
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    area bigint := ctx.claim(4);
    names CONSTANT uuid[] := public.linking_names_of(wanted);
BEGIN
    IF area IS NULL OR NOT EXISTS (
        SELECT 1 FROM public.accounts_membership m
         WHERE m.user_id = ctx.claim(2) AND m.agency_id = ctx.claim(3)
           AND m.role IN ('information_governance', 'feed_receiver')
           AND (m.until IS NULL OR m.until > statement_timestamp()))
    THEN
        RAISE insufficient_privilege USING message = 'may not shred';
    END IF;
    DELETE FROM public.vault_blindtoken t USING public.vault_sealedvalue v
     WHERE t.value_id = v.id AND v.person = ANY (names) AND v.area_id = area;
    UPDATE public.vault_sealedvalue v SET ended_at = at
     WHERE v.person = ANY (names) AND v.area_id = area AND v.ended_at IS NULL;
    PERFORM audit.record('vault.shredded', 'person', wanted, ARRAY[wanted], purpose,
                         request_id, at);
    RETURN QUERY
    WITH gone AS (
        DELETE FROM public.vault_personkey k
         WHERE k.person = ANY (names) AND k.area_id = area RETURNING k.public_id
    )
    SELECT g.public_id,
           (SELECT count(*) FROM public.vault_sealedvalue v WHERE v.key = g.public_id)
      FROM gone g;
END $$;
REVOKE ALL ON FUNCTION public.vault_shred(uuid, text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.vault_shred(uuid, text, uuid, timestamptz)
    TO alongside_app;
