-- What should be finished before a course. Nobody can begin a circle, so the database refuses one. Courses that ask for each other are few; changes wait for
-- each other, because two at once could close a circle that neither of them sees.
CREATE FUNCTION "refuse_prerequisite_cycle"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('course_prerequisites', 0));
  IF EXISTS (
    WITH RECURSIVE before AS (
      SELECT NEW.prerequisite_id AS id
      UNION
      SELECT r.prerequisite_id FROM public.course_prerequisites r JOIN before ON r.course_id = before.id
    )
    SELECT FROM before WHERE id = NEW.course_id
  ) THEN
    RAISE EXCEPTION 'course % cannot be asked for before itself', NEW.course_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'course_prerequisites_no_cycle', TABLE = 'course_prerequisites';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER "course_prerequisites_no_cycle" BEFORE INSERT OR UPDATE ON "course_prerequisites"
  FOR EACH ROW WHEN (NEW.course_id <> NEW.prerequisite_id) EXECUTE FUNCTION "refuse_prerequisite_cycle"();

-- The heartbeat keeps nothing while something has to be finished first, and is otherwise as it was.

-- The heartbeat: keeps what a player reports, for `viewer`, who is also the acting person of the statement. Reporting the same twice adds nothing.
-- No row comes back when the viewer has no open enrollment for the lesson. When the lesson is thereby complete and `may_complete` is false, nothing
-- is written and `completion_due` is true: the caller then asks again inside a transaction, in which it also announces the completion.
CREATE OR REPLACE FUNCTION "record_watched"(
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
    SELECT e.id, e.course_id, e.enrolled_at, e.progress_percent, l.type, coalesce(nullif(v.duration_seconds, 0), l.duration_seconds) AS duration,
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
    -- Asked once, when a lesson is begun: what was finished first stays finished, and what is asked for later is not asked of who was in. An IF of its
    -- own, because an expression with queries in it is started as a whole, with each report.
    IF spot.progress_id IS NULL THEN
      IF viewer_role <> 'ADMIN'
         AND EXISTS (
           SELECT FROM course_prerequisites r
             JOIN courses q ON q.id = r.prerequisite_id AND q.status = 'PUBLISHED'
            WHERE r.course_id = spot.course_id AND r.created_at <= spot.enrolled_at
              AND NOT EXISTS (SELECT FROM enrollments d WHERE d.course_id = q.id AND d.user_id = viewer AND d.completed_at IS NOT NULL))
         AND NOT EXISTS (
           SELECT FROM courses k
            WHERE k.id = spot.course_id
              AND (k.instructor_id = viewer OR EXISTS (SELECT FROM course_instructors i WHERE i.course_id = k.id AND i.user_id = viewer)))
      THEN
        RETURN;
      END IF;
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
