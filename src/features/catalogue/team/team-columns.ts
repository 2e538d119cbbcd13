/** The SQL columns of who teaches the course `c`, for the policy. */
export const teamColumns = `
  c.instructor_id as "instructorId",
  coalesce((select json_agg(json_build_object('userId', i.user_id, 'role', i.role)) from course_instructors i where i.course_id = c.id), '[]') as others`;
