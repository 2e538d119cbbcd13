-- A text that was finished counts as the minutes that it takes to read, on the day and towards the week's goal, as a film counts by what was played. Once: who marks it
-- as unread and again as read has not read it twice.
ALTER TABLE "lesson_progress" ADD COLUMN "read_seconds" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "lesson_progress" ADD CONSTRAINT "lesson_progress_read" CHECK (read_seconds >= 0);

CREATE OR REPLACE FUNCTION "set_lesson_completed_unchecked"("of_enrollment" uuid, "of_lesson" uuid, "done" boolean, "moment" timestamptz, "counted_on" date)
RETURNS TABLE ("changed" boolean, "progress_percent" integer, "course_completed_now" boolean)
LANGUAGE plpgsql VOLATILE
AS $$
#variable_conflict use_column
DECLARE
  has_changed boolean;
  learner uuid;
  known_percent integer;
  read_now integer := 0;
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
    UPDATE lesson_progress p SET read_seconds = l.duration_seconds
      FROM lessons l
     WHERE p.enrollment_id = of_enrollment AND p.lesson_id = of_lesson AND p.read_seconds = 0
       AND l.id = of_lesson AND l.type = 'TEXT' AND l.video_id IS NULL AND l.duration_seconds > 0
    RETURNING p.read_seconds INTO read_now;
    INSERT INTO learning_days AS kept (id, user_id, local_date, seconds, lessons_completed, created_at, updated_at)
    VALUES (new_id(), learner, counted_on, coalesce(read_now, 0), 1, moment, moment)
    ON CONFLICT (user_id, local_date) DO UPDATE
      SET seconds = kept.seconds + EXCLUDED.seconds, lessons_completed = kept.lessons_completed + 1, updated_at = moment;
  ELSE
    UPDATE learning_days d SET lessons_completed = d.lessons_completed - 1, updated_at = moment
     WHERE d.user_id = learner AND d.local_date = counted_on AND d.lessons_completed > 0;
  END IF;
  RETURN QUERY SELECT true, r.progress_percent, r.completed_now FROM roll_up_progress(ARRAY[of_enrollment], moment) r;
END
$$;
