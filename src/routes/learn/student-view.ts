/**
 * Asks for a course's classroom as a student sees it; its value says whether one came from the page of what one sees or from the outline. Only who teaches the course is heard. It is
 * set for that course's pages alone, until the browser is closed.
 */
export const studentViewCookie = 'student_view';
