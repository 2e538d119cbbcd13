-- CreateEnum
CREATE TYPE "upload_purpose" AS ENUM ('IMAGE', 'FILM', 'CAPTIONS', 'RESOURCE', 'PACKAGE');

-- CreateTable
CREATE TABLE "uploads" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "purpose" "upload_purpose" NOT NULL,
    "name" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "file_id" UUID,
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "uploads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "storage_use" (
    "owner_id" UUID NOT NULL,
    "size_bytes" BIGINT NOT NULL,

    CONSTRAINT "storage_use_pkey" PRIMARY KEY ("owner_id")
);

-- CreateIndex
CREATE INDEX "uploads_owner_id_idx" ON "uploads"("owner_id");

-- CreateIndex
CREATE INDEX "uploads_file_id_idx" ON "uploads"("file_id");

-- AddForeignKey
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "files"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "storage_use" ADD CONSTRAINT "storage_use_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The two new tables are empty but for one sum a person who has files: quick on any school.

ALTER TABLE "uploads"
  ADD CONSTRAINT "uploads_name" CHECK (is_filled(name)),
  ADD CONSTRAINT "uploads_size" CHECK (size_bytes > 0),
  ADD CONSTRAINT "uploads_finished" CHECK ((file_id IS NULL) = (finished_at IS NULL));

-- What is on its way is asked for at every beginning; what has arrived adds up for good.
CREATE INDEX "uploads_on_their_way" ON "uploads" (owner_id) WHERE file_id IS NULL;

ALTER TABLE "uploads" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "uploads"
  USING (owner_id = (SELECT app_user_id()) OR (SELECT app_sees_all()))
  WITH CHECK (owner_id = (SELECT app_user_id()) OR (SELECT app_sees_all()));

ALTER TABLE "storage_use" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "read_own" ON "storage_use" FOR SELECT USING (owner_id = (SELECT app_user_id()));
CREATE POLICY "all" ON "storage_use" USING ((SELECT app_sees_all())) WITH CHECK ((SELECT app_sees_all()));

-- Keeps the sums. Owners are taken in one order, so that two transactions never wait for each other in a circle.
CREATE FUNCTION "keep_storage_use"() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
BEGIN
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO storage_use AS kept (owner_id, size_bytes)
    SELECT owner_id, -sum(size_bytes) FROM gone WHERE owner_id IS NOT NULL GROUP BY owner_id ORDER BY owner_id
    ON CONFLICT (owner_id) DO UPDATE SET size_bytes = kept.size_bytes + EXCLUDED.size_bytes;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO storage_use AS kept (owner_id, size_bytes)
    SELECT owner_id, sum(size_bytes) FROM added WHERE owner_id IS NOT NULL GROUP BY owner_id ORDER BY owner_id
    ON CONFLICT (owner_id) DO UPDATE SET size_bytes = kept.size_bytes + EXCLUDED.size_bytes;
  END IF;
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
  RETURN NULL;
END
$$;

CREATE TRIGGER "files_use_added" AFTER INSERT ON "files" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_storage_use"();
CREATE TRIGGER "files_use_gone" AFTER DELETE ON "files" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_storage_use"();
CREATE TRIGGER "files_use_changed" AFTER UPDATE ON "files" REFERENCING OLD TABLE AS gone NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_storage_use"();

INSERT INTO storage_use (owner_id, size_bytes)
SELECT owner_id, sum(size_bytes) FROM files WHERE owner_id IS NOT NULL GROUP BY owner_id;

-- Files that were uploaded before a moment and that nothing uses: no row refers to them, and no text of the school names their key. Which tables and columns
-- there are is asked of the database itself, so that a new one is never forgotten; a row that goes with the file does not use it. Reads all texts once where anything is in question: for a nightly job.
CREATE FUNCTION "unused_uploads"("before" timestamptz) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE
AS $$
DECLARE
  found uuid[] := ARRAY(SELECT DISTINCT file_id FROM uploads WHERE finished_at < before);
  named text[] := '{}';
  more text[];
  place record;
BEGIN
  FOR place IN
    SELECT conrelid::regclass AS relation, attname AS name
      FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
     WHERE contype = 'f' AND confrelid = 'files'::regclass AND confdeltype <> 'c' AND conparentid = 0
  LOOP
    EXECUTE format(
      'SELECT ARRAY(SELECT asked.id FROM unnest($1) AS asked (id) WHERE NOT EXISTS (SELECT FROM %s t WHERE t.%I = asked.id))', place.relation, place.name
    ) INTO found USING found;
  END LOOP;
  IF found = '{}' THEN
    RETURN;
  END IF;
  FOR place IN
    SELECT c.oid::regclass AS relation
      FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relname NOT IN ('files', 'uploads', 'analytics_events', 'audit_log', 'email_messages')
       AND EXISTS (
         SELECT FROM pg_attribute a
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            AND a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'json'::regtype, 'jsonb'::regtype, 'text[]'::regtype)
       )
  LOOP
    EXECUTE format(
      'SELECT ARRAY(SELECT DISTINCT (regexp_matches(t::text, ''[0-9a-f]{2}/[0-9a-f]{62}'', ''g''))[1] FROM %s t)', place.relation
    ) INTO more;
    named := named || more;
  END LOOP;
  RETURN QUERY
    SELECT f.id FROM files f
     WHERE f.id = ANY (found) AND NOT EXISTS (SELECT FROM unnest(named) AS name WHERE name = split_part(f.key, '.', 1));
END
$$;
