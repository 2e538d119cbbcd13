-- Counts that rows carry stay right by themselves where they did not yet, and everything that is kept can be counted anew (`lyceum rebuild-counts`).
-- Run on a large school this counts the courses of each instructor who has a profile once: some seconds for 100,000 courses.

------------------------------------------------------------------------------------------------------------------------
-- reviews
------------------------------------------------------------------------------------------------------------------------

-- A review that is hidden, or shown again, changes its course's count and average in the same transaction, whoever does it.
CREATE FUNCTION "keep_review_totals"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM recount_reviews(NEW.course_id);
  RETURN NULL;
END
$$;
CREATE TRIGGER "reviews_totals" AFTER UPDATE OF status ON "reviews" FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION "keep_review_totals"();

------------------------------------------------------------------------------------------------------------------------
-- instructors
------------------------------------------------------------------------------------------------------------------------

-- Brings the totals of instructors in line with the published courses that they teach, alone or with others. The profiles are held first, in one order, and what
-- stands is looked at afterwards, so that of two who count at once the later one counts both. Gives how many were not right.
CREATE FUNCTION "recount_instructors"("user_ids" uuid[]) RETURNS integer
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
  mended integer;
BEGIN
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  PERFORM FROM instructor_profiles WHERE user_id = ANY (user_ids) ORDER BY id FOR NO KEY UPDATE;
  UPDATE instructor_profiles SET course_count = counted.courses, student_count = counted.students, review_count = counted.reviews, rating_average = counted.average
    FROM (
      SELECT p.id, count(c.id)::int AS courses, coalesce(sum(c.student_count), 0)::int AS students, coalesce(sum(c.review_count), 0)::int AS reviews,
             coalesce(round(sum(c.rating_average * c.review_count) / nullif(sum(c.review_count), 0), 2), 0) AS average
        FROM instructor_profiles p
        LEFT JOIN LATERAL (
          SELECT id FROM courses WHERE instructor_id = p.user_id
          UNION SELECT course_id FROM course_instructors WHERE user_id = p.user_id AND role = 'CO_INSTRUCTOR'
        ) taught ON true
        LEFT JOIN courses c ON c.id = taught.id AND c.status = 'PUBLISHED'
       WHERE p.user_id = ANY (user_ids)
       GROUP BY p.id
    ) counted
   WHERE instructor_profiles.id = counted.id
     AND (course_count, student_count, review_count, rating_average) IS DISTINCT FROM (counted.courses, counted.students, counted.reviews, counted.average);
  GET DIAGNOSTICS mended = ROW_COUNT;
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
  RETURN mended;
END
$$;

-- Who teaches courses, of those who have a profile: most changes concern nobody and end here.
CREATE FUNCTION "recount_teachers_of"("course_ids" uuid[], "owner_ids" uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  concerned uuid[] := ARRAY(
    SELECT user_id FROM instructor_profiles
     WHERE user_id = ANY (owner_ids || ARRAY(SELECT user_id FROM course_instructors WHERE course_id = ANY (course_ids) AND role = 'CO_INSTRUCTOR'))
  );
BEGIN
  IF concerned <> '{}' THEN
    PERFORM recount_instructors(concerned);
  END IF;
END
$$;

CREATE FUNCTION "keep_instructor_totals"() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
  courses uuid[];
  owners uuid[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT array_agg(DISTINCT n.id), array_agg(DISTINCT n.instructor_id) || array_agg(DISTINCT o.instructor_id) INTO courses, owners
      FROM before o JOIN after n ON n.id = o.id
     WHERE (o.status, o.instructor_id, o.student_count, o.review_count, o.rating_average)
        IS DISTINCT FROM (n.status, n.instructor_id, n.student_count, n.review_count, n.rating_average)
       AND 'PUBLISHED' IN (o.status, n.status);
  ELSIF TG_OP = 'INSERT' THEN
    SELECT array_agg(id), array_agg(DISTINCT instructor_id) INTO courses, owners FROM after WHERE status = 'PUBLISHED';
  ELSE
    SELECT array_agg(id), array_agg(DISTINCT instructor_id) INTO courses, owners FROM before WHERE status = 'PUBLISHED';
  END IF;
  IF courses IS NOT NULL THEN
    PERFORM recount_teachers_of(courses, owners);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "courses_totals_new" AFTER INSERT ON "courses" REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_instructor_totals"();
CREATE TRIGGER "courses_totals_changed" AFTER UPDATE ON "courses" REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_instructor_totals"();
CREATE TRIGGER "courses_totals_gone" AFTER DELETE ON "courses" REFERENCING OLD TABLE AS before
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_instructor_totals"();

-- Somebody came to teach a course beside its owner, or leaves it.
CREATE FUNCTION "keep_totals_of_instructor"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM recount_instructors(ARRAY(SELECT DISTINCT user_id FROM changed));
  RETURN NULL;
END
$$;
CREATE TRIGGER "course_instructors_totals_new" AFTER INSERT ON "course_instructors" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_totals_of_instructor"();
CREATE TRIGGER "course_instructors_totals_changed" AFTER UPDATE ON "course_instructors" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_totals_of_instructor"();
CREATE TRIGGER "course_instructors_totals_gone" AFTER DELETE ON "course_instructors" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_totals_of_instructor"();
-- A profile that is made later than the courses.
CREATE TRIGGER "instructor_profiles_totals_new" AFTER INSERT ON "instructor_profiles" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_totals_of_instructor"();

SELECT recount_instructors(ARRAY(SELECT user_id FROM instructor_profiles));

------------------------------------------------------------------------------------------------------------------------
-- everything anew
------------------------------------------------------------------------------------------------------------------------

-- Brings all that courses and their chapters carry in line: chapters, lessons and lengths as learners see them, students, reviews. Courses are held first: whoever
-- enrolls or reviews meanwhile counts afterwards. Gives how many courses were not right.
CREATE FUNCTION "recount_courses"("course_ids" uuid[]) RETURNS integer
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
  mended uuid[];
  more uuid[];
BEGIN
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  PERFORM FROM courses WHERE id = ANY (course_ids) ORDER BY id FOR NO KEY UPDATE;
  WITH changed AS (
    UPDATE chapters SET duration_seconds = counted.seconds
      FROM (
        SELECT h.id, coalesce(sum(l.duration_seconds), 0)::int AS seconds
          FROM chapters h LEFT JOIN learner_lessons l ON l.chapter_id = h.id WHERE h.course_id = ANY (course_ids) GROUP BY h.id
      ) counted
     WHERE chapters.id = counted.id AND chapters.duration_seconds <> counted.seconds
    RETURNING course_id
  )
  SELECT array_agg(course_id) INTO mended FROM changed;
  WITH changed AS (
    UPDATE courses SET
        (chapter_count, lesson_count, duration_minutes, student_count, review_count, rating_average)
        = (counted.chapters, counted.lessons, counted.minutes, counted.students, counted.reviews, counted.average)
      FROM (
        SELECT c.id, seen.*, rated.*, (SELECT count(*)::int FROM enrollments e WHERE e.course_id = c.id) AS students
          FROM courses c
         CROSS JOIN LATERAL (
           SELECT count(DISTINCT chapter_id)::int AS chapters, count(*)::int AS lessons, ceil(coalesce(sum(duration_seconds), 0) / 60.0)::int AS minutes
             FROM learner_lessons WHERE course_id = c.id
         ) seen
         CROSS JOIN LATERAL (
           SELECT count(*)::int AS reviews, coalesce(round(avg(rating), 2), 0) AS average FROM reviews WHERE course_id = c.id AND status = 'PUBLISHED'
         ) rated
         WHERE c.id = ANY (course_ids)
      ) counted
     WHERE courses.id = counted.id
       AND (courses.chapter_count, courses.lesson_count, courses.duration_minutes, courses.student_count, courses.review_count, courses.rating_average)
           IS DISTINCT FROM (counted.chapters, counted.lessons, counted.minutes, counted.students, counted.reviews, counted.average)
    RETURNING courses.id
  )
  SELECT array_agg(id) INTO more FROM changed;
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
  RETURN (SELECT count(DISTINCT id)::int FROM unnest(mended || more) AS id);
END
$$;

-- As before, and now says how many categories were not right.
DROP FUNCTION "recount_categories"(uuid[]);
CREATE FUNCTION "recount_categories"("category_ids" uuid[]) RETURNS integer
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
  mended integer;
BEGIN
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  UPDATE categories SET course_count = counted.courses, student_count = counted.students
    FROM (
      SELECT c.id, count(k.id)::int AS courses, coalesce(sum(k.student_count), 0)::int AS students
        FROM categories c
        LEFT JOIN course_categories cc ON cc.category_id = c.id
        LEFT JOIN courses k ON k.id = cc.course_id AND k.status = 'PUBLISHED'
       WHERE c.id = ANY (category_ids)
       GROUP BY c.id
    ) counted
   WHERE categories.id = counted.id AND (categories.course_count, categories.student_count) IS DISTINCT FROM (counted.courses, counted.students);
  GET DIAGNOSTICS mended = ROW_COUNT;
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
  RETURN mended;
END
$$;
