-- What was taken out of a course: it can be put back as it was, until it goes for good.

-- CreateTable
CREATE TABLE "removals" (
    "id" UUID NOT NULL,
    "course_id" UUID NOT NULL,
    "chapter_id" UUID,
    "lesson_id" UUID,
    "was_published" BOOLEAN NOT NULL,
    "was_visibility" TEXT NOT NULL,
    "was_position" INTEGER NOT NULL,
    "removed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "removals_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "removals_chapter_id_key" ON "removals"("chapter_id");

-- CreateIndex
CREATE UNIQUE INDEX "removals_lesson_id_key" ON "removals"("lesson_id");

-- CreateIndex
CREATE INDEX "removals_course_id_idx" ON "removals"("course_id");

-- CreateIndex
CREATE INDEX "removals_removed_at_idx" ON "removals"("removed_at");

-- AddForeignKey
ALTER TABLE "removals" ADD CONSTRAINT "removals_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "courses"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "removals" ADD CONSTRAINT "removals_chapter_id_fkey" FOREIGN KEY ("chapter_id") REFERENCES "chapters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "removals" ADD CONSTRAINT "removals_lesson_id_fkey" FOREIGN KEY ("lesson_id") REFERENCES "lessons"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "removals"
  ADD CONSTRAINT "removals_item" CHECK (num_nonnulls(chapter_id, lesson_id) = 1),
  ADD CONSTRAINT "removals_visibility" CHECK (was_visibility IN ('PUBLIC', 'PRIVATE') OR (was_visibility = 'PREVIEW' AND lesson_id IS NOT NULL)),
  ADD CONSTRAINT "removals_position" CHECK (was_position >= 1);

-- Read by all, as the outline is; written by who may change the course.
CREATE TRIGGER "removals_wall_course_id" BEFORE INSERT OR UPDATE OR DELETE ON "removals"
  FOR EACH ROW EXECUTE FUNCTION "guard_rows"('of my course', 'course_id');

-- What is shown again, by whichever way, is not removed: an import whose source still has the lesson brings it back.
CREATE FUNCTION "end_removal"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  IF TG_TABLE_NAME = 'lessons' THEN
    DELETE FROM removals WHERE lesson_id = NEW.id;
  ELSE
    DELETE FROM removals WHERE chapter_id = NEW.id;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "lessons_end_removal" AFTER UPDATE OF published, visibility ON "lessons"
  FOR EACH ROW WHEN (NEW.published OR NEW.visibility <> 'PRIVATE') EXECUTE FUNCTION "end_removal"();
CREATE TRIGGER "chapters_end_removal" AFTER UPDATE OF published, visibility ON "chapters"
  FOR EACH ROW WHEN (NEW.published OR NEW.visibility <> 'PRIVATE') EXECUTE FUNCTION "end_removal"();
