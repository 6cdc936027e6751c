-- The audit trail. Owned by a role nobody can sign in as; the application can
-- add to it through two functions and can do nothing else with it.
-- Run by the administrator; safe to repeat.

CREATE SCHEMA IF NOT EXISTS audit AUTHORIZATION alongside_audit;
REVOKE ALL ON SCHEMA audit FROM PUBLIC;
GRANT USAGE ON SCHEMA audit TO alongside_app, alongside_owner, alongside_auditor;
GRANT USAGE ON SCHEMA ctx TO alongside_audit;
GRANT EXECUTE ON FUNCTION ctx.claim(int) TO alongside_audit;

CREATE TABLE IF NOT EXISTS audit.entry (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at           timestamptz NOT NULL,
    written_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    xid          xid8 NOT NULL DEFAULT pg_current_xact_id(),
    area_id      bigint,
    user_id      bigint,
    agency_id    bigint,
    action       text NOT NULL,
    subject_kind text NOT NULL,
    subject_id   uuid,
    person_ids   uuid[] NOT NULL DEFAULT '{}',
    purpose      text NOT NULL DEFAULT '',
    request_id   uuid
);
ALTER TABLE audit.entry OWNER TO alongside_audit;
REVOKE ALL ON audit.entry FROM PUBLIC, alongside_app, alongside_owner, alongside_report;
GRANT SELECT ON audit.entry TO alongside_auditor;
-- A database restored into another server counts transactions anew. Each such life
-- is an era, so that later entries are still sealed after earlier ones.
ALTER TABLE audit.entry ADD COLUMN IF NOT EXISTS era int NOT NULL DEFAULT 1;
DROP INDEX IF EXISTS audit.entry_by_xid;
CREATE INDEX IF NOT EXISTS entry_by_place ON audit.entry (era, xid, id);
-- Who has seen this person? Entries without people, the most by far, are not in it.
-- Kept up at once: 0.16 ms for 25 people, where putting it off is free until the
-- list of what was put off is full and somebody waits for all of it.
CREATE INDEX IF NOT EXISTS entry_by_person ON audit.entry USING gin (person_ids)
    WITH (fastupdate = off) WHERE person_ids <> '{}';

-- A belt beside the braces: a mistake by the schema's owner is refused too.
CREATE OR REPLACE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE insufficient_privilege USING message = 'the audit trail is append-only';
END $$;
ALTER FUNCTION audit.refuse() OWNER TO alongside_audit;
REVOKE ALL ON FUNCTION audit.refuse() FROM PUBLIC;
CREATE OR REPLACE TRIGGER entry_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

-- Who acts is read from the signed context, never from the caller.
CREATE OR REPLACE FUNCTION audit.record(
    action text, subject_kind text, subject_id uuid, person_ids uuid[],
    purpose text, request_id uuid, at timestamptz
) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO audit.entry (at, area_id, user_id, agency_id, action, subject_kind,
                             subject_id, person_ids, purpose, request_id)
    VALUES ($7, ctx.claim(4), ctx.claim(2), ctx.claim(3), $1, $2, $3, $4, $5, $6)
$$;
ALTER FUNCTION audit.record(text, text, uuid, uuid[], text, uuid, timestamptz)
    OWNER TO alongside_audit;
REVOKE ALL ON FUNCTION audit.record(text, text, uuid, uuid[], text, uuid, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.record(text, text, uuid, uuid[], text, uuid, timestamptz)
    TO alongside_app, alongside_owner;

DROP FUNCTION IF EXISTS audit.record_many(text, text, uuid[], timestamptz);
CREATE OR REPLACE FUNCTION audit.record_many(
    action text, subject_kind text, subject_ids uuid[], purpose text,
    request_id uuid, at timestamptz
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    area bigint := ctx.claim(4);
    who bigint := ctx.claim(2);
    agency bigint := ctx.claim(3);
BEGIN
    INSERT INTO audit.entry (at, area_id, user_id, agency_id, action, subject_kind,
                             subject_id, purpose, request_id)
    SELECT $6, area, who, agency, $1, $2, one.id, $4, $5 FROM unnest($3) AS one(id);
END $$;
ALTER FUNCTION audit.record_many(text, text, uuid[], text, uuid, timestamptz)
    OWNER TO alongside_audit;
REVOKE ALL ON FUNCTION
    audit.record_many(text, text, uuid[], text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    audit.record_many(text, text, uuid[], text, uuid, timestamptz)
    TO alongside_app, alongside_owner;

-- What the trail says of one person, newest first: at most `n` entries before a moment,
-- and those of the same moment as the last of them, so that the next page misses none.
-- For the owner's checked functions only: it does not ask who wants to know.
CREATE OR REPLACE FUNCTION audit.entries_about(person uuid, before timestamptz, n int)
RETURNS TABLE (id bigint, at timestamptz, area_id bigint, user_id bigint,
               agency_id bigint, action text, subject_kind text, subject_id uuid,
               purpose text, request_id uuid)
STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp LANGUAGE sql AS $$
    SELECT e.id, e.at, e.area_id, e.user_id, e.agency_id, e.action, e.subject_kind,
           e.subject_id, e.purpose, e.request_id
      FROM audit.entry e
     WHERE e.person_ids @> ARRAY[$1] AND e.person_ids <> '{}' AND e.at < $2
     ORDER BY e.at DESC
     FETCH FIRST $3 ROWS WITH TIES
$$;
ALTER FUNCTION audit.entries_about(uuid, timestamptz, int) OWNER TO alongside_audit;
REVOKE ALL ON FUNCTION audit.entries_about(uuid, timestamptz, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.entries_about(uuid, timestamptz, int) TO alongside_owner;
