-- A course is handed over to somebody of its team: by its owner, or by the school. The two change parts, so that nobody else's share of the revenue moves; what was sold
-- stays booked as it was. Gives false where that person is no co-instructor, or could not own a course.
CREATE FUNCTION "hand_over_course"("of_course" uuid, "to_person" uuid, "moment" timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  acting text := current_setting('app.user_role', true);
  kept_key text;
  owner uuid;
  share integer;
BEGIN
  SELECT instructor_id, import_key INTO owner, kept_key FROM courses WHERE id = of_course FOR NO KEY UPDATE;
  IF owner IS NULL OR NOT (app_sees_all() OR (owner = app_user_id() AND app_role() = 'INSTRUCTOR')) THEN
    RAISE EXCEPTION 'the course % is not theirs to hand over', of_course USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.user_role', 'SYSTEM', true);
  DELETE FROM course_instructors i USING users u
   WHERE i.course_id = of_course AND i.user_id = to_person AND i.role = 'CO_INSTRUCTOR'
     AND u.id = i.user_id AND u.role <> 'STUDENT' AND u.deleted_at IS NULL AND NOT u.banned
  RETURNING i.revenue_share_basis_points INTO share;
  IF share IS NOT NULL THEN
    -- A source that both have imported stays the other's name for their own course.
    IF EXISTS (SELECT FROM courses WHERE instructor_id = to_person AND import_key = kept_key) THEN
      kept_key := NULL;
    END IF;
    UPDATE courses SET instructor_id = to_person, import_key = kept_key, updated_at = moment WHERE id = of_course;
    UPDATE products SET owner_id = to_person, updated_at = moment WHERE course_id = of_course;
    INSERT INTO course_instructors (course_id, user_id, role, revenue_share_basis_points, created_at, updated_at)
    VALUES (of_course, owner, 'CO_INSTRUCTOR', share, moment, moment);
  END IF;
  PERFORM set_config('app.user_role', coalesce(acting, ''), true);
  RETURN share IS NOT NULL;
END
$$;
