-- The second wall: whatever a query forgets, the database shows a person only what is theirs.
--
-- The application connects as a role that neither owns the tables nor bypasses policies. Each transaction says for whom it acts:
--   select set_config('app.user_id', '<uuid>', true), set_config('app.user_role', 'STUDENT' | 'INSTRUCTOR' | 'ADMIN' | 'SYSTEM', true)
-- Where nothing is said, private tables are empty. SYSTEM is the program itself: sign-in, jobs, webhooks, seeds.
--
-- Three shapes cover the private tables:
--   own         a person sees the rows that carry their id;
--   inherited   who sees the parent row sees its children, because the subquery is itself under the parent's policy;
--   learning    a person sees their own rows, and who teaches the course sees those of its learners.
-- Functions stand in scalar subqueries, so that they run once per query and not once per row; the list of taught courses is
-- only made when a row is not one's own. FORCE holds the owner of the tables to the policies too, unless it is a superuser.

CREATE FUNCTION "app_user_id"() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('app.user_id', true), '')::uuid;

CREATE FUNCTION "app_role"() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('app.user_role', true), '');

CREATE FUNCTION "app_sees_all"() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(app_role() IN ('ADMIN', 'SYSTEM'), false);

-- The courses of which the acting person is the instructor, a co-instructor or an assistant.
CREATE FUNCTION "app_taught_course_ids"() RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE
RETURN ARRAY(
  SELECT id FROM courses WHERE instructor_id = app_user_id()
  UNION
  SELECT course_id FROM course_instructors WHERE user_id = app_user_id()
);

------------------------------------------------------------------------------------------------------------------------
-- own
------------------------------------------------------------------------------------------------------------------------

DO $$
DECLARE
  private record;
BEGIN
  FOR private IN
    SELECT * FROM (VALUES
      ('sessions', 'user_id'),
      ('accounts', 'user_id'),
      ('two_factors', 'user_id'),
      ('passkeys', 'user_id'),
      ('api_keys', 'user_id'),
      ('user_profiles', 'user_id'),
      ('user_preferences', 'user_id'),
      ('student_profiles', 'user_id'),
      ('audit_log', 'actor_id'),
      ('learning_days', 'user_id'),
      ('notes', 'user_id'),
      ('cart_items', 'user_id'),
      ('wishlist_items', 'user_id'),
      ('orders', 'user_id'),
      ('payments', 'user_id'),
      ('coupon_redemptions', 'user_id'),
      ('subscriptions', 'user_id'),
      ('reports', 'reporter_id'),
      ('fitness_profiles', 'user_id'),
      ('measurements', 'user_id'),
      ('workouts', 'user_id'),
      ('device_connections', 'user_id'),
      ('point_events', 'user_id'),
      ('streak_freezes', 'user_id'),
      ('notifications', 'user_id'),
      ('push_subscriptions', 'user_id'),
      ('webhook_endpoints', 'owner_id')
    ) AS listed (table_name, owner_column)
  LOOP
    EXECUTE format('ALTER TABLE %1$I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', private.table_name);
    EXECUTE format(
      'CREATE POLICY "own" ON %1$I USING (%2$I = (SELECT app_user_id()) OR (SELECT app_sees_all())) WITH CHECK (%2$I = (SELECT app_user_id()) OR (SELECT app_sees_all()))',
      private.table_name, private.owner_column
    );
  END LOOP;
END
$$;

-- Money that is someone's: they see it, and only the system and admins write it.
ALTER TABLE "ledger_entries" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "read_own" ON "ledger_entries" FOR SELECT USING (user_id = (SELECT app_user_id()));
CREATE POLICY "all" ON "ledger_entries" USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()));

ALTER TABLE "payouts" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "read_own" ON "payouts" FOR SELECT USING (instructor_id = (SELECT app_user_id()));
CREATE POLICY "all" ON "payouts" USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()));

-- Nobody's but the school's.
ALTER TABLE "verifications" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "all" ON "verifications" USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()));

ALTER TABLE "email_messages" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "all" ON "email_messages" USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()));

ALTER TABLE "webhook_events" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "all" ON "webhook_events" USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()));

ALTER TABLE "platform_analytics" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "all" ON "platform_analytics" USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()));

-- Anyone's browser may report what it did, as itself or as nobody; reading is for the school.
ALTER TABLE "analytics_events" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "report" ON "analytics_events" FOR INSERT WITH CHECK (user_id IS NULL OR user_id = (SELECT app_user_id()));
CREATE POLICY "all" ON "analytics_events" USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()));
-- Past the parent, a partition shows nothing. Without FORCE, so that its owner can move rows when a month gets its partition.
ALTER TABLE "analytics_events_default" ENABLE ROW LEVEL SECURITY;

------------------------------------------------------------------------------------------------------------------------
-- learning
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "access_grants" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "learning" ON "access_grants"
  USING (user_id = (SELECT app_user_id()) OR (SELECT app_sees_all()) OR course_id = ANY ((SELECT app_taught_course_ids())::uuid[]))
  WITH CHECK (user_id = (SELECT app_user_id()) OR (SELECT app_sees_all()) OR course_id = ANY ((SELECT app_taught_course_ids())::uuid[]));

ALTER TABLE "enrollments" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "learning" ON "enrollments"
  USING (user_id = (SELECT app_user_id()) OR (SELECT app_sees_all()) OR course_id = ANY ((SELECT app_taught_course_ids())::uuid[]))
  WITH CHECK (user_id = (SELECT app_user_id()) OR (SELECT app_sees_all()) OR course_id = ANY ((SELECT app_taught_course_ids())::uuid[]));

ALTER TABLE "quiz_attempts" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "learning" ON "quiz_attempts"
  USING (
    user_id = (SELECT app_user_id()) OR (SELECT app_sees_all()) OR EXISTS (
      SELECT FROM quizzes JOIN lessons ON lessons.id = quizzes.lesson_id
       WHERE quizzes.id = quiz_attempts.quiz_id AND lessons.course_id = ANY ((SELECT app_taught_course_ids())::uuid[]))
  )
  WITH CHECK (
    user_id = (SELECT app_user_id()) OR (SELECT app_sees_all()) OR EXISTS (
      SELECT FROM quizzes JOIN lessons ON lessons.id = quizzes.lesson_id
       WHERE quizzes.id = quiz_attempts.quiz_id AND lessons.course_id = ANY ((SELECT app_taught_course_ids())::uuid[]))
  );

ALTER TABLE "submissions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "learning" ON "submissions"
  USING (
    user_id = (SELECT app_user_id()) OR (SELECT app_sees_all()) OR EXISTS (
      SELECT FROM assignments JOIN lessons ON lessons.id = assignments.lesson_id
       WHERE assignments.id = submissions.assignment_id AND lessons.course_id = ANY ((SELECT app_taught_course_ids())::uuid[]))
  )
  WITH CHECK (
    user_id = (SELECT app_user_id()) OR (SELECT app_sees_all()) OR EXISTS (
      SELECT FROM assignments JOIN lessons ON lessons.id = assignments.lesson_id
       WHERE assignments.id = submissions.assignment_id AND lessons.course_id = ANY ((SELECT app_taught_course_ids())::uuid[]))
  );

ALTER TABLE "attendances" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "learning" ON "attendances"
  USING (
    user_id = (SELECT app_user_id()) OR (SELECT app_sees_all()) OR EXISTS (
      SELECT FROM live_sessions JOIN lessons ON lessons.id = live_sessions.lesson_id
       WHERE live_sessions.id = attendances.live_session_id AND lessons.course_id = ANY ((SELECT app_taught_course_ids())::uuid[]))
  )
  WITH CHECK (
    user_id = (SELECT app_user_id()) OR (SELECT app_sees_all()) OR EXISTS (
      SELECT FROM live_sessions JOIN lessons ON lessons.id = live_sessions.lesson_id
       WHERE live_sessions.id = attendances.live_session_id AND lessons.course_id = ANY ((SELECT app_taught_course_ids())::uuid[]))
  );

-- The daily sums of a course, with its revenue, are for those who teach it.
ALTER TABLE "course_analytics" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "learning" ON "course_analytics"
  USING ((SELECT app_sees_all()) OR course_id = ANY ((SELECT app_taught_course_ids())::uuid[]))
  WITH CHECK ((SELECT app_sees_all()));

------------------------------------------------------------------------------------------------------------------------
-- inherited
------------------------------------------------------------------------------------------------------------------------

DO $$
DECLARE
  private record;
BEGIN
  FOR private IN
    SELECT * FROM (VALUES
      ('lesson_progress', 'enrollment_id', 'enrollments'),
      ('chapter_progress', 'enrollment_id', 'enrollments'),
      ('certificates', 'enrollment_id', 'enrollments'),
      ('answers', 'attempt_id', 'quiz_attempts'),
      ('submission_files', 'submission_id', 'submissions'),
      ('order_items', 'order_id', 'orders'),
      ('invoices', 'order_id', 'orders'),
      ('refunds', 'payment_id', 'payments'),
      ('workout_samples', 'workout_id', 'workouts'),
      ('workout_sets', 'workout_id', 'workouts'),
      ('webhook_deliveries', 'endpoint_id', 'webhook_endpoints')
    ) AS listed (table_name, parent_column, parent_table)
  LOOP
    EXECUTE format('ALTER TABLE %1$I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', private.table_name);
    EXECUTE format(
      'CREATE POLICY "inherited" ON %1$I USING (EXISTS (SELECT FROM %3$I parent WHERE parent.id = %1$I.%2$I)) WITH CHECK (EXISTS (SELECT FROM %3$I parent WHERE parent.id = %1$I.%2$I))',
      private.table_name, private.parent_column, private.parent_table
    );
  END LOOP;
END
$$;

------------------------------------------------------------------------------------------------------------------------
-- what two people write to each other
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "conversations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "both" ON "conversations"
  USING ((SELECT app_user_id()) IN (first_user_id, second_user_id) OR (SELECT app_sees_all()))
  WITH CHECK ((SELECT app_user_id()) IN (first_user_id, second_user_id) OR (SELECT app_sees_all()));

-- Either person sees both sides, since "has the other read it" is shown; and sets up both sides, since one of them begins.
ALTER TABLE "conversation_members" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "both" ON "conversation_members"
  USING (EXISTS (SELECT FROM conversations WHERE conversations.id = conversation_members.conversation_id))
  WITH CHECK (EXISTS (
    SELECT FROM conversations
     WHERE conversations.id = conversation_members.conversation_id AND conversation_members.user_id IN (conversations.first_user_id, conversations.second_user_id)));

-- Sender and receiver are the two of the conversation. Nobody writes in another's name; the receiver marks as read.
ALTER TABLE "messages" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "read" ON "messages" FOR SELECT
  USING ((SELECT app_user_id()) IN (sender_id, receiver_id) OR (SELECT app_sees_all()));
CREATE POLICY "write" ON "messages" FOR INSERT
  WITH CHECK (
    (sender_id = (SELECT app_user_id()) OR (SELECT app_sees_all())) AND EXISTS (
      SELECT FROM conversations
       WHERE conversations.id = messages.conversation_id
         AND conversations.first_user_id IN (messages.sender_id, messages.receiver_id)
         AND conversations.second_user_id IN (messages.sender_id, messages.receiver_id))
  );
CREATE POLICY "change" ON "messages" FOR UPDATE
  USING ((SELECT app_user_id()) IN (sender_id, receiver_id) OR (SELECT app_sees_all()))
  WITH CHECK ((SELECT app_user_id()) IN (sender_id, receiver_id) OR (SELECT app_sees_all()));
CREATE POLICY "remove" ON "messages" FOR DELETE
  USING (sender_id = (SELECT app_user_id()) OR (SELECT app_sees_all()));
