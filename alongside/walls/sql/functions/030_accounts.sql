-- What a system administrator does to other people's accounts. The application may
-- not write memberships, tokens or invitations itself: it goes through these, which
-- ask the database who acts, in which role, and whether a second factor was given.

-- The area of whoever acts, who must be a live system administrator of it.
CREATE OR REPLACE FUNCTION public.accounts_administered() RETURNS bigint
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(ctx.claim(7), 0) = 0 OR NOT EXISTS (
        SELECT 1 FROM public.accounts_membership m
          JOIN public.accounts_user u ON u.id = m.user_id
          JOIN public.organisations_agency g ON g.id = m.agency_id
         WHERE m.user_id = ctx.claim(2) AND m.agency_id = ctx.claim(3)
           AND g.area_id = ctx.claim(4) AND m.role = 'system_administrator'
           AND u.is_active AND (m.until IS NULL OR m.until > now()))
    THEN
        RAISE insufficient_privilege USING message = 'not an administrator here';
    END IF;
    RETURN ctx.claim(4);
END $$;
REVOKE ALL ON FUNCTION public.accounts_administered() FROM PUBLIC;

-- The account of that public id, if it acts in the administrator's area; never their
-- own: nobody gives themselves a role.
CREATE OR REPLACE FUNCTION public.accounts_other(account uuid) RETURNS bigint
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    area bigint := public.accounts_administered();
    found bigint;
BEGIN
    SELECT u.id INTO found FROM public.accounts_user u
     WHERE u.public_id = account AND u.id <> ctx.claim(2) AND EXISTS (
           SELECT 1 FROM public.accounts_membership m
             JOIN public.organisations_agency g ON g.id = m.agency_id
            WHERE m.user_id = u.id AND g.area_id = area);
    IF found IS NULL THEN
        RAISE insufficient_privilege USING message = 'no such account here';
    END IF;
    RETURN found;
END $$;
REVOKE ALL ON FUNCTION public.accounts_other(uuid) FROM PUBLIC;

CREATE OR REPLACE FUNCTION public.accounts_give_role(
    account bigint, agency bigint, team bigint, role text
) RETURNS void
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    area bigint := public.accounts_administered();
BEGIN
    IF role = 'feed_receiver' OR NOT EXISTS (
           SELECT 1 FROM public.organisations_agency g
            WHERE g.id = agency AND g.area_id = area)
       OR team IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM public.organisations_team t
            WHERE t.id = team AND t.agency_id = agency)
    THEN
        RAISE insufficient_privilege USING message = 'no such role here';
    END IF;
    INSERT INTO public.accounts_membership AS m (user_id, agency_id, team_id, role)
    VALUES (account, agency, team, accounts_give_role.role)
    ON CONFLICT ON CONSTRAINT membership_once
    DO UPDATE SET until = NULL, team_id = excluded.team_id;
END $$;
REVOKE ALL ON FUNCTION public.accounts_give_role(bigint, bigint, bigint, text) FROM PUBLIC;

-- A new account with one role; NULL where the e-mail address has an account already.
-- Nobody can sign in to it before an invitation was used.
CREATE OR REPLACE FUNCTION public.accounts_make(
    email text, name text, agency bigint, team bigint, role text, at timestamptz
) RETURNS uuid
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    area bigint := public.accounts_administered();
    made bigint;
    known uuid;
BEGIN
    INSERT INTO public.accounts_user AS u (email, name, password, is_active, created_at)
    VALUES (lower(accounts_make.email), accounts_make.name,
            '!' || gen_random_uuid(), true, at)
    ON CONFLICT ON CONSTRAINT accounts_user_email_key DO NOTHING
    RETURNING u.id, u.public_id INTO made, known;
    IF made IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM public.accounts_give_role(made, agency, team, accounts_make.role);
    RETURN known;
END $$;
REVOKE ALL ON FUNCTION public.accounts_make(text, text, bigint, bigint, text, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.accounts_make(text, text, bigint, bigint, text, timestamptz)
    TO alongside_app;

CREATE OR REPLACE FUNCTION public.accounts_add_role(
    account uuid, agency bigint, team bigint, role text
) RETURNS void
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM public.accounts_give_role(
        public.accounts_other(account), agency, team, role);
END $$;
REVOKE ALL ON FUNCTION public.accounts_add_role(uuid, bigint, bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.accounts_add_role(uuid, bigint, bigint, text)
    TO alongside_app;

-- End one role of somebody; how many ended (0 or 1).
CREATE OR REPLACE FUNCTION public.accounts_end_role(
    account uuid, membership bigint, at timestamptz
) RETURNS bigint
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    whose bigint := public.accounts_other(account);
    count bigint;
BEGIN
    UPDATE public.accounts_membership m SET until = at
      FROM public.organisations_agency g
     WHERE m.id = membership AND m.user_id = whose AND g.id = m.agency_id
       AND g.area_id = ctx.claim(4) AND (m.until IS NULL OR m.until > at);
    GET DIAGNOSTICS count = ROW_COUNT;
    RETURN count;
END $$;
REVOKE ALL ON FUNCTION public.accounts_end_role(uuid, bigint, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.accounts_end_role(uuid, bigint, timestamptz)
    TO alongside_app;

-- End every role, token and session of somebody in the area, and the account itself
-- unless it acts in another area too.
CREATE OR REPLACE FUNCTION public.accounts_end(account uuid, at timestamptz) RETURNS void
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    whose bigint := public.accounts_other(account);
BEGIN
    UPDATE public.accounts_apitoken t SET until = at
      FROM public.accounts_membership m JOIN public.organisations_agency g
        ON g.id = m.agency_id
     WHERE t.membership_id = m.id AND m.user_id = whose AND g.area_id = ctx.claim(4)
       AND (t.until IS NULL OR t.until > at);
    UPDATE public.accounts_membership m SET until = at
      FROM public.organisations_agency g
     WHERE m.user_id = whose AND g.id = m.agency_id AND g.area_id = ctx.claim(4)
       AND (m.until IS NULL OR m.until > at);
    UPDATE public.accounts_user u SET is_active = false
     WHERE u.id = whose AND NOT EXISTS (
           SELECT 1 FROM public.accounts_membership m
            WHERE m.user_id = u.id AND (m.until IS NULL OR m.until > at));
    UPDATE public.accounts_invitation i SET until = at
     WHERE i.user_id = whose AND i.until > at;
    DELETE FROM public.accounts_signinsession s WHERE s.user_id = whose;
END $$;
REVOKE ALL ON FUNCTION public.accounts_end(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.accounts_end(uuid, timestamptz) TO alongside_app;

-- A link with which somebody chooses a password, in place of any made before.
CREATE OR REPLACE FUNCTION public.accounts_invite(
    account uuid, hash bytea, at timestamptz, until timestamptz
) RETURNS bigint
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    whose bigint := public.accounts_other(account);
BEGIN
    UPDATE public.accounts_invitation i SET until = at
     WHERE i.user_id = whose AND i.until > at;
    INSERT INTO public.accounts_invitation (user_id, sha256, made_at, made_by_id, until)
    VALUES (whose, hash, at, ctx.claim(2), accounts_invite.until);
    RETURN whose;
END $$;
REVOKE ALL ON FUNCTION public.accounts_invite(uuid, bytea, timestamptz, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.accounts_invite(uuid, bytea, timestamptz, timestamptz)
    TO alongside_app;

-- Take away password, second factors, recovery codes and sessions: an account whose
-- phone is lost may be one whose password is known. An invitation follows.
CREATE OR REPLACE FUNCTION public.accounts_start_again(account uuid) RETURNS bigint
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    whose bigint := public.accounts_other(account);
BEGIN
    UPDATE public.accounts_user u SET password = '!' || gen_random_uuid()
     WHERE u.id = whose;
    DELETE FROM public.accounts_secondfactor f WHERE f.user_id = whose;
    DELETE FROM public.accounts_recoverycode r WHERE r.user_id = whose;
    DELETE FROM public.accounts_signinsession s WHERE s.user_id = whose;
    RETURN whose;
END $$;
REVOKE ALL ON FUNCTION public.accounts_start_again(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.accounts_start_again(uuid) TO alongside_app;

-- The services whose work the actor commissions: those of their own area, for somebody
-- of a commissioning body; NULL for anybody else. What they learn of them is counts.
CREATE OR REPLACE FUNCTION public.accounts_commissions() RETURNS bigint[]
STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE sql AS $$
    SELECT array_agg(s.id)
      FROM public.accounts_membership m
      JOIN public.accounts_user u ON u.id = m.user_id AND u.is_active
      JOIN public.organisations_agency g ON g.id = m.agency_id
      JOIN public.organisations_agency s ON s.area_id = g.area_id AND s.kind = 'service'
     WHERE m.user_id = (SELECT ctx.claim(2)) AND m.agency_id = (SELECT ctx.claim(3))
       AND g.area_id = (SELECT ctx.claim(4)) AND g.kind = 'commissioner'
       AND m.role IN ('commissioner', 'analyst')
       AND (m.until IS NULL OR m.until > statement_timestamp())
$$;
REVOKE ALL ON FUNCTION public.accounts_commissions() FROM PUBLIC;

-- A token for a machine that acts as a police liaison of the area, or, until a day, as
-- somebody of its commissioning body, who sees counts alone; NULL where there is
-- no such role.
CREATE OR REPLACE FUNCTION public.accounts_make_token(
    membership bigint, label text, hash bytea, at timestamptz, until timestamptz
) RETURNS uuid
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    area bigint := public.accounts_administered();
    made uuid;
BEGIN
    INSERT INTO public.accounts_apitoken AS t
           (membership_id, label, sha256, created_at, until)
    SELECT m.id, accounts_make_token.label, hash, at, accounts_make_token.until
      FROM public.accounts_membership m
      JOIN public.organisations_agency g ON g.id = m.agency_id
     WHERE m.id = membership AND g.area_id = area
       AND (m.role = 'police_liaison' OR g.kind = 'commissioner'
            AND m.role IN ('commissioner', 'analyst')
            AND accounts_make_token.until IS NOT NULL)
       AND (m.until IS NULL OR m.until > at)
    RETURNING t.public_id INTO made;
    RETURN made;
END $$;
REVOKE ALL ON FUNCTION
    public.accounts_make_token(bigint, text, bytea, timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    public.accounts_make_token(bigint, text, bytea, timestamptz, timestamptz)
    TO alongside_app;

-- End a token of the area; how many ended (0 or 1).
CREATE OR REPLACE FUNCTION public.accounts_end_token(token uuid, at timestamptz)
RETURNS bigint
VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
LANGUAGE plpgsql AS $$
DECLARE
    area bigint := public.accounts_administered();
    count bigint;
BEGIN
    UPDATE public.accounts_apitoken t SET until = at
      FROM public.accounts_membership m JOIN public.organisations_agency g
        ON g.id = m.agency_id
     WHERE t.public_id = token AND t.membership_id = m.id AND g.area_id = area
       AND (t.until IS NULL OR t.until > at);
    GET DIAGNOSTICS count = ROW_COUNT;
    RETURN count;
END $$;
REVOKE ALL ON FUNCTION public.accounts_end_token(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.accounts_end_token(uuid, timestamptz) TO alongside_app;
