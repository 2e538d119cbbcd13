/** Roles as an admin reads them. */
export const roleLabels = { STUDENT: 'Student', INSTRUCTOR: 'Instructor', ADMIN: 'Admin' } as const;

export const roleOptions = [
  { value: 'student', label: 'Students' },
  { value: 'instructor', label: 'Instructors' },
  { value: 'admin', label: 'Admins' },
];

export const stateOptions = [
  { value: 'unconfirmed', label: 'Not confirmed' },
  { value: 'suspended', label: 'Suspended' },
  { value: 'closed', label: 'Closed' },
];

/** A day as it is on somebody's calendar. */
export function dayIn(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone });
}

/** A moment as it is on somebody's clock. */
export function momentIn(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone });
}
