-- Seals of the audit trail. Run by the administrator; safe to repeat.
--
-- A seal is a hash over a stretch of entries and over the seal before it. What it
-- says is worked out here, from the entries, whoever asks: nobody can hand in a seal
-- of their own making. Signatures come from outside, by a key that the database never
-- holds; anybody may hand one in, and only one by that key counts.

CREATE TABLE IF NOT EXISTS audit.seal (
    n          bigint PRIMARY KEY,
    -- The last entry under this seal; entries are in the order of era, xid, id.
    era        int NOT NULL,
    xid        xid8 NOT NULL,
    id         bigint NOT NULL,
    rows       bigint NOT NULL CHECK (rows > 0),
    total      bigint NOT NULL,          -- under this seal and all before it
    first_id   bigint NOT NULL,
    last_id    bigint NOT NULL,
    first_at   timestamptz NOT NULL,     -- when its entries were written
    last_at    timestamptz NOT NULL,
    chain      bytea NOT NULL,
    sealed_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE IF NOT EXISTS audit.signature (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    n          bigint NOT NULL REFERENCES audit.seal (n),
    key        text NOT NULL CHECK (key ~ '^[0-9a-f]{16}$'),
    signature  bytea NOT NULL CHECK (length(signature) = 64),
    written_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX IF NOT EXISTS signature_of_seal ON audit.signature (n);
CREATE TABLE IF NOT EXISTS audit.era (
    n        int PRIMARY KEY,
    began_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
ALTER TABLE audit.seal OWNER TO alongside_audit;
ALTER TABLE audit.signature OWNER TO alongside_audit;
ALTER TABLE audit.era OWNER TO alongside_audit;
INSERT INTO audit.era (n) VALUES (1) ON CONFLICT DO NOTHING;
REVOKE ALL ON audit.seal, audit.signature, audit.era
    FROM PUBLIC, alongside_app, alongside_owner, alongside_report;
GRANT SELECT ON audit.seal, audit.signature, audit.era TO alongside_auditor;

CREATE OR REPLACE TRIGGER seal_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.seal
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE OR REPLACE TRIGGER signature_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.signature
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE OR REPLACE TRIGGER era_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.era
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

-- Seal the next stretch of entries; returns how many, 0 when there is nothing to seal.
--
-- Only entries of transactions that have ended, and of which none begun earlier is
-- still open: whatever comes later comes after them in this order. By their ids
-- alone, an entry committed late would be left out for ever.
-- An entry's bytes are record_send(), PostgreSQL's own binary form of a row: every
-- field with its type and its length, times as microseconds, nothing to be read twice.
CREATE OR REPLACE FUNCTION audit.make_seal() RETURNS bigint
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    most   CONSTANT int := 10000;  -- as finely as damage can be named
    before audit.seal;
    block  record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('audit.seal', 0));
    SELECT * INTO before FROM audit.seal s ORDER BY s.n DESC LIMIT 1;
    WITH stretch AS MATERIALIZED (
        SELECT e.era, e.xid, e.id, e.written_at,
               record_send(ROW(e.id, e.era, e.xid, e.written_at, e.at, e.area_id,
                   e.user_id, e.agency_id, e.action, e.subject_kind, e.subject_id,
                   e.person_ids, e.purpose, e.request_id)) AS bytes
          FROM audit.entry e
         WHERE (e.era, e.xid, e.id) > (coalesce(before.era, 0),
                   coalesce(before.xid, '0'::xid8), coalesce(before.id, 0))
           AND (e.xid < pg_snapshot_xmin(pg_current_snapshot())
                OR e.era < (SELECT max(a.n) FROM audit.era a))
         ORDER BY e.era, e.xid, e.id
         LIMIT most
    ), final AS (
        SELECT s.era, s.xid, s.id FROM stretch s
         ORDER BY s.era DESC, s.xid DESC, s.id DESC LIMIT 1
    )
    SELECT (SELECT f.era FROM final f) AS era, (SELECT f.xid FROM final f) AS xid,
           (SELECT f.id FROM final f) AS id, count(*) AS rows,
           min(s.id) AS first_id, max(s.id) AS last_id,
           min(s.written_at) AS first_at, max(s.written_at) AS last_at,
           sha256(string_agg(s.bytes, ''::bytea ORDER BY s.era, s.xid, s.id)) AS digest
      INTO block FROM stretch s;
    IF block.rows = 0 THEN
        RETURN 0;
    END IF;
    INSERT INTO audit.seal (n, era, xid, id, rows, total, first_id, last_id, first_at,
                            last_at, chain)
    VALUES (coalesce(before.n, 0) + 1, block.era, block.xid, block.id, block.rows,
            coalesce(before.total, 0) + block.rows, block.first_id, block.last_id,
            block.first_at, block.last_at,
            sha256(coalesce(before.chain, sha256('alongside'::bytea)) || block.digest));
    RETURN block.rows;
END $$;
ALTER FUNCTION audit.make_seal() OWNER TO alongside_audit;
REVOKE ALL ON FUNCTION audit.make_seal() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.make_seal() TO alongside_app;

-- Seals from a number on, oldest first, with their signatures. They say nothing of
-- what the entries say.
CREATE OR REPLACE FUNCTION audit.seals_from(first_n bigint)
RETURNS TABLE (n bigint, era int, xid bigint, id bigint, rows bigint, total bigint,
               first_id bigint, last_id bigint, first_at timestamptz,
               last_at timestamptz, chain bytea, sealed_at timestamptz,
               keys text[], signatures bytea[])
STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp LANGUAGE sql AS $$
    SELECT s.n, s.era, s.xid::text::bigint, s.id, s.rows, s.total, s.first_id,
           s.last_id, s.first_at, s.last_at, s.chain, s.sealed_at,
           ARRAY(SELECT g.key FROM audit.signature g WHERE g.n = s.n ORDER BY g.id),
           ARRAY(SELECT g.signature FROM audit.signature g WHERE g.n = s.n
                  ORDER BY g.id)
      FROM audit.seal s WHERE s.n >= $1 ORDER BY s.n
$$;
ALTER FUNCTION audit.seals_from(bigint) OWNER TO alongside_audit;
REVOKE ALL ON FUNCTION audit.seals_from(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.seals_from(bigint) TO alongside_app, alongside_auditor;

-- The number of the newest seal, 0 before the first.
CREATE OR REPLACE FUNCTION audit.newest_seal() RETURNS bigint
STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp LANGUAGE sql AS $$
    SELECT coalesce(max(s.n), 0) FROM audit.seal s
$$;
ALTER FUNCTION audit.newest_seal() OWNER TO alongside_audit;
REVOKE ALL ON FUNCTION audit.newest_seal() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.newest_seal() TO alongside_app, alongside_auditor;

CREATE OR REPLACE FUNCTION audit.sign_seal(n bigint, key text, signature bytea)
RETURNS void VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
LANGUAGE sql AS $$
    INSERT INTO audit.signature (n, key, signature) VALUES ($1, $2, $3)
$$;
ALTER FUNCTION audit.sign_seal(bigint, text, bytea) OWNER TO alongside_audit;
REVOKE ALL ON FUNCTION audit.sign_seal(bigint, text, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.sign_seal(bigint, text, bytea) TO alongside_app;

-- Begin a new era where the trail's own transaction numbers lie in this server's
-- future: then it was restored from another server. True when one was begun.
CREATE OR REPLACE FUNCTION audit.begin_era_if_moved() RETURNS boolean
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    present int := (SELECT max(a.n) FROM audit.era a);
BEGIN
    IF NOT EXISTS (SELECT 1 FROM audit.entry e WHERE e.era = present
                      AND e.xid >= pg_snapshot_xmax(pg_current_snapshot())) THEN
        RETURN false;
    END IF;
    INSERT INTO audit.era (n) VALUES (present + 1);
    EXECUTE format('ALTER TABLE audit.entry ALTER COLUMN era SET DEFAULT %s',
                   present + 1);
    RETURN true;
END $$;
ALTER FUNCTION audit.begin_era_if_moved() OWNER TO alongside_audit;
REVOKE ALL ON FUNCTION audit.begin_era_if_moved() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.begin_era_if_moved() TO alongside_owner;
