-- AlterTable
ALTER TABLE "announcements" ADD COLUMN     "recipient_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "sent_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "courses" ADD COLUMN     "publish_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "course_invitations" (
    "id" UUID NOT NULL,
    "course_id" UUID NOT NULL,
    "user_id" UUID,
    "email" TEXT,
    "role" "course_instructor_role" NOT NULL,
    "revenue_share_basis_points" INTEGER NOT NULL DEFAULT 0,
    "invited_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "course_invitations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "course_addresses" (
    "slug" TEXT NOT NULL,
    "course_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "course_addresses_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "announcement_deliveries" (
    "announcement_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "announcement_deliveries_pkey" PRIMARY KEY ("announcement_id","user_id")
);

-- CreateIndex
CREATE INDEX "course_invitations_user_id_idx" ON "course_invitations"("user_id");

-- CreateIndex
CREATE INDEX "course_invitations_email_idx" ON "course_invitations"("email");

-- CreateIndex
CREATE INDEX "course_invitations_invited_by_id_idx" ON "course_invitations"("invited_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "course_invitations_course_id_user_id_key" ON "course_invitations"("course_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "course_invitations_course_id_email_key" ON "course_invitations"("course_id", "email");

-- CreateIndex
CREATE INDEX "course_addresses_course_id_idx" ON "course_addresses"("course_id");

-- CreateIndex
CREATE INDEX "announcement_deliveries_user_id_idx" ON "announcement_deliveries"("user_id");

-- AddForeignKey
ALTER TABLE "course_invitations" ADD CONSTRAINT "course_invitations_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "courses"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "course_invitations" ADD CONSTRAINT "course_invitations_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "course_invitations" ADD CONSTRAINT "course_invitations_invited_by_id_fkey" FOREIGN KEY ("invited_by_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "course_addresses" ADD CONSTRAINT "course_addresses_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "courses"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement_deliveries" ADD CONSTRAINT "announcement_deliveries_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "announcements"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement_deliveries" ADD CONSTRAINT "announcement_deliveries_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

------------------------------------------------------------------------------------------------------------------------
-- a course that publishes itself, and where it was before
------------------------------------------------------------------------------------------------------------------------

-- Only a draft waits to be published.
ALTER TABLE "courses" ADD CONSTRAINT "courses_publish_at" CHECK (publish_at IS NULL OR status = 'DRAFT');

ALTER TABLE "course_addresses" ADD CONSTRAINT "course_addresses_slug" CHECK (is_slug(slug));
CREATE TRIGGER "course_addresses_wall_course_id" BEFORE INSERT OR UPDATE OR DELETE ON "course_addresses"
  FOR EACH ROW EXECUTE FUNCTION "guard_rows"('of my course', 'course_id');
CREATE TRIGGER "course_addresses_tell_guest_pages" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "course_addresses"
  FOR EACH STATEMENT EXECUTE FUNCTION "tell_guest_pages"();

------------------------------------------------------------------------------------------------------------------------
-- who teaches with whom
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "course_invitations"
  ADD CONSTRAINT "course_invitations_whom" CHECK (num_nonnulls(user_id, email) = 1),
  ADD CONSTRAINT "course_invitations_email" CHECK (email = lower(email) AND email ~ '^[^\s@]+@[^\s@]+$'),
  ADD CONSTRAINT "course_invitations_share" CHECK (revenue_share_basis_points BETWEEN 0 AND 10000);

-- The owner's, and of the invited their own. An address that nobody has looks like one that somebody has.
ALTER TABLE "course_invitations" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "invited" ON "course_invitations" FOR SELECT
  USING (user_id = (SELECT app_user_id()) OR email = (SELECT users.email FROM users WHERE users.id = app_user_id()));
CREATE POLICY "decline" ON "course_invitations" FOR DELETE
  USING (user_id = (SELECT app_user_id()) OR email = (SELECT users.email FROM users WHERE users.id = app_user_id()));
CREATE POLICY "own_course" ON "course_invitations"
  USING ((SELECT app_sees_all()) OR EXISTS (SELECT FROM courses c WHERE c.id = course_id AND c.instructor_id = (SELECT app_user_id()) AND (SELECT app_role()) = 'INSTRUCTOR'))
  WITH CHECK ((SELECT app_sees_all()) OR EXISTS (SELECT FROM courses c WHERE c.id = course_id AND c.instructor_id = (SELECT app_user_id()) AND (SELECT app_role()) = 'INSTRUCTOR'));

-- Who was invited joins by themselves; what they join as was said by who invited them. Gives whether there was such an invitation.
CREATE FUNCTION "accept_course_invitation"("of_invitation" uuid, "moment" timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
  me constant uuid := app_user_id();
  my_email text := (SELECT email FROM users WHERE id = app_user_id());
  invitation course_invitations;
BEGIN
  DELETE FROM course_invitations i WHERE i.id = of_invitation AND (i.user_id = me OR i.email = my_email) RETURNING * INTO invitation;
  IF invitation.id IS NULL THEN
    RETURN false;
  END IF;
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  INSERT INTO course_instructors (course_id, user_id, role, revenue_share_basis_points, created_at, updated_at)
  SELECT c.id, me, invitation.role, invitation.revenue_share_basis_points, moment, moment FROM courses c
   WHERE c.id = invitation.course_id AND c.instructor_id <> me
  ON CONFLICT (course_id, user_id) DO NOTHING;
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
  RETURN true;
END
$$;

-- One leaves a team without being asked.
DROP TRIGGER "course_instructors_wall_course_id" ON "course_instructors";
CREATE TRIGGER "course_instructors_wall_course_id" BEFORE INSERT OR UPDATE ON "course_instructors"
  FOR EACH ROW EXECUTE FUNCTION "guard_rows"('of my own course', 'course_id');
CREATE TRIGGER "course_instructors_wall_leaving" BEFORE DELETE ON "course_instructors"
  FOR EACH ROW WHEN (OLD.user_id IS DISTINCT FROM app_user_id()) EXECUTE FUNCTION "guard_rows"('of my own course', 'course_id');

-- A whole has no more than a whole. The course is held, so that of two who join at once the second sees the first.
CREATE FUNCTION "refuse_more_than_whole"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM FROM courses WHERE id = NEW.course_id FOR NO KEY UPDATE;
  IF (SELECT sum(revenue_share_basis_points) FROM course_instructors WHERE course_id = NEW.course_id) > 10000 THEN
    RAISE EXCEPTION 'the shares of the instructors of % are more than a whole', NEW.course_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'course_instructors_whole', TABLE = 'course_instructors';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "course_instructors_whole" AFTER INSERT OR UPDATE OF course_id, revenue_share_basis_points ON "course_instructors"
  FOR EACH ROW WHEN (NEW.revenue_share_basis_points > 0) EXECUTE FUNCTION "refuse_more_than_whole"();

------------------------------------------------------------------------------------------------------------------------
-- prices
------------------------------------------------------------------------------------------------------------------------

-- A course is sold by whoever may change it; bundles and memberships by their owner alone.
-- Volatile, to see the product that the same statement has made.
CREATE FUNCTION "app_may_price"("of_product" uuid) RETURNS boolean
LANGUAGE sql VOLATILE
RETURN EXISTS (SELECT FROM products WHERE id = of_product AND course_id IS NOT NULL AND app_may_edit_course(course_id));

DROP TRIGGER "prices_wall_product_id" ON "prices";
CREATE TRIGGER "prices_wall_new" BEFORE INSERT ON "prices"
  FOR EACH ROW WHEN (NOT app_may_price(NEW.product_id)) EXECUTE FUNCTION "guard_rows"('of my product', 'product_id');
CREATE TRIGGER "prices_wall_changed" BEFORE UPDATE ON "prices"
  FOR EACH ROW WHEN (NOT app_may_price(OLD.product_id) OR NOT app_may_price(NEW.product_id)) EXECUTE FUNCTION "guard_rows"('of my product', 'product_id');
CREATE TRIGGER "prices_wall_gone" BEFORE DELETE ON "prices"
  FOR EACH ROW WHEN (NOT app_may_price(OLD.product_id)) EXECUTE FUNCTION "guard_rows"('of my product', 'product_id');

-- As before, and for a draft or an archived course whoever may change it may ask: it gets its price before it is published.
CREATE OR REPLACE FUNCTION "product_of_course"("of_course" uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
  is_theirs boolean;
  ending text;
  found uuid := (SELECT id FROM products WHERE course_id = of_course);
BEGIN
  IF found IS NOT NULL THEN
    RETURN found;
  END IF;
  IF app_user_id() IS NULL AND NOT app_sees_all() THEN
    RAISE EXCEPTION 'a guest needs no product' USING ERRCODE = 'insufficient_privilege';
  END IF;
  is_theirs := app_sees_all() OR app_may_edit_course(of_course);
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  -- Whoever comes second finds the product of who came first. A bundle may have the course's name already: then the product gets a longer one.
  FOREACH ending IN ARRAY ARRAY['', '-' || of_course] LOOP
    INSERT INTO products (id, type, owner_id, course_id, name, slug)
    SELECT gen_random_uuid(), 'COURSE', c.instructor_id, c.id, c.title, rtrim(left(c.slug, 200 - length(ending)), '-') || ending
      FROM courses c
     WHERE c.id = of_course AND (c.status = 'PUBLISHED' OR is_theirs) AND NOT EXISTS (SELECT FROM products p WHERE p.course_id = c.id)
    ON CONFLICT DO NOTHING;
  END LOOP;
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
  RETURN (SELECT id FROM products WHERE course_id = of_course);
END
$$;

------------------------------------------------------------------------------------------------------------------------
-- access by hand
------------------------------------------------------------------------------------------------------------------------

-- Given twice, it is one grant; what was taken away stays to be seen, and may come again.
CREATE UNIQUE INDEX "access_grants_one_by_hand" ON "access_grants" (user_id, course_id) WHERE source = 'MANUAL' AND revoked_at IS NULL;

-- A page of a course's students begins where the last one ended.
CREATE INDEX "enrollments_course_id_id_idx" ON "enrollments"("course_id", "id");

-- As before, and who may change a course enrolls others in it.
CREATE OR REPLACE FUNCTION "count_student"("of_course" uuid) RETURNS void
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
BEGIN
  IF NOT EXISTS (SELECT FROM enrollments e WHERE e.course_id = of_course AND (e.user_id = app_user_id() OR app_sees_all() OR app_may_edit_course(of_course))) THEN
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

------------------------------------------------------------------------------------------------------------------------
-- announcements
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "announcements" ADD CONSTRAINT "announcements_recipients" CHECK (recipient_count >= 0);

-- Whom the school wrote to: theirs to see, the school's to write.
ALTER TABLE "announcement_deliveries" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "read_own" ON "announcement_deliveries" FOR SELECT USING (user_id = (SELECT app_user_id()));
CREATE POLICY "all" ON "announcement_deliveries" USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()));
