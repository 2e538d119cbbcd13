-- A wish names a product, and a course gets its product when one is first needed: a wish, or later its price.
-- Nothing is read or written here, so this is quick on any school.

-- The product of a course that is offered, made if there is none yet. Anybody signed in may ask: the product belongs to the course's instructor and is
-- shown to nobody by being there. The unique course of a product decides between two who ask at once.
CREATE FUNCTION "product_of_course"("of_course" uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
  found uuid := (SELECT id FROM products WHERE course_id = of_course);
BEGIN
  IF found IS NOT NULL THEN
    RETURN found;
  END IF;
  IF app_user_id() IS NULL AND NOT app_sees_all() THEN
    RAISE EXCEPTION 'a guest needs no product' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  -- A bundle may have the course's name already.
  INSERT INTO products (id, type, owner_id, course_id, name, slug)
  SELECT gen_random_uuid(), 'COURSE', c.instructor_id, c.id, c.title,
         CASE WHEN EXISTS (SELECT FROM products p WHERE p.slug = c.slug) THEN left(c.slug, 150) || '-' || c.id ELSE c.slug END
    FROM courses c
   WHERE c.id = of_course AND c.status = 'PUBLISHED'
  ON CONFLICT (course_id) DO NOTHING;
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
  RETURN (SELECT id FROM products WHERE course_id = of_course);
END
$$;
