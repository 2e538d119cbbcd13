-- How far a person is in a course: what moves when a lesson is watched or completed, in one statement each.
--
-- Order of locks, everywhere: the lesson's progress, then the enrollment, then what hangs on it (chapters' progress, the learning day). Two devices of
-- one person take turns at these rows. Percentages are counted in a statement that begins after the enrollment's lock, so that it sees what
-- the other device wrote; a statement that had to wait for a lock would still see other tables as they were before the wait.
--
-- All functions run with the caller's rights, so row-level security holds in them.

-- Room on each page for the next version of a row, so that a heartbeat's updates touch no index.
ALTER TABLE "lesson_progress" SET (fillfactor = 85);
ALTER TABLE "enrollments" SET (fillfactor = 85);
ALTER TABLE "learning_days" SET (fillfactor = 85);

-- A UUIDv7, for rows whose number only the database knows. Its own function of that kind comes with PostgreSQL 18.
CREATE FUNCTION "new_id"() RETURNS uuid
LANGUAGE sql VOLATILE PARALLEL SAFE
RETURN encode(
  set_bit(
    set_bit(
      overlay(uuid_send(gen_random_uuid()) PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
      52, 1),
    53, 1),
  'hex')::uuid;

-- The lessons that learners see, and whether each counts towards the completion of its course.
CREATE VIEW "learner_lessons" WITH (security_invoker = true) AS
SELECT
  l.id, l.course_id, l.chapter_id, c.position AS chapter_position, l.position, l.title, l.slug, l.type, l.video_id, l.duration_seconds,
  l.visibility = 'PREVIEW' OR c.is_free AS is_preview,
  c.release_after_days, c.release_at,
  l.is_required AND (
    k.completion_requires_lessons
    OR (l.type = 'QUIZ' AND k.completion_requires_quizzes)
    OR (l.type = 'ASSIGNMENT' AND k.completion_requires_assignments)
  ) AS counts
FROM courses k
JOIN chapters c ON c.course_id = k.id AND c.published AND c.visibility = 'PUBLIC'
JOIN lessons l ON l.chapter_id = c.id AND l.published AND l.visibility <> 'PRIVATE';

-- Works out anew how far enrollments are, from their lessons. A completion, once reached, stays, whatever is added later.
CREATE FUNCTION "roll_up_progress"("enrollment_ids" uuid[], "moment" timestamptz)
RETURNS TABLE ("enrollment_id" uuid, "progress_percent" integer, "completed_now" boolean)
LANGUAGE plpgsql VOLATILE
AS $$
#variable_conflict use_column
BEGIN
  PERFORM FROM enrollments e WHERE e.id = ANY (enrollment_ids) ORDER BY e.id FOR NO KEY UPDATE;

  INSERT INTO chapter_progress AS kept (id, enrollment_id, chapter_id, progress_percent, completed, completed_at, created_at, updated_at)
  SELECT new_id(), counted.enrollment_id, counted.chapter_id, counted.done * 100 / counted.total,
         counted.done = counted.total, CASE WHEN counted.done = counted.total THEN moment END, moment, moment
    FROM (
      SELECT e.id AS enrollment_id, l.chapter_id, count(*) AS total, count(*) FILTER (WHERE p.completed) AS done
        FROM enrollments e
        JOIN learner_lessons l ON l.course_id = e.course_id AND l.counts
        LEFT JOIN lesson_progress p ON p.enrollment_id = e.id AND p.lesson_id = l.id
       WHERE e.id = ANY (enrollment_ids)
       GROUP BY e.id, l.chapter_id
    ) counted
    LEFT JOIN chapter_progress known ON known.enrollment_id = counted.enrollment_id AND known.chapter_id = counted.chapter_id
   WHERE (known.id IS NULL AND counted.done > 0) OR known.progress_percent <> counted.done * 100 / counted.total
  ON CONFLICT (enrollment_id, chapter_id) DO UPDATE
    SET progress_percent = excluded.progress_percent,
        completed = kept.completed OR excluded.completed,
        completed_at = coalesce(kept.completed_at, excluded.completed_at),
        updated_at = excluded.updated_at;

  RETURN QUERY
  WITH counted AS (
    SELECT e.id, count(l.id) AS total, count(*) FILTER (WHERE p.completed) AS done
      FROM enrollments e
      LEFT JOIN learner_lessons l ON l.course_id = e.course_id AND l.counts
      LEFT JOIN lesson_progress p ON p.enrollment_id = e.id AND p.lesson_id = l.id
     WHERE e.id = ANY (enrollment_ids)
     GROUP BY e.id
  ), judged AS (
    SELECT c.id, (CASE WHEN c.total = 0 THEN 0 ELSE c.done * 100 / c.total END)::int AS percent,
           e.status = 'ACTIVE' AND c.total > 0 AND c.done = c.total AS finishes
      FROM counted c JOIN enrollments e ON e.id = c.id
  ), written AS (
    UPDATE enrollments e
       SET progress_percent = j.percent,
           status = CASE WHEN j.finishes THEN 'COMPLETED' ELSE e.status END,
           completed_at = CASE WHEN j.finishes THEN moment ELSE e.completed_at END,
           updated_at = moment
      FROM judged j
     WHERE e.id = j.id AND (j.finishes OR e.progress_percent <> j.percent)
  )
  SELECT j.id, j.percent, j.finishes FROM judged j;
END
$$;

-- Marks a lesson as done or takes the mark back, and rolls it up. `counted_on` is the learner's own day of the completion.
-- DANGEROUS: whoever calls it has asked whether the learner may.
CREATE FUNCTION "set_lesson_completed_unchecked"("of_enrollment" uuid, "of_lesson" uuid, "done" boolean, "moment" timestamptz, "counted_on" date)
RETURNS TABLE ("changed" boolean, "progress_percent" integer, "course_completed_now" boolean)
LANGUAGE plpgsql VOLATILE
AS $$
#variable_conflict use_column
DECLARE
  has_changed boolean;
  learner uuid;
  known_percent integer;
BEGIN
  IF done THEN
    INSERT INTO lesson_progress AS kept (id, enrollment_id, lesson_id, completed, completed_at, started_at, created_at, updated_at)
    VALUES (new_id(), of_enrollment, of_lesson, true, moment, moment, moment, moment)
    ON CONFLICT (enrollment_id, lesson_id) DO UPDATE SET completed = true, completed_at = moment, updated_at = moment WHERE NOT kept.completed;
  ELSE
    UPDATE lesson_progress p SET completed = false, completed_at = NULL, updated_at = moment
     WHERE p.enrollment_id = of_enrollment AND p.lesson_id = of_lesson AND p.completed;
  END IF;
  has_changed := FOUND;

  UPDATE enrollments e SET last_lesson_id = of_lesson, last_accessed_at = greatest(e.last_accessed_at, moment), updated_at = moment
   WHERE e.id = of_enrollment
  RETURNING e.user_id, e.progress_percent INTO STRICT learner, known_percent;
  IF NOT has_changed THEN
    RETURN QUERY SELECT false, known_percent, false;
    RETURN;
  END IF;

  IF done THEN
    INSERT INTO learning_days AS kept (id, user_id, local_date, lessons_completed, created_at, updated_at)
    VALUES (new_id(), learner, counted_on, 1, moment, moment)
    ON CONFLICT (user_id, local_date) DO UPDATE SET lessons_completed = kept.lessons_completed + 1, updated_at = moment;
  ELSE
    UPDATE learning_days d SET lessons_completed = d.lessons_completed - 1, updated_at = moment
     WHERE d.user_id = learner AND d.local_date = counted_on AND d.lessons_completed > 0;
  END IF;
  RETURN QUERY SELECT true, r.progress_percent, r.completed_now FROM roll_up_progress(ARRAY[of_enrollment], moment) r;
END
$$;

-- The heartbeat: keeps what a player reports, for `viewer`, who is also the acting person of the statement. Reporting the same twice adds nothing.
-- No row comes back when the viewer has no open enrollment for the lesson. When the lesson is thereby complete and `may_complete` is false, nothing
-- is written and `completion_due` is true: the caller then asks again inside a transaction, in which it also announces the completion.
CREATE FUNCTION "record_watched"(
  "viewer" uuid, "viewer_role" text, "of_lesson" uuid, "played" int4multirange, "stopped_at" integer, "moment" timestamptz, "today" date, "may_complete" boolean
)
RETURNS TABLE (
  "enrollment_id" uuid, "course_id" uuid, "watched_percent" integer, "lesson_completed" boolean, "progress_percent" integer, "completion_due" boolean,
  "lesson_completed_now" boolean, "course_completed_now" boolean
)
LANGUAGE plpgsql VOLATILE
AS $$
#variable_conflict use_column
DECLARE
  spot record;
  ranges int4multirange;
  seconds integer;
  gained integer;
  percent integer;
  is_due boolean;
BEGIN
  PERFORM set_config('app.user_id', viewer::text, true), set_config('app.user_role', viewer_role, true);

  -- Until the row that was read is the row that is replaced: another device may have reported in between.
  LOOP
    SELECT e.id, e.course_id, e.progress_percent, l.type, coalesce(nullif(v.duration_seconds, 0), l.duration_seconds) AS duration,
           p.id AS progress_id, p.watched_ranges, coalesce(p.watched_seconds, 0) AS watched_seconds, coalesce(p.completed, false) AS completed
      INTO spot
      FROM learner_lessons l
      JOIN enrollments e ON e.course_id = l.course_id AND e.user_id = viewer AND e.status IN ('ACTIVE', 'COMPLETED')
      LEFT JOIN videos v ON v.id = l.video_id
      LEFT JOIN lesson_progress p ON p.enrollment_id = e.id AND p.lesson_id = l.id
     WHERE l.id = of_lesson
       AND (l.release_at IS NULL OR l.release_at <= moment)
       AND (l.release_after_days IS NULL OR e.enrolled_at + make_interval(days => l.release_after_days) <= moment)
       AND EXISTS (
         SELECT FROM access_grants g
          WHERE g.user_id = viewer AND g.course_id = l.course_id AND g.revoked_at IS NULL AND g.starts_at <= moment AND (g.expires_at IS NULL OR g.expires_at > moment));
    IF NOT FOUND THEN
      RETURN;
    END IF;

    -- A video of unknown length is taken to end within a day.
    ranges := coalesce(spot.watched_ranges, '{}') + played * int4multirange(int4range(0, coalesce(nullif(spot.duration, 0), 86400)));
    SELECT coalesce(sum(upper(r) - lower(r)), 0) INTO seconds FROM unnest(ranges) r;
    gained := greatest(0, seconds - spot.watched_seconds);
    percent := CASE WHEN spot.duration > 0 THEN least(100, seconds::bigint * 100 / spot.duration) ELSE 0 END;
    is_due := spot.type = 'VIDEO' AND percent >= 90 AND NOT spot.completed;
    IF is_due AND NOT may_complete THEN
      RETURN QUERY SELECT spot.id, spot.course_id, percent, false, spot.progress_percent, true, false, false;
      RETURN;
    END IF;

    IF spot.progress_id IS NULL THEN
      INSERT INTO lesson_progress (id, enrollment_id, lesson_id, watched_ranges, watched_seconds, watched_percent, position_seconds, started_at, created_at, updated_at)
      VALUES (new_id(), spot.id, of_lesson, ranges, seconds, percent, stopped_at, moment, moment, moment)
      ON CONFLICT (enrollment_id, lesson_id) DO NOTHING;
    ELSE
      UPDATE lesson_progress p
         SET watched_ranges = ranges, watched_seconds = seconds, watched_percent = percent, position_seconds = stopped_at, updated_at = moment
       WHERE p.id = spot.progress_id AND p.watched_ranges = spot.watched_ranges AND p.completed = spot.completed;
    END IF;
    EXIT WHEN FOUND;
  END LOOP;

  UPDATE enrollments e
     SET last_lesson_id = of_lesson, watch_seconds = e.watch_seconds + gained, last_accessed_at = greatest(e.last_accessed_at, moment), updated_at = moment
   WHERE e.id = spot.id;
  IF gained > 0 THEN
    UPDATE learning_days d SET seconds = d.seconds + gained, updated_at = moment WHERE d.user_id = viewer AND d.local_date = today;
    IF NOT FOUND THEN
      INSERT INTO learning_days AS kept (id, user_id, local_date, seconds, created_at, updated_at)
      VALUES (new_id(), viewer, today, gained, moment, moment)
      ON CONFLICT (user_id, local_date) DO UPDATE SET seconds = kept.seconds + gained, updated_at = moment;
    END IF;
  END IF;

  IF is_due THEN
    RETURN QUERY
    SELECT spot.id, spot.course_id, percent, true, c.progress_percent, false, c.changed, c.course_completed_now
      FROM set_lesson_completed_unchecked(spot.id, of_lesson, true, moment, today) c;
  ELSE
    RETURN QUERY SELECT spot.id, spot.course_id, percent, spot.completed, spot.progress_percent, false, false, false;
  END IF;
END
$$;
