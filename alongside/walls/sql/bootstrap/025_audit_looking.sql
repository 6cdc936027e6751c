-- Who looked at whom lately, for the owner's checked functions only: it does not ask
-- who wants to know. Run by the administrator; safe to repeat.

-- Entries come in the order of time, so that a few words for each stretch of the table
-- find the last days without an entry in an index for every look.
CREATE INDEX IF NOT EXISTS entry_by_time ON audit.entry USING brin (written_at)
    WITH (pages_per_range = 32);

-- Each time one person was opened, from a moment on. Lists of names are no such look.
CREATE OR REPLACE FUNCTION audit.looks_since(area bigint, since timestamptz)
RETURNS TABLE (at timestamptz, user_id bigint, agency_id bigint, action text,
               person uuid)
STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp LANGUAGE sql AS $$
    SELECT e.at, e.user_id, e.agency_id, e.action, looked.person
      FROM audit.entry e CROSS JOIN LATERAL unnest(e.person_ids) looked(person)
     WHERE e.written_at >= $2 AND e.area_id = $1
       AND (cardinality(e.person_ids) = 1
            -- Two records side by side are a look at both people.
            OR cardinality(e.person_ids) = 2 AND e.purpose = 'link review')
       AND e.action IN ('person.seen', 'person.refused', 'case.seen', 'vault.opened')
       AND e.subject_kind <> 'name'
$$;
ALTER FUNCTION audit.looks_since(bigint, timestamptz) OWNER TO alongside_audit;
REVOKE ALL ON FUNCTION audit.looks_since(bigint, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.looks_since(bigint, timestamptz) TO alongside_owner;
