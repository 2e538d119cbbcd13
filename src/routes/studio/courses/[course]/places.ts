/** The pages of a course in the studio. Assistants are with the students; what the course says is not theirs. */
const places = [
  { end: '', label: 'Outline', forAssistants: true },
  { end: '/details', label: 'Details', forAssistants: false },
  { end: '/access', label: 'Price and access', forAssistants: false },
  { end: '/publish', label: 'Publish', forAssistants: false },
  { end: '/team', label: 'Team', forAssistants: true },
  { end: '/students', label: 'Students', forAssistants: true },
  { end: '/announcements', label: 'Announcements', forAssistants: false },
] as const;

/** The places that somebody finds in the head of a course. */
export function placesOf(course: { slug: string; mayEdit: boolean }): { href: string; label: string }[] {
  return places
    .filter(({ forAssistants }) => course.mayEdit || forAssistants)
    .map(({ end, label }) => ({ href: `/studio/courses/${course.slug}${end}`, label }));
}
