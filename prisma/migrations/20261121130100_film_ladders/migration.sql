-- A film's file made again in several sizes (a ladder of rungs), by a job. It hangs on the file and not on the video: a copy of a course shows the same
-- file, and has its ladder at once.

-- What nobody ever filled: rungs have rows of their own now.
ALTER TABLE "videos" DROP COLUMN "renditions";

CREATE TYPE "ladder_state" AS ENUM ('WORKING', 'DONE', 'NO_TOOLS', 'FAILED');

CREATE TABLE "ladders" (
    "file_id" UUID NOT NULL,
    "state" "ladder_state" NOT NULL DEFAULT 'WORKING',
    "percent" SMALLINT NOT NULL DEFAULT 0,
    "problem" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ladders_pkey" PRIMARY KEY ("file_id")
);

CREATE TABLE "rungs" (
    "id" UUID NOT NULL,
    "file_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "codecs" TEXT NOT NULL,
    "peak_bits_per_second" INTEGER NOT NULL,
    "average_bits_per_second" INTEGER NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "head_bytes" INTEGER NOT NULL,
    "pieces" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rungs_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "rungs_key_key" ON "rungs"("key");
CREATE UNIQUE INDEX "rungs_file_id_height_key" ON "rungs"("file_id", "height");

ALTER TABLE "ladders" ADD CONSTRAINT "ladders_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "files"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "rungs" ADD CONSTRAINT "rungs_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "ladders"("file_id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "ladders"
  ADD CONSTRAINT "ladders_percent" CHECK (percent BETWEEN 0 AND 100),
  ADD CONSTRAINT "ladders_problem" CHECK ((state = 'FAILED') = (problem IS NOT NULL));

ALTER TABLE "rungs"
  ADD CONSTRAINT "rungs_dimensions" CHECK (width > 0 AND height > 0),
  ADD CONSTRAINT "rungs_codecs" CHECK (codecs ~ '^[A-Za-z0-9.]+(,[A-Za-z0-9.]+)*$'),
  ADD CONSTRAINT "rungs_rates" CHECK (average_bits_per_second > 0 AND peak_bits_per_second >= average_bits_per_second),
  ADD CONSTRAINT "rungs_size" CHECK (head_bytes > 0 AND size_bytes > head_bytes),
  ADD CONSTRAINT "rungs_pieces" CHECK (jsonb_typeof(pieces) = 'array' AND jsonb_array_length(pieces) > 0);

-- Made by the school's own work, read by whoever asks: what a row tells opens no door, because the bytes lie behind a seal.
CREATE TRIGGER "ladders_wall_file_id" BEFORE INSERT OR UPDATE OR DELETE ON "ladders" FOR EACH ROW EXECUTE FUNCTION "guard_rows"('nobody', 'file_id');
CREATE TRIGGER "rungs_wall_id" BEFORE INSERT OR UPDATE OR DELETE ON "rungs" FOR EACH ROW EXECUTE FUNCTION "guard_rows"('nobody', 'id');

-- A trailer is on a page for guests, and changes what it plays when its ladder is done; how far the work is, it does not show.
CREATE TRIGGER "ladders_tell_guest_pages" AFTER INSERT OR UPDATE OF state OR DELETE OR TRUNCATE ON "ladders"
  FOR EACH STATEMENT EXECUTE FUNCTION "tell_guest_pages"();

-- Videos that nothing shows any more, and nobody has touched since: a lesson that was deleted, a film that was replaced.
CREATE FUNCTION "unshown_videos"("since" timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE
AS $$
  SELECT v.id FROM videos v
   WHERE v.updated_at < since
     AND NOT EXISTS (SELECT FROM lessons WHERE video_id = v.id)
     AND NOT EXISTS (SELECT FROM chapters WHERE video_id = v.id)
     AND NOT EXISTS (SELECT FROM courses WHERE preview_video_id = v.id)
     AND NOT EXISTS (SELECT FROM live_sessions WHERE recording_video_id = v.id)
$$;
