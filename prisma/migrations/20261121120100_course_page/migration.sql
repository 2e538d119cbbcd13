-- What a course's page still lacked: the questions that people ask before they enroll, and other courses like it.
-- Run on a large school this adds a column with a constant default, which writes no row, and replaces one small index.

-- Whether these are questions with their answers: [{"question", "answer", "answerHtml"}], few and not long.
CREATE FUNCTION "is_faq"("entries" jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN jsonb_typeof(entries) <> 'array' THEN false ELSE jsonb_array_length(entries) <= 20 AND NOT EXISTS (
  SELECT FROM jsonb_array_elements(entries) AS entry
   WHERE NOT coalesce(
     jsonb_typeof(entry -> 'question') = 'string' AND char_length(btrim(entry ->> 'question')) BETWEEN 1 AND 300
     AND jsonb_typeof(entry -> 'answer') = 'string' AND char_length(btrim(entry ->> 'answer')) BETWEEN 1 AND 5000
     AND jsonb_typeof(entry -> 'answerHtml') = 'string', false)
) END;

ALTER TABLE "courses" ADD COLUMN "faq" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE "courses" ADD CONSTRAINT "courses_faq" CHECK (is_faq(faq));

-- The newest courses of a category are looked at for what is like a course, and a category may be large.
CREATE INDEX "course_categories_category_id_course_id_idx" ON "course_categories" ("category_id", "course_id");
DROP INDEX "course_categories_category_id_idx";
