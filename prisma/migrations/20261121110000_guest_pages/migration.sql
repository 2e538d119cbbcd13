-- Pages for guests are kept ready in every process (platform/http/guest-pages). A commit that changes what they show says so here;
-- the same word said often in one transaction arrives once.

CREATE FUNCTION "tell_guest_pages"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM pg_notify('guest_pages', '');
  RETURN NULL;
END
$$;

DO $$
DECLARE
  shown text;
BEGIN
  FOREACH shown IN ARRAY ARRAY[
    'courses', 'chapters', 'lessons', 'resources', 'categories', 'course_categories', 'course_instructors', 'course_prerequisites',
    'instructor_profiles', 'reviews', 'files', 'videos', 'captions', 'products', 'product_courses', 'prices'
  ] LOOP
    EXECUTE format(
      'CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION "tell_guest_pages"()',
      shown || '_tell_guest_pages', shown
    );
  END LOOP;
END
$$;

-- Of people guests see the face; signing in, settings and roles change nothing of it.
CREATE TRIGGER "users_tell_guest_pages" AFTER UPDATE OF name, username, display_username, image, image_key, headline, bio, website, deleted_at
  ON "users" FOR EACH STATEMENT EXECUTE FUNCTION "tell_guest_pages"();
