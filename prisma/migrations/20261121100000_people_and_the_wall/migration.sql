-- CreateEnum
CREATE TYPE "application_state" AS ENUM ('PENDING', 'APPROVED', 'REFUSED');

-- CreateEnum
CREATE TYPE "export_state" AS ENUM ('QUEUED', 'READY', 'FAILED');

-- CreateTable
CREATE TABLE "teaching_applications" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "message" TEXT NOT NULL,
    "state" "application_state" NOT NULL DEFAULT 'PENDING',
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "answer" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "teaching_applications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_exports" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "state" "export_state" NOT NULL DEFAULT 'QUEUED',
    "key" TEXT,
    "size_bytes" BIGINT,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "data_exports_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "teaching_applications_user_id_idx" ON "teaching_applications"("user_id");

-- CreateIndex
CREATE INDEX "teaching_applications_decided_by_id_idx" ON "teaching_applications"("decided_by_id");

-- CreateIndex
CREATE INDEX "teaching_applications_state_created_at_idx" ON "teaching_applications"("state", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "data_exports_key_key" ON "data_exports"("key");

-- CreateIndex
CREATE INDEX "data_exports_user_id_idx" ON "data_exports"("user_id");

-- CreateIndex
CREATE INDEX "data_exports_expires_at_idx" ON "data_exports"("expires_at");

-- AddForeignKey
ALTER TABLE "teaching_applications" ADD CONSTRAINT "teaching_applications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "teaching_applications" ADD CONSTRAINT "teaching_applications_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_exports" ADD CONSTRAINT "data_exports_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

------------------------------------------------------------------------------------------------------------------------
-- rules
------------------------------------------------------------------------------------------------------------------------

-- Decided exactly when somebody decided it, at a known moment.
ALTER TABLE "teaching_applications" ADD CONSTRAINT "teaching_applications_decided" CHECK ((state = 'PENDING') = (decided_at IS NULL));
ALTER TABLE "teaching_applications" ADD CONSTRAINT "teaching_applications_decider" CHECK (state <> 'PENDING' OR decided_by_id IS NULL);
ALTER TABLE "teaching_applications" ADD CONSTRAINT "teaching_applications_message" CHECK (btrim(message) <> '');
-- At most one of a person waits, however often they press the button.
CREATE UNIQUE INDEX "teaching_applications_one_pending" ON "teaching_applications" ("user_id") WHERE state = 'PENDING';

ALTER TABLE "data_exports" ADD CONSTRAINT "data_exports_ready" CHECK (state <> 'READY' OR (size_bytes IS NOT NULL AND expires_at IS NOT NULL));
ALTER TABLE "data_exports" ADD CONSTRAINT "data_exports_size" CHECK (size_bytes >= 0);
-- At most one of a person is being made.
CREATE UNIQUE INDEX "data_exports_one_queued" ON "data_exports" ("user_id") WHERE state = 'QUEUED';

------------------------------------------------------------------------------------------------------------------------
-- who sees and changes them
------------------------------------------------------------------------------------------------------------------------

-- A person asks, reads and withdraws; only the school decides.
ALTER TABLE "teaching_applications" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "read_own" ON "teaching_applications" FOR SELECT USING (user_id = (SELECT app_user_id()));
CREATE POLICY "ask" ON "teaching_applications" FOR INSERT WITH CHECK (user_id = (SELECT app_user_id()) AND state = 'PENDING');
CREATE POLICY "withdraw" ON "teaching_applications" FOR DELETE USING (user_id = (SELECT app_user_id()) AND state = 'PENDING');
CREATE POLICY "all" ON "teaching_applications" USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()));

-- A person asks; the job that makes the archive is the system.
ALTER TABLE "data_exports" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "read_own" ON "data_exports" FOR SELECT USING (user_id = (SELECT app_user_id()));
CREATE POLICY "ask" ON "data_exports" FOR INSERT WITH CHECK (user_id = (SELECT app_user_id()) AND state = 'QUEUED');
CREATE POLICY "all" ON "data_exports" USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()));

-- The admin who acts as somebody else. What is written down then bears the admin's name.
CREATE FUNCTION "app_impersonator_id"() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('app.impersonator_id', true), '')::uuid;

CREATE POLICY "impersonator_writes" ON "audit_log" FOR INSERT WITH CHECK (actor_id = (SELECT app_impersonator_id()));
