-- Reviews get their rules: who has really begun a course says what it is like, in their own words and under the school's count.
-- Run on a large school this makes one index, which is quick: reviews are few beside what is learned.

CREATE INDEX "reviews_course_id_status_created_at_id_idx" ON "reviews"("course_id", "status", "created_at", "id");

-- A review begins visible and unanswered, by somebody who has finished a fifth of the course, or once had finished all of it.
CREATE FUNCTION "refuse_unearned_review"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  IF NOT app_is_held(TG_RELID) THEN
    RETURN NEW;
  END IF;
  IF NEW.status <> 'PUBLISHED' OR NEW.reply IS NOT NULL OR NOT EXISTS (
    SELECT FROM enrollments e
     WHERE e.course_id = NEW.course_id AND e.user_id = NEW.user_id AND e.status <> 'SUSPENDED' AND (e.progress_percent >= 20 OR e.completed_at IS NOT NULL)
  ) THEN
    RAISE EXCEPTION 'the course % is not reviewed by who has not begun it', NEW.course_id USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "reviews_earned" BEFORE INSERT ON "reviews" FOR EACH ROW EXECUTE FUNCTION "refuse_unearned_review"();

-- Its author changes the rating and the words; whose it is, whether it is shown and what was answered is not theirs to write.
CREATE TRIGGER "reviews_guarded" BEFORE UPDATE OF id, course_id, user_id, status, reply, replied_at, created_at ON "reviews" FOR EACH ROW
  EXECUTE FUNCTION "guard_columns"('id', 'course_id', 'user_id', 'status', 'reply', 'replied_at', 'created_at');

-- The answer of who may change the course; NULL takes it back.
CREATE FUNCTION "reply_to_review"("of_review" uuid, "said" text, "moment" timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
BEGIN
  IF NOT EXISTS (SELECT FROM reviews r WHERE r.id = of_review AND (app_sees_all() OR app_may_edit_course(r.course_id))) THEN
    RAISE EXCEPTION 'the review % is not answered by %', of_review, coalesce(app_user_id()::text, 'a guest') USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  UPDATE reviews SET reply = said, replied_at = CASE WHEN said IS NULL THEN NULL ELSE moment END WHERE id = of_review;
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
END
$$;

-- Brings a course's count and average in line with its visible reviews. Anybody may ask: it writes what is so. The course is held first, and what
-- stands is looked at afterwards, so that of two who write at once the later one counts both.
CREATE FUNCTION "recount_reviews"("of_course" uuid) RETURNS void
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
BEGIN
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  PERFORM FROM courses WHERE id = of_course FOR NO KEY UPDATE;
  UPDATE courses SET review_count = counted.reviews, rating_average = counted.average
    FROM (SELECT count(*)::int AS reviews, coalesce(round(avg(rating), 2), 0) AS average FROM reviews WHERE course_id = of_course AND status = 'PUBLISHED') counted
   WHERE courses.id = of_course AND (courses.review_count, courses.rating_average) IS DISTINCT FROM (counted.reviews, counted.average);
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
END
$$;
