-- The admin's list of people stays quick however large the school is: newest first (ids are UUIDv7), searched by any part of a name, an
-- address or a username, and narrowed to the few whom an admin looks for.

-- What search sees of a person. The space in front lets a pattern ask for the beginning of a word.
CREATE FUNCTION "person_search_text"("name" text, "email" text, "username" text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT ' ' || public.search_text(name || ' ' || email || ' ' || coalesce(username, '')) $$;

CREATE INDEX "users_search" ON "users" USING gin (person_search_text(name, email, username) gin_trgm_ops);

CREATE INDEX "users_staff" ON "users" (role, id DESC) WHERE role <> 'STUDENT';
CREATE INDEX "users_suspended" ON "users" (id DESC) WHERE banned;
CREATE INDEX "users_closed" ON "users" (id DESC) WHERE deleted_at IS NOT NULL;
CREATE INDEX "users_unconfirmed" ON "users" (id DESC) WHERE NOT email_verified;
