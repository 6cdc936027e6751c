-- Is it the same person? What becomes of an answer. Applied by the owner after every
-- migrate; safe to repeat.

-- The two people of a task, by the ids the trail knows them by.
CREATE OR REPLACE FUNCTION public.linking_people_of(t public.linking_reviewtask)
RETURNS uuid[] STABLE SET search_path = pg_catalog, public, pg_temp LANGUAGE sql AS $$
    SELECT array_agg(p.public_id ORDER BY p.id) FROM public.people_person p
     WHERE p.id IN (t.person_id, t.other_person_id)
$$;
REVOKE ALL ON FUNCTION public.linking_people_of(public.linking_reviewtask) FROM PUBLIC;

-- Keep an answer, "same" or "not_same". `outcome` is "done", "answered" where somebody
-- was quicker, or "none" where there is no such task that whoever acts may see. After
-- "same", `kept` and `gone` are the two people to be joined, the one known longer kept;
-- they are empty where there is nothing to join. Of a repeat nothing comes but that.
CREATE OR REPLACE FUNCTION public.linking_answer_review(
    review uuid, answer text, words text, at timestamptz
) RETURNS TABLE (outcome text, kept uuid, gone uuid)
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    t public.linking_reviewtask;
    who bigint := ctx.claim(2);
    two bigint[];
BEGIN
    IF answer NOT IN ('same', 'not_same') THEN
        RAISE check_violation USING message = 'no such answer';
    END IF;
    SELECT * INTO t FROM public.linking_review_for_me(review, true);
    IF t.id IS NULL OR t.state NOT IN ('open', 'asked') THEN
        RETURN QUERY SELECT CASE WHEN t.id IS NULL THEN 'none' ELSE 'answered' END,
                            NULL::uuid, NULL::uuid;
        RETURN;
    END IF;
    UPDATE public.linking_reviewtask r
       SET state = answer, answered_at = at, answered_by_id = who, reason = words
     WHERE r.id = t.id;
    PERFORM audit.record('review.answered', 'review', t.public_id,
                         public.linking_people_of(t), answer, NULL, at);
    IF t.repeat_of_id IS NULL AND t.person_id <> t.other_person_id THEN
        IF answer = 'same' THEN
            two := ARRAY(SELECT p.id FROM public.people_person p
                          WHERE p.id IN (t.person_id, t.other_person_id)
                          ORDER BY p.created_at, p.id);
        ELSE
            INSERT INTO public.linking_neverlink
                (area_id, low_id, high_id, reason, made_at, made_by_id)
            VALUES (t.area_id, least(t.record_id, t.other_id),
                    greatest(t.record_id, t.other_id), words, at, who)
            ON CONFLICT DO NOTHING;
            -- It was said of two people: whatever else asks it of them is answered too.
            UPDATE public.linking_reviewtask r
               SET state = 'settled', reason = 'review ' || t.public_id,
                   answered_at = at, answered_by_id = who
             WHERE r.area_id = t.area_id AND r.state IN ('open', 'asked')
               AND r.repeat_of_id IS NULL AND r.id <> t.id
               AND (r.person_id = t.person_id AND r.other_person_id = t.other_person_id
                    OR r.person_id = t.other_person_id
                       AND r.other_person_id = t.person_id);
        END IF;
    END IF;
    RETURN QUERY SELECT 'done',
        (SELECT p.public_id FROM public.people_person p WHERE p.id = two[1]),
        (SELECT p.public_id FROM public.people_person p WHERE p.id = two[2]);
END $$;
REVOKE ALL ON FUNCTION public.linking_answer_review(uuid, text, text, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_answer_review(uuid, text, text, timestamptz)
    TO alongside_app;

-- Ask again what whoever acts has just answered: of somebody else, the sides swapped,
-- and looking as old as it is. After the joining, which would settle it. Of a repeat
-- nothing is asked.
CREATE OR REPLACE FUNCTION public.linking_ask_again(review uuid) RETURNS void
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.linking_reviews_demand();
    INSERT INTO public.linking_reviewtask
        (area_id, record_id, other_id, person_id, other_person_id, why, weight, levels,
         model, opened_at, repeat_of_id)
    SELECT t.area_id, t.other_id, t.record_id, t.other_person_id, t.person_id, t.why,
           t.weight, t.levels, t.model, t.opened_at, t.id
      FROM public.linking_reviewtask t
     WHERE t.public_id = review AND t.area_id = ctx.claim(4)
       AND t.answered_by_id = ctx.claim(2) AND t.state IN ('same', 'not_same')
       AND t.repeat_of_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM public.linking_reviewtask r
                        WHERE r.repeat_of_id = t.id);
END $$;
REVOKE ALL ON FUNCTION public.linking_ask_again(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_ask_again(uuid) TO alongside_app;

-- Put a task aside with a question, to a colleague or to the person at the next contact.
CREATE OR REPLACE FUNCTION public.linking_ask_review(
    review uuid, whom text, words text, at timestamptz
) RETURNS text
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    t public.linking_reviewtask;
BEGIN
    IF whom NOT IN ('colleague', 'person') OR btrim(words) = '' THEN
        RAISE check_violation USING message = 'nobody to ask, or nothing';
    END IF;
    SELECT * INTO t FROM public.linking_review_for_me(review, true);
    IF t.id IS NULL OR t.state NOT IN ('open', 'asked') THEN
        RETURN CASE WHEN t.id IS NULL THEN 'none' ELSE 'answered' END;
    END IF;
    UPDATE public.linking_reviewtask r
       SET state = 'asked', asked = btrim(words), asked_of = whom,
           asked_by_id = ctx.claim(2), asked_at = at
     WHERE r.id = t.id;
    PERFORM audit.record('review.asked', 'review', t.public_id,
                         public.linking_people_of(t), whom, NULL, at);
    RETURN 'done';
END $$;
REVOKE ALL ON FUNCTION public.linking_ask_review(uuid, text, text, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_ask_review(uuid, text, text, timestamptz)
    TO alongside_app;

-- What whoever acts answered or asked last, since a moment, while it can be undone:
-- nobody has answered it after them.
CREATE OR REPLACE FUNCTION public.linking_last_answer(since timestamptz)
RETURNS TABLE (review uuid, answer text)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.linking_reviews_demand();
    RETURN QUERY
    SELECT t.public_id, t.state FROM public.linking_reviewtask t
     WHERE t.area_id = ctx.claim(4)
       AND (t.state IN ('same', 'not_same') AND t.answered_by_id = ctx.claim(2)
            AND t.answered_at > since
            OR t.state = 'asked' AND t.asked_by_id = ctx.claim(2)
               AND t.asked_at > since)
     ORDER BY coalesce(t.answered_at, t.asked_at) DESC LIMIT 1;
END $$;
REVOKE ALL ON FUNCTION public.linking_last_answer(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_last_answer(timestamptz)
    TO alongside_app;

-- The joining that came of one's own answer and still stands, to be undone before the
-- answer is.
CREATE OR REPLACE FUNCTION public.linking_merge_of(review uuid) RETURNS uuid
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.linking_reviews_demand();
    RETURN (SELECT m.public_id FROM public.linking_reviewtask t
              JOIN public.linking_merge m ON m.area_id = t.area_id
               AND m.made_by_id = t.answered_by_id AND m.made_at = t.answered_at
               AND m.undone_at IS NULL AND m.kept_id = t.person_id
             WHERE t.public_id = review AND t.area_id = ctx.claim(4)
               AND t.answered_by_id = ctx.claim(2) AND t.state = 'same'
               AND t.repeat_of_id IS NULL
             ORDER BY m.id DESC LIMIT 1);
END $$;
REVOKE ALL ON FUNCTION public.linking_merge_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_merge_of(uuid) TO alongside_app;

-- Take back one's own answer or question given since a moment: the task is open again,
-- a "never link" that came of it is lifted, and so is what it settled or had asked again.
-- False where there is nothing of one's own to take back, or its joining still stands.
CREATE OR REPLACE FUNCTION public.linking_undo_review(
    review uuid, since timestamptz, at timestamptz
) RETURNS boolean
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    t public.linking_reviewtask;
    who bigint := ctx.claim(2);
BEGIN
    SELECT * INTO t FROM public.linking_review_for_me(review, true);
    IF t.id IS NULL OR public.linking_merge_of(review) IS NOT NULL OR NOT (
           t.state IN ('same', 'not_same') AND t.answered_by_id = who
           AND t.answered_at > since
           OR t.state = 'asked' AND t.asked_by_id = who AND t.asked_at > since)
    THEN
        RETURN false;
    END IF;
    UPDATE public.linking_reviewtask r
       SET state = 'open', answered_at = NULL, answered_by_id = NULL, reason = '',
           asked = '', asked_of = '', asked_by_id = NULL, asked_at = NULL
     WHERE r.id = t.id;
    IF t.repeat_of_id IS NULL THEN
        UPDATE public.linking_neverlink n SET lifted_at = at, lifted_by_id = who
         WHERE t.state = 'not_same' AND n.lifted_at IS NULL AND n.made_by_id = who
           AND n.low_id = least(t.record_id, t.other_id)
           AND n.high_id = greatest(t.record_id, t.other_id);
        UPDATE public.linking_reviewtask r
           SET state = 'open', answered_at = NULL, answered_by_id = NULL, reason = ''
         WHERE r.area_id = t.area_id AND r.state = 'settled'
           AND r.reason = 'review ' || t.public_id;
        UPDATE public.linking_reviewtask r SET state = 'settled', reason = 'undone'
         WHERE r.repeat_of_id = t.id;
    END IF;
    PERFORM audit.record('review.undone', 'review', t.public_id,
                         public.linking_people_of(t), t.state, NULL, at);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION public.linking_undo_review(uuid, timestamptz, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_undo_review(uuid, timestamptz, timestamptz)
    TO alongside_app;

-- What is to be asked of a person at the next contact, for whoever works with them.
CREATE OR REPLACE FUNCTION public.linking_questions_for(the_person bigint)
RETURNS TABLE (words text, asked_by text, asked_at timestamptz)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY
    SELECT t.asked, u.name, t.asked_at FROM public.linking_reviewtask t
      JOIN public.accounts_user u ON u.id = t.asked_by_id
     WHERE t.person_id = the_person AND t.area_id = ctx.claim(4) AND t.state = 'asked'
       AND t.asked_of = 'person' AND t.repeat_of_id IS NULL
       AND EXISTS (SELECT 1 FROM public.people_may_see(ARRAY[the_person], 2))
     ORDER BY t.asked_at DESC, t.id DESC LIMIT 5;
END $$;
REVOKE ALL ON FUNCTION public.linking_questions_for(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_questions_for(bigint) TO alongside_app;

-- How linking goes, month by month from a moment on, the whole area's, counted. Linked:
-- records that came to somebody known by themselves. To review: records that were not
-- sure. Overturned: people parted again, and links that a reviewer said no to.
CREATE OR REPLACE FUNCTION public.linking_quality(since timestamptz)
RETURNS TABLE (month date, linked bigint, to_review bigint, fresh bigint, same bigint,
               not_same bigint, overturned bigint, asked_again bigint, agreed bigint)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET timezone = 'Europe/London' LANGUAGE plpgsql AS $$
DECLARE
    area bigint := ctx.claim(4);
BEGIN
    PERFORM public.linking_reviews_demand();
    RETURN QUERY
    WITH counted (at, what, n) AS (
        SELECT date_trunc('month', d.decided_at), 'linked', count(DISTINCT d.record_id)
          FROM public.linking_linkdecision d
         WHERE d.area_id = area AND d.decided_at >= since AND d.band = 'link'
           AND d.against_id IS NOT NULL
         GROUP BY 1
         UNION ALL
        SELECT date_trunc('month', t.opened_at), 'to_review', count(DISTINCT t.record_id)
          FROM public.linking_reviewtask t
         WHERE t.area_id = area AND t.opened_at >= since AND t.repeat_of_id IS NULL
         GROUP BY 1
         UNION ALL
        SELECT date_trunc('month', p.created_at), 'new', count(*)
          FROM public.people_person p
         WHERE p.area_id = area AND p.created_at >= since GROUP BY 1
         UNION ALL
        SELECT date_trunc('month', t.answered_at), t.state, count(*)
          FROM public.linking_reviewtask t
         WHERE t.area_id = area AND t.answered_at >= since AND t.repeat_of_id IS NULL
           AND t.state IN ('same', 'not_same')
         GROUP BY 1, 2
         UNION ALL
        SELECT date_trunc('month', m.undone_at), 'overturned', count(*)
          FROM public.linking_merge m
         WHERE m.area_id = area AND m.undone_at >= since GROUP BY 1
         UNION ALL
        SELECT date_trunc('month', n.made_at), 'overturned', count(*)
          FROM public.linking_neverlink n
         WHERE n.area_id = area AND n.made_at >= since AND n.lifted_at IS NULL
           AND EXISTS (SELECT 1 FROM public.linking_linkdecision d
                        WHERE d.area_id = area AND d.band = 'link'
                          AND d.decided_at < n.made_at
                          AND (d.record_id, d.against_id)
                              IN ((n.low_id, n.high_id), (n.high_id, n.low_id)))
         GROUP BY 1
         UNION ALL
        SELECT date_trunc('month', t.answered_at),
               unnest(CASE WHEN t.state = o.state
                           THEN ARRAY['again', 'agreed'] ELSE ARRAY['again'] END), 1
          FROM public.linking_reviewtask t
          JOIN public.linking_reviewtask o ON o.id = t.repeat_of_id
         WHERE t.area_id = area AND t.answered_at >= since
           AND t.state IN ('same', 'not_same') AND o.state IN ('same', 'not_same')
    )
    SELECT c.at::date,
           coalesce(sum(c.n) FILTER (WHERE c.what = 'linked'), 0)::bigint,
           coalesce(sum(c.n) FILTER (WHERE c.what = 'to_review'), 0)::bigint,
           greatest(coalesce(sum(c.n) FILTER (WHERE c.what = 'new'), 0)
               - coalesce(sum(c.n) FILTER (WHERE c.what = 'to_review'), 0), 0)::bigint,
           coalesce(sum(c.n) FILTER (WHERE c.what = 'same'), 0)::bigint,
           coalesce(sum(c.n) FILTER (WHERE c.what = 'not_same'), 0)::bigint,
           coalesce(sum(c.n) FILTER (WHERE c.what = 'overturned'), 0)::bigint,
           coalesce(sum(c.n) FILTER (WHERE c.what = 'again'), 0)::bigint,
           coalesce(sum(c.n) FILTER (WHERE c.what = 'agreed'), 0)::bigint
      FROM counted c GROUP BY 1 ORDER BY 1 DESC;
END $$;
REVOKE ALL ON FUNCTION public.linking_quality(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_quality(timestamptz) TO alongside_app;

-- What waits for a reviewer in the whole area, and for how long.
CREATE OR REPLACE FUNCTION public.linking_backlog(at timestamptz)
RETURNS TABLE (waiting bigint, asked bigint, over_a_week bigint, over_a_month bigint,
               oldest timestamptz)
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.linking_reviews_demand();
    RETURN QUERY
    SELECT count(*), count(*) FILTER (WHERE t.state = 'asked'),
           count(*) FILTER (WHERE t.opened_at < at - interval '7 days'),
           count(*) FILTER (WHERE t.opened_at < at - interval '28 days'),
           min(t.opened_at)
      FROM public.linking_reviewtask t
     WHERE t.area_id = ctx.claim(4) AND t.state IN ('open', 'asked')
       AND t.repeat_of_id IS NULL;
END $$;
REVOKE ALL ON FUNCTION public.linking_backlog(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.linking_backlog(timestamptz) TO alongside_app;
