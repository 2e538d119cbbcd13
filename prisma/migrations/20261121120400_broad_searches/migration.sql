-- What a search finds, at the same cost whether few courses have its words or all. The search is planned with its words in it: of a rare word the index
-- of words gives the few courses; of a word that very many courses have, that index would be read to its end, so the order that is asked for is walked
-- instead, until enough have it. PostgreSQL knows which words are common from the statistics of the column.
CREATE FUNCTION "found_courses"("query" tsquery, "sorted_by" text, "is_ranked" boolean, "at_most" integer)
RETURNS TABLE (
  "id" uuid, "level" "level", "language" text, "is_free" boolean, "duration_minutes" integer, "rating_average" numeric, "review_count" integer,
  "student_count" integer, "published_at" timestamptz, "rank" bigint
)
LANGUAGE plpgsql STABLE ROWS 500
-- Courses in demand are in memory, and the walk is short.
SET random_page_cost = 1.1
AS $$
BEGIN
  RETURN QUERY EXECUTE format(
    'SELECT c.id, c.level, c.language, c.is_free, c.duration_minutes, c.rating_average, c.review_count, c.student_count, c.published_at, %s
       FROM (SELECT * FROM courses WHERE status = ''PUBLISHED'' AND search @@ %L::tsquery ORDER BY %s DESC, id DESC LIMIT %s) c',
    CASE WHEN is_ranked THEN format('(ts_rank(c.search, %L::tsquery) * 1000000)::bigint', query) ELSE '0::bigint' END,
    query,
    CASE sorted_by WHEN 'newest' THEN 'published_at' WHEN 'rating' THEN 'rating_rank(rating_average, review_count)' ELSE 'student_count' END,
    at_most
  );
END
$$;

-- As before, but it compares 120 titles and no longer 300: that was most of what a mistyped search cost.
CREATE OR REPLACE FUNCTION "similar_courses"("words" text) RETURNS TABLE ("id" uuid, "likeness" real)
LANGUAGE sql STABLE ROWS 100
SET pg_trgm.word_similarity_threshold = 0.3
AS $$
  WITH alike AS MATERIALIZED (
    SELECT id, word_similarity(search_text(words), search_text(title)) AS likeness
      FROM courses
     WHERE length(words) > 2 AND status = 'PUBLISHED' AND search_text(words) <% search_text(title)
     LIMIT 120
  )
  SELECT id, likeness FROM alike WHERE likeness >= 0.7 * (SELECT max(likeness) FROM alike)
$$;
