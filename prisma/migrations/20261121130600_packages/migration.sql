-- CreateTable
CREATE TABLE "package_attempts" (
    "id" UUID NOT NULL,
    "enrollment_id" UUID NOT NULL,
    "package_id" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'not attempted',
    "score_raw" DECIMAL(12,4),
    "score_min" DECIMAL(12,4),
    "score_max" DECIMAL(12,4),
    "total_seconds" INTEGER NOT NULL DEFAULT 0,
    "values" JSONB NOT NULL DEFAULT '{}',
    "sittings" JSONB NOT NULL DEFAULT '[]',
    "earlier_seconds" INTEGER NOT NULL DEFAULT 0,
    "completed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "package_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "packages" (
    "id" UUID NOT NULL,
    "lesson_id" UUID NOT NULL,
    "edition" INTEGER NOT NULL DEFAULT 1,
    "identifier" TEXT NOT NULL,
    "manifest_version" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "parts" JSONB NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "file_count" INTEGER NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "packages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "package_files" (
    "lesson_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,

    CONSTRAINT "package_files_pkey" PRIMARY KEY ("lesson_id","path")
);

-- CreateIndex
CREATE INDEX "package_attempts_package_id_idx" ON "package_attempts"("package_id");

-- CreateIndex
CREATE UNIQUE INDEX "package_attempts_enrollment_id_package_id_part_key" ON "package_attempts"("enrollment_id", "package_id", "part");

-- CreateIndex
CREATE UNIQUE INDEX "packages_lesson_id_key" ON "packages"("lesson_id");

-- CreateIndex
CREATE INDEX "package_files_key_idx" ON "package_files"("key");

-- AddForeignKey
ALTER TABLE "package_attempts" ADD CONSTRAINT "package_attempts_enrollment_id_fkey" FOREIGN KEY ("enrollment_id") REFERENCES "enrollments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "package_attempts" ADD CONSTRAINT "package_attempts_package_id_fkey" FOREIGN KEY ("package_id") REFERENCES "packages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "packages" ADD CONSTRAINT "packages_lesson_id_fkey" FOREIGN KEY ("lesson_id") REFERENCES "lessons"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "package_files" ADD CONSTRAINT "package_files_lesson_id_fkey" FOREIGN KEY ("lesson_id") REFERENCES "packages"("lesson_id") ON DELETE CASCADE ON UPDATE CASCADE;

------------------------------------------------------------------------------------------------------------------------
-- rules
------------------------------------------------------------------------------------------------------------------------

ALTER TABLE "packages"
  ADD CONSTRAINT "packages_edition" CHECK (edition >= 1),
  ADD CONSTRAINT "packages_title" CHECK (title ~ '\S' AND char_length(title) <= 200),
  ADD CONSTRAINT "packages_parts" CHECK (jsonb_typeof(parts) = 'array' AND jsonb_array_length(parts) BETWEEN 1 AND 500),
  ADD CONSTRAINT "packages_sha256" CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "packages_totals" CHECK (file_count >= 1 AND size_bytes >= 0);

ALTER TABLE "package_files"
  ADD CONSTRAINT "package_files_path" CHECK (path <> '' AND path !~ '(^|/)\.\.?(/|$)' AND path !~ '^/'),
  ADD CONSTRAINT "package_files_key" CHECK (key ~ '^packages/[0-9a-f]{2}/[0-9a-f]{62}$'),
  ADD CONSTRAINT "package_files_size" CHECK (size_bytes >= 0);

ALTER TABLE "package_attempts"
  ADD CONSTRAINT "package_attempts_part" CHECK (part <> '' AND char_length(part) <= 255),
  ADD CONSTRAINT "package_attempts_status" CHECK (status IN ('passed', 'completed', 'failed', 'incomplete', 'browsed', 'not attempted')),
  ADD CONSTRAINT "package_attempts_seconds" CHECK (total_seconds >= 0 AND earlier_seconds >= 0),
  ADD CONSTRAINT "package_attempts_values" CHECK (jsonb_typeof("values") = 'object' AND octet_length("values"::text) <= 1048576),
  ADD CONSTRAINT "package_attempts_sittings" CHECK (jsonb_typeof(sittings) = 'array' AND jsonb_array_length(sittings) <= 30);

------------------------------------------------------------------------------------------------------------------------
-- whose they are
------------------------------------------------------------------------------------------------------------------------

-- Guarded (20261121100800_the_wall): read by all, written by who may change the lesson. Which file is handed to whom is said by the seal of its address.
CREATE TRIGGER "packages_wall_lesson_id" BEFORE INSERT OR UPDATE OR DELETE ON "packages" FOR EACH ROW
  EXECUTE FUNCTION "guard_rows"('of my lesson', 'lesson_id');
CREATE TRIGGER "package_files_wall_lesson_id" BEFORE INSERT OR UPDATE OR DELETE ON "package_files" FOR EACH ROW
  EXECUTE FUNCTION "guard_rows"('of my lesson', 'lesson_id');

-- Private: the learner's own; who teaches them reads along and changes nothing.
ALTER TABLE "package_attempts" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "read" ON "package_attempts" FOR SELECT USING (EXISTS (SELECT FROM enrollments e WHERE e.id = enrollment_id));
CREATE POLICY "own" ON "package_attempts"
  USING (EXISTS (SELECT FROM enrollments e WHERE e.id = enrollment_id AND e.user_id = (SELECT app_user_id())) OR (SELECT app_sees_all()))
  WITH CHECK (EXISTS (SELECT FROM enrollments e WHERE e.id = enrollment_id AND e.user_id = (SELECT app_user_id())) OR (SELECT app_sees_all()));
