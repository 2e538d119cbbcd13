-- Certificates. They are merit: read by whom they belong to and by who teaches the course, written by the school alone (20261121100800_the_wall). What people
-- may nevertheless cause goes through the functions below, each of which first asks who acts and then writes as the school.

-- Twelve signs of Crockford's base32, 60 bits of chance: nobody guesses one, and it can be read out and typed.
-- Byte 6 and byte 8 of a UUID carry its version; the others are random.
CREATE FUNCTION "new_certificate_code"() RETURNS text
LANGUAGE sql VOLATILE PARALLEL SAFE
RETURN (
  SELECT 'LYC-' || substr(drawn.signs, 1, 4) || '-' || substr(drawn.signs, 5, 4) || '-' || substr(drawn.signs, 9, 4)
    FROM (
      SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + (get_byte(chance.bytes, place) & 31), 1), '' ORDER BY place) AS signs
        FROM (SELECT uuid_send(gen_random_uuid()) AS bytes) chance, unnest(ARRAY[0, 1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 14]) place
    ) drawn
);

-- The day that it was in a time zone; one that the database does not know counts as UTC.
CREATE FUNCTION "day_in_zone"("moment" timestamptz, "zone" text) RETURNS date
LANGUAGE plpgsql STABLE
AS $$
BEGIN
  RETURN (moment AT TIME ZONE zone)::date;
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN (moment AT TIME ZONE 'UTC')::date;
END
$$;

-- Issues the certificate of an enrollment that is completed, unless there is one: whose it is, or the school, may ask, and it writes what is so.
CREATE FUNCTION "issue_certificate"("of_enrollment" uuid, "moment" timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
BEGIN
  IF NOT EXISTS (SELECT FROM enrollments e WHERE e.id = of_enrollment AND e.completed_at IS NOT NULL AND (e.user_id = app_user_id() OR app_sees_all())) THEN
    RAISE EXCEPTION 'the enrollment % earns no certificate', of_enrollment USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  INSERT INTO certificates (id, enrollment_id, code, issued_at, snapshot, created_at, updated_at)
  SELECT new_id(), e.id, new_certificate_code(), moment,
         jsonb_build_object(
           'name', u.name, 'course', c.title, 'instructor', t.name, 'completedOn', day_in_zone(e.completed_at, u.time_zone),
           'lessonCount', done.lessons, 'learnedSeconds', done.seconds, 'edition', 1),
         moment, moment
    FROM enrollments e
    JOIN users u ON u.id = e.user_id AND u.deleted_at IS NULL
    JOIN courses c ON c.id = e.course_id
    JOIN people t ON t.id = c.instructor_id
   CROSS JOIN LATERAL (
     SELECT count(*) AS lessons, coalesce(sum(CASE WHEN p.watched_seconds > 0 THEN p.watched_seconds ELSE l.duration_seconds END), 0) AS seconds
       FROM lesson_progress p JOIN lessons l ON l.id = p.lesson_id
      WHERE p.enrollment_id = e.id AND p.completed
   ) done
   WHERE e.id = of_enrollment
  ON CONFLICT (enrollment_id) DO NOTHING;
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
END
$$;

-- What anybody may know of the one certificate whose code they have, and what the acting person is to it. Why it was revoked is for those two alone.
CREATE FUNCTION "certificate_by_code"("wanted" text)
RETURNS TABLE (
  "id" uuid, "course_slug" text, "snapshot" jsonb, "first_issued_at" timestamptz, "issued_at" timestamptz, "revoked_at" timestamptz, "revoked_reason" text,
  "holder_has_left" boolean, "is_own" boolean, "is_judge" boolean
)
LANGUAGE plpgsql VOLATILE
AS $$
#variable_conflict use_column
DECLARE
  acting text := current_setting('app.user_role', true);
  sees_all boolean := app_sees_all();
  edited uuid[] := app_edited_course_ids();
BEGIN
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  RETURN QUERY
  SELECT k.id, CASE WHEN c.status = 'PUBLISHED' THEN c.slug END, k.snapshot, k.created_at, k.issued_at, k.revoked_at,
         CASE WHEN known.own OR known.judge THEN k.revoked_reason END, u.deleted_at IS NOT NULL, known.own, known.judge
    FROM certificates k
    JOIN enrollments e ON e.id = k.enrollment_id
    JOIN users u ON u.id = e.user_id
    JOIN courses c ON c.id = e.course_id
   CROSS JOIN LATERAL (SELECT coalesce(e.user_id = app_user_id(), false) AS own, sees_all OR e.course_id = ANY (edited) AS judge) known
   WHERE k.code = wanted;
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
END
$$;

-- Writes the holder's present name into their certificate, under the same code. False where it says that name already.
CREATE FUNCTION "reissue_certificate"("wanted" text, "moment" timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
  is_new boolean;
BEGIN
  IF NOT EXISTS (
    SELECT FROM certificates k JOIN enrollments e ON e.id = k.enrollment_id WHERE k.code = wanted AND e.user_id = app_user_id() AND k.revoked_at IS NULL
  ) THEN
    RAISE EXCEPTION 'the certificate % is not issued anew by %', wanted, coalesce(app_user_id()::text, 'a guest') USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  UPDATE certificates k
     SET snapshot = k.snapshot || jsonb_build_object('name', u.name, 'edition', (k.snapshot ->> 'edition')::int + 1), issued_at = moment, updated_at = moment
    FROM enrollments e JOIN users u ON u.id = e.user_id
   WHERE k.code = wanted AND e.id = k.enrollment_id AND k.snapshot ->> 'name' <> u.name;
  is_new := FOUND;
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
  RETURN is_new;
END
$$;

-- Revokes a certificate for a reason, or restores it where there is none. Says whom to write to about it; nobody where nothing has changed.
CREATE FUNCTION "judge_certificate"("wanted" text, "reason" text, "moment" timestamptz)
RETURNS TABLE ("user_id" uuid, "name" text, "email" text, "course_title" text, "has_left" boolean)
LANGUAGE plpgsql VOLATILE
AS $$
#variable_conflict use_column
DECLARE
  acting text := current_setting('app.user_role', true);
BEGIN
  IF NOT EXISTS (
    SELECT FROM certificates k JOIN enrollments e ON e.id = k.enrollment_id WHERE k.code = wanted AND (app_sees_all() OR app_may_edit_course(e.course_id))
  ) THEN
    RAISE EXCEPTION 'the certificate % is not judged by %', wanted, coalesce(app_user_id()::text, 'a guest') USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  RETURN QUERY
  UPDATE certificates k
     SET revoked_at = CASE WHEN reason IS NOT NULL THEN moment END, revoked_reason = reason, updated_at = moment
    FROM enrollments e JOIN users u ON u.id = e.user_id
   WHERE k.code = wanted AND e.id = k.enrollment_id AND (k.revoked_at IS NULL) = (reason IS NOT NULL)
  RETURNING u.id, u.name, u.email, k.snapshot ->> 'course', u.deleted_at IS NOT NULL;
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
END
$$;

-- Whoever had finished a course before there were certificates gets theirs now.
DO $$
BEGIN
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  PERFORM issue_certificate(id, date_trunc('milliseconds', now())) FROM enrollments WHERE completed_at IS NOT NULL;
  PERFORM set_config('app.user_role', '', true);
END
$$;
