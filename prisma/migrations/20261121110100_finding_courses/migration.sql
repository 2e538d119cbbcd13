-- Finding courses: what a search asks, and how many courses there are of each kind. A page of the catalogue must cost the same in a school of a
-- hundred thousand courses as in one of ten, so the numbers beside the choices are kept, not counted.

------------------------------------------------------------------------------------------------------------------------
-- kinds
------------------------------------------------------------------------------------------------------------------------

-- How long: 0 not known, then under an hour, under three, under ten, and more.
CREATE FUNCTION "length_band"("minutes" integer) RETURNS smallint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN minutes <= 0 THEN 0 WHEN minutes < 60 THEN 1 WHEN minutes < 180 THEN 2 WHEN minutes < 600 THEN 3 ELSE 4 END::smallint;

-- How well liked: 0 not rated, then below 3, 3, 3.5, 4, and 4.5 and more.
CREATE FUNCTION "rating_band"("average" numeric, "votes" integer) RETURNS smallint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN votes = 0 THEN 0 WHEN average < 3 THEN 1 WHEN average < 3.5 THEN 2 WHEN average < 4 THEN 3 WHEN average < 4.5 THEN 4 ELSE 5 END::smallint;

-- The average as if ten more people had given 3.5: a few votes do not make a course the best of all. In ten-thousandths.
CREATE FUNCTION "rating_rank"("average" numeric, "votes" integer) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN round((average * votes + 35) * 10000 / (votes + 10))::integer;

-- Each order carries what courses are chosen by, so that a choice of few courses is found in the index alone.
DROP INDEX "courses_published_newest";
DROP INDEX "courses_published_popular";
CREATE INDEX "courses_published_newest" ON "courses" (published_at DESC, id DESC)
  INCLUDE (level, language, is_free, duration_minutes, rating_average, review_count) WHERE status = 'PUBLISHED';
CREATE INDEX "courses_published_popular" ON "courses" (student_count DESC, id DESC)
  INCLUDE (level, language, is_free, duration_minutes, rating_average, review_count) WHERE status = 'PUBLISHED';
CREATE INDEX "courses_published_best" ON "courses" (rating_rank(rating_average, review_count) DESC, id DESC)
  INCLUDE (level, language, is_free, duration_minutes, rating_average, review_count) WHERE status = 'PUBLISHED';

------------------------------------------------------------------------------------------------------------------------
-- search
------------------------------------------------------------------------------------------------------------------------

-- A question in the words of every language that courses are in: each reduces words to stems in its own way.
CREATE FUNCTION "course_query"("words" text, "languages" text[]) RETURNS tsquery
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
  SELECT string_agg(DISTINCT '(' || query::text || ')', ' | ')::tsquery
    FROM (SELECT to_tsquery(search_config(language), search_text(words)) AS query FROM unnest(languages) AS language) AS asked
   WHERE numnode(query) > 0
);

-- Published courses whose title is like these words, for those who mistyped: the best of those that share some trigrams, and what is nearly as good.
-- Of very many it looks at some: it helps, it does not rank a school.
CREATE FUNCTION "similar_courses"("words" text) RETURNS TABLE ("id" uuid, "likeness" real)
LANGUAGE sql STABLE
SET pg_trgm.word_similarity_threshold = 0.3
AS $$
  WITH alike AS MATERIALIZED (
    SELECT id, word_similarity(search_text(words), search_text(title)) AS likeness
      FROM courses
     WHERE length(words) > 2 AND status = 'PUBLISHED' AND search_text(words) <% search_text(title)
     LIMIT 300
  )
  SELECT id, likeness FROM alike WHERE likeness >= 0.7 * (SELECT max(likeness) FROM alike)
$$;

------------------------------------------------------------------------------------------------------------------------
-- how many there are of each kind
------------------------------------------------------------------------------------------------------------------------

CREATE TABLE "course_facets" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "category_id" UUID,
    "level" "level" NOT NULL,
    "language" TEXT NOT NULL,
    "is_free" BOOLEAN NOT NULL,
    "length" SMALLINT NOT NULL,
    "rating" SMALLINT NOT NULL,
    "course_count" INTEGER NOT NULL,

    CONSTRAINT "course_facets_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "course_facets"
  ADD CONSTRAINT "course_facets_bands" CHECK (length BETWEEN 0 AND 4 AND rating BETWEEN 0 AND 5);

CREATE UNIQUE INDEX "course_facets_category_id_level_language_is_free_length_rat_key"
  ON "course_facets"("category_id", "level", "language", "is_free", "length", "rating") NULLS NOT DISTINCT;

ALTER TABLE "course_facets" ADD CONSTRAINT "course_facets_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Kept by the school alone: the functions below that triggers call run as the owner of the tables.
CREATE TRIGGER "course_facets_wall_id" BEFORE INSERT OR UPDATE OR DELETE ON "course_facets"
  FOR EACH ROW EXECUTE FUNCTION "guard_rows"('nobody', 'id');

-- Categories and all that they are within.
CREATE FUNCTION "categories_above"("category_ids" uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE
AS $$
  WITH RECURSIVE above AS (
    SELECT id, parent_id FROM categories WHERE id = ANY (category_ids)
    UNION SELECT c.id, c.parent_id FROM categories c JOIN above ON c.id = above.parent_id
  )
  SELECT id FROM above
$$;

-- Counts each pair of a published course and a category (null: the whole catalogue) once more, or once less. Kinds are taken in one order, so that
-- two who count never wait for each other in a circle.
CREATE FUNCTION "shift_course_facets"("course_ids" uuid[], "category_ids" uuid[], "step" integer) RETURNS void
LANGUAGE sql VOLATILE
AS $$
  INSERT INTO course_facets (category_id, level, language, is_free, length, rating, course_count)
  SELECT pair.category_id, c.level, c.language, c.is_free, length_band(c.duration_minutes), rating_band(c.rating_average, c.review_count), step * count(*)
    FROM unnest(course_ids, category_ids) AS pair (course_id, category_id)
    JOIN courses c ON c.id = pair.course_id
   WHERE c.status = 'PUBLISHED'
   GROUP BY 1, 2, 3, 4, 5, 6
   ORDER BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (category_id, level, language, is_free, length, rating)
  DO UPDATE SET course_count = course_facets.course_count + EXCLUDED.course_count
$$;

-- Counts whole courses: in the catalogue, and in each category that they are in or beneath.
CREATE FUNCTION "count_course_facets"("course_ids" uuid[], "step" integer) RETURNS void
LANGUAGE sql VOLATILE
AS $$
  SELECT shift_course_facets(array_agg(course_id), array_agg(category_id), step)
    FROM (
      SELECT id AS course_id, NULL::uuid AS category_id FROM unnest(course_ids) AS id
      UNION ALL
      SELECT id, categories_above(ARRAY(SELECT k.category_id FROM course_categories k WHERE k.course_id = id)) FROM unnest(course_ids) AS id
    ) AS pairs
$$;

-- Counts everything anew: after the tree of categories changed, and after courses came in past the triggers.
CREATE FUNCTION "recount_course_facets"() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
  LOCK TABLE course_facets IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM course_facets;
  SELECT count_course_facets(ARRAY(SELECT id FROM courses WHERE status = 'PUBLISHED'), 1);
$$;

CREATE FUNCTION "keep_course_facets"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
  IF TG_TABLE_NAME = 'categories' OR (TG_TABLE_NAME = 'course_categories' AND TG_OP = 'UPDATE') THEN
    PERFORM recount_course_facets();
    RETURN NULL;
  ELSIF TG_LEVEL = 'STATEMENT' THEN
    PERFORM count_course_facets(ARRAY(SELECT id FROM changed WHERE status = 'PUBLISHED'), 1);
    RETURN NULL;
  ELSIF TG_WHEN = 'BEFORE' THEN
    PERFORM count_course_facets(ARRAY[OLD.id], -1);
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  PERFORM count_course_facets(ARRAY[NEW.id], 1);
  RETURN NULL;
END
$$;

-- A course came into categories or left them: what its other categories lie within counted it before and counts it still.
CREATE FUNCTION "keep_course_facets_of_categories"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM shift_course_facets(array_agg(course_id), array_agg(category_id), CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END)
    FROM (SELECT course_id, array_agg(category_id) AS ids FROM changed GROUP BY course_id) AS moved,
    LATERAL (
      SELECT categories_above(ids) AS category_id
      EXCEPT
      SELECT categories_above(ARRAY(SELECT k.category_id FROM course_categories k WHERE k.course_id = moved.course_id AND k.category_id <> ALL (ids)))
    ) AS entered;
  RETURN NULL;
END
$$;

CREATE TRIGGER "courses_facets_new" AFTER INSERT ON "courses" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_course_facets"();
CREATE TRIGGER "courses_facets_gone" BEFORE DELETE ON "courses"
  FOR EACH ROW WHEN (OLD.status = 'PUBLISHED') EXECUTE FUNCTION "keep_course_facets"();
CREATE TRIGGER "courses_facets_before" BEFORE UPDATE OF status, level, language, is_free, duration_minutes, rating_average, review_count ON "courses" FOR EACH ROW
  WHEN ((OLD.status, OLD.level, OLD.language, OLD.is_free, length_band(OLD.duration_minutes), rating_band(OLD.rating_average, OLD.review_count))
     IS DISTINCT FROM (NEW.status, NEW.level, NEW.language, NEW.is_free, length_band(NEW.duration_minutes), rating_band(NEW.rating_average, NEW.review_count)))
  EXECUTE FUNCTION "keep_course_facets"();
CREATE TRIGGER "courses_facets_after" AFTER UPDATE OF status, level, language, is_free, duration_minutes, rating_average, review_count ON "courses" FOR EACH ROW
  WHEN ((OLD.status, OLD.level, OLD.language, OLD.is_free, length_band(OLD.duration_minutes), rating_band(OLD.rating_average, OLD.review_count))
     IS DISTINCT FROM (NEW.status, NEW.level, NEW.language, NEW.is_free, length_band(NEW.duration_minutes), rating_band(NEW.rating_average, NEW.review_count)))
  EXECUTE FUNCTION "keep_course_facets"();

CREATE TRIGGER "course_categories_facets_new" AFTER INSERT ON "course_categories" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_course_facets_of_categories"();
CREATE TRIGGER "course_categories_facets_gone" AFTER DELETE ON "course_categories" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_course_facets_of_categories"();
CREATE TRIGGER "course_categories_facets_moved" AFTER UPDATE OF course_id, category_id ON "course_categories"
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_course_facets"();
CREATE TRIGGER "categories_facets_moved" AFTER UPDATE OF parent_id ON "categories"
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_course_facets"();
CREATE TRIGGER "categories_facets_gone" AFTER DELETE ON "categories"
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_course_facets"();

-- Courses that are here already.
SELECT recount_course_facets();
