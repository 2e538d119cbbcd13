-- CreateTable
CREATE TABLE "calendar_feeds" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "calendar_feeds_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feeds_user_id_key" ON "calendar_feeds"("user_id");

-- AddForeignKey
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

------------------------------------------------------------------------------------------------------------------------
-- calendar
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "calendar_feeds" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "calendar_feeds"
  USING (user_id = (SELECT app_user_id()) OR (SELECT app_sees_all()))
  WITH CHECK (user_id = (SELECT app_user_id()) OR (SELECT app_sees_all()));

-- What has a date is few among many lessons and chapters.
CREATE INDEX "lessons_with_dates" ON "lessons" (course_id) WHERE type IN ('QUIZ', 'ASSIGNMENT', 'LIVE_SESSION');
CREATE INDEX "chapters_opening_later" ON "chapters" (course_id) WHERE release_at IS NOT NULL OR release_after_days IS NOT NULL;

------------------------------------------------------------------------------------------------------------------------
-- streaks
------------------------------------------------------------------------------------------------------------------------

-- The streak that a person's last learning day ends, and their longest one, counted from all their learning days. Dates follow each other whatever
-- the clocks do. One or two dates may lie between two days where the learner was never without learning for more than 24 hours: they travelled, and the
-- calendar leapt. A row's moments count for that only while they can lie on its date: a correction long after it does not.
CREATE FUNCTION "streaks_of"("learner" uuid) RETURNS TABLE ("current_days" integer, "longest_days" integer)
LANGUAGE sql STABLE
AS $$
  WITH days AS (
    SELECT local_date, local_date - lag(local_date) OVER (ORDER BY local_date) AS step,
           CASE WHEN abs((created_at AT TIME ZONE 'UTC')::date - local_date) <= 1 THEN created_at END
             - max(CASE WHEN abs((updated_at AT TIME ZONE 'UTC')::date - local_date) <= 1 THEN updated_at END)
                 OVER (ORDER BY local_date ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS pause
      FROM learning_days
     WHERE user_id = learner AND (seconds > 0 OR lessons_completed > 0)
  ), runs AS (
    SELECT local_date, count(*) FILTER (WHERE step > 1 AND (step <= 3 AND pause <= interval '24 hours') IS NOT TRUE) OVER (ORDER BY local_date) AS run FROM days
  ), lengths AS (
    SELECT run, count(*)::integer AS length FROM runs GROUP BY run
  )
  SELECT coalesce((SELECT length FROM lengths ORDER BY run DESC LIMIT 1), 0), coalesce((SELECT max(length) FROM lengths), 0)
$$;

-- Keeps a learner's streaks beside their goals when a day becomes a learning day, or is none any more: once a day, not with each heartbeat. The
-- totals of a profile are written by the school alone.
CREATE FUNCTION "keep_streaks"() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
BEGIN
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  INSERT INTO student_profiles AS kept (id, user_id, current_streak_days, longest_streak_days, updated_at)
  SELECT new_id(), NEW.user_id, current_days, longest_days, NEW.updated_at FROM streaks_of(NEW.user_id)
  ON CONFLICT (user_id) DO UPDATE
    SET current_streak_days = excluded.current_streak_days, longest_streak_days = excluded.longest_streak_days, updated_at = excluded.updated_at
  WHERE (kept.current_streak_days, kept.longest_streak_days) <> (excluded.current_streak_days, excluded.longest_streak_days);
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
  RETURN NULL;
END
$$;
CREATE TRIGGER "learning_days_begun" AFTER INSERT ON "learning_days"
  FOR EACH ROW WHEN (NEW.seconds > 0 OR NEW.lessons_completed > 0) EXECUTE FUNCTION "keep_streaks"();
CREATE TRIGGER "learning_days_turned" AFTER UPDATE OF seconds, lessons_completed ON "learning_days"
  FOR EACH ROW WHEN ((NEW.seconds > 0 OR NEW.lessons_completed > 0) <> (OLD.seconds > 0 OR OLD.lessons_completed > 0)) EXECUTE FUNCTION "keep_streaks"();

-- A streak that nobody went on with ends. A day is over everywhere on earth twelve hours after it is in UTC; one day more may be a journey's.
CREATE INDEX "student_profiles_on_a_streak" ON "student_profiles" (user_id) WHERE current_streak_days > 0;
CREATE FUNCTION "end_lapsed_streaks"("moment" timestamptz) RETURNS void
LANGUAGE sql VOLATILE
AS $$
  UPDATE student_profiles p SET current_streak_days = 0, updated_at = moment
   WHERE current_streak_days > 0
     AND NOT EXISTS (SELECT FROM learning_days d
                      WHERE d.user_id = p.user_id AND d.local_date >= (moment AT TIME ZONE 'UTC' - interval '12 hours')::date - 2
                        AND (d.seconds > 0 OR d.lessons_completed > 0))
$$;

-- Those who learned before.
DO $$
BEGIN
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  INSERT INTO student_profiles AS kept (id, user_id, current_streak_days, longest_streak_days, updated_at)
  SELECT new_id(), d.user_id, s.current_days, s.longest_days, now()
    FROM (SELECT DISTINCT user_id FROM learning_days) d CROSS JOIN LATERAL streaks_of(d.user_id) s
  ON CONFLICT (user_id) DO UPDATE
    SET current_streak_days = excluded.current_streak_days, longest_streak_days = excluded.longest_streak_days, updated_at = excluded.updated_at;
  PERFORM end_lapsed_streaks(now());
  PERFORM set_config('app.user_role', '', true);
END
$$;
