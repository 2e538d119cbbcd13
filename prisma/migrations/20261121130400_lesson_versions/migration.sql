-- A lesson's words as somebody left them: nothing that was written is lost.

-- CreateTable
CREATE TABLE "lesson_versions" (
    "id" UUID NOT NULL,
    "lesson_id" UUID NOT NULL,
    "author_id" UUID,
    "title" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lesson_versions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "lesson_versions_lesson_id_created_at_id_idx" ON "lesson_versions"("lesson_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "lesson_versions_author_id_idx" ON "lesson_versions"("author_id");

-- AddForeignKey
ALTER TABLE "lesson_versions" ADD CONSTRAINT "lesson_versions_lesson_id_fkey" FOREIGN KEY ("lesson_id") REFERENCES "lessons"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lesson_versions" ADD CONSTRAINT "lesson_versions_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "lesson_versions"
  ADD CONSTRAINT "lesson_versions_title" CHECK (is_title(title)),
  ADD CONSTRAINT "lesson_versions_moments" CHECK (updated_at >= created_at);

-- What was crossed out is nobody's but of those who write it.
ALTER TABLE "lesson_versions" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "of_my_course" ON "lesson_versions"
  USING ((SELECT app_sees_all()) OR EXISTS (SELECT FROM lessons l WHERE l.id = lesson_id AND l.course_id = ANY ((SELECT app_edited_course_ids())::uuid[])))
  WITH CHECK ((SELECT app_sees_all()) OR EXISTS (SELECT FROM lessons l WHERE l.id = lesson_id AND l.course_id = ANY ((SELECT app_edited_course_ids())::uuid[])));
