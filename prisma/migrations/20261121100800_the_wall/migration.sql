-- The second wall, finished: who may write each table, and what of a person others see. Beneath every table lies one of three rules:
--
--   private   read and written by those whose it is: policies (20260501000200_row_level_security, and below);
--   guarded   read by all, written only by those whose it is (content, what is sold, what is said in public): triggers, because a policy, be it only
--             `true`, takes from the planner what it knows of the table, and reading is what these tables are for;
--   free      rate limits alone, which are counted before anybody is known.
--
-- What is money or merit is never written by the person it belongs to. What no feature writes yet is closed until one opens it.
-- Tables are only given rules: no row is read, so this is as quick on a large school as on an empty one.

------------------------------------------------------------------------------------------------------------------------
-- what the rules ask
------------------------------------------------------------------------------------------------------------------------

-- Whether the rules hold for a statement on a table: they do for the application's role, unless it acts for an admin or as the program itself.
CREATE FUNCTION "app_is_held"("relation" oid) RETURNS boolean
LANGUAGE sql STABLE
RETURN NOT app_sees_all() AND NOT pg_has_role(current_user, (SELECT relowner FROM pg_catalog.pg_class WHERE oid = relation), 'USAGE');

-- The courses that the acting person may change: as their instructor, while they still are one, and as a co-instructor.
CREATE FUNCTION "app_edited_course_ids"() RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE
RETURN ARRAY(
  SELECT id FROM courses WHERE instructor_id = app_user_id() AND app_role() = 'INSTRUCTOR'
  UNION
  SELECT course_id FROM course_instructors WHERE user_id = app_user_id() AND role = 'CO_INSTRUCTOR'
);

CREATE FUNCTION "app_may_edit_course"("course" uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (SELECT FROM courses WHERE id = course AND instructor_id = app_user_id() AND app_role() = 'INSTRUCTOR')
  OR EXISTS (SELECT FROM course_instructors WHERE course_id = course AND user_id = app_user_id() AND role = 'CO_INSTRUCTOR');

-- A video belongs to the courses that show it, and to the owner of its file. One that nothing shows yet is being made.
CREATE FUNCTION "app_may_change_video"("video" uuid) RETURNS boolean
LANGUAGE sql STABLE
RETURN app_user_id() IS NOT NULL AND (
  EXISTS (SELECT FROM videos v JOIN files f ON f.id = v.file_id WHERE v.id = video AND f.owner_id = app_user_id())
  OR coalesce((
    SELECT bool_or(app_may_edit_course(shown.course_id)) FROM (
      SELECT course_id FROM lessons WHERE video_id = video
      UNION ALL SELECT course_id FROM chapters WHERE video_id = video
      UNION ALL SELECT id FROM courses WHERE preview_video_id = video
      UNION ALL SELECT l.course_id FROM live_sessions s JOIN lessons l ON l.id = s.lesson_id WHERE s.recording_video_id = video
    ) shown
  ), true)
);

-- Columns of a row that its person may change otherwise, but that only the school fills.
CREATE FUNCTION "guard_columns"() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
  guarded text;
BEGIN
  IF NOT app_is_held(TG_RELID) THEN
    RETURN NEW;
  END IF;
  FOREACH guarded IN ARRAY TG_ARGV LOOP
    IF to_jsonb(NEW) -> guarded IS DISTINCT FROM to_jsonb(OLD) -> guarded THEN
      RAISE EXCEPTION '%.% is written by the school alone', TG_TABLE_NAME, guarded USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME, COLUMN = guarded;
    END IF;
  END LOOP;
  RETURN NEW;
END
$$;

-- Whether the acting person may write a row of a guarded table, by the table's rule and by what the row says whose it is.
CREATE FUNCTION "app_may_write"("rule" text, "whose" uuid) RETURNS boolean
LANGUAGE sql STABLE
RETURN CASE rule
  WHEN 'nobody' THEN false
  WHEN 'me' THEN whose = app_user_id()
  WHEN 'me as instructor' THEN whose = app_user_id() AND app_role() = 'INSTRUCTOR'
  WHEN 'of my course' THEN app_may_edit_course(whose)
  WHEN 'of my course, if of any' THEN whose IS NULL OR app_may_edit_course(whose)
  WHEN 'of my lesson' THEN (SELECT app_may_edit_course(course_id) FROM lessons WHERE id = whose)
  WHEN 'of my program' THEN (SELECT app_may_edit_course(course_id) FROM programs WHERE id = whose)
  WHEN 'of my own course' THEN (SELECT instructor_id = app_user_id() AND app_role() = 'INSTRUCTOR' FROM courses WHERE id = whose)
  WHEN 'of my product' THEN (SELECT owner_id = app_user_id() FROM products WHERE id = whose)
  WHEN 'of my file, if of any' THEN whose IS NULL OR (SELECT owner_id = app_user_id() FROM files WHERE id = whose)
  WHEN 'of my video' THEN app_may_change_video(whose)
END;

-- Asks the rule of the row as it was and as it is to be.
CREATE FUNCTION "guard_rows"() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
  rule constant text := TG_ARGV[0];
  whose uuid;
  is_allowed boolean := true;
BEGIN
  IF NOT app_is_held(TG_RELID) THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    EXECUTE format('SELECT ($1).%I', TG_ARGV[1]) INTO whose USING OLD;
    is_allowed := coalesce(app_may_write(rule, whose), false);
  END IF;
  IF TG_OP <> 'DELETE' AND is_allowed THEN
    EXECUTE format('SELECT ($1).%I', TG_ARGV[1]) INTO whose USING NEW;
    is_allowed := coalesce(app_may_write(rule, whose), false);
  END IF;
  IF NOT is_allowed THEN
    RAISE EXCEPTION 'a row of % is not written by %', TG_TABLE_NAME, coalesce(app_user_id()::text, 'a guest')
      USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;

------------------------------------------------------------------------------------------------------------------------
-- people
------------------------------------------------------------------------------------------------------------------------

-- One's own row, whole. Of others there is the view below. Without FORCE, so that the view, which reads as the owner of the tables, sees everybody.
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "read_own" ON "users" FOR SELECT USING (id = (SELECT app_user_id()));
CREATE POLICY "change_own" ON "users" FOR UPDATE USING (id = (SELECT app_user_id())) WITH CHECK (id = (SELECT app_user_id()));
CREATE POLICY "all" ON "users" USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()));

CREATE TRIGGER "users_guarded" BEFORE UPDATE OF id, email, email_verified, role, two_factor_enabled, stripe_customer_id, banned, ban_reason, ban_expires, deleted_at, created_at
  ON "users" FOR EACH ROW
  EXECUTE FUNCTION "guard_columns"('id', 'email', 'email_verified', 'role', 'two_factor_enabled', 'stripe_customer_id', 'banned', 'ban_reason', 'ban_expires', 'deleted_at', 'created_at');

-- What everyone sees of everyone: the face, and no address, standing or place.
CREATE VIEW "people" AS
SELECT id, name, username, display_username, image, image_key, role, headline, bio, website, deleted_at IS NOT NULL AS is_closed, created_at
  FROM users;

-- The same people, whole, for who sees all. A search through it may use any index: beneath a policy only some operators may.
CREATE VIEW "people_in_full" AS SELECT * FROM users WHERE (SELECT app_sees_all());

CREATE FUNCTION "refuse_write_through_view"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  RAISE EXCEPTION '% is only read', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER "people_read_only" INSTEAD OF INSERT OR UPDATE OR DELETE ON "people" FOR EACH ROW EXECUTE FUNCTION "refuse_write_through_view"();
CREATE TRIGGER "people_in_full_read_only" INSTEAD OF INSERT OR UPDATE OR DELETE ON "people_in_full" FOR EACH ROW EXECUTE FUNCTION "refuse_write_through_view"();

-- Totals of a new profile begin at nothing, and later are the school's.
CREATE POLICY "begins_empty" ON "student_profiles" AS RESTRICTIVE FOR INSERT
  WITH CHECK (
    (SELECT app_sees_all())
    OR (courses_completed, total_watch_seconds, current_streak_days, longest_streak_days, total_points, level) = (0, 0, 0, 0, 0, 1)
  );
CREATE TRIGGER "student_profiles_guarded" BEFORE UPDATE OF user_id, courses_completed, total_watch_seconds, current_streak_days, longest_streak_days, total_points, level
  ON "student_profiles" FOR EACH ROW
  EXECUTE FUNCTION "guard_columns"('user_id', 'courses_completed', 'total_watch_seconds', 'current_streak_days', 'longest_streak_days', 'total_points', 'level');

-- Ways in are made by sign-in and its kin, which run as the system. A person sees theirs and may end them.
DO $$
DECLARE
  way text;
BEGIN
  FOREACH way IN ARRAY ARRAY['sessions', 'accounts', 'two_factors', 'passkeys', 'api_keys'] LOOP
    EXECUTE format('DROP POLICY "own" ON %I', way);
    EXECUTE format('CREATE POLICY "read_own" ON %I FOR SELECT USING (user_id = (SELECT app_user_id()))', way);
    EXECUTE format('CREATE POLICY "end_own" ON %I FOR DELETE USING (user_id = (SELECT app_user_id()))', way);
    EXECUTE format('CREATE POLICY "all" ON %I USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()))', way);
  END LOOP;
END
$$;
-- A key for the JSON API is made by who will use it, and never changed.
CREATE POLICY "make_own" ON "api_keys" FOR INSERT WITH CHECK (user_id = (SELECT app_user_id()));

------------------------------------------------------------------------------------------------------------------------
-- guarded: read by all, written by whose it is
------------------------------------------------------------------------------------------------------------------------

-- Where a table stands twice, both rules must hold.
DO $$
DECLARE
  guarded record;
BEGIN
  FOR guarded IN
    SELECT * FROM (VALUES
      ('categories', 'id', 'nobody'),
      ('tax_rates', 'id', 'nobody'),
      ('badges', 'id', 'nobody'),
      ('user_badges', 'id', 'nobody'),
      ('chapters', 'course_id', 'of my course'),
      ('lessons', 'course_id', 'of my course'),
      ('course_categories', 'course_id', 'of my course'),
      ('course_prerequisites', 'course_id', 'of my course'),
      ('course_instructors', 'course_id', 'of my own course'),
      ('resources', 'lesson_id', 'of my lesson'),
      ('quizzes', 'lesson_id', 'of my lesson'),
      ('assignments', 'lesson_id', 'of my lesson'),
      ('programs', 'course_id', 'of my course'),
      ('program_days', 'program_id', 'of my program'),
      ('spaces', 'course_id', 'of my course'),
      ('announcements', 'author_id', 'me'),
      ('announcements', 'course_id', 'of my course'),
      ('files', 'owner_id', 'me'),
      ('captions', 'video_id', 'of my video'),
      ('instructor_profiles', 'user_id', 'me'),
      ('posts', 'author_id', 'me'),
      ('comments', 'author_id', 'me'),
      ('blog_comments', 'author_id', 'me'),
      ('reactions', 'user_id', 'me'),
      ('reviews', 'user_id', 'me'),
      ('products', 'owner_id', 'me as instructor'),
      ('products', 'course_id', 'of my course, if of any'),
      ('product_courses', 'product_id', 'of my product'),
      ('product_courses', 'course_id', 'of my course'),
      ('prices', 'product_id', 'of my product')
    ) AS listed (table_name, column_name, rule)
  LOOP
    EXECUTE format(
      'CREATE TRIGGER %I BEFORE INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION guard_rows(%L, %L)',
      guarded.table_name || '_wall_' || guarded.column_name, guarded.table_name, guarded.rule, guarded.column_name
    );
  END LOOP;
END
$$;

-- A course is made and removed by its own instructor, changed by its co-instructors too, and featured and counted by the school.
CREATE TRIGGER "courses_wall_of_own" BEFORE INSERT OR DELETE ON "courses" FOR EACH ROW EXECUTE FUNCTION "guard_rows"('me as instructor', 'instructor_id');
CREATE TRIGGER "courses_wall_of_edited" BEFORE UPDATE ON "courses" FOR EACH ROW EXECUTE FUNCTION "guard_rows"('of my course', 'id');
CREATE TRIGGER "courses_wall_of_featured" BEFORE INSERT ON "courses" FOR EACH ROW WHEN (NEW.featured) EXECUTE FUNCTION "guard_rows"('nobody', 'id');
CREATE TRIGGER "courses_guarded" BEFORE UPDATE OF instructor_id, featured, student_count, review_count, rating_average, revenue, currency
  ON "courses" FOR EACH ROW
  EXECUTE FUNCTION "guard_columns"('instructor_id', 'featured', 'student_count', 'review_count', 'rating_average', 'revenue', 'currency');

-- Totals of a new profile begin at nothing, too.
CREATE TRIGGER "instructor_profiles_wall_of_totals" BEFORE INSERT ON "instructor_profiles" FOR EACH ROW
  WHEN ((NEW.course_count, NEW.student_count, NEW.review_count, NEW.rating_average, NEW.revenue) <> (0, 0, 0, 0, 0))
  EXECUTE FUNCTION "guard_rows"('nobody', 'id');
CREATE TRIGGER "instructor_profiles_guarded" BEFORE UPDATE OF user_id, course_count, student_count, review_count, rating_average, revenue, currency
  ON "instructor_profiles" FOR EACH ROW
  EXECUTE FUNCTION "guard_columns"('user_id', 'course_count', 'student_count', 'review_count', 'rating_average', 'revenue', 'currency');

-- A film is made of one's own file: whoever could name another's would be handed a link to it.
CREATE TRIGGER "videos_wall_of_shown" BEFORE INSERT OR UPDATE OR DELETE ON "videos" FOR EACH ROW EXECUTE FUNCTION "guard_rows"('of my video', 'id');
CREATE TRIGGER "videos_wall_of_file" BEFORE INSERT OR UPDATE OF file_id ON "videos" FOR EACH ROW
  WHEN (NEW.file_id IS NOT NULL) EXECUTE FUNCTION "guard_rows"('of my file, if of any', 'file_id');

-- Totals on rows of others: kept by the school, at the moment when somebody has done what they count.

-- Counts one more student of a course, who is the acting person or was enrolled by the school. Categories are held in one order, so that two courses
-- of the same categories never wait for each other in a circle.
CREATE FUNCTION "count_student"("of_course" uuid) RETURNS void
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
BEGIN
  IF NOT EXISTS (SELECT FROM enrollments e WHERE e.course_id = of_course AND (e.user_id = app_user_id() OR app_sees_all())) THEN
    RAISE EXCEPTION 'nobody enrolled in the course %', of_course USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  UPDATE courses SET student_count = student_count + 1 WHERE id = of_course;
  WITH held AS (
    SELECT c.id FROM categories c JOIN course_categories k ON k.category_id = c.id WHERE k.course_id = of_course ORDER BY c.id FOR NO KEY UPDATE OF c
  )
  UPDATE categories SET student_count = student_count + 1 FROM held WHERE categories.id = held.id;
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
END
$$;

-- Brings the totals that categories carry in line with their published courses. Anybody may ask: it writes what is so.
CREATE FUNCTION "recount_categories"("category_ids" uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
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
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
END
$$;

------------------------------------------------------------------------------------------------------------------------
-- private after all
------------------------------------------------------------------------------------------------------------------------

-- Published posts are everybody's, others their author's.
ALTER TABLE "blog_posts" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "read" ON "blog_posts" FOR SELECT USING (status = 'PUBLISHED');
CREATE POLICY "write" ON "blog_posts"
  USING (author_id = (SELECT app_user_id())) WITH CHECK (author_id = (SELECT app_user_id()) AND (SELECT app_role()) = 'INSTRUCTOR');
CREATE POLICY "all" ON "blog_posts" USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()));

-- The school's exercises are everybody's, a person's own are theirs.
ALTER TABLE "exercises" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "read_shared" ON "exercises" FOR SELECT USING (owner_id IS NULL);
CREATE POLICY "own" ON "exercises"
  USING (owner_id = (SELECT app_user_id()) OR (SELECT app_sees_all())) WITH CHECK (owner_id = (SELECT app_user_id()) OR (SELECT app_sees_all()));

-- A code is a secret: who has it says so, and the school looks it up.
ALTER TABLE "coupons" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "coupons"
  USING ((SELECT app_user_id()) IN (created_by_id, instructor_id) OR (SELECT app_sees_all()))
  WITH CHECK ((scope = 'INSTRUCTOR' AND instructor_id = (SELECT app_user_id()) AND (SELECT app_role()) = 'INSTRUCTOR') OR (SELECT app_sees_all()));

ALTER TABLE "coupon_products" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "inherited" ON "coupon_products"
  USING (EXISTS (SELECT FROM coupons WHERE coupons.id = coupon_id)) WITH CHECK (EXISTS (SELECT FROM coupons WHERE coupons.id = coupon_id));

ALTER TABLE "number_series" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "all" ON "number_series" USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()));

-- Questions hold their answers: seen by who teaches, and by who has begun an attempt at a quiz that asks them.
ALTER TABLE "question_banks" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "read_taught" ON "question_banks" FOR SELECT USING (course_id = ANY ((SELECT app_taught_course_ids())::uuid[]));
CREATE POLICY "own" ON "question_banks"
  USING (owner_id = (SELECT app_user_id()) OR course_id = ANY ((SELECT app_edited_course_ids())::uuid[]) OR (SELECT app_sees_all()))
  WITH CHECK (owner_id = (SELECT app_user_id()) OR course_id = ANY ((SELECT app_edited_course_ids())::uuid[]) OR (SELECT app_sees_all()));

ALTER TABLE "quiz_questions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "read" ON "quiz_questions" FOR SELECT
  USING (
    EXISTS (SELECT FROM quiz_attempts a WHERE a.quiz_id = quiz_questions.quiz_id AND a.user_id = (SELECT app_user_id()))
    OR EXISTS (SELECT FROM quizzes q JOIN lessons l ON l.id = q.lesson_id WHERE q.id = quiz_id AND l.course_id = ANY ((SELECT app_taught_course_ids())::uuid[]))
  );
CREATE POLICY "write" ON "quiz_questions"
  USING ((SELECT app_sees_all()) OR EXISTS (SELECT FROM quizzes q JOIN lessons l ON l.id = q.lesson_id WHERE q.id = quiz_id AND l.course_id = ANY ((SELECT app_edited_course_ids())::uuid[])))
  WITH CHECK ((SELECT app_sees_all()) OR EXISTS (SELECT FROM quizzes q JOIN lessons l ON l.id = q.lesson_id WHERE q.id = quiz_id AND l.course_id = ANY ((SELECT app_edited_course_ids())::uuid[])));

ALTER TABLE "questions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "read_attempted" ON "questions" FOR SELECT
  USING (
    EXISTS (SELECT FROM quiz_attempts a WHERE a.quiz_id = questions.quiz_id AND a.user_id = (SELECT app_user_id()))
    OR EXISTS (
      SELECT FROM quiz_questions asked JOIN quiz_attempts a ON a.quiz_id = asked.quiz_id
       WHERE (asked.question_id = questions.id OR asked.bank_id = questions.bank_id) AND a.user_id = (SELECT app_user_id()))
  );
CREATE POLICY "read_taught" ON "questions" FOR SELECT
  USING (
    EXISTS (SELECT FROM question_banks b WHERE b.id = bank_id AND b.course_id = ANY ((SELECT app_taught_course_ids())::uuid[]))
    OR EXISTS (SELECT FROM quizzes q JOIN lessons l ON l.id = q.lesson_id WHERE q.id = quiz_id AND l.course_id = ANY ((SELECT app_taught_course_ids())::uuid[]))
  );
CREATE POLICY "write" ON "questions"
  USING (
    (SELECT app_sees_all())
    OR EXISTS (SELECT FROM question_banks b WHERE b.id = bank_id AND (b.owner_id = (SELECT app_user_id()) OR b.course_id = ANY ((SELECT app_edited_course_ids())::uuid[])))
    OR EXISTS (SELECT FROM quizzes q JOIN lessons l ON l.id = q.lesson_id WHERE q.id = quiz_id AND l.course_id = ANY ((SELECT app_edited_course_ids())::uuid[]))
  )
  WITH CHECK (
    (SELECT app_sees_all())
    OR EXISTS (SELECT FROM question_banks b WHERE b.id = bank_id AND (b.owner_id = (SELECT app_user_id()) OR b.course_id = ANY ((SELECT app_edited_course_ids())::uuid[])))
    OR EXISTS (SELECT FROM quizzes q JOIN lessons l ON l.id = q.lesson_id WHERE q.id = quiz_id AND l.course_id = ANY ((SELECT app_edited_course_ids())::uuid[]))
  );

-- The address to join by is for who learns or teaches there.
ALTER TABLE "live_sessions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "read" ON "live_sessions" FOR SELECT
  USING (EXISTS (
    SELECT FROM lessons l
     WHERE l.id = lesson_id AND (
       l.course_id = ANY ((SELECT app_taught_course_ids())::uuid[])
       OR EXISTS (SELECT FROM enrollments e WHERE e.course_id = l.course_id AND e.user_id = (SELECT app_user_id())))));
CREATE POLICY "write" ON "live_sessions"
  USING ((SELECT app_sees_all()) OR EXISTS (SELECT FROM lessons WHERE lessons.id = lesson_id AND lessons.course_id = ANY ((SELECT app_edited_course_ids())::uuid[])))
  WITH CHECK ((SELECT app_sees_all()) OR EXISTS (SELECT FROM lessons WHERE lessons.id = lesson_id AND lessons.course_id = ANY ((SELECT app_edited_course_ids())::uuid[])));

------------------------------------------------------------------------------------------------------------------------
-- private: what is money or merit is read, not written, by whom it belongs to
------------------------------------------------------------------------------------------------------------------------

DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['orders', 'payments', 'coupon_redemptions', 'subscriptions', 'point_events', 'streak_freezes'] LOOP
    EXECUTE format('DROP POLICY "own" ON %I', kept);
    EXECUTE format('CREATE POLICY "read_own" ON %I FOR SELECT USING (user_id = (SELECT app_user_id()))', kept);
    EXECUTE format('CREATE POLICY "all" ON %I USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()))', kept);
  END LOOP;
  -- A policy "inherited" of all commands becomes one of reading.
  FOREACH kept IN ARRAY ARRAY['order_items.order_id.orders', 'invoices.order_id.orders', 'refunds.payment_id.payments', 'certificates.enrollment_id.enrollments'] LOOP
    EXECUTE format('DROP POLICY "inherited" ON %I', split_part(kept, '.', 1));
    EXECUTE format(
      'CREATE POLICY "read_inherited" ON %1$I FOR SELECT USING (EXISTS (SELECT FROM %3$I parent WHERE parent.id = %1$I.%2$I))',
      split_part(kept, '.', 1), split_part(kept, '.', 2), split_part(kept, '.', 3)
    );
    EXECUTE format('CREATE POLICY "all" ON %I USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()))', split_part(kept, '.', 1));
  END LOOP;
END
$$;

-- A free course is open to whoever asks; every other way in comes from the school, or by hand from who may change the course.
DROP POLICY "learning" ON "access_grants";
CREATE POLICY "read" ON "access_grants" FOR SELECT
  USING (user_id = (SELECT app_user_id()) OR (SELECT app_sees_all()) OR course_id = ANY ((SELECT app_taught_course_ids())::uuid[]));
CREATE POLICY "take_free" ON "access_grants" FOR INSERT
  WITH CHECK (
    user_id = (SELECT app_user_id()) AND source = 'FREE'
    AND EXISTS (SELECT FROM courses WHERE courses.id = course_id AND courses.is_free AND courses.status = 'PUBLISHED')
  );
CREATE POLICY "give" ON "access_grants" FOR INSERT
  WITH CHECK (source IN ('GIFT', 'MANUAL') AND course_id = ANY ((SELECT app_edited_course_ids())::uuid[]));
CREATE POLICY "change_given" ON "access_grants" FOR UPDATE
  USING (source IN ('GIFT', 'MANUAL') AND course_id = ANY ((SELECT app_edited_course_ids())::uuid[]))
  WITH CHECK (source IN ('GIFT', 'MANUAL') AND course_id = ANY ((SELECT app_edited_course_ids())::uuid[]));
CREATE POLICY "all" ON "access_grants" USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()));

-- The heartbeat is the statement that runs most. What reading and changing ask of a row of learning is one and the same condition, which is asked once;
-- and whose a row is never changes, so that a changed row need not be asked again.
DO $$
DECLARE
  learnt record;
BEGIN
  FOR learnt IN
    SELECT * FROM (VALUES
      ('enrollments', 'learning', 'user_id = (SELECT app_user_id()) OR (SELECT app_sees_all()) OR course_id = ANY ((SELECT app_taught_course_ids())::uuid[])'),
      ('lesson_progress', 'inherited', 'EXISTS (SELECT FROM enrollments parent WHERE parent.id = lesson_progress.enrollment_id)'),
      ('chapter_progress', 'inherited', 'EXISTS (SELECT FROM enrollments parent WHERE parent.id = chapter_progress.enrollment_id)')
    ) AS listed (table_name, policy_name, condition)
  LOOP
    EXECUTE format('DROP POLICY %I ON %I', learnt.policy_name, learnt.table_name);
    EXECUTE format('CREATE POLICY "read" ON %I FOR SELECT USING (%s)', learnt.table_name, learnt.condition);
    EXECUTE format('CREATE POLICY "add" ON %I FOR INSERT WITH CHECK (%s)', learnt.table_name, learnt.condition);
    EXECUTE format('CREATE POLICY "learn" ON %I FOR UPDATE USING (%s) WITH CHECK (true)', learnt.table_name, learnt.condition);
    EXECUTE format('CREATE POLICY "remove" ON %I FOR DELETE USING (%s)', learnt.table_name, learnt.condition);
  END LOOP;
END
$$;
CREATE TRIGGER "enrollments_guarded" BEFORE UPDATE OF user_id, course_id ON "enrollments" FOR EACH ROW EXECUTE FUNCTION "guard_columns"('user_id', 'course_id');
CREATE TRIGGER "lesson_progress_guarded" BEFORE UPDATE OF enrollment_id ON "lesson_progress" FOR EACH ROW EXECUTE FUNCTION "guard_columns"('enrollment_id');
CREATE TRIGGER "chapter_progress_guarded" BEFORE UPDATE OF enrollment_id ON "chapter_progress" FOR EACH ROW EXECUTE FUNCTION "guard_columns"('enrollment_id');

-- Nobody enrolls without a grant, or lets themselves back in.
CREATE POLICY "by_a_grant" ON "enrollments" AS RESTRICTIVE FOR INSERT
  WITH CHECK (
    (SELECT app_sees_all())
    OR EXISTS (SELECT FROM access_grants g WHERE g.user_id = enrollments.user_id AND g.course_id = enrollments.course_id AND g.revoked_at IS NULL)
  );
CREATE POLICY "kept" ON "enrollments" AS RESTRICTIVE FOR DELETE USING ((SELECT app_sees_all()));
CREATE TRIGGER "enrollments_suspended" BEFORE UPDATE OF status ON "enrollments" FOR EACH ROW
  WHEN (OLD.status = 'SUSPENDED' AND NEW.status <> 'SUSPENDED') EXECUTE FUNCTION "guard_columns"('status');

-- Who receives a message marks it as read, and changes nothing else of it.
CREATE FUNCTION "refuse_others_words"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  IF OLD.sender_id = app_user_id() OR NOT app_is_held(TG_RELID) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a message is changed by its sender alone' USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
END
$$;
CREATE TRIGGER "messages_words" BEFORE UPDATE OF conversation_id, sender_id, receiver_id, content, created_at ON "messages" FOR EACH ROW
  WHEN ((OLD.conversation_id, OLD.sender_id, OLD.receiver_id, OLD.content, OLD.created_at) IS DISTINCT FROM (NEW.conversation_id, NEW.sender_id, NEW.receiver_id, NEW.content, NEW.created_at))
  EXECUTE FUNCTION "refuse_others_words"();
