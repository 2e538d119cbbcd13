/** Asks for a course's classroom as a student sees it. Only who teaches the course is heard; it is set for that course's pages alone, until the browser is closed. */
export const studentViewCookie = 'student_view';
