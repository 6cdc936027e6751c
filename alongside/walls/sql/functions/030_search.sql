-- Finding people. Applied by the owner after every migrate; safe to repeat.
--
-- A search asks whom the actor may see inside the database, by the same function as
-- opening does (people_may_see), so that nobody learns of a person they could not
-- open. It answers with masked labels, and puts one entry on the trail.

-- The words of names, learned when a record comes in. Nobody waits for another
-- transaction here: a word learned twice at once is kept twice, which does no harm.
CREATE OR REPLACE FUNCTION public.people_learn_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO public.people_nameword (word)
    SELECT said.word
      FROM (SELECT DISTINCT w.word FROM fresh, unnest(fresh.words) AS w(word)
             WHERE left(w.word, 1) <> '#') said
     WHERE NOT EXISTS (SELECT 1 FROM public.people_nameword n
                        WHERE n.word = said.word OFFSET 0);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.people_learn_words() FROM PUBLIC;
CREATE OR REPLACE TRIGGER record_teaches_words
    AFTER INSERT ON public.people_personrecord REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION public.people_learn_words();

-- A word that no record holds any more is forgotten with the last that did.
CREATE OR REPLACE FUNCTION public.people_forget_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM public.people_nameword n
     USING (SELECT DISTINCT w.word FROM stale, unnest(stale.words) AS w(word)) gone
     WHERE n.word = gone.word
       AND NOT EXISTS (SELECT 1 FROM public.people_personrecord r
                        WHERE r.words @> ARRAY[gone.word]);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.people_forget_words() FROM PUBLIC;
CREATE OR REPLACE TRIGGER record_gone_forgets_words
    AFTER DELETE ON public.people_personrecord REFERENCING OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION public.people_forget_words();
CREATE OR REPLACE TRIGGER record_changed_forgets_words
    AFTER UPDATE ON public.people_personrecord REFERENCING OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION public.people_forget_words();
CREATE OR REPLACE TRIGGER record_changed_teaches_words
    AFTER UPDATE ON public.people_personrecord REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION public.people_learn_words();

-- Words of names that one typed word may stand for: itself and, from three letters
-- on, those that begin with it; when `near`, those a slip or two of the keys away.
CREATE OR REPLACE FUNCTION public.people_words_for(typed text, near boolean)
RETURNS text[] STABLE LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan
SET enable_seqscan = off SET jit = off AS $$
DECLARE
    most  CONSTANT int := 60;   -- beginnings of words one typed word may stand for
    close CONSTANT int := 8;    -- words so near that it may be a slip for them
    slips CONSTANT int := CASE WHEN length(typed) < 4 THEN 1 ELSE 2 END;
    found text[];
BEGIN
    IF typed IS NULL THEN
        RETURN NULL;
    ELSIF length(typed) < 3 THEN
        RETURN ARRAY[typed];
    END IF;
    -- As low as a short word with two letters changed about needs. For this transaction:
    -- a function's own SET may not name it before the extension has been loaded.
    PERFORM set_config('pg_trgm.similarity_threshold', '0.2', true);
    SELECT array_agg(DISTINCT o.word) INTO found FROM (
        (SELECT n.word FROM public.people_nameword n
          WHERE n.word >= typed AND n.word < typed || chr(1114111)
          ORDER BY n.word LIMIT most)
        UNION ALL
        (SELECT n.word FROM public.people_nameword n
          WHERE near
            AND (n.word % typed
                 -- Two letters changed about in a short word leave hardly a piece alike.
                 OR length(typed) < 6 AND n.word >= left(typed, 1)
                    AND n.word < left(typed, 1) || chr(1114111))
            AND levenshtein_less_equal(left(n.word, 60), left(typed, 60), slips)
                <= slips
          ORDER BY levenshtein(left(n.word, 60), left(typed, 60)), n.word
          LIMIT close)) o;
    RETURN coalesce(found, '{}') || typed;
END $$;
REVOKE ALL ON FUNCTION public.people_words_for(text, boolean) FROM PUBLIC;

-- Whether one facet of a case is open to the actor: what the policies ask, for these
-- functions, which run as the owner.
CREATE OR REPLACE FUNCTION public.people_case_open(the_case bigint, facet int)
RETURNS boolean STABLE LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.casework_caseaccess a
         WHERE a.case_id = the_case AND a.agency_id = ctx.claim(3)
           AND a.area_id = ctx.claim(4) AND a.fields & facet <> 0
           AND (a.user_id = ctx.claim(2) OR a.user_id IS NULL
                AND coalesce(ctx.claim(6), 0)::int & 64 <> 0)
           AND (a.until IS NULL OR a.until > statement_timestamp())
           AND a.compartments & ~(coalesce(ctx.claim(6), 0)::int) = 0
           AND (a.barred IS NULL OR ctx.claim(2) <> ALL (a.barred)))
$$;
REVOKE ALL ON FUNCTION public.people_case_open(bigint, int) FROM PUBLIC;

-- Which of these people fit everything that was asked; each has to fit on some record.
CREATE OR REPLACE FUNCTION public.people_that_fit(
    wanted bigint[], one text[], two text[], three text[], four text[], rest text[],
    points text[], sealed uuid[], place text, crimes text[], case_from uuid, case_to uuid
) RETURNS SETOF bigint
STABLE LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT DISTINCT p.id
      FROM unnest(wanted) AS w(id)
      JOIN public.people_person p ON p.id = w.id AND p.area_id = (SELECT ctx.claim(4))
     WHERE (one IS NULL AND rest IS NULL OR EXISTS (
               SELECT 1 FROM public.people_personrecord r WHERE r.person_id = p.id
                  AND (one IS NULL OR r.words && one)
                  AND (two IS NULL OR r.words && two)
                  AND (three IS NULL OR r.words && three)
                  AND (four IS NULL OR r.words && four)
                  AND (rest IS NULL OR r.words @> rest) OFFSET 0))
       AND (points IS NULL OR p.public_id = ANY (sealed) OR EXISTS (
               SELECT 1 FROM public.people_personrecord r
                 JOIN public.people_contactpoint k ON k.record_id = r.id
                WHERE r.person_id = p.id AND k.kind <> 'address'
                  AND k.value = ANY (points) OFFSET 0))
       AND (place IS NULL OR EXISTS (
               SELECT 1 FROM public.people_personrecord r
                 JOIN public.people_contactpoint k ON k.record_id = r.id
                WHERE r.person_id = p.id AND k.kind = 'address'
                  AND (k.postcode = place
                       OR starts_with(k.postcode, place || CASE
                              WHEN strpos(place, ' ') > 0 THEN '' ELSE ' ' END))
                OFFSET 0))
       AND (crimes IS NULL OR EXISTS (
               SELECT 1 FROM public.people_personrecord r
                 JOIN public.casework_victimisation v ON v.record_id = r.id
                WHERE r.person_id = p.id AND v.crime_ref = ANY (crimes)
                  AND CASE WHEN v.case_id IS NULL THEN v.agency_id = (SELECT ctx.claim(3))
                           ELSE public.people_case_open(v.case_id, 4) END OFFSET 0))
       AND (case_from IS NULL OR EXISTS (
               SELECT 1 FROM public.casework_case c
                WHERE c.person_id = p.id
                  AND c.public_id BETWEEN case_from AND case_to
                  AND public.people_case_open(c.id, 16) OFFSET 0));
END $$;
REVOKE ALL ON FUNCTION public.people_that_fit(bigint[], text[], text[], text[], text[],
    text[], text[], uuid[], text, text[], uuid, uuid) FROM PUBLIC;

-- People the actor may see who fit, at most `most`, each once. One way in is chosen,
-- the narrowest; its candidates are read as they come and asked about in batches, so
-- that a common name stops as soon as enough are found that are open to the actor.
CREATE OR REPLACE FUNCTION public.people_find(
    names text[], near boolean, rest text[], points text[], sealed uuid[], place text,
    crimes text[], case_from uuid, case_to uuid, most int
) RETURNS bigint[]
STABLE LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan
SET cursor_tuple_fraction = 1 SET enable_seqscan = off SET jit = off
SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
    agency bigint := ctx.claim(3);
    area  bigint := ctx.claim(4);
    one   text[] := public.people_words_for(names[1], near);
    two   text[] := public.people_words_for(names[2], near);
    three text[] := public.people_words_for(names[3], near);
    four  text[] := public.people_words_for(names[4], near);
    furthest CONSTANT int := 30000;  -- candidates looked at before giving up
    patience CONSTANT int := 2000;   -- before an agency's own people are read instead
    narrow   CONSTANT int := 10000;  -- where it holds no more cases than this
    names_only CONSTANT boolean := points IS NULL AND place IS NULL
                                   AND crimes IS NULL AND case_from IS NULL;
    holds boolean := EXISTS (SELECT 1 FROM public.casework_victimisation v
                              WHERE v.agency_id = agency AND v.case_id IS NULL);
    may_turn boolean := true;
    step  int := 200;
    taken int := 0;
    candidate bigint;
    batch bigint[] := '{}';
    fit   bigint[];
    open_ones bigint[] := '{}';
    c refcursor;
BEGIN
    IF case_from IS NOT NULL THEN
        OPEN c FOR SELECT k.person_id FROM public.casework_case k
                    WHERE k.public_id BETWEEN case_from AND case_to
                      AND k.area_id = area;
    ELSIF crimes IS NOT NULL THEN
        OPEN c FOR SELECT r.person_id FROM public.casework_victimisation v
                     JOIN public.people_personrecord r ON r.id = v.record_id
                    WHERE v.crime_ref = ANY (crimes) AND v.area_id = area;
    ELSIF points IS NOT NULL THEN
        OPEN c FOR SELECT r.person_id FROM public.people_contactpoint k
                     JOIN public.people_personrecord r ON r.id = k.record_id
                    WHERE k.kind <> 'address' AND k.value = ANY (points)
                      AND k.area_id = area
                    UNION ALL
                   SELECT p.id FROM public.people_person p
                    WHERE p.public_id = ANY (sealed) AND p.area_id = area;
    ELSIF place IS NOT NULL AND (place ~ ' [0-9][A-Z]{2}$'
                                 OR one IS NULL AND rest IS NULL) THEN
        OPEN c FOR SELECT r.person_id FROM public.people_contactpoint k
                     JOIN public.people_personrecord r ON r.id = k.record_id
                    WHERE k.kind = 'address' AND k.area_id = area
                      AND k.postcode >= place AND k.postcode < place || '~';
    ELSE
        OPEN c FOR SELECT r.person_id FROM public.people_personrecord r
                    WHERE r.area_id = area
                      AND (one IS NULL OR r.words && one)
                      AND (two IS NULL OR r.words && two)
                      AND (three IS NULL OR r.words && three)
                      AND (four IS NULL OR r.words && four)
                      AND (rest IS NULL OR r.words @> rest);
    END IF;
    LOOP
        FETCH c INTO candidate;
        IF candidate IS NOT NULL THEN
            batch := batch || candidate;
            taken := taken + 1;
        END IF;
        IF cardinality(batch) > 0
           AND (candidate IS NULL OR cardinality(batch) >= step) THEN
            IF names_only THEN
                fit := ARRAY(SELECT DISTINCT b.id FROM unnest(batch) AS b(id)
                              WHERE b.id <> ALL (open_ones));
            ELSE
                fit := ARRAY(SELECT f.id FROM public.people_that_fit(batch, one, two,
                                 three, four, rest, points, sealed, place, crimes,
                                 case_from, case_to) AS f(id)
                              WHERE f.id <> ALL (open_ones));
            END IF;
            -- The many that are nothing to this agency go first, and quickly.
            fit := ARRAY(SELECT f.id FROM unnest(fit) AS f(id)
                WHERE EXISTS (
                          SELECT 1 FROM public.casework_case k
                            JOIN public.casework_caseaccess a
                              ON a.case_id = k.id AND a.agency_id = agency
                           WHERE k.person_id = f.id OFFSET 0)
                   OR holds AND EXISTS (
                          SELECT 1 FROM public.people_personrecord r
                            JOIN public.casework_victimisation v
                              ON v.record_id = r.id AND v.agency_id = agency
                             AND v.case_id IS NULL
                           WHERE r.person_id = f.id OFFSET 0));
            fit := ARRAY(SELECT m.person_id FROM public.people_may_see(fit, 1) m);
            -- A phone or a postcode that fits confirms it: that is another facet.
            IF points IS NOT NULL OR place IS NOT NULL THEN
                fit := ARRAY(SELECT m.person_id FROM public.people_may_see(fit, 2) m);
            END IF;
            open_ones := open_ones || fit;
            batch := '{}';
            step := least(step * 3, 3000);
        END IF;
        IF may_turn AND taken >= patience AND candidate IS NOT NULL
           AND cardinality(open_ones) < most THEN
            may_turn := false;
            IF (SELECT count(*) FROM (SELECT 1 FROM public.casework_caseaccess a
                                       WHERE a.agency_id = agency
                                       LIMIT narrow + 1) s) <= narrow THEN
                open_ones := '{}';
                CLOSE c;
                OPEN c FOR SELECT f.id FROM public.people_that_fit(ARRAY(
                    SELECT k.person_id FROM public.casework_caseaccess a
                      JOIN public.casework_case k ON k.id = a.case_id
                     WHERE a.agency_id = agency
                    UNION
                    SELECT r.person_id FROM public.casework_victimisation v
                      JOIN public.people_personrecord r ON r.id = v.record_id
                     WHERE v.agency_id = agency AND v.case_id IS NULL),
                    one, two, three, four, rest, points, sealed, place, crimes,
                    case_from, case_to) AS f(id);
            END IF;
        END IF;
        EXIT WHEN candidate IS NULL OR cardinality(open_ones) >= most
               OR taken >= furthest;
    END LOOP;
    CLOSE c;
    RETURN open_ones[1:most];
END $$;
REVOKE ALL ON FUNCTION public.people_find(text[], boolean, text[], text[], uuid[], text,
    text[], uuid, uuid, int) FROM PUBLIC;

-- Find people. `names` is as typed, `points` are phones and e-mail addresses in their
-- standard form, `sealed` people whose protected phone or e-mail address was named,
-- `place` a postcode or the beginning of one, `reference` the first eight digits of a
-- case's id. Everything given has to fit. Slips of the keys in a name are thought of
-- when nothing else fits, or when `wider` asks for it. Answers one page of masked labels, the best
-- first, and how many were found in all, at most one more than `most`.
CREATE OR REPLACE FUNCTION public.people_search(
    names text, born date, points text[], sealed uuid[], place text, crimes text[],
    reference text, wider boolean, most int, start int, size int, purpose text,
    request_id uuid, at timestamptz
) RETURNS TABLE (public_id uuid, given_initial text, surname_initial text,
                 birth_year int, outward text, standing text, tier text, alike boolean,
                 found int)
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET enable_seqscan = off SET jit = off
LANGUAGE plpgsql AS $$
DECLARE
    who     bigint := ctx.claim(2);
    agency  bigint := ctx.claim(3);
    area    bigint := ctx.claim(4);
    cleared int := coalesce(ctx.claim(6), 0);
    typed   text[] := public.people_words(coalesce(names, ''), '', NULL);
    rest    text[] := nullif(typed[5:] || CASE WHEN born IS NULL THEN '{}'::text[]
                          ELSE public.people_words('', '', born) END, '{}');
    inside  uuid[] := ARRAY(SELECT m.public_id FROM public.people_may_see(ARRAY(
                          SELECT p.id FROM public.people_person p
                           WHERE p.public_id = ANY (sealed)), 128) m);
    low     uuid := (reference || '-0000-0000-0000-000000000000')::uuid;
    high    uuid := (reference || '-ffff-ffff-ffff-ffffffffffff')::uuid;
    asked   text := concat_ws(', ',
        CASE WHEN cardinality(typed) > 0 THEN 'name' END,
        CASE WHEN born IS NOT NULL THEN 'date of birth' END,
        CASE WHEN points IS NOT NULL THEN 'phone or e-mail' END,
        CASE WHEN place IS NOT NULL THEN 'postcode' END,
        CASE WHEN crimes IS NOT NULL THEN 'crime reference' END,
        CASE WHEN reference IS NOT NULL THEN 'case reference' END);
    exact   bigint[] := '{}';
    others  bigint[] := '{}';
    page    bigint[];
    reached bigint[];
    counted int;
BEGIN
    IF agency IS NULL OR asked = '' THEN
        RETURN;
    END IF;
    exact := public.people_find(typed, false, rest, points, inside, place, crimes,
                                low, high, most + 1);
    IF cardinality(typed) > 0 AND (wider OR cardinality(exact) = 0) THEN
        others := ARRAY(SELECT o.id FROM unnest(public.people_find(typed, true, rest,
                            points, inside, place, crimes, low, high, most + 1)) o(id)
                         WHERE o.id <> ALL (exact));
    END IF;
    counted := least(cardinality(exact) + cardinality(others), most + 1);
    -- Whole words before beginnings of words, those before slips; then the newest.
    page := ARRAY(
        SELECT o.id FROM unnest((exact || others)[1:most]) AS o(id)
         ORDER BY o.id = ANY (others), (
               SELECT max((SELECT count(*) FROM unnest(typed) t(word)
                            WHERE t.word = ANY (r.words)))
                 FROM public.people_personrecord r WHERE r.person_id = o.id) DESC,
               o.id DESC
        OFFSET start LIMIT size);
    PERFORM audit.record('person.searched', asked, NULL,
        ARRAY(SELECT p.public_id FROM public.people_person p WHERE p.id = ANY (page)),
        purpose, request_id, at);
    reached := ARRAY(SELECT m.person_id FROM public.people_may_see(page, 2) m);
    RETURN QUERY
    SELECT p.public_id, upper(left(btrim(r.given_names), 1)),
           upper(left(btrim(r.surname), 1)), extract(year FROM r.date_of_birth)::int,
           CASE WHEN p.id = ANY (reached) THEN (
               SELECT split_part(k.postcode, ' ', 1)
                 FROM public.people_contactpoint k
                 JOIN public.people_personrecord e ON e.id = k.record_id
                WHERE e.person_id = p.id AND k.kind = 'address' AND k.postcode <> ''
                ORDER BY e.said_at DESC, k.id LIMIT 1) END,
           seen.status, seen.tier, p.id = ANY (others), counted
      FROM unnest(page) WITH ORDINALITY AS o(id, n)
      JOIN public.people_person p ON p.id = o.id
      JOIN public.people_personrecord r ON r.id = p.shown_record_id
      LEFT JOIN LATERAL (
               SELECT c.status, CASE WHEN bool_or(a.fields & 8 <> 0) THEN c.tier END
                      AS tier
                 FROM public.casework_case c
                 JOIN public.casework_caseaccess a ON a.case_id = c.id
                WHERE c.person_id = p.id AND a.agency_id = agency AND a.area_id = area
                  AND a.fields & 16 <> 0
                  AND (a.user_id = who OR a.user_id IS NULL AND cleared & 64 <> 0)
                  AND (a.until IS NULL OR a.until > statement_timestamp())
                  AND a.compartments & ~cleared = 0
                  AND (a.barred IS NULL OR who <> ALL (a.barred))
                GROUP BY c.id
                ORDER BY c.status = 'closed', c.opened_at DESC LIMIT 1) seen ON true
     ORDER BY o.n;
END $$;
REVOKE ALL ON FUNCTION public.people_search(text, date, text[], uuid[], text, text[],
    text, boolean, int, int, int, text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.people_search(text, date, text[], uuid[], text, text[],
    text, boolean, int, int, int, text, uuid, timestamptz) TO alongside_app;
