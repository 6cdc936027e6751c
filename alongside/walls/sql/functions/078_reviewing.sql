-- Is it the same person? What a reviewer is shown and answers. Applied by the owner
-- after every migrate; safe to repeat.
--
-- Some of what has been answered is asked again of somebody else, to see how often two
-- reviewers agree. Nobody can tell such a repeat from a first question: the application
-- cannot read which it is, and everything here answers alike for both.

-- Whether whoever acts reviews: supervisors and information governance, of a service
-- that keeps the area's register. The roles are looked up, never taken on trust.
CREATE OR REPLACE FUNCTION public.linking_reviews_here() RETURNS boolean
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT coalesce((SELECT ctx.claim(6)), 0)::int & 128 <> 0  -- the duty "register"
       AND public.guarding_holds(ARRAY['supervisor', 'information_governance'])
$$;
REVOKE ALL ON FUNCTION public.linking_reviews_here() FROM PUBLIC;

-- Refuse all others.
CREATE OR REPLACE FUNCTION public.linking_reviews_demand() RETURNS void
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    IF public.linking_reviews_here() IS NOT TRUE THEN
        RAISE insufficient_privilege USING message = 'not a reviewer';
    END IF;
END $$;
REVOKE ALL ON FUNCTION public.linking_reviews_demand() FROM PUBLIC;

-- Whether a task is a repeat of one that whoever acts has answered.
CREATE OR REPLACE FUNCTION public.linking_mine_again(repeated bigint) RETURNS boolean
STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT EXISTS (SELECT 1 FROM public.linking_reviewtask o
                    WHERE o.id = repeated AND o.answered_by_id = ctx.claim(2))
$$;
REVOKE ALL ON FUNCTION public.linking_mine_again(bigint) FROM PUBLIC;

-- Tasks of the area that whoever acts may see, heaviest first, at most `most` of them:
-- both people are open to them. `wanted` is "todo" (open, asked of us by somebody else,
-- or asked of the person before a moment) or "asked"; `only_why` narrows to one rule.
-- They begin after the task of that weight and id, where one is given; with `back`, those
-- before it, the nearest first.
DROP FUNCTION IF EXISTS
    public.linking_reviews_open(text, text, int, timestamptz);
CREATE OR REPLACE FUNCTION public.linking_reviews_open(
    wanted text, only_why text, most int, asked_before timestamptz,
    from_weight float8 DEFAULT 'infinity', from_id bigint DEFAULT 0,
    back boolean DEFAULT false
) RETURNS bigint[]
STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    who  bigint := ctx.claim(2);
    area bigint := ctx.claim(4);
    -- Tasks looked at in one go, and before giving up.
    step CONSTANT int := least(greatest(most, 25), 200);
    furthest CONSTANT int := greatest(most * 20, 2000);
    taken int := 0;
    last_weight float8 := from_weight;
    last_id bigint := from_id;
    batch bigint[];
    firsts bigint[];   -- whose the records of the batch are now, in its order
    seconds bigint[];
    open_to_me bigint[];
    mine bigint[] := '{}';
BEGIN
    LOOP
        IF back THEN
            batch := ARRAY(SELECT t.id FROM public.linking_reviewtask t
                WHERE t.area_id = area AND t.state IN ('open', 'asked')
                  AND t.weight >= last_weight
                  AND (t.weight > last_weight OR t.id < last_id)
                ORDER BY t.weight, t.id DESC LIMIT step);
        ELSE
            batch := ARRAY(SELECT t.id FROM public.linking_reviewtask t
                WHERE t.area_id = area AND t.state IN ('open', 'asked')
                  AND t.weight <= last_weight
                  AND (t.weight < last_weight OR t.id > last_id)
                ORDER BY t.weight DESC, t.id LIMIT step);
        END IF;
        EXIT WHEN cardinality(batch) = 0;
        taken := taken + cardinality(batch);
        SELECT t.weight, t.id INTO last_weight, last_id
          FROM public.linking_reviewtask t WHERE t.id = batch[cardinality(batch)];
        SELECT array_agg(a.person_id ORDER BY b.n), array_agg(z.person_id ORDER BY b.n)
          INTO firsts, seconds
          FROM unnest(batch) WITH ORDINALITY AS b(id, n)
          JOIN public.linking_reviewtask t ON t.id = b.id
          JOIN public.people_personrecord a ON a.id = t.record_id
          JOIN public.people_personrecord z ON z.id = t.other_id;
        open_to_me := ARRAY(SELECT m.person_id
                              FROM public.people_may_see(firsts || seconds, 1) m);
        mine := mine || ARRAY(
            SELECT t.id FROM unnest(batch, firsts, seconds)
                             WITH ORDINALITY AS b(id, first, second, n)
              JOIN public.linking_reviewtask t ON t.id = b.id
             WHERE b.first = ANY (open_to_me) AND b.second = ANY (open_to_me)
               AND (only_why IS NULL OR t.why = only_why)
               AND CASE WHEN wanted = 'asked' THEN t.state = 'asked'
                        ELSE t.state = 'open' OR t.state = 'asked'
                             AND CASE t.asked_of WHEN 'colleague'
                                 THEN t.asked_by_id <> who
                                 ELSE t.asked_at < asked_before END
                   END
               AND NOT public.linking_mine_again(t.repeat_of_id)
             ORDER BY b.n);
        EXIT WHEN cardinality(batch) < step OR cardinality(mine) >= most
               OR taken >= furthest;
    END LOOP;
    RETURN mine[1:most];
END $$;
REVOKE ALL ON FUNCTION public.linking_reviews_open(text, text, int, timestamptz, float8,
    bigint, boolean) FROM PUBLIC;

-- How many tasks wait for whoever acts; no more than `most` are counted. 0 for others.
CREATE OR REPLACE FUNCTION public.linking_count_reviews(
    most int, asked_before timestamptz
) RETURNS int
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    -- Asked for around every page, also where nobody acts any more.
    IF public.linking_reviews_here() IS NOT TRUE THEN
        RETURN 0;
    END IF;
    RETURN cardinality(
        public.linking_reviews_open('todo', NULL, most, asked_before));
END $$;
REVOKE ALL ON FUNCTION public.linking_count_reviews(int, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_count_reviews(int, timestamptz)
    TO alongside_app;

-- One page of tasks with masked labels, how many there are in all (at most one more
-- than `most`), and how many by each rule. Who is shown is on the trail.
CREATE OR REPLACE FUNCTION public.linking_list_reviews(
    wanted text, only_why text, most int, asked_before timestamptz, start int,
    size int, purpose text, request_id uuid, at timestamptz
) RETURNS TABLE (public_id uuid, why text, weight float8, opened_at timestamptz,
                 asked text, asked_by text, first text, first_born int, second text,
                 second_born int, found int)
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    every bigint[];
    page bigint[];
BEGIN
    PERFORM public.linking_reviews_demand();
    every := public.linking_reviews_open(wanted, only_why, most + 1, asked_before);
    page := every[start + 1:least(start + size, most)];
    PERFORM public.people_look(ARRAY(
        SELECT r.person_id FROM public.linking_reviewtask t
          JOIN public.people_personrecord r ON r.id IN (t.record_id, t.other_id)
         WHERE t.id = ANY (page)), 'name', purpose, request_id, at);
    RETURN QUERY
    SELECT t.public_id, t.why, t.weight, t.opened_at, t.asked, coalesce(u.name, ''),
           upper(left(btrim(a.given_names), 1)) || upper(left(btrim(a.surname), 1)),
           extract(year FROM a.date_of_birth)::int,
           upper(left(btrim(b.given_names), 1)) || upper(left(btrim(b.surname), 1)),
           extract(year FROM b.date_of_birth)::int, cardinality(every)
      FROM unnest(page) WITH ORDINALITY AS o(id, n)
      JOIN public.linking_reviewtask t ON t.id = o.id
      JOIN public.people_personrecord a ON a.id = t.record_id
      JOIN public.people_personrecord b ON b.id = t.other_id
      LEFT JOIN public.accounts_user u ON u.id = t.asked_by_id
     ORDER BY o.n;
END $$;
REVOKE ALL ON FUNCTION public.linking_list_reviews(text, text, int, timestamptz, int,
    int, text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_list_reviews(text, text, int, timestamptz,
    int, int, text, uuid, timestamptz) TO alongside_app;

-- Where to go on: the first task, or the one after or before (`back`) a task in the
-- list, also of one that is not in it any more.
DROP FUNCTION IF EXISTS public.linking_next_review(uuid, int, timestamptz);
CREATE OR REPLACE FUNCTION public.linking_next_review(
    beside uuid, back boolean, asked_before timestamptz
) RETURNS uuid
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    here public.linking_reviewtask;
    found bigint[];
BEGIN
    PERFORM public.linking_reviews_demand();
    SELECT * INTO here FROM public.linking_reviewtask t
     WHERE t.public_id = beside AND t.area_id = ctx.claim(4);
    IF here.id IS NULL THEN
        found := public.linking_reviews_open('todo', NULL, 1, asked_before);
    ELSE
        found := public.linking_reviews_open('todo', NULL, 1, asked_before,
                                             here.weight, here.id, back);
    END IF;
    RETURN (SELECT t.public_id FROM public.linking_reviewtask t WHERE t.id = found[1]);
END $$;
REVOKE ALL ON FUNCTION public.linking_next_review(uuid, boolean, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_next_review(uuid, boolean, timestamptz)
    TO alongside_app;

-- A task for whoever acts, locked where it is to be answered; nothing where there is
-- none that they may see. Its two people are those whose the records are now.
CREATE OR REPLACE FUNCTION public.linking_review_for_me(review uuid, to_answer boolean)
RETURNS SETOF public.linking_reviewtask
VOLATILE SET search_path = pg_catalog, public, pg_temp LANGUAGE plpgsql AS $$
DECLARE
    t public.linking_reviewtask;
BEGIN
    PERFORM public.linking_reviews_demand();
    IF to_answer THEN
        SELECT * INTO t FROM public.linking_reviewtask r
         WHERE r.public_id = review AND r.area_id = ctx.claim(4) FOR UPDATE;
    ELSE
        SELECT * INTO t FROM public.linking_reviewtask r
         WHERE r.public_id = review AND r.area_id = ctx.claim(4);
    END IF;
    t.person_id := (SELECT r.person_id FROM public.people_personrecord r
                     WHERE r.id = t.record_id);
    t.other_person_id := (SELECT r.person_id FROM public.people_personrecord r
                           WHERE r.id = t.other_id);
    IF t.id IS NULL OR public.linking_mine_again(t.repeat_of_id)
       OR (SELECT count(*) FROM public.people_may_see(
               ARRAY[t.person_id, t.other_person_id], 1)) < 1
          + (t.person_id <> t.other_person_id)::int THEN
        RETURN;
    END IF;
    RETURN NEXT t;
END $$;
REVOKE ALL ON FUNCTION public.linking_review_for_me(uuid, boolean) FROM PUBLIC;

-- One side of a task. `reach` shows contact points; how many other people in the area
-- use a phone or an e-mail address is counted up to a hundred.
CREATE OR REPLACE FUNCTION public.linking_review_side(
    the_record bigint, person bigint, other bigint, reach boolean
) RETURNS jsonb
STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT jsonb_build_object(
        'given_names', r.given_names, 'surname', r.surname, 'title', r.title,
        'date_of_birth', r.date_of_birth, 'gender', r.gender, 'language', r.language,
        'source', r.source, 'said_at', r.said_at,
        'standard', CASE WHEN reach THEN (
            SELECT to_jsonb(l) - '{id,area_id,record_id,person_id}'::text[]
              FROM public.linking_linkrecord l WHERE l.record_id = r.id) END,
        'contacts', CASE WHEN reach THEN (
            SELECT jsonb_agg(jsonb_build_object('kind', c.kind, 'value', c.value,
                       'as_given', c.as_given, 'postcode', c.postcode, 'others',
                       CASE WHEN c.kind = 'address' THEN 0 ELSE (
                           SELECT count(DISTINCT s.person_id) FROM (
                               SELECT r2.person_id FROM public.people_contactpoint c2
                                 JOIN public.people_personrecord r2
                                   ON r2.id = c2.record_id
                                WHERE c2.kind <> 'address' AND c2.value = c.value
                                  AND c2.area_id = r.area_id
                                  AND r2.person_id <> person AND r2.person_id <> other
                                LIMIT 100) s) END)
                   ORDER BY c.kind, c.id)
              FROM public.people_contactpoint c WHERE c.record_id = r.id) END,
        'unsafe', CASE WHEN reach THEN (
            SELECT jsonb_agg(m.channel ORDER BY m.channel) FROM (
                SELECT DISTINCT ON (s.channel) s.channel, s.state
                  FROM public.people_channelsafety s WHERE s.record_id = r.id
                 ORDER BY s.channel, s.set_at DESC, s.id DESC) m
             WHERE m.state = 'unsafe') END,
        'walls', (SELECT coalesce(bit_or(k.compartments), 0)
                    FROM public.casework_case k WHERE k.person_id = person),
        'crimes', (SELECT jsonb_agg(jsonb_build_object('ref', v.crime_ref,
                              'reported_at', v.reported_at,
                              'home', coalesce(v.suspect_same_address, false))
                          ORDER BY v.reported_at DESC, v.id)
                     FROM public.casework_victimisation v WHERE v.record_id = r.id
                      AND CASE WHEN v.case_id IS NULL THEN v.agency_id = ctx.claim(3)
                               ELSE public.people_case_open(v.case_id, 4) END))
      FROM public.people_personrecord r WHERE r.id = the_record
$$;
REVOKE ALL ON FUNCTION public.linking_review_side(bigint, bigint, bigint, boolean)
    FROM PUBLIC;

-- Everything the desk shows of one task, both people's look on the trail; NULL where
-- there is none that whoever acts may see.
CREATE OR REPLACE FUNCTION public.linking_open_review(
    review uuid, purpose text, request_id uuid, at timestamptz
) RETURNS jsonb
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    t public.linking_reviewtask;
    both_people bigint[];
    reach boolean;
    -- What came of a question asked before would tell that this one repeats it.
    told timestamptz;
BEGIN
    SELECT * INTO t FROM public.linking_review_for_me(review, false);
    IF t.id IS NULL THEN
        RETURN NULL;
    END IF;
    both_people := public.people_look(ARRAY[t.person_id, t.other_person_id],
        'name, date of birth, contact points', purpose, request_id, at);
    reach := (SELECT count(*) FROM public.people_may_see(both_people, 2))
             = cardinality(both_people);
    told := coalesce((SELECT o.answered_at FROM public.linking_reviewtask o
                       WHERE o.id = t.repeat_of_id), 'infinity');
    RETURN jsonb_build_object(
        'review', t.public_id, 'why', t.why, 'weight', t.weight, 'levels', t.levels,
        'model', t.model, 'opened_at', t.opened_at, 'state', t.state,
        'asked', t.asked, 'asked_of', t.asked_of, 'asked_at', t.asked_at,
        'asked_by', (SELECT u.name FROM public.accounts_user u WHERE u.id = t.asked_by_id),
        'reach', reach,
        'first', public.linking_review_side(
            t.record_id, t.person_id, t.other_person_id, reach),
        'second', public.linking_review_side(
            t.other_id, t.other_person_id, t.person_id, reach),
        'one_crime', EXISTS (
            SELECT 1 FROM public.casework_victimisation v
              JOIN public.casework_victimisation w ON w.crime_key = v.crime_key
             WHERE v.record_id = t.record_id AND w.record_id = t.other_id),
        'household', (SELECT jsonb_agg(jsonb_build_object('why', h.why, 'at', h.since))
                        FROM public.linking_householdhint h
                       WHERE h.low_id = least(t.person_id, t.other_person_id)
                         AND h.high_id = greatest(t.person_id, t.other_person_id)
                         AND h.since < told),
        'history', (SELECT jsonb_agg(to_jsonb(e) ORDER BY e.at) FROM (
            SELECT d.decided_at AS at, 'decided' AS what, d.rule, d.why, d.band,
                   d.record_id = t.record_id AS first, coalesce(u.name, '') AS by
              FROM public.linking_linkdecision d
              LEFT JOIN public.accounts_user u ON u.id = d.decided_by_id
             WHERE d.record_id IN (t.record_id, t.other_id) AND d.decided_at < told
             UNION ALL
            SELECT n.lifted_at, 'lifted', '', n.reason, '', true, coalesce(u.name, '')
              FROM public.linking_neverlink n
              LEFT JOIN public.accounts_user u ON u.id = n.lifted_by_id
             WHERE n.low_id = least(t.record_id, t.other_id)
               AND n.high_id = greatest(t.record_id, t.other_id)
               AND n.lifted_at < told
             ORDER BY 1 DESC LIMIT 20) e));
END $$;
REVOKE ALL ON FUNCTION public.linking_open_review(uuid, text, uuid, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_open_review(uuid, text, uuid, timestamptz)
    TO alongside_app;

-- Put on the trail that somebody asked for a task of people they may not see. Called
-- beside the request, as people_record_refused is; answers nothing.
CREATE OR REPLACE FUNCTION public.linking_review_refused(
    review uuid, purpose text, request_id uuid, at timestamptz
) RETURNS void
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.people_record_refused(ARRAY(
        SELECT r.person_id FROM public.linking_reviewtask t
          JOIN public.people_personrecord r ON r.id IN (t.record_id, t.other_id)
         WHERE t.public_id = review AND t.area_id = ctx.claim(4)),
        'everything', purpose, linking_review_refused.request_id, at);
END $$;
REVOKE ALL ON FUNCTION public.linking_review_refused(uuid, text, uuid, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_review_refused(uuid, text, uuid, timestamptz)
    TO alongside_app;
