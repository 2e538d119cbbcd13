-- Mistyped searches. The words of published courses are kept, a few ten thousand in the largest school; what was mistyped is looked for among them, and the
-- courses are then found by the words that were meant, as by any others. Before, the titles themselves were compared, of which some had to do for all.
CREATE EXTENSION IF NOT EXISTS "fuzzystrmatch" WITH SCHEMA "public";

CREATE TABLE "course_words" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "word" TEXT NOT NULL,

    CONSTRAINT "course_words_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "course_words"
  ADD CONSTRAINT "course_words_word" CHECK (char_length(word) BETWEEN 3 AND 40);

CREATE UNIQUE INDEX "course_words_word_key" ON "course_words"("word");
-- Few words come, and each search reads: none waits in a list of its own.
CREATE INDEX "course_words_word_idx" ON "course_words" USING gin ("word" gin_trgm_ops) WITH (fastupdate = off);

-- Kept by the school alone: the functions below that triggers call run as the owner of the tables.
CREATE TRIGGER "course_words_wall_id" BEFORE INSERT OR UPDATE OR DELETE ON "course_words"
  FOR EACH ROW EXECUTE FUNCTION "guard_rows"('nobody', 'id');

-- The words of a text as search sees them: small, without accents.
CREATE FUNCTION "words_of"("text" text) RETURNS SETOF text
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT DISTINCT word FROM regexp_split_to_table(search_text(words_of.text), '[^[:alnum:]]+') AS word WHERE char_length(word) BETWEEN 3 AND 40
$$;

-- In one order, so that two courses of the same new words never wait for each other in a circle.
CREATE FUNCTION "keep_course_words"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
  INSERT INTO course_words (word) SELECT word FROM words_of(NEW.title || ' ' || array_to_string(NEW.tags, ' ')) AS word ORDER BY word ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER "courses_words_new" AFTER INSERT OR UPDATE OF title, tags, status ON "courses" FOR EACH ROW
  WHEN (NEW.status = 'PUBLISHED') EXECUTE FUNCTION "keep_course_words"();

-- Collects the words anew: those of courses that came in past the trigger, and without those that no course has any more. Gives how many there are, and how many were not right.
CREATE FUNCTION "recount_course_words"() RETURNS TABLE ("looked" integer, "mended" integer)
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
  WITH used AS MATERIALIZED (
    SELECT DISTINCT word FROM courses, words_of(title || ' ' || array_to_string(tags, ' ')) AS word WHERE status = 'PUBLISHED'
  ), gone AS (
    DELETE FROM course_words w WHERE NOT EXISTS (SELECT FROM used WHERE used.word = w.word) RETURNING word
  ), come AS (
    INSERT INTO course_words (word) SELECT word FROM used ORDER BY word ON CONFLICT DO NOTHING RETURNING word
  )
  SELECT (SELECT count(*) FROM used)::int, ((SELECT count(*) FROM gone) + (SELECT count(*) FROM come))::int
$$;
SELECT recount_course_words();

-- For each word of a search the words of courses that may have been meant: few letters apart (Levenshtein), the nearest first. A word that is still typed is
-- compared with as much of the others, and counts as one letter farther.
CREATE FUNCTION "meant_words"("words" text) RETURNS TABLE ("asked" text, "near" text[])
LANGUAGE sql STABLE
SET pg_trgm.similarity_threshold = 0.15
AS $$
  SELECT asked, ARRAY(
    SELECT word FROM (
      SELECT word, similarity(word, asked) AS likeness, least(
          levenshtein(asked, word),
          levenshtein(asked, left(word, char_length(asked))) + 1,
          levenshtein(asked, left(word, char_length(asked) + 1)) + 1
        ) AS distance
        FROM course_words
       WHERE word % asked AND char_length(word) >= char_length(asked) - 2
    ) AS compared
     WHERE distance <= CASE WHEN char_length(asked) < 5 THEN 1 WHEN char_length(asked) < 9 THEN 2 ELSE 3 END
     ORDER BY distance, likeness DESC, word
     LIMIT 3
  )
    FROM (SELECT word AS asked FROM words_of(words) AS word LIMIT 8) AS search
$$;

-- Published courses with the words that may have been meant: with all of them, and where no course has all, with any. It helps, it does not rank a school.
CREATE OR REPLACE FUNCTION "similar_courses"("words" text) RETURNS TABLE ("id" uuid, "likeness" real)
LANGUAGE plpgsql STABLE ROWS 100
AS $$
DECLARE
  languages constant text[] := ARRAY(SELECT DISTINCT language FROM course_facets WHERE category_id IS NULL);
  meant constant text[] := ARRAY(SELECT '(' || array_to_string(near, ' | ') || ')' FROM meant_words(words) WHERE near <> '{}');
  joined text;
BEGIN
  IF meant = '{}' THEN
    RETURN;
  END IF;
  FOREACH joined IN ARRAY ARRAY[' & ', ' | '] LOOP
    RETURN QUERY SELECT found.id, (found.rank / 1000000.0)::real
      FROM found_courses(course_query(array_to_string(meant, joined), languages), 'relevance', true, 120) AS found;
    EXIT WHEN FOUND;
  END LOOP;
END
$$;

-- Nothing else compared titles.
DROP INDEX "courses_similar_title";
