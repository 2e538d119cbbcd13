-- A wish names a product, and a course gets its product when one is first needed: a wish, or later its price.
-- Nothing is read or written here, so this is quick on any school.

-- The product of a course that is offered, made if there is none yet. Anybody signed in may ask: the product belongs to the course's instructor and is
-- shown to nobody by being there. The unique course of a product decides between two who ask at once.
CREATE FUNCTION "product_of_course"("of_course" uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
  ending text;
  found uuid := (SELECT id FROM products WHERE course_id = of_course);
BEGIN
  IF found IS NOT NULL THEN
    RETURN found;
  END IF;
  IF app_user_id() IS NULL AND NOT app_sees_all() THEN
    RAISE EXCEPTION 'a guest needs no product' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  -- Whoever comes second finds the product of who came first. A bundle may have the course's name already: then the product gets a longer one.
  FOREACH ending IN ARRAY ARRAY['', '-' || of_course] LOOP
    INSERT INTO products (id, type, owner_id, course_id, name, slug)
    SELECT gen_random_uuid(), 'COURSE', c.instructor_id, c.id, c.title, rtrim(left(c.slug, 200 - length(ending)), '-') || ending
      FROM courses c
     WHERE c.id = of_course AND c.status = 'PUBLISHED' AND NOT EXISTS (SELECT FROM products p WHERE p.course_id = c.id)
    ON CONFLICT DO NOTHING;
  END LOOP;
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
  RETURN (SELECT id FROM products WHERE course_id = of_course);
END
$$;
