-- CreateEnum
CREATE TYPE "import_state" AS ENUM ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'UNDONE');

-- CreateTable
CREATE TABLE "imports" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "file_id" UUID,
    "name" TEXT NOT NULL,
    "format" TEXT,
    "state" "import_state" NOT NULL DEFAULT 'QUEUED',
    "percent" SMALLINT NOT NULL DEFAULT 0,
    "message" TEXT NOT NULL DEFAULT '',
    "report" JSONB,
    "course_id" UUID,
    "before" JSONB,
    "after_hash" CHAR(64),
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "imports_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "imports_owner_id_id_idx" ON "imports"("owner_id", "id");

-- CreateIndex
CREATE INDEX "imports_file_id_idx" ON "imports"("file_id");

-- CreateIndex
CREATE INDEX "imports_course_id_idx" ON "imports"("course_id");

-- AddForeignKey
ALTER TABLE "imports" ADD CONSTRAINT "imports_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "imports" ADD CONSTRAINT "imports_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "files"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "imports" ADD CONSTRAINT "imports_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "courses"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What has ended says when, what is done has its report, and what may be taken back remembers how the course was left.
ALTER TABLE "imports"
  ADD CONSTRAINT "imports_name" CHECK (is_filled(name)),
  ADD CONSTRAINT "imports_percent" CHECK (percent BETWEEN 0 AND 100),
  ADD CONSTRAINT "imports_ended" CHECK ((state IN ('QUEUED', 'RUNNING')) = (finished_at IS NULL)),
  ADD CONSTRAINT "imports_done" CHECK (state NOT IN ('DONE', 'UNDONE') OR (report IS NOT NULL AND after_hash IS NOT NULL)),
  ADD CONSTRAINT "imports_report" CHECK (jsonb_typeof(report) = 'object'),
  ADD CONSTRAINT "imports_before" CHECK (jsonb_typeof(before) = 'object');

-- Seen and written by whoever imports. What a row says changes nothing by itself: taking an import back asks the rights on the course again.
ALTER TABLE "imports" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "imports"
  USING (owner_id = (SELECT app_user_id()) OR (SELECT app_sees_all()))
  WITH CHECK (owner_id = (SELECT app_user_id()) OR (SELECT app_sees_all()));
