-- Courses carry what they cost now in the school's currency, so that the catalogue sorts by it and counts it without reading a price. On a large school the
-- indexes are built anew: some seconds for 100,000 courses.

-- AlterTable
ALTER TABLE "courses" ADD COLUMN "price_now" INTEGER,
ADD COLUMN "price_band" SMALLINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "prices" ADD COLUMN "changes_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "prices_changes_at_idx" ON "prices"("changes_at");

------------------------------------------------------------------------------------------------------------------------
-- what a price is
------------------------------------------------------------------------------------------------------------------------

-- What a price asks for at a moment; the program says the same (`amountNow`).
CREATE FUNCTION "price_at"("price" "prices", "moment" timestamptz) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN (price).discount_amount IS NOT NULL
   AND ((price).discount_starts_at IS NULL OR (price).discount_starts_at <= moment)
   AND ((price).discount_ends_at IS NULL OR (price).discount_ends_at > moment)
  THEN (price).discount_amount ELSE (price).amount END;

-- Where one band of prices ends and the next begins, in minor units: round numbers about as large as 20, 50 and 100 dollars.
CREATE FUNCTION "price_steps"("currency" text) RETURNS integer[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN currency IN ('JPY') THEN ARRAY[2000, 5000, 10000]
  WHEN currency IN ('KRW', 'CLP') THEN ARRAY[20000, 50000, 100000]
  WHEN currency IN ('VND') THEN ARRAY[500000, 1000000, 2000000]
  WHEN currency IN ('IDR') THEN ARRAY[30000000, 80000000, 160000000]
  WHEN currency IN ('INR', 'PHP', 'THB', 'TWD', 'RUB', 'CZK', 'HUF', 'ARS', 'PKR', 'BDT', 'LKR', 'KES', 'NGN') THEN ARRAY[100000, 250000, 500000]
  WHEN currency IN ('SEK', 'NOK', 'DKK', 'CNY', 'HKD', 'MXN', 'ZAR', 'TRY', 'UAH', 'EGP') THEN ARRAY[20000, 50000, 100000]
  WHEN currency IN ('KWD', 'BHD', 'OMR', 'JOD') THEN ARRAY[5000, 15000, 30000]
  ELSE ARRAY[2000, 5000, 10000] END;

-- How much: 0 no price in this currency, then free, and four bands between the steps.
CREATE FUNCTION "price_band"("is_free" boolean, "price" integer, "currency" text) RETURNS smallint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN is_free THEN 1 WHEN price IS NULL THEN 0 ELSE 2 + width_bucket(price, price_steps(currency)) END::smallint;

-- Both orders end with what has no price.
CREATE FUNCTION "cheap_rank"("price" integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN -coalesce(price, 2147483647);
CREATE FUNCTION "dear_rank"("price" integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN coalesce(price, -1);

CREATE FUNCTION "school_currency"() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT currency::text FROM shop_settings WHERE id = '00000000-0000-0000-0000-000000000001');

CREATE FUNCTION "price_of_course"("of_course" uuid) RETURNS integer
LANGUAGE sql STABLE
RETURN (SELECT price_at(r, now()) FROM products p JOIN prices r ON r.product_id = p.id AND r.interval IS NULL
         WHERE p.course_id = of_course AND r.currency = school_currency());

------------------------------------------------------------------------------------------------------------------------
-- the numbers beside the choices, now by price
------------------------------------------------------------------------------------------------------------------------

DROP TRIGGER "courses_facets_before" ON "courses";
DROP TRIGGER "courses_facets_after" ON "courses";

DELETE FROM "course_facets";
ALTER TABLE "course_facets" DROP COLUMN "is_free", ADD COLUMN "price" SMALLINT NOT NULL;
ALTER TABLE "course_facets" ADD CONSTRAINT "course_facets_price" CHECK (price BETWEEN 0 AND 5);
CREATE UNIQUE INDEX "course_facets_kind_key" ON "course_facets"("category_id", "level", "language", "price", "length", "rating") NULLS NOT DISTINCT;

CREATE OR REPLACE FUNCTION "shift_course_facets"("course_ids" uuid[], "category_ids" uuid[], "step" integer) RETURNS void
LANGUAGE sql VOLATILE
AS $$
  INSERT INTO course_facets (category_id, level, language, price, length, rating, course_count)
  SELECT pair.category_id, c.level, c.language, c.price_band, length_band(c.duration_minutes), rating_band(c.rating_average, c.review_count), step * count(*)
    FROM unnest(course_ids, category_ids) AS pair (course_id, category_id)
    JOIN courses c ON c.id = pair.course_id
   WHERE c.status = 'PUBLISHED'
   GROUP BY 1, 2, 3, 4, 5, 6
   ORDER BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (category_id, level, language, price, length, rating)
  DO UPDATE SET course_count = course_facets.course_count + EXCLUDED.course_count
$$;

-- As before, and where very many courses change at once it waits: everything is counted anew then.
CREATE OR REPLACE FUNCTION "keep_course_facets"() RETURNS trigger
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
  END IF;
  IF current_setting('app.counts_later', true) IS DISTINCT FROM 'yes' THEN
    PERFORM count_course_facets(ARRAY[CASE TG_WHEN WHEN 'BEFORE' THEN OLD.id ELSE NEW.id END], CASE TG_WHEN WHEN 'BEFORE' THEN -1 ELSE 1 END);
  END IF;
  RETURN CASE WHEN TG_WHEN = 'AFTER' THEN NULL WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;

------------------------------------------------------------------------------------------------------------------------
-- kept by the database
------------------------------------------------------------------------------------------------------------------------

-- A course that is made or offered otherwise. Its name lets it come before what counts.
CREATE FUNCTION "keep_price_of_course"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  NEW.price_now := CASE WHEN NEW.is_free THEN 0 WHEN TG_OP = 'UPDATE' THEN price_of_course(NEW.id) END;
  NEW.price_band := price_band(NEW.is_free, NEW.price_now, school_currency());
  RETURN NEW;
END
$$;
CREATE TRIGGER "courses_a_price" BEFORE INSERT OR UPDATE OF is_free ON "courses" FOR EACH ROW EXECUTE FUNCTION "keep_price_of_course"();
CREATE TRIGGER "courses_guarded_price" BEFORE UPDATE OF price_now, price_band ON "courses" FOR EACH ROW
  EXECUTE FUNCTION "guard_columns"('price_now', 'price_band');

CREATE TRIGGER "courses_facets_before" BEFORE UPDATE OF status, level, language, is_free, price_band, duration_minutes, rating_average, review_count ON "courses" FOR EACH ROW
  WHEN ((OLD.status, OLD.level, OLD.language, OLD.price_band, length_band(OLD.duration_minutes), rating_band(OLD.rating_average, OLD.review_count))
     IS DISTINCT FROM (NEW.status, NEW.level, NEW.language, NEW.price_band, length_band(NEW.duration_minutes), rating_band(NEW.rating_average, NEW.review_count)))
  EXECUTE FUNCTION "keep_course_facets"();
CREATE TRIGGER "courses_facets_after" AFTER UPDATE OF status, level, language, is_free, price_band, duration_minutes, rating_average, review_count ON "courses" FOR EACH ROW
  WHEN ((OLD.status, OLD.level, OLD.language, OLD.price_band, length_band(OLD.duration_minutes), rating_band(OLD.rating_average, OLD.review_count))
     IS DISTINCT FROM (NEW.status, NEW.level, NEW.language, NEW.price_band, length_band(NEW.duration_minutes), rating_band(NEW.rating_average, NEW.review_count)))
  EXECUTE FUNCTION "keep_course_facets"();

-- Brings the prices that courses carry in line with what they cost now; null is all courses. Courses are held in one order. Gives how many were not right.
CREATE FUNCTION "refresh_course_prices"("course_ids" uuid[]) RETURNS integer
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
  mended integer;
BEGIN
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  PERFORM FROM courses WHERE id = ANY (course_ids) ORDER BY id FOR NO KEY UPDATE;
  UPDATE courses SET price_now = known.price, price_band = price_band(courses.is_free, known.price, school_currency())
    FROM (
      SELECT c.id, CASE WHEN c.is_free THEN 0 ELSE price_of_course(c.id) END AS price FROM courses c WHERE course_ids IS NULL OR c.id = ANY (course_ids)
    ) known
   WHERE courses.id = known.id
     AND (courses.price_now, courses.price_band) IS DISTINCT FROM (known.price, price_band(courses.is_free, known.price, school_currency()));
  GET DIAGNOSTICS mended = ROW_COUNT;
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
  RETURN mended;
END
$$;

CREATE FUNCTION "keep_prices_of_courses"() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
  priced uuid[] := ARRAY(SELECT DISTINCT p.course_id FROM changed r JOIN products p ON p.id = r.product_id WHERE p.course_id IS NOT NULL);
BEGIN
  IF priced <> '{}' THEN
    PERFORM refresh_course_prices(priced);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "prices_courses_new" AFTER INSERT ON "prices" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_prices_of_courses"();
CREATE TRIGGER "prices_courses_changed" AFTER UPDATE ON "prices" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_prices_of_courses"();
CREATE TRIGGER "prices_courses_gone" AFTER DELETE ON "prices" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_prices_of_courses"();

-- A product that goes takes its prices with it.
CREATE FUNCTION "keep_prices_without_product"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM refresh_course_prices(ARRAY(SELECT course_id FROM changed WHERE course_id IS NOT NULL));
  RETURN NULL;
END
$$;
CREATE TRIGGER "products_courses_gone" AFTER DELETE ON "products" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_prices_without_product"();

-- The school reckons in another currency: every course is priced and counted anew.
CREATE FUNCTION "keep_prices_in_currency"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM set_config('app.counts_later', 'yes', true);
  PERFORM refresh_course_prices(NULL);
  PERFORM set_config('app.counts_later', '', true);
  PERFORM recount_course_facets();
  RETURN NULL;
END
$$;
CREATE TRIGGER "shop_settings_currency_changed" AFTER UPDATE OF currency ON "shop_settings" FOR EACH ROW
  WHEN (OLD.currency IS DISTINCT FROM NEW.currency) EXECUTE FUNCTION "keep_prices_in_currency"();

------------------------------------------------------------------------------------------------------------------------
-- what changes by the clock
------------------------------------------------------------------------------------------------------------------------

-- When a discount begins or ends next. The job that follows prices writes those rows again at that moment: what they change then is kept and told like any other change.
CREATE FUNCTION "keep_next_change"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  NEW.changes_at := (SELECT min(moment) FROM unnest(ARRAY[NEW.discount_starts_at, NEW.discount_ends_at]) AS moment WHERE moment > now());
  RETURN NEW;
END
$$;
CREATE TRIGGER "prices_next_change" BEFORE INSERT OR UPDATE ON "prices" FOR EACH ROW EXECUTE FUNCTION "keep_next_change"();

------------------------------------------------------------------------------------------------------------------------
-- finding
------------------------------------------------------------------------------------------------------------------------

-- Each order carries what courses are chosen by, so that a choice of few courses is found in the index alone.
DROP INDEX "courses_published_newest";
DROP INDEX "courses_published_popular";
DROP INDEX "courses_published_best";
CREATE INDEX "courses_published_newest" ON "courses" (published_at DESC, id DESC)
  INCLUDE (level, language, price_band, duration_minutes, rating_average, review_count) WHERE status = 'PUBLISHED';
CREATE INDEX "courses_published_popular" ON "courses" (student_count DESC, id DESC)
  INCLUDE (level, language, price_band, duration_minutes, rating_average, review_count) WHERE status = 'PUBLISHED';
CREATE INDEX "courses_published_best" ON "courses" (rating_rank(rating_average, review_count) DESC, id DESC)
  INCLUDE (level, language, price_band, duration_minutes, rating_average, review_count) WHERE status = 'PUBLISHED';
CREATE INDEX "courses_published_cheapest" ON "courses" (cheap_rank(price_now) DESC, id DESC)
  INCLUDE (level, language, price_band, duration_minutes, rating_average, review_count) WHERE status = 'PUBLISHED';
CREATE INDEX "courses_published_dearest" ON "courses" (dear_rank(price_now) DESC, id DESC)
  INCLUDE (level, language, price_band, duration_minutes, rating_average, review_count) WHERE status = 'PUBLISHED';

-- As before, by price too.
DROP FUNCTION "found_courses"(tsquery, text, boolean, integer);
CREATE FUNCTION "found_courses"("query" tsquery, "sorted_by" text, "is_ranked" boolean, "at_most" integer)
RETURNS TABLE (
  "id" uuid, "level" "level", "language" text, "price_band" smallint, "duration_minutes" integer, "rating_average" numeric, "review_count" integer,
  "student_count" integer, "published_at" timestamptz, "price_now" integer, "rank" bigint
)
LANGUAGE plpgsql STABLE ROWS 500
-- Courses in demand are in memory, and the walk is short.
SET random_page_cost = 1.1
AS $$
BEGIN
  RETURN QUERY EXECUTE format(
    'SELECT c.id, c.level, c.language, c.price_band, c.duration_minutes, c.rating_average, c.review_count, c.student_count, c.published_at, c.price_now, %s
       FROM (SELECT * FROM courses WHERE status = ''PUBLISHED'' AND search @@ %L::tsquery ORDER BY %s DESC, id DESC LIMIT %s) c',
    CASE WHEN is_ranked THEN format('(ts_rank(c.search, %L::tsquery) * 1000000)::bigint', query) ELSE '0::bigint' END,
    query,
    CASE sorted_by
      WHEN 'newest' THEN 'published_at' WHEN 'rating' THEN 'rating_rank(rating_average, review_count)'
      WHEN 'cheapest' THEN 'cheap_rank(price_now)' WHEN 'dearest' THEN 'dear_rank(price_now)' ELSE 'student_count' END,
    at_most
  );
END
$$;

-- Courses and prices that are here already.
UPDATE "prices" SET updated_at = updated_at WHERE discount_amount IS NOT NULL;
SELECT refresh_course_prices(NULL);
SELECT recount_course_facets();
