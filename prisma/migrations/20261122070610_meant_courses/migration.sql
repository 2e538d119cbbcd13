-- Published courses with the words that may have been meant, as `found_courses` gives those with the words themselves: so that they need not be read once more.
CREATE FUNCTION "meant_courses"("words" text)
RETURNS TABLE (
  "id" uuid, "level" "level", "language" text, "price_band" smallint, "duration_minutes" integer, "rating_average" numeric, "review_count" integer,
  "student_count" integer, "published_at" timestamptz, "price_now" integer, "rank" bigint
)
LANGUAGE plpgsql STABLE ROWS 100
AS $$
DECLARE
  languages constant text[] := ARRAY(SELECT DISTINCT f.language FROM course_facets f WHERE f.category_id IS NULL);
  meant constant text[] := ARRAY(SELECT '(' || array_to_string(near, ' | ') || ')' FROM meant_words(words) WHERE near <> '{}');
  joined text;
BEGIN
  IF meant = '{}' THEN
    RETURN;
  END IF;
  FOREACH joined IN ARRAY ARRAY[' & ', ' | '] LOOP
    RETURN QUERY SELECT * FROM found_courses(course_query(array_to_string(meant, joined), languages), 'relevance', true, 120);
    EXIT WHEN FOUND;
  END LOOP;
END
$$;

-- For a program of before, which asks for the courses' ids alone.
CREATE OR REPLACE FUNCTION "similar_courses"("words" text) RETURNS TABLE ("id" uuid, "likeness" real)
LANGUAGE sql STABLE ROWS 100
AS $$ SELECT id, (rank / 1000000.0)::real FROM meant_courses(words) $$;

-- Whether any published course has all these words, whichever language they are of. A search for them and the beginning of one more asks this first: of a common beginning the index
-- of words collects every course, even where the words before are in none. A language in which nothing is left of the words (all too common) does not say no.
CREATE FUNCTION "has_words"("words" text, "languages" text[]) RETURNS boolean
LANGUAGE plpgsql STABLE
-- Of a common word the first course is met at once in any order but that of the disk, where all that have it may lie at the end.
SET enable_seqscan = off
AS $$
DECLARE
  query constant tsquery := (
    SELECT CASE WHEN bool_and(numnode(asked) > 0) THEN string_agg(DISTINCT '(' || asked::text || ')', ' | ')::tsquery END
      FROM (SELECT to_tsquery(search_config(language), search_text(words)) AS asked FROM unnest(languages) AS language) AS each
  );
  known boolean := true;
BEGIN
  IF query IS NOT NULL THEN
    EXECUTE format('SELECT EXISTS (SELECT FROM courses WHERE status = ''PUBLISHED'' AND search @@ %L::tsquery)', query) INTO known;
  END IF;
  RETURN known;
END
$$;
