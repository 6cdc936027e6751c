-- The signed context: who acts, for whom, where, until when.
-- Run by the administrator; safe to repeat.
--
-- A transaction carries one setting, app.ctx =
-- kid|user|agency|area|expires|clearance|strong|mac,
-- signed with a key the application's database role cannot read. Policies call
-- ctx.claim(n); injected SQL that sets another agency fails the signature.

CREATE SCHEMA IF NOT EXISTS ctx AUTHORIZATION alongside_owner;
REVOKE ALL ON SCHEMA ctx FROM PUBLIC;
GRANT USAGE ON SCHEMA ctx TO alongside_app, alongside_auditor;

CREATE TABLE IF NOT EXISTS ctx.signing_key (
    kid  int PRIMARY KEY,
    ipad bytea NOT NULL,   -- key xor 0x36, padded to 64 bytes
    opad bytea NOT NULL    -- key xor 0x5c, padded to 64 bytes
);
ALTER TABLE ctx.signing_key OWNER TO alongside_owner;
REVOKE ALL ON ctx.signing_key FROM PUBLIC, alongside_app, alongside_report, alongside_auditor;

CREATE OR REPLACE FUNCTION ctx.set_key(new_kid int, new_ipad bytea, new_opad bytea)
RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO ctx.signing_key AS k (kid, ipad, opad)
    VALUES (new_kid, new_ipad, new_opad)
    ON CONFLICT (kid) DO UPDATE SET ipad = excluded.ipad, opad = excluded.opad
    WHERE (k.ipad, k.opad) IS DISTINCT FROM (excluded.ipad, excluded.opad)
$$;
ALTER FUNCTION ctx.set_key(int, bytea, bytea) OWNER TO alongside_owner;
REVOKE ALL ON FUNCTION ctx.set_key(int, bytea, bytea) FROM PUBLIC;

-- One field of the context: 2 user, 3 agency, 4 area, 6 the compartments the actor
-- is cleared for (a mask), 7 when a second factor was last given (epoch seconds, 0
-- for never). NULL where there is no
-- context (then every policy shows nothing); an error where it was forged,
-- altered or has run out.
CREATE OR REPLACE FUNCTION ctx.claim(n int) RETURNS bigint
STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    part  text[] := string_to_array(nullif(current_setting('app.ctx', true), ''), '|');
    valid boolean;
BEGIN
    IF part IS NULL THEN
        RETURN NULL;
    END IF;
    -- The signature first, compared as text: until it holds, nothing is cast.
    SELECT part[8] = encode(sha256(k.opad || sha256(k.ipad || convert_to(
               array_to_string(part[1:7], '|'), 'UTF8'))), 'hex')
      INTO valid FROM ctx.signing_key k WHERE k.kid::text = part[1];
    IF valid IS NOT TRUE OR array_length(part, 1) <> 8
       OR part[5]::bigint < extract(epoch FROM now()) THEN
        RAISE insufficient_privilege USING message = 'bad context';
    END IF;
    RETURN part[n]::bigint;
END $$;
ALTER FUNCTION ctx.claim(int) OWNER TO alongside_owner;
REVOKE ALL ON FUNCTION ctx.claim(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.claim(int) TO alongside_app, alongside_owner;
